import type { MetricRow, StreamEvent } from "@telemetra/core";
import fc from "fast-check";
import { beforeEach, describe, expect, it } from "vitest";
import type { CommitBatch } from "../../src/ports/result-store.js";
import type { StoreConfig } from "../support/adapter-config.js";
import { startChild } from "../support/child-program.js";
import {
  makeBatch,
  makeChat,
  makeMeta,
  makeMoment,
  makeRow,
  makeTransaction,
  makeViewers,
} from "../support/records.js";
import { arbitraryStep, fresh, StoredModel } from "../support/stored-model.js";
import { countDaily, countHourly, type RollupRow, type RollupSources } from "../support/rollup-oracle.js";
import type { TableRow } from "../support/table-rows.js";
import { useStoreBench, type StoreHarness } from "./store-bench.js";

export interface RollupHarness extends StoreHarness {
  readonly sharedConfig: StoreConfig;
  readTable(name: string): Promise<readonly TableRow[]>;
}

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const CHAT = { topic: "chat", partition: 0 } as const;

/** What `docs/reference/schema.md` says of `stream_hourly` and `stream_daily`, for any adapter. */
export function rollupContract(name: string, createHarness: () => Promise<RollupHarness>): void {
  describe(`${name} keeps roll-ups`, { timeout: 60_000 }, () => {
    const bench = useStoreBench(createHarness);
    let epoch: number;
    let nextOffset: number;

    /** As after a crash: another process takes the partition over. */
    async function restart(config = bench.harness.config): Promise<void> {
      await bench.closeAll();
      bench.store = await bench.open(config);
      await claim();
    }
    async function claim(): Promise<void> {
      ({ epoch, nextOffset } = (await bench.store.claim([CHAT], "test"))[0]!);
    }
    /** The next batch of the log; the position of chat moves, as it does whenever there is a message. */
    function nextBatch(fields: Partial<CommitBatch>): CommitBatch {
      nextOffset += 1;
      return makeBatch({ positions: [{ ...CHAT, epoch, nextOffset, lowOffset: nextOffset }], ...fields });
    }
    async function commit(fields: Partial<CommitBatch>): Promise<void> {
      await bench.store.commit(nextBatch(fields));
    }
    async function readRollups(table: "stream_hourly" | "stream_daily"): Promise<readonly RollupRow[]> {
      return (await bench.harness.readTable(table)).map(toRollup).toSorted(byPlace);
    }
    async function expectRollups(sources: RollupSources): Promise<void> {
      expect(await readRollups("stream_hourly")).toEqual(countHourly(sources).map(rounded));
      expect(await readRollups("stream_daily")).toEqual(countDaily(sources).map(rounded));
    }

    beforeEach(claim);

    it("gives an hour and its day every measure of what was committed", async () => {
      const events = [
        makeMeta({ timestamp: 0 }),
        makeChat({ event_id: "c1", timestamp: 1_000 }),
        makeChat({ event_id: "c2", timestamp: 61_000 }),
        makeViewers({ event_id: "v1", timestamp: 2_000, viewer_count: 10 }),
        makeViewers({ event_id: "v2", timestamp: 3_000, viewer_count: 15 }),
        makeTransaction({ event_id: "t1", timestamp: 4_000, amount: 0.1 }),
        makeTransaction({ event_id: "t2", timestamp: 5_000, amount: 0.2 }),
        makeTransaction({ event_id: "t3", timestamp: 6_000, amount: 300, currency: "bits" }),
      ];
      const rows = [
        makeRow({ chat_count: 3, sentiment_score: 0.5, positive_count: 2 }),
        makeRow({ startMs: 10_000, chat_count: 12, sentiment_score: -1, negative_count: 5 }),
        makeRow({ startMs: 60_000, chat_count: 1, sentiment_score: -0.5, negative_count: 1 }),
        makeRow({ startMs: 120_000, chat_count: 0 }),
      ];
      const moments = [makeMoment(), makeMoment({ number: 2, atMs: 9_000, moment_type: "raid" })];
      await commit({ events, rows, moments });
      expect(await bench.store.refreshRollups()).toBe(1);
      const wanted = {
        stream_id: "alpha",
        start: 0,
        messages: 2,
        scored_messages: 4,
        avg_sentiment: 0.25,
        positive_count: 2,
        negative_count: 1,
        peak_chat_rate: 0.2,
        covered_seconds: 180,
        peak_viewers: 15,
        avg_viewers: 12.5,
        viewer_samples: 2,
        transactions: 3,
        revenue: [
          { currency: "EUR", amount: 0.3 },
          { currency: "bits", amount: 300 },
        ],
        moments: { chat_spike: 1, raid: 1 },
      };
      expect(await readRollups("stream_hourly")).toEqual([wanted]);
      expect(await readRollups("stream_daily")).toEqual([wanted]);
      await expectRollups({ events, rows, moments });
    });

    it("puts what happens as the clock strikes into the hour that begins, and a window that ends then into the one before", async () => {
      const events = [
        makeChat({ event_id: "1", timestamp: HOUR_MS - 1 }),
        makeChat({ event_id: "2", timestamp: HOUR_MS }),
        makeViewers({ timestamp: -1 }),
      ];
      const rows = [makeRow({ startMs: HOUR_MS - 60_000 }), makeRow({ startMs: HOUR_MS - 50_000 })];
      await commit({ events, rows });
      await bench.store.refreshRollups();
      await expectRollups({ events, rows, moments: [] });
      expect((await readRollups("stream_hourly")).map(({ start }) => start / HOUR_MS)).toEqual([-1, 0, 1]);
    });

    it("refreshes only what has changed", async () => {
      const hours = Array.from({ length: 30 }, (_, hour) => hour);
      await commit({ events: hours.map((hour) => makeViewers({ event_id: `${hour}`, timestamp: hour * HOUR_MS })) });
      expect(await bench.store.refreshRollups()).toBe(30);
      expect(await bench.store.refreshRollups()).toBe(0);
      bench.nowMs += 1_000;
      await commit({ events: [makeViewers({ event_id: "new", timestamp: 7 * HOUR_MS })] });
      expect(await bench.store.refreshRollups()).toBe(1);
      const refreshed = (await bench.harness.readTable("stream_hourly")).filter(
        (row) => row["refreshed_at"] === bench.nowMs,
      );
      expect(refreshed.map((row) => row["hour_start"])).toEqual([7 * HOUR_MS]);
    });

    it("makes one pass at a time, and none when it is closed", async () => {
      await commit({ events: [makeViewers()] });
      expect(await Promise.all([bench.store.refreshRollups(), bench.store.refreshRollups()])).toEqual([1, 1]);
      expect(await bench.store.refreshRollups()).toBe(0);
      await bench.store.close();
      await expect(bench.store.refreshRollups()).rejects.toThrow(/not open/);
    });

    it("counts nothing of a commit that is refused, and a commit that is made twice once", async () => {
      const events = [makeChat(), makeTransaction()];
      const batch = nextBatch({ events });
      await expect(
        bench.store.commit({ ...batch, moments: [{ ...makeMoment(), severity: null as never }] }),
      ).rejects.toThrow();
      await bench.store.refreshRollups();
      expect(await readRollups("stream_hourly")).toEqual([]);
      await bench.store.commit(batch);
      await bench.store.commit(batch);
      await bench.store.refreshRollups();
      await expectRollups({ events, rows: [], moments: [] });
    });

    it("equals a plain count after any commits, corrections, repetitions and crashes", async () => {
      await fc.assert(
        fc.asyncProperty(fc.array(arbitraryStep, { minLength: 1, maxLength: 8 }), async (steps) => {
          const prefix = `s${fresh()}`;
          const model = new StoredModel();
          for (const step of steps) {
            const batch = nextBatch(model.toBatch(step, prefix));
            await bench.store.commit(batch);
            if (step.afterwards.includes("repeat")) await bench.store.commit(batch);
            if (step.afterwards.includes("refresh")) await bench.store.refreshRollups();
            if (step.afterwards.includes("crash")) await restart();
          }
          await bench.store.refreshRollups();
          const own = (rows: readonly RollupRow[]): readonly RollupRow[] =>
            rows.filter((row) => row.stream_id.startsWith(prefix));
          const sources = model.sources();
          expect(own(await readRollups("stream_hourly"))).toEqual(countHourly(sources).map(rounded));
          expect(own(await readRollups("stream_daily"))).toEqual(countDaily(sources).map(rounded));
        }),
        { numRuns: 25 },
      );
      expect(await bench.harness.readTable("dirty_hours")).toEqual([]);
    });

    it("misses nothing that is committed while another process refreshes", async () => {
      await restart(bench.harness.sharedConfig);
      const other = await bench.open(bench.harness.sharedConfig);
      let isDone = false;
      const refreshing = (async () => {
        let passes = 0;
        for (; !isDone; passes++) {
          await other.refreshRollups();
          await new Promise(setImmediate);
        }
        return passes;
      })();
      const events: StreamEvent[] = [];
      const rows: MetricRow[] = [];
      for (let number = 0; number < 150; number++) {
        const place = { event_id: String(number), timestamp: (number % 3) * HOUR_MS + number };
        const own = [makeChat(place), makeViewers({ ...place, viewer_count: number })];
        const row = makeRow({ startMs: number * 60_000, chat_count: number });
        await commit({ events: own, rows: [row] });
        events.push(...own);
        rows.push(row);
        // An adapter whose calls do not wait for anything would leave the other one no turn.
        await new Promise(setImmediate);
      }
      isDone = true;
      expect(await refreshing).toBeGreaterThan(1);
      await other.refreshRollups();
      await expectRollups({ events, rows, moments: [] });
    });

    it("equals the tables after the process was killed amid commits and refreshes", async () => {
      await bench.closeAll();
      const child = startChild("commit-and-refresh-until-killed.ts", {
        config: bench.harness.config,
        streamId: "alpha",
      });
      await child.untilLines(200);
      await child.kill();
      await restart();
      expect(nextOffset).toBeGreaterThanOrEqual(Number(child.lines.at(-1)) + 1);
      const minutes = Array.from({ length: nextOffset }, (_, minute) => minute);
      await bench.store.refreshRollups();
      await expectRollups({
        events: minutes.flatMap((minute) => {
          const place = { event_id: String(minute), timestamp: minute * 60_000 };
          return [makeChat(place), makeViewers({ ...place, viewer_count: minute }), makeTransaction(place)];
        }),
        rows: minutes.map((minute) => makeRow({ startMs: minute * 60_000, chat_count: 1 })),
        moments: minutes.map((minute) => makeMoment({ number: minute, atMs: minute * 60_000 })),
      });
    });

    describe("and retention", () => {
      const events = [makeChat(), makeViewers(), makeTransaction()];
      const sources = { events, rows: [makeRow()], moments: [makeMoment()] };

      it("keeps the roll-ups of what is deleted, also when they had not been made yet", async () => {
        await commit(sources);
        bench.nowMs += 10 * DAY_MS;
        await bench.store.deleteWrittenBefore(bench.nowMs - 7 * DAY_MS);
        for (const table of ["chat_summary_minute", "viewer_timeseries", "transactions", "moments", "chat_tallies"]) {
          expect(await bench.harness.readTable(table)).toEqual([]);
        }
        await expectRollups(sources);
      });

      it("seals an hour of which something is deleted: what comes again changes it no more", async () => {
        await commit(sources);
        const young = makeChat({ event_id: "young", timestamp: HOUR_MS });
        bench.nowMs += 10 * DAY_MS;
        await commit({ events: [young] });
        await bench.store.deleteWrittenBefore(bench.nowMs - 7 * DAY_MS);
        await commit({ events: [...events, makeChat({ event_id: "more", timestamp: HOUR_MS + 1 })] });
        await bench.store.refreshRollups();
        await expectRollups({
          ...sources,
          events: [...events, young, makeChat({ event_id: "more", timestamp: HOUR_MS + 1 })],
        });
        const isSealed = new Map(
          (await bench.harness.readTable("stream_hourly")).map((row) => [row["hour_start"], row["is_sealed"]]),
        );
        expect(isSealed).toEqual(
          new Map([
            [0, true],
            [HOUR_MS, false],
          ]),
        );
      });

      it("deletes roll-ups 400 days after what they were made of", async () => {
        await commit(sources);
        await bench.store.refreshRollups();
        await bench.store.deleteWrittenBefore(bench.nowMs + 400 * DAY_MS);
        expect(await bench.harness.readTable("stream_hourly")).toHaveLength(1);
        expect(await bench.store.deleteWrittenBefore(bench.nowMs + 400 * DAY_MS + 1)).toBe(2);
        expect(await bench.harness.readTable("stream_hourly")).toEqual([]);
        expect(await bench.harness.readTable("stream_daily")).toEqual([]);
      });
    });
  });
}

function toRollup(row: TableRow): RollupRow {
  const { hour_start, day_start, refreshed_at: _, first_written_at: __, is_sealed: ___, ...measures } = row;
  return rounded({ ...measures, start: (hour_start ?? day_start) as number } as unknown as RollupRow);
}

/** A mean of means may differ in its last digits from the mean itself. */
function rounded(row: RollupRow): RollupRow {
  const round = (value: number | null): number | null => (value === null ? null : Number(value.toFixed(9)));
  return {
    ...row,
    avg_sentiment: round(row.avg_sentiment),
    avg_viewers: round(row.avg_viewers),
    peak_chat_rate: round(row.peak_chat_rate),
  };
}

function byPlace(a: RollupRow, b: RollupRow): number {
  return a.stream_id < b.stream_id ? -1 : a.stream_id > b.stream_id ? 1 : a.start - b.start;
}
