import { parseEvent } from "@telemetra/core";
import fc from "fast-check";
import { beforeEach, describe, expect, it } from "vitest";
import { RefusedDataError } from "../../src/ports/storage-error.js";
import { makeBatch, makeTransaction, makeViewers } from "../support/records.js";
import { useStoreBench, type StoreHarness } from "./store-bench.js";

export interface RefusingHarness extends StoreHarness {
  /** From now on the database itself refuses a transaction of more than 100, saying "too much money". */
  refuseLargeAmounts(): Promise<void>;
}

/** What a result store says of events that its database refuses. */
export function refusedEventsContract(name: string, createHarness: () => Promise<RefusingHarness>): void {
  describe(`${name} and data that the database refuses`, { timeout: 30_000 }, () => {
    const bench = useStoreBench(createHarness);
    beforeEach(() => bench.harness.refuseLargeAmounts());

    const donations = (amounts: readonly number[]): ReturnType<typeof makeTransaction>[] =>
      amounts.map((amount, at) => makeTransaction({ event_id: `t${at}`, amount }));
    const among = (count: number, bad: readonly number[]): ReturnType<typeof makeTransaction>[] =>
      donations(Array.from({ length: count }, (_, at) => (bad.includes(at) ? 500 : 1)));

    it("refuses the commit, all of it", async () => {
      await expect(bench.store.commit(makeBatch({ events: [makeViewers(), ...among(3, [1])] }))).rejects.toThrow(
        RefusedDataError,
      );
      expect(await bench.store.getStream("alpha")).toBeUndefined();
    });

    it.each([[[0]], [[999]], [[500]], [[3, 4, 5, 700]], [[]]])("R9: finds %j among a thousand", async (bad) => {
      const refused = await bench.store.findRefused(among(1_000, bad));
      expect(refused.map(({ index }) => index)).toEqual(bad);
      for (const { reason } of refused) expect(reason).toMatch(/too much money/);
    });

    it("R9: takes whatever the parser takes, at its extremes", async () => {
      const texts = [
        "",
        "NUL \0",
        "\ud800 alone",
        "\u202e\ufffe\uffff",
        "🎉".repeat(50),
        "'; DROP TABLE streams; --",
        "\\x00",
        "{}",
      ];
      const text = fc.oneof(fc.constantFrom(...texts), fc.string({ unit: "binary", maxLength: 100 }));
      const instant = fc.constantFrom(
        -62_135_596_800_000,
        0,
        253_402_300_799_999,
        "0001-01-01T00:00:00Z",
        "9999-12-31T23:59:59.999999Z",
      );
      const id = fc.string({ minLength: 1, maxLength: 128 });
      const base = { event_id: id, timestamp: instant, stream_id: fc.constantFrom("alpha", "b:.-_") };
      const count = fc.constantFrom(0, -0, 1, 2_147_483_647);
      const event = fc.oneof(
        fc.record({
          ...base,
          type: fc.constant("viewer"),
          viewer_count: count,
          unique_viewers: count,
          peak_viewers: count,
        }),
        fc.record({
          ...base,
          type: fc.constant("transaction"),
          user_id: id,
          username: text,
          transaction_type: fc.constant("bits"),
          amount: fc.constantFrom(0, 5e-324, 0.000049, 99.99999, 100),
          currency: fc.constant("bits"),
          message: text,
        }),
        fc.record({
          ...base,
          type: fc.constant("stream_meta"),
          event_type: fc.constantFrom("stream_start", "title_change", "category_change"),
          new_title: text,
          new_category: text,
          started_at: instant,
        }),
      );
      let taken = 0;
      await fc.assert(
        fc.asyncProperty(fc.array(event, { minLength: 1, maxLength: 40 }), async (inputs) => {
          const events = inputs.flatMap((input) => {
            const parsed = parseEvent(input);
            return parsed.ok ? [parsed.event] : [];
          });
          taken += events.length;
          await bench.commit({ events });
        }),
        { numRuns: 60 },
      );
      expect(taken).toBeGreaterThan(100);
    });

    it("changes nothing by looking", async () => {
      await bench.store.findRefused([makeViewers(), ...among(10, [4])]);
      expect(await bench.store.getStream("alpha")).toBeUndefined();
      await bench.commit({ events: donations([1, 2]) });
      expect(await bench.store.readStats("alpha")).toMatchObject({ events: { transaction: 2, viewer: 0 } });
    });

    it("finds nothing when it is no event that is refused", async () => {
      expect(await bench.store.findRefused([])).toEqual([]);
      expect(await bench.store.findRefused([makeViewers()])).toEqual([]);
    });
  });
}
