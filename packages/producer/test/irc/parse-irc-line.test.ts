import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseIrcLine } from "@telemetra/producer";
import { nickOf } from "../../src/irc/parse-irc-line.js";
import { sharedData } from "../support/shared-data.js";
import vectorFile from "./fixtures/message-vectors.json" with { type: "json" };

interface Vector {
  readonly input: string;
  readonly tags?: Readonly<Record<string, string>>;
  readonly source?: string;
  readonly command: string;
  readonly params: readonly string[];
}

const vectors = vectorFile.vectors as unknown as readonly Vector[];

describe("parseIrcLine", () => {
  it("is held against all 35 vectors", () => {
    expect(vectors).toHaveLength(35);
  });

  it.each(vectors)("takes apart $input", ({ input, tags = {}, source, command, params }) => {
    const message = parseIrcLine(input);
    expect(message && { ...message, tags: Object.fromEntries(message.tags) }).toEqual({
      tags,
      command,
      params,
      ...(source === undefined ? {} : { source }),
    });
  });

  it("takes the line end away, and only that", () => {
    expect(parseIrcLine("PRIVMSG #demo :hello \r\n")?.params).toEqual(["#demo", "hello "]);
  });

  it("takes a tag by any name, such as those that objects have anyway", () => {
    const tags = parseIrcLine("@__proto__=a;constructor=b PING")?.tags;
    expect(tags?.get("__proto__")).toBe("a");
    expect(tags?.get("constructor")).toBe("b");
    expect(tags?.has("toString")).toBe(false);
  });

  it.each(["", " ", "\r\n", "@a=b", "@a=b ", ":source", ":source ", "@a=b :source"])(
    "gives nothing for %j, which has no command",
    (line) => {
      expect(parseIrcLine(line)).toBeUndefined();
    },
  );

  it("never throws, whatever the line", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (line) => {
        parseIrcLine(line);
        parseIrcLine(`@${line}`);
        parseIrcLine(`:${line}`);
      }),
    );
  });

  it("gives back every tag value that was escaped by the rules", () => {
    const escapes: Readonly<Record<string, string>> = {
      ";": "\\:",
      " ": "\\s",
      "\\": "\\\\",
      "\r": "\\r",
      "\n": "\\n",
    };
    const escape = (value: string) => value.replaceAll(/[; \\\r\n]/g, (letter) => escapes[letter] ?? letter);
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (value) => {
        expect(parseIrcLine(`@tag=${escape(value)} PING`)?.tags.get("tag")).toBe(value);
      }),
    );
  });
});

describe("nickOf", () => {
  it.each([
    ["pixel_otter!pixel_otter@pixel_otter.tmi.twitch.tv", "pixel_otter"],
    ["pixel_otter@tmi.twitch.tv", "pixel_otter"],
    ["tmi.twitch.tv", undefined],
    ["!user@host", undefined],
    [undefined, undefined],
  ])("finds the nickname of %s", (source, nick) => {
    expect(nickOf(source)).toBe(nick);
  });
});

const goCases = sharedData("twitch-irc-raw/irc-parse-cases.json");
if (goCases !== undefined) {
  interface GoCase {
    readonly Input: string;
    readonly Expected: {
      readonly command: string;
      readonly params?: readonly string[];
      readonly tags?: Readonly<Record<string, string | null>>;
    };
  }
  // These keep an empty parameter for each further space, and undo not all escapes; there the vectors above decide.
  const { tests } = JSON.parse(readFileSync(goCases, "utf8")) as { readonly tests: readonly GoCase[] };
  const isSpecific = ({ Input }: GoCase) =>
    / {2}\S| +$/.test(Input.replace(/ :.*$/, "")) || /\\[nr1]|\\\\n/.test(Input);
  const alike = tests.filter((test) => !isSpecific(test));

  describe("parseIrcLine, held against the cases of go-twitch-irc", () => {
    it.each(alike)("takes apart $Input", ({ Input, Expected }) => {
      const message = parseIrcLine(Input);
      expect(message?.command).toBe(Expected.command);
      expect(message?.params).toEqual(Expected.params ?? []);
      const tags = Object.entries(Expected.tags ?? {}).map(([name, value]) => [name, value ?? ""]);
      expect(Object.fromEntries(message?.tags ?? [])).toEqual(Object.fromEntries(tags));
    });

    it("leaves out only the eight that differ on purpose", () => {
      expect(tests.length - alike.length).toBe(8);
    });
  });
}
