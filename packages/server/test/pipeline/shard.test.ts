import { describe, expect, it } from "vitest";
import { EVENT_TYPES, formatInstant, type EventInput, type EventType, type MetricRow } from "@telemetra/core";
import { Shard } from "../../src/pipeline/shard.js";
import type { CommitBatch, PartitionClaim } from "../../src/ports/result-store.js";

const NOON_MS = Date.UTC(2026, 0, 1, 12);
const NOW_MS = NOON_MS + 3_600_000;

function chat(second: number, id = `c${second}`): EventInput {
  const base = { event_id: id, timestamp: NOON_MS + second * 1000, stream_id: "s" };
  return { ...base, type: "chat", user_id: "u", username: "u", message: "hello" };
}

function viewer(second: number): EventInput {
  return {
    type: "viewer",
    event_id: `v${second}`,
    timestamp: NOON_MS + second * 1000,
    stream_id: "s",
    viewer_count: 5,
  };
}

const logs = (events: readonly EventInput[]) =>
  new Map(EVENT_TYPES.map((type) => [type, events.filter((event) => event.type === type)]));

/** The end of a log that has nothing more holds its streams back for the idle timeout, 10 s. */
function reachEmptyEnds(shard: Shard): void {
  for (const topic of ["transaction", "stream_meta"] as const) {
    const batch = { topic, partition: 0, records: [], nextOffset: 0, isAtEnd: true, asOfMs: Infinity };
    shard.process(batch, NOW_MS - 11_000);
  }
}

function feed(shard: Shard, log: ReturnType<typeof logs>, topic: EventType, from: number, to: number): void {
  const all = log.get(topic)!;
  // Here the log takes everything when it happens.
  const records = all.slice(from, to).map((event, index) => {
    return { offset: from + index, value: JSON.stringify(event), appendedAtMs: event.timestamp as number };
  });
  const isAtEnd = to >= all.length;
  const asOfMs = isAtEnd ? Infinity : (records.at(-1)?.appendedAtMs ?? 0) + 1;
  shard.process({ topic, partition: 0, records, nextOffset: to, isAtEnd, asOfMs }, NOW_MS);
}

function open(positions: readonly { topic: EventType; nextOffset: number; lowOffset: number }[] = []): Shard {
  const shard = new Shard(0, { scorer: false });
  for (const topic of EVENT_TYPES) {
    const { nextOffset, lowOffset } = positions.find((position) => position.topic === topic) ?? {
      nextOffset: 0,
      lowOffset: 0,
    };
    shard.take({ topic, partition: 0, epoch: 1, nextOffset, lowOffset } satisfies PartitionClaim);
  }
  return shard;
}

function counts(rows: readonly MetricRow[]): [string, number][] {
  return rows.map((row) => [row.window_start.slice(14, 19), row.chat_count]);
}

describe("a shard", () => {
  const seconds = Array.from({ length: 200 }, (_, index) => index);
  const log = logs([
    ...seconds.map((second) => chat(second)),
    ...[0, 15, 30, 45, 60, 75, 90, 105, 120, 199].map(viewer),
  ]);

  /** What would be committed after the first hundred seconds. */
  function firstHalf(): CommitBatch {
    const shard = open();
    reachEmptyEnds(shard);
    feed(shard, log, "chat", 0, 100);
    feed(shard, log, "viewer", 0, 7);
    return shard.drain()!.commit;
  }

  it("commits rows with the offsets they stand for and the oldest offset an open window needs", () => {
    const { rows, positions, events } = firstHalf();
    expect(counts(rows).at(-1)).toEqual(["00:20", 60]);
    // The viewers' topic is known up to 90, and what was appended to the chat after that waits for it.
    expect(events).toHaveLength(98);
    // Watermark 85: windows that end after 55 can still be corrected, and the oldest of them begins at 0.
    expect(positions.find(({ topic }) => topic === "chat")).toEqual({
      topic: "chat",
      partition: 0,
      epoch: 1,
      nextOffset: 91,
      lowOffset: 0,
    });
  });

  it("§6: closes no window after a restart before every topic is counted again", () => {
    const { positions, states } = firstHalf();
    const shard = open(positions);
    shard.resume(states);
    reachEmptyEnds(shard);
    // New viewer events come first, and only a part of the chat: nothing may close on incomplete slices.
    feed(shard, log, "viewer", positions.find(({ topic }) => topic === "viewer")!.lowOffset, 10);
    feed(shard, log, "chat", positions.find(({ topic }) => topic === "chat")!.lowOffset, 40);
    shard.advanceTo(NOW_MS + 60_000);
    expect(shard.drain()).toBeUndefined();
    feed(shard, log, "chat", 40, 100);
    feed(shard, log, "chat", 100, 200);
    shard.advanceTo(NOW_MS + 11_000);
    const { rows } = shard.drain()!.commit;
    expect(counts(rows)[0]).toEqual(["00:30", 60]);
    expect(counts(rows.slice(0, 12))).toEqual(
      Array.from({ length: 12 }, (_, hop) => [formatInstant(NOON_MS + 30_000 + hop * 10_000).slice(14, 19), 60]),
    );
  });

  it("F3, W4: takes records in the order in which they were appended, so an end does not overtake what was said before it", () => {
    const events: EventInput[] = [chat(0), chat(5)];
    const base = { event_id: "end", timestamp: NOON_MS + 6_000, stream_id: "s" };
    const end: EventInput = { ...base, type: "stream_meta", event_type: "stream_end" };
    const shard = open();
    const at = (topic: EventType, event: EventInput | undefined, asOfMs: number) => {
      const records = event === undefined ? [] : [{ offset: 0, value: JSON.stringify(event), appendedAtMs: 10 }];
      shard.process({ topic, partition: 0, records, nextOffset: records.length, isAtEnd: true, asOfMs }, NOW_MS);
    };
    // All ends were reached before; then chat and the end of the stream are appended, and the end is read first.
    for (const topic of EVENT_TYPES) at(topic, undefined, 1);
    at("stream_meta", end, 11);
    at("viewer", undefined, 11);
    at("transaction", undefined, 11);
    expect(shard.drain()).toBeUndefined();
    const records = events.map((event, offset) => ({ offset, value: JSON.stringify(event), appendedAtMs: 10 }));
    shard.process({ topic: "chat", partition: 0, records, nextOffset: 2, isAtEnd: true, asOfMs: 11 }, NOW_MS);
    const { rows } = shard.drain()!.commit;
    expect(rows.map((row) => row.revision)).toEqual(rows.map(() => 0));
    expect(counts(rows)).toContainEqual(["00:00", 2]);
  });

  it("keeps the raw event of what was put back, though it counted before or comes too late to count", () => {
    const shard = open();
    const record = (second: number, isReplay?: true) => ({
      value: JSON.stringify(viewer(second)),
      ...(isReplay === undefined ? {} : { isReplay }),
    });
    let offset = 0;
    const feedViewers = (...values: ReturnType<typeof record>[]): CommitBatch => {
      const records = values.map((value) => ({ ...value, offset: offset++, appendedAtMs: NOW_MS }));
      for (const topic of EVENT_TYPES) {
        const own = topic === "viewer" ? records : [];
        const nextOffset = topic === "viewer" ? offset : 0;
        shard.process({ topic, partition: 0, records: own, nextOffset, isAtEnd: true, asOfMs: Infinity }, NOW_MS);
      }
      return shard.drain()!.commit;
    };
    expect(feedViewers(record(0), record(600)).events).toHaveLength(2);
    shard.advanceTo(NOW_MS + 60_000);
    const without = feedViewers(record(0), record(1));
    expect([without.events, without.deadLetters.map(({ code }) => code)]).toEqual([[], ["late"]]);
    const put = feedViewers(record(0, true), record(1, true));
    expect(put.events.map(({ event_id }) => event_id)).toEqual(["v0", "v1"]);
    expect(put.deadLetters).toEqual([]);
    expect(put.rows.filter(({ revision }) => revision > 0)).toEqual([]);
  });

  it("keeps what is no event, with its place and its bytes, and goes on", () => {
    const shard = open();
    const values = ["{broken", JSON.stringify({ ...chat(1), message: 5 }), JSON.stringify(chat(2))];
    const records = values.map((value, offset) => ({ offset, value, appendedAtMs: NOW_MS }));
    for (const topic of EVENT_TYPES) {
      const own = topic === "chat" ? records : [];
      const batch = { topic, partition: 0, records: own, nextOffset: own.length, isAtEnd: true, asOfMs: Infinity };
      shard.process(batch, NOW_MS);
    }
    const { deadLetters, events } = shard.drain()!.commit;
    expect(deadLetters.map(({ offset, code, value }) => [offset, code, value])).toEqual([
      [0, "invalid_json", values[0]],
      [1, "invalid_field", values[1]],
    ]);
    expect(events).toHaveLength(1);
  });
});
