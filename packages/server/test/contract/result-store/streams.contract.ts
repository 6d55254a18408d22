import { formatInstant } from "@telemetra/core";
import { expect, it } from "vitest";
import { makeChat, makeMeta, makeRow, makeViewers } from "../../support/records.js";
import { START_MS } from "../store-bench.js";
import type { ResultStoreBench } from "./result-store-bench.js";

/** What is known of a stream, and how streams are listed. */
export function streamsContract(bench: ResultStoreBench): void {
  it("knows nothing of a stream before its first event", async () => {
    expect(await bench.store.getStream("alpha")).toBeUndefined();
    expect(await bench.store.listStreams({ limit: 10, offset: 0 })).toEqual([]);
  });

  it("F1: opens a stream's life with any event, and knows nothing it was not told", async () => {
    await bench.commit({ events: [makeChat({ timestamp: 7_000 })] });
    expect(await bench.store.getStream("alpha")).toEqual({
      stream_id: "alpha",
      streamer_name: "alpha",
      title: null,
      game_category: null,
      started_at: formatInstant(7_000),
      is_live: true,
      viewer_count: null,
      created_at: formatInstant(START_MS),
      updated_at: formatInstant(START_MS),
    });
  });

  it("takes title, category and start from what the stream tells of itself", async () => {
    await bench.commit({
      events: [makeMeta({ timestamp: 9_000, new_title: "Grüße 🎉", new_category: "Chess", started_at: 4_000 })],
    });
    expect(await bench.store.getStream("alpha")).toMatchObject({
      title: "Grüße 🎉",
      game_category: "Chess",
      started_at: formatInstant(4_000),
    });
    await bench.commit({
      events: [
        makeMeta({ event_id: "2", timestamp: 11_000, event_type: "title_change", new_title: "Endgame" }),
        makeMeta({ event_id: "3", timestamp: 12_000, event_type: "category_change", new_category: "Go" }),
      ],
    });
    expect(await bench.store.getStream("alpha")).toMatchObject({ title: "Endgame", game_category: "Go" });
  });

  it("F4: shows the newest viewer count by event time, the larger when two tie", async () => {
    await bench.commit({ events: [makeViewers({ event_id: "1", timestamp: 5_000, viewer_count: 30 })] });
    await bench.commit({ events: [makeViewers({ event_id: "2", timestamp: 4_000, viewer_count: 99 })] });
    expect(await bench.store.getStream("alpha")).toMatchObject({ viewer_count: 30 });
    await bench.commit({
      events: [
        makeViewers({ event_id: "3", timestamp: 5_000, viewer_count: 31 }),
        makeViewers({ event_id: "4", timestamp: 5_000, viewer_count: 12 }),
      ],
    });
    expect(await bench.store.getStream("alpha")).toMatchObject({ viewer_count: 31 });
  });

  it("F1: ends a life with stream_end and opens another with the next event", async () => {
    const end = makeMeta({ event_id: "end", event_type: "stream_end", timestamp: 9_000 });
    await bench.commit({ events: [makeChat({ timestamp: 2_000 }), end] });
    expect(await bench.store.getStream("alpha")).toMatchObject({ is_live: false, started_at: formatInstant(2_000) });
    await bench.commit({ events: [makeChat({ event_id: "late", timestamp: 8_000 })] });
    expect(await bench.store.getStream("alpha")).toMatchObject({ is_live: false, started_at: formatInstant(2_000) });
    await bench.commit({ events: [makeChat({ event_id: "new", timestamp: 20_000 })] });
    expect(await bench.store.getStream("alpha")).toMatchObject({ is_live: true, started_at: formatInstant(20_000) });
  });

  it("F1: is not live after a life that ran out, until a newer event comes", async () => {
    await bench.commit({ events: [makeChat({ timestamp: 2_000 })] });
    await bench.commit({ endedLives: [{ streamId: "alpha", endedAtMs: 302_000 }] });
    expect(await bench.store.getStream("alpha")).toMatchObject({ is_live: false });
    await bench.commit({ events: [makeChat({ event_id: "new", timestamp: 400_000 })] });
    expect(await bench.store.getStream("alpha")).toMatchObject({ is_live: true, started_at: formatInstant(400_000) });
  });

  it("moves updated_at with the first news and not with what it knew", async () => {
    await bench.commit({ events: [makeChat({ timestamp: 2_000 })] });
    bench.nowMs += 1_000;
    await bench.commit({ events: [makeChat({ timestamp: 1_000, event_id: "older" }), makeChat({ timestamp: 2_000 })] });
    bench.nowMs += 1_000;
    await bench.commit({ events: [makeChat({ timestamp: 1_000, event_id: "older" })], rows: [makeRow()] });
    expect(await bench.store.getStream("alpha")).toMatchObject({
      created_at: formatInstant(START_MS),
      updated_at: formatInstant(START_MS + 1_000),
    });
  });

  it("F14: lists streams by their id, character by character, in pages", async () => {
    const ids = ["b", "B", "a.1", "a-1", "a_1", "a1", "a", "10", "9", "a:1"];
    await bench.commit({ events: ids.map((stream_id) => makeChat({ stream_id })) });
    const listed = await bench.store.listStreams({ limit: 100, offset: 0 });
    expect(listed.map((stream) => stream.stream_id)).toEqual(ids.toSorted());
    expect(await bench.store.listStreams({ limit: 3, offset: 4 })).toEqual(listed.slice(4, 7));
    expect(await bench.store.listStreams({ limit: 3, offset: 40 })).toEqual([]);
  });
}
