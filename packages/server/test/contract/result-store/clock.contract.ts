import fc from "fast-check";
import { expect, it } from "vitest";
import { makeChat, makeMoment, makeRow, makeTransaction, makeViewers } from "../../support/records.js";
import { fresh } from "../../support/stored-model.js";
import { compare } from "./pages.js";
import type { ResultStoreBench } from "./result-store-bench.js";

const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** Nothing is refused or lost when the clock of a process, or of another one, is wrong. */
export function clockContract(bench: ResultStoreBench): void {
  it("R10: refuses and loses nothing when it goes an hour forth and back again and again, around midnight too", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.constantFrom(-HOUR_MS, HOUR_MS, -10_000, 1_000), { minLength: 1, maxLength: 10 }),
        async (jumps) => {
          const stream_id = `s${fresh()}`;
          bench.nowMs = Date.UTC(2026, 0, 5, 23, 59, 58);
          const seen: string[] = [];
          for (const [number, jump] of jumps.entries()) {
            bench.nowMs += jump;
            const place = { stream_id, event_id: String(number), timestamp: number };
            await bench.commit({
              events: [makeChat(place), makeViewers(place), makeTransaction({ ...place, amount: 1 })],
              rows: [makeRow({ stream_id, startMs: number * MINUTE_MS, chat_count: 1 })],
              moments: [makeMoment({ stream_id, number: fresh(), atMs: number })],
            });
            const { created_at, updated_at } = (await bench.store.getStream(stream_id))!;
            expect(compare(created_at, updated_at)).toBeLessThanOrEqual(0);
            seen.push(updated_at);
            // The shortest retention there is, by a clock that may be an hour ahead.
            await bench.store.deleteWrittenBefore(bench.nowMs - DAY_MS);
          }
          expect(seen).toEqual(seen.toSorted());
          expect(await bench.store.readStats(stream_id)).toMatchObject({
            messages: jumps.length,
            moments: { chat_spike: jumps.length },
            revenue: [{ amount: jumps.length }],
            events: { viewer: jumps.length, transaction: jumps.length },
          });
          expect((await bench.store.readMetrics(stream_id, { limit: 100 })).items).toHaveLength(jumps.length);
        },
      ),
      { numRuns: 10 },
    );
  });

  it("R10: keeps one row per event, window and moment although it was written under two dates", async () => {
    const batch = { events: [makeViewers(), makeTransaction()], rows: [makeRow()], moments: [makeMoment()] };
    bench.nowMs = Date.UTC(2026, 0, 5, 0, 30);
    await bench.commit(batch);
    for (const jump of [-HOUR_MS, 2 * HOUR_MS, -HOUR_MS]) {
      bench.nowMs += jump;
      await bench.commit(batch);
    }
    for (const table of ["viewer_timeseries", "transactions", "chat_summary_minute", "moments"]) {
      expect(await bench.harness.readTable(table)).toHaveLength(1);
    }
  });

  it("R10: writes on after another process, whose clock is days ahead, has cleaned up", async () => {
    await bench.commit({ rows: [makeRow()] });
    await bench.closeAll();
    bench.store = await bench.open(bench.harness.sharedConfig);
    const other = await bench.open(bench.harness.sharedConfig, 10 * DAY_MS);
    await bench.commit({ rows: [makeRow({ startMs: MINUTE_MS })] });
    await other.deleteWrittenBefore(bench.nowMs + 9 * DAY_MS);
    await bench.commit({ rows: [makeRow({ startMs: 2 * MINUTE_MS })] });
    expect((await bench.store.readMetrics("alpha", { limit: 10 })).items).toEqual([
      makeRow({ startMs: 2 * MINUTE_MS }),
    ]);
  });
}
