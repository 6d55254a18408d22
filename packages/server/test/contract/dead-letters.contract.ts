import { describe, expect, it } from "vitest";
import { formatPlace, type StoredDeadLetter } from "../../src/ports/dead-letters.js";
import type { DeadLetter, ResultStore } from "../../src/ports/result-store.js";
import { START_MS, useStoreBench, type StoreHarness } from "./store-bench.js";

/** Every promise of the `DeadLetters` port as a test; the result store of any adapter can be put to it. */
export function deadLettersContract(name: string, createHarness: () => Promise<StoreHarness>): void {
  describe(`${name} keeps the DeadLetters contract`, { timeout: 30_000 }, () => {
    const bench = useStoreBench(createHarness);

    const letter = (offset: number, fields: Partial<DeadLetter> = {}): DeadLetter => ({
      topic: "chat",
      partition: 0,
      offset,
      value: `"${offset}"`,
      code: "invalid_json",
      detail: "not readable as JSON",
      ...fields,
    });
    async function bury(...letters: readonly DeadLetter[]): Promise<void> {
      await bench.commit({ deadLetters: letters });
    }
    const placesOf = (letters: readonly StoredDeadLetter[]): readonly string[] => letters.map(formatPlace);
    const list = (
      query: Partial<Parameters<ResultStore["deadLetters"]["list"]>[0]> = {},
    ): Promise<readonly StoredDeadLetter[]> => bench.store.deadLetters.list({ limit: 100, order: "oldest", ...query });

    it("gives back place, bytes, reason and time", async () => {
      await bury(
        letter(7, { topic: "viewer", partition: 3, value: "NUL \0 and 🎉", code: "late", detail: "too late" }),
      );
      expect(await list()).toEqual([
        {
          topic: "viewer",
          partition: 3,
          offset: 7,
          bytes: expect.any(Uint8Array) as Uint8Array,
          code: "late",
          detail: "too late",
          writtenAtMs: START_MS,
          replayedAtMs: null,
        },
      ]);
      expect(Buffer.from((await list())[0]!.bytes).toString("utf8")).toBe("NUL \0 and 🎉");
    });

    it("gives back bytes that are no text", async () => {
      const bytes = Uint8Array.from([0xff, 0x00, 0xc3, 0x28, 0x7b]);
      await bury(letter(1, { value: Buffer.from(bytes).toString("utf8"), bytes }));
      expect([...(await list())[0]!.bytes]).toEqual([...bytes]);
    });

    it("keeps the first letter of a place", async () => {
      await bury(letter(1, { detail: "first" }));
      await bury(letter(1, { detail: "second" }));
      expect((await list()).map(({ detail }) => detail)).toEqual(["first"]);
    });

    it("lists oldest or newest first, by time and then by place", async () => {
      await bury(letter(10), letter(9), letter(2, { topic: "viewer" }));
      bench.nowMs += 1_000;
      await bury(letter(3), letter(11, { partition: 1 }));
      const oldestFirst = ["chat/0/9", "chat/0/10", "viewer/0/2", "chat/0/3", "chat/1/11"];
      expect(placesOf(await list())).toEqual(oldestFirst);
      expect(placesOf(await list({ order: "newest" }))).toEqual(oldestFirst.toReversed());
    });

    it.each(["oldest", "newest"] as const)("pages without skipping or repeating, %s first", async (order) => {
      for (let round = 0; round < 3; round++) {
        await bury(...Array.from({ length: 5 }, (_, at) => letter(round * 5 + at, { partition: at % 2 })));
        bench.nowMs += round * 1_000;
      }
      const seen: StoredDeadLetter[] = [];
      for (let pages = 0; pages < 10; pages++) {
        const after = seen.at(-1);
        const page = await list({ order, limit: 4, ...(after === undefined ? {} : { after }) });
        seen.push(...page);
        if (page.length < 4) break;
      }
      expect(placesOf(seen)).toEqual(placesOf(await list({ order })));
      expect(seen).toHaveLength(15);
    });

    it("filters by code, by kind and by whether they were put back", async () => {
      await bury(letter(1), letter(2, { code: "late" }), letter(3, { topic: "viewer", code: "late" }));
      await bench.store.deadLetters.markReplayed([{ topic: "chat", partition: 0, offset: 2 }]);
      expect(placesOf(await list({ code: "late" }))).toEqual(["chat/0/2", "viewer/0/3"]);
      expect(placesOf(await list({ topic: "chat" }))).toEqual(["chat/0/1", "chat/0/2"]);
      expect(placesOf(await list({ isNew: true }))).toEqual(["chat/0/1", "viewer/0/3"]);
      expect(placesOf(await list({ isNew: true, code: "late" }))).toEqual(["viewer/0/3"]);
    });

    it("finds letters by their places, in the order asked for", async () => {
      await bury(letter(1), letter(2), letter(2, { partition: 1 }));
      const found = await bench.store.deadLetters.find([
        { topic: "chat", partition: 1, offset: 2 },
        { topic: "chat", partition: 0, offset: 99 },
        { topic: "chat", partition: 0, offset: 1 },
      ]);
      expect(placesOf(found)).toEqual(["chat/1/2", "chat/0/1"]);
    });

    it("remembers when a letter was put back last", async () => {
      await bury(letter(1));
      const place = { topic: "chat", partition: 0, offset: 1 } as const;
      bench.nowMs += 5_000;
      await bench.store.deadLetters.markReplayed([place]);
      expect((await list())[0]).toMatchObject({ writtenAtMs: START_MS, replayedAtMs: START_MS + 5_000 });
      bench.nowMs += 5_000;
      await bench.store.deadLetters.markReplayed([place]);
      expect((await list())[0]).toMatchObject({ replayedAtMs: START_MS + 10_000 });
    });

    it("lists what is not published of some partitions, oldest first, until it is marked", async () => {
      await bury(letter(1), letter(2, { partition: 1 }), letter(3, { topic: "viewer", partition: 1 }));
      bench.nowMs += 1_000;
      await bury(letter(4, { partition: 1 }), letter(5, { partition: 2 }));
      const { deadLetters } = bench.store;
      expect(placesOf(await deadLetters.listUnpublished([1, 2], 3))).toEqual(["chat/1/2", "viewer/1/3", "chat/1/4"]);
      await deadLetters.markPublished([
        { topic: "chat", partition: 1, offset: 2 },
        { topic: "chat", partition: 1, offset: 4 },
      ]);
      expect(placesOf(await deadLetters.listUnpublished([0, 1, 2], 9))).toEqual(["chat/0/1", "viewer/1/3", "chat/2/5"]);
    });
  });
}
