import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readLines } from "../../src/replay/read-lines.js";

async function split(bytes: Uint8Array, chunkBytes: number, maxLineBytes?: number): Promise<(string | undefined)[]> {
  const chunks = (async function* () {
    for (let at = 0; at < bytes.length; at += chunkBytes) yield bytes.subarray(at, at + chunkBytes);
  })();
  const lines: (string | undefined)[] = [];
  for await (const line of readLines(chunks, maxLineBytes)) lines.push(line);
  return lines;
}

const encode = (text: string) => new TextEncoder().encode(text);

describe("readLines", () => {
  it("gives the same lines however the bytes arrive", async () => {
    const line = fc.string({ unit: "grapheme" }).map((text) => text.replaceAll(/[\r\n\ufeff]/g, ""));
    await fc.assert(
      fc.asyncProperty(
        fc.array(line),
        fc.constantFrom("\n", "\r\n"),
        fc.integer({ min: 1, max: 9 }),
        async (lines, end, size) => {
          const text = lines.map((one) => one + end).join("");
          expect(await split(encode(text), size)).toEqual(lines);
        },
      ),
    );
  });

  it("keeps a last line without an end", async () => {
    expect(await split(encode("one\ntwo"), 64)).toEqual(["one", "two"]);
  });

  it("keeps empty lines, so that line numbers stay right", async () => {
    expect(await split(encode("one\n\n\nfour\n"), 2)).toEqual(["one", "", "", "four"]);
  });

  it("does not break a line at separators that may be part of a message", async () => {
    const text = "a\u2028b\u2029c\u0085d\ve\ff\rg";
    expect(await split(encode(`${text}\n`), 3)).toEqual([text]);
  });

  it("drops a byte order mark at the start, and no other", async () => {
    expect(await split(encode("\ufeffone\n\ufefftwo\n"), 4)).toEqual(["one", "\ufefftwo"]);
  });

  it("replaces bytes that are no UTF-8", async () => {
    expect(await split(new Uint8Array([0x61, 0xff, 0x62, 0x0a]), 1)).toEqual(["a\ufffdb"]);
  });

  it("passes over a line that is longer than the limit, and goes on after it", async () => {
    for (const chunkBytes of [1, 7, 4_096]) {
      const text = `short\n${"x".repeat(101)}\n${"y".repeat(100)}\nlast`;
      expect(await split(encode(text), chunkBytes, 100)).toEqual(["short", undefined, "y".repeat(100), "last"]);
    }
  });
});
