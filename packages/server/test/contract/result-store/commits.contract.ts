import { formatInstant } from "@telemetra/core";
import fc from "fast-check";
import { expect, it } from "vitest";
import type { DeadLetter } from "../../../src/ports/result-store.js";
import { startChild } from "../../support/child-program.js";
import {
  makeBatch,
  makeChat,
  makeMeta,
  makeMoment,
  makeRow,
  makeTransaction,
  makeViewers,
} from "../../support/records.js";
import { fresh } from "../../support/stored-model.js";
import { START_MS } from "../store-bench.js";
import type { ResultStoreBench } from "./result-store-bench.js";

const CHAT = { topic: "chat", partition: 0 } as const;
const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;

/** A commit is whole or not there, may be repeated, and stores every kind of event where SQL finds it. */
export function commitsContract(bench: ResultStoreBench): void {
  it("leaves nothing of a commit that fails midway", async () => {
    await bench.store.claim([CHAT], "one");
    const broken = { ...makeMoment(), severity: null as never };
    const batch = makeBatch({
      positions: [{ ...CHAT, epoch: 1, nextOffset: 5, lowOffset: 5 }],
      events: [makeChat(), makeViewers(), makeTransaction()],
      rows: [makeRow()],
      moments: [makeMoment({ number: 2 }), broken],
    });
    await expect(bench.store.commit(batch)).rejects.toThrow();
    expect(await bench.readStream()).toEqual({
      stream: undefined,
      metrics: { items: [] },
      moments: { items: [] },
      stats: undefined,
    });
    expect((await bench.store.claim([CHAT], "two"))[0]!.nextOffset).toBe(0);
  });

  it("works again after a commit that failed", async () => {
    await expect(bench.commit({ moments: [{ ...makeMoment(), severity: null as never }] })).rejects.toThrow();
    await bench.commit({ rows: [makeRow()] });
    expect((await bench.store.readMetrics("alpha", { limit: 1 })).items).toEqual([makeRow()]);
  });

  it("stores each kind of event where SQL finds it, with every field", async () => {
    const place = { stream_id: "beta", timestamp: 1_500 };
    const messages = { message: "Grüße 🎉" };
    await bench.commit({
      events: [
        makeMeta({ ...place, new_title: "A title", new_category: "Chess", started_at: 1_000 }),
        makeChat({ ...place, ...messages }),
        makeViewers({ ...place, viewer_count: 0, unique_viewers: 7, peak_viewers: 9 }),
        makeViewers({ ...place, event_id: "v2", viewer_count: 3 }),
        makeTransaction({ ...place, ...messages, transaction_type: "gift", amount: 0.0001, currency: "USD" }),
        makeTransaction({ ...place, event_id: "t2" }),
      ],
      rows: [makeRow({ stream_id: "beta", chat_count: 1 })],
    });
    const written = { stream_id: "beta", written_at: START_MS };
    expect(await bench.harness.readTable("streams")).toMatchObject([
      {
        stream_id: "beta",
        title: "A title",
        game_category: "Chess",
        started_at: 1_000,
        is_live: true,
        viewer_count: 3,
      },
    ]);
    expect(await bench.harness.readTable("chat_summary_minute")).toMatchObject([
      { ...written, window_start: 0, window_end: MINUTE_MS, chat_count: 1, chat_rate: 1 / 60, avg_sentiment: 0.25 },
    ]);
    expect(await bench.harness.readTable("viewer_timeseries")).toEqual([
      { ...written, event_id: "viewer-1", timestamp: 1_500, viewer_count: 0, unique_viewers: 7, peak_viewers: 9 },
      { ...written, event_id: "v2", timestamp: 1_500, viewer_count: 3, unique_viewers: null, peak_viewers: null },
    ]);
    const transaction = { ...written, timestamp: 1_500, user_id: "user-1", username: "user_one" };
    expect(await bench.harness.readTable("transactions")).toEqual([
      {
        ...transaction,
        ...messages,
        event_id: "transaction-1",
        transaction_type: "gift",
        amount: 0.0001,
        currency: "USD",
      },
      {
        ...transaction,
        message: null,
        event_id: "t2",
        transaction_type: "donation",
        amount: 5,
        currency: "EUR",
      },
    ]);
    expect(await bench.harness.readTable("chat_tallies")).toEqual([]);
  });

  it("changes nothing when the same batch is written again", async () => {
    const batch = makeBatch({
      events: [
        makeMeta({ new_title: "A title", new_category: "Chess", started_at: 500, timestamp: 1_000 }),
        makeChat({ timestamp: 2_000 }),
        makeViewers({ timestamp: 3_000 }),
        makeTransaction({ timestamp: 4_000 }),
        makeMeta({ event_id: "meta-2", event_type: "stream_end", timestamp: 5_000 }),
      ],
      rows: [makeRow(), makeRow({ startMs: 10_000 })],
      moments: [makeMoment(), makeMoment({ number: 2, atMs: 9_000, ended_at: formatInstant(12_000) })],
      states: [{ streamId: "alpha", partition: 0, state: { a: [1, null] } }],
      deadLetters: [{ ...CHAT, offset: 4, value: "{", code: "invalid_json", detail: "not readable as JSON" }],
    });
    await bench.store.commit(batch);
    const before = [
      await bench.readStream(),
      await bench.store.loadStreamStates(0),
      await bench.harness.readDeadLetters(),
    ];
    bench.nowMs += HOUR_MS;
    await bench.store.commit(batch);
    const first = batch.events.slice(0, 2);
    await bench.commit({ events: first });
    expect([
      await bench.readStream(),
      await bench.store.loadStreamStates(0),
      await bench.harness.readDeadLetters(),
    ]).toEqual(before);
    expect(JSON.stringify(before)).toContain("A title");
  });

  it("takes events of one stream that arrive in several commits, in any order, to the same stream and totals", async () => {
    const events = [
      makeMeta({ event_id: "m1", timestamp: 1_000, new_title: "first", started_at: 900 }),
      makeViewers({ event_id: "v1", timestamp: 2_000, viewer_count: 5 }),
      makeViewers({ event_id: "v2", timestamp: 2_000, viewer_count: 8 }),
      makeTransaction({ event_id: "t1", timestamp: 2_500, amount: 0.1 }),
      makeMeta({ event_id: "m2", timestamp: 3_000, event_type: "title_change", new_title: "second" }),
      makeTransaction({ event_id: "t2", timestamp: 3_500, amount: 0.2 }),
    ];
    await bench.commit({ events });
    const wanted = await bench.readStream();
    await fc.assert(
      fc.asyncProperty(
        fc.shuffledSubarray(events, { minLength: events.length }),
        fc.integer({ min: 0, max: 6 }),
        async (order, cut) => {
          const streamId = `s${fresh()}`;
          const own = order.map((event) => ({ ...event, stream_id: streamId }));
          await bench.commit({ events: own.slice(0, cut) });
          await bench.commit({ events: own.slice(cut) });
          expect(JSON.parse(JSON.stringify(await bench.readStream(streamId)).replaceAll(streamId, "alpha"))).toEqual(
            wanted,
          );
        },
      ),
      { numRuns: 20 },
    );
  });

  it("is all there or not at all when the process is killed while it commits", async () => {
    await bench.closeAll();
    const child = startChild("commit-until-killed.ts", { config: bench.harness.config, streamId: "alpha" });
    await child.untilLines(50);
    await child.kill();
    bench.store = await bench.open();
    const [claim] = await bench.store.claim([{ topic: "transaction", partition: 0 }], "after");
    const committed = claim!.nextOffset;
    expect(committed).toBeGreaterThanOrEqual(Number(child.lines.at(-1)) + 1);
    expect(await bench.store.readStats("alpha")).toMatchObject({
      messages: committed,
      events: { transaction: committed },
      revenue: [{ currency: "EUR", amount: committed }],
    });
    expect(await bench.store.loadStreamStates(0)).toEqual([{ streamId: "alpha", state: { offset: committed - 1 } }]);
  });

  it("keeps dead letters with their place, their text and the reason", async () => {
    const letters = ['{"broken', "", "NUL \0 and 🎉", "x".repeat(5_000)].map((value, offset): DeadLetter => ({
      ...CHAT,
      offset,
      value,
      code: "invalid_json",
      detail: "not readable as JSON",
    }));
    await bench.commit({ deadLetters: letters });
    expect(await bench.harness.readDeadLetters()).toEqual(letters);
  });
}
