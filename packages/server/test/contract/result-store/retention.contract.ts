import { expect, it } from "vitest";
import type { CommitBatch } from "../../../src/ports/result-store.js";
import { makeChat, makeMoment, makeRow, makeTransaction, makeViewers } from "../../support/records.js";
import { START_MS } from "../store-bench.js";
import type { ResultStoreBench } from "./result-store-bench.js";

const CHAT = { topic: "chat", partition: 0 } as const;
const HOUR_MS = 3_600_000;

/** What is deleted, and what that leaves. */
export function retentionContract(bench: ResultStoreBench): void {
  it("F8: deletes by when something was written, not by when it happened", async () => {
    const everything = (hours: number): Partial<CommitBatch> => ({
      events: [
        makeViewers({ event_id: `v${hours}`, timestamp: -hours * HOUR_MS }),
        makeTransaction({ event_id: `t${hours}`, timestamp: -hours * HOUR_MS }),
      ],
      rows: [makeRow({ startMs: -hours * HOUR_MS })],
      moments: [makeMoment({ number: hours, atMs: -hours * HOUR_MS })],
      deadLetters: [{ ...CHAT, offset: hours, value: "x", code: "invalid_json", detail: "not readable as JSON" }],
    });
    // What is written later happened earlier: a recording that is replayed.
    for (let hours = 0; hours < 144; hours += 24) {
      bench.nowMs = START_MS + hours * HOUR_MS;
      await bench.commit(everything(hours));
    }
    expect(await bench.store.deleteWrittenBefore(Date.UTC(2026, 0, 5))).toBe(3 * 5);
    const { items } = await bench.store.readMetrics("alpha", { limit: 10 });
    expect(items.map((row) => Date.parse(row.window_start) / -HOUR_MS)).toEqual([72, 96, 120]);
    expect(await bench.store.readStats("alpha")).toMatchObject({
      events: { viewer: 3, transaction: 3 },
      moments: { chat_spike: 3 },
    });
    expect((await bench.harness.readDeadLetters()).map((letter) => letter.offset)).toEqual([72, 96, 120]);
    expect(await bench.store.deleteWrittenBefore(Date.UTC(2026, 0, 5))).toBe(0);
  });

  it("takes the same event for a new one only after it was deleted", async () => {
    await bench.commit({ events: [makeViewers()] });
    bench.nowMs += 50 * HOUR_MS;
    await bench.commit({ events: [makeViewers()] });
    expect(await bench.store.readStats("alpha")).toMatchObject({ events: { viewer: 1 } });
    await bench.store.deleteWrittenBefore(Date.UTC(2026, 0, 3));
    expect(await bench.store.readStats("alpha")).toBeUndefined();
    await bench.commit({ events: [makeViewers()] });
    expect(await bench.store.readStats("alpha")).toMatchObject({ events: { viewer: 1 } });
  });

  it("keeps the highest revision although the row was first written days before", async () => {
    await bench.commit({ rows: [makeRow({ revision: 0, chat_count: 1 })] });
    bench.nowMs += 50 * HOUR_MS;
    await bench.commit({ rows: [makeRow({ revision: 1, chat_count: 2 })] });
    bench.nowMs += 50 * HOUR_MS;
    await bench.commit({ rows: [makeRow({ revision: 0, chat_count: 1 })] });
    expect((await bench.store.readMetrics("alpha", { limit: 10 })).items).toEqual([
      makeRow({ revision: 1, chat_count: 2 }),
    ]);
  });

  it("forgets a stream of which nothing is left, and keeps one that has something", async () => {
    await bench.commit({
      events: [makeChat(), makeChat({ stream_id: "beta" })],
      states: [{ streamId: "alpha", partition: 0, state: 1 }],
    });
    bench.nowMs += HOUR_MS;
    await bench.commit({ rows: [makeRow({ stream_id: "beta" })] });
    await bench.store.deleteWrittenBefore(bench.nowMs);
    expect((await bench.store.listStreams({ limit: 9, offset: 0 })).map((stream) => stream.stream_id)).toEqual([
      "beta",
    ]);
    expect(await bench.store.loadStreamStates(0)).toEqual([]);
  });
}
