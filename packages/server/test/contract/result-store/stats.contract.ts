import { formatInstant, type MetricRow, type Moment } from "@telemetra/core";
import fc from "fast-check";
import { expect, it } from "vitest";
import { makeMeta, makeMoment, makeRow, makeTransaction, makeViewers } from "../../support/records.js";
import { fresh } from "../../support/stored-model.js";
import type { ResultStoreBench } from "./result-store-bench.js";

const MINUTE_MS = 60_000;

/** Totals of a stream, each message and event counted once. */
export function statsContract(bench: ResultStoreBench): void {
  it("has none of a stream that nobody has seen, and empty ones of a stream without results", async () => {
    expect(await bench.store.readStats("alpha")).toBeUndefined();
    await bench.commit({ events: [makeMeta()] });
    expect(await bench.store.readStats("alpha")).toEqual({
      stream_id: "alpha",
      first_window_start: null,
      last_window_end: null,
      messages: 0,
      peak_chat_rate: null,
      avg_chat_rate: null,
      avg_sentiment: null,
      peak_viewers: null,
      avg_viewers: null,
      moments: {},
      revenue: [],
      events: { chat: 0, viewer: 0, transaction: 0 },
    });
  });

  it("counts each message once although it is in six overlapping windows", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: 0, max: 900 }), { minLength: 1, maxLength: 60 }), async (seconds) => {
        const stream_id = `s${fresh()}`;
        await bench.commit({ rows: hoppingRows(stream_id, seconds) });
        expect(await bench.store.readStats(stream_id)).toMatchObject({
          messages: seconds.length,
          events: { chat: seconds.length },
        });
      }),
      { numRuns: 15 },
    );
  });

  it("weighs the sentiment of a window by its messages and the rate by its time", async () => {
    await bench.commit({
      rows: [
        makeRow({ chat_count: 30, sentiment_score: 0.5 }),
        makeRow({ startMs: MINUTE_MS, chat_count: 10, sentiment_score: -0.5 }),
        makeRow({ startMs: 2 * MINUTE_MS, chat_count: 0 }),
      ],
    });
    expect(await bench.store.readStats("alpha")).toMatchObject({
      first_window_start: formatInstant(0),
      last_window_end: formatInstant(3 * MINUTE_MS),
      messages: 40,
      peak_chat_rate: 0.5,
      avg_chat_rate: 40 / 180,
      avg_sentiment: 0.25,
    });
  });

  it("F6: adds up amounts exactly, by currency", async () => {
    const amounts = [0.1, 0.2, 0.7, 1.1, 1_000_000, 0.0001];
    await bench.commit({
      events: [
        ...amounts.map((amount, at) => makeTransaction({ event_id: `e${at}`, amount })),
        makeTransaction({ event_id: "b", amount: 250, currency: "bits", transaction_type: "bits" }),
        makeTransaction({ event_id: "z", amount: 0, currency: "CHF" }),
      ],
    });
    expect((await bench.store.readStats("alpha"))!.revenue).toEqual([
      { currency: "CHF", amount: 0 },
      { currency: "EUR", amount: 1_000_002.1001 },
      { currency: "bits", amount: 250 },
    ]);
  });

  it("takes peak and mean of the viewer events, each event once", async () => {
    const events = [10, 40, 25].map((viewer_count, at) =>
      makeViewers({ event_id: `v${at}`, viewer_count, timestamp: at }),
    );
    await bench.commit({ events });
    await bench.commit({ events: [...events, makeViewers({ event_id: "v0", viewer_count: 900, timestamp: 50 })] });
    expect(await bench.store.readStats("alpha")).toMatchObject({
      peak_viewers: 40,
      avg_viewers: 25,
      events: { viewer: 3 },
    });
  });

  it("counts moments by their type", async () => {
    const types: readonly Moment["moment_type"][] = ["raid", "chat_spike", "raid"];
    await bench.commit({ moments: types.map((moment_type, number) => makeMoment({ number, moment_type })) });
    expect((await bench.store.readStats("alpha"))!.moments).toEqual({ chat_spike: 1, raid: 2 });
  });
}

/** The rows of 60 s every 10 s over messages at these seconds, from the first window that holds one to 5 min after the last. */
function hoppingRows(stream_id: string, seconds: readonly number[]): readonly MetricRow[] {
  const first = Math.floor(Math.min(...seconds) / 10) * 10 - 50;
  const rows: MetricRow[] = [];
  for (let start = first; start <= Math.max(...seconds) + 300; start += 10) {
    const chat_count = seconds.filter((second) => second >= start && second < start + 60).length;
    rows.push(makeRow({ stream_id, startMs: start * 1_000, chat_count }));
  }
  return rows;
}
