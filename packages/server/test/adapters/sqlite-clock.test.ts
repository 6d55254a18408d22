import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { openSqliteDatabase } from "../../src/adapters/sqlite/database.js";
import { createSqliteEventLog } from "../../src/adapters/sqlite/sqlite-event-log.js";
import { makeAppend } from "../support/records.js";
import { recordingConsumer } from "../support/recording-consumer.js";
import { until } from "../support/until.js";

const HOUR_MS = 3_600_000;

describe("R10: the embedded log under a clock that jumps", { timeout: 60_000 }, () => {
  it("takes every event once, dates none before the one that was appended earlier, and forgets nothing early", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ jump: fc.constantFrom(-HOUR_MS, HOUR_MS, -10_000, 1_000), isRestart: fc.boolean() }), {
          minLength: 1,
          maxLength: 12,
        }),
        async (steps) => {
          const db = await openSqliteDatabase();
          let nowMs = Date.UTC(2026, 0, 5, 0, 30);
          const open = async (): Promise<ReturnType<typeof createSqliteEventLog>> => {
            // Longer than all jumps together, so nothing is old enough to go whatever the clock says.
            const log = createSqliteEventLog(db, {
              clock: () => nowMs,
              pruneIntervalMs: Infinity,
              dedupeMs: 13 * HOUR_MS,
            });
            await log.open();
            return log;
          };
          let log = await open();
          for (const [number, { jump, isRestart }] of steps.entries()) {
            nowMs += jump;
            if (isRestart) {
              await log.close();
              log = await open();
            }
            const type = number % 2 === 0 ? "chat" : "viewer";
            expect(await log.append([makeAppend(String(number), { type })])).toEqual(["appended"]);
            await log.prune();
          }
          for (const number of steps.keys())
            expect(await log.append([makeAppend(String(number))])).toEqual(["duplicate"]);
          const consumer = recordingConsumer();
          const consumption = await log.consume(consumer);
          await until(() => consumer.records().length === steps.length);
          const inOrder = consumer.records().toSorted((a, b) => numberOf(a.value) - numberOf(b.value));
          const dates = inOrder.map((record) => record.appendedAtMs);
          expect(dates).toEqual(dates.toSorted((a, b) => a - b));
          for (const batch of consumer.batches) {
            for (const record of batch.records) expect(record.appendedAtMs).toBeLessThan(batch.asOfMs);
          }
          await consumption.stop();
          await log.close();
          db.close();
        },
      ),
      { numRuns: 40 },
    );
  });
});

function numberOf(value: string): number {
  return Number((JSON.parse(value) as { event_id: string }).event_id);
}
