import { createRequire } from "node:module";
import fc from "fast-check";
import { AssignerProtocol, Partitioners, type Cluster } from "kafkajs";
import { describe, expect, it } from "vitest";
import { sliceBatch } from "../../src/adapters/kafka/batch-slices.js";
import { coPartitionAssigner } from "../../src/adapters/kafka/co-partition-assigner.js";
import { partitionOf } from "../../src/adapters/kafka/partition-of.js";
import { RecentIds } from "../../src/adapters/kafka/recent-ids.js";
import { calmRequestQueue } from "../../src/adapters/kafka/request-queue.js";

describe("partitionOf", () => {
  it("chooses the partition that Kafka clients choose by default", () => {
    const choose = Partitioners.DefaultPartitioner();
    fc.assert(
      fc.property(
        fc.string({ minLength: 1, maxLength: 40, unit: "grapheme" }),
        fc.integer({ min: 1, max: 64 }),
        (key, count) => {
          const partitionMetadata = Array.from(
            { length: count },
            (_, partitionId) => ({ partitionId, leader: 1 }) as never,
          );
          expect(partitionOf(key, count)).toBe(choose({ topic: "t", partitionMetadata, message: { key, value: "" } }));
        },
      ),
      { numRuns: 500 },
    );
  });

  // Values of Kafka's own Java client, with 2^31 - 1 partitions so that the whole hash shows.
  it.each([
    ["21", -973932308],
    ["foobar", -790332482],
    ["a-little-bit-long-string", -985981536],
    ["a-little-bit-longer-string", -1486304829],
    ["lkjh234lh9fiuh90y23oiuhsafujhadof229phr9h19h89h8", -58897971],
    ["abc", 479470107],
  ])("agrees with the Java client on %j", (key, hash) => {
    expect(partitionOf(key, 2 ** 31 - 1)).toBe((hash & 0x7fffffff) % (2 ** 31 - 1));
  });
});

describe("coPartitionAssigner", () => {
  it("gives partition p of every topic to the same member, and everything to somebody", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 20 }),
        fc.uniqueArray(fc.string({ minLength: 1 }), { minLength: 1, maxLength: 6 }),
        async (count, ids) => {
          const findTopicPartitionMetadata = (): unknown =>
            Array.from({ length: count }, (_, partitionId) => ({ partitionId }));
          const assigner = coPartitionAssigner({
            cluster: { findTopicPartitionMetadata } as unknown as Cluster,
          } as never);
          const topics = ["chat", "viewer"];
          const members = ids.map((memberId) => ({ memberId, memberMetadata: Buffer.alloc(0) }));
          const assigned = (await assigner.assign({ members, topics })).map(
            ({ memberAssignment }) => AssignerProtocol.MemberAssignment.decode(memberAssignment)!.assignment,
          );
          for (const assignment of assigned) expect(assignment["viewer"]).toEqual(assignment["chat"]);
          const all = assigned.flatMap((assignment) => assignment["chat"]!);
          expect(all.toSorted((left, right) => left - right)).toEqual(Array.from({ length: count }, (_, at) => at));
          const sizes = assigned.map((assignment) => assignment["chat"]!.length);
          expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
        },
      ),
    );
  });
});

describe("RecentIds", () => {
  it("forgets an id when its record did not arrive", async () => {
    const ids = new RecentIds(10);
    let fail!: (error: Error) => void;
    const arrival = new Promise<void>((_resolve, reject) => (fail = reject));
    expect(ids.claim("s", "1", arrival)).toBeUndefined();
    const second = ids.claim("s", "1", Promise.resolve());
    fail(new Error("not stored"));
    await expect(second).rejects.toThrow("not stored");
    expect(ids.claim("s", "1", Promise.resolve())).toBeUndefined();
  });

  it("remembers as many as it may, and forgets the oldest first", () => {
    const ids = new RecentIds(3);
    for (const id of ["1", "2", "3", "4"]) void ids.claim("s", id, Promise.resolve());
    expect(ids.claim("s", "2", Promise.resolve())).toBeInstanceOf(Promise);
    expect(ids.claim("s", "4", Promise.resolve())).toBeInstanceOf(Promise);
    expect(ids.claim("s", "1", Promise.resolve())).toBeUndefined();
  });
});

describe("sliceBatch", () => {
  const batch = (
    offsets: readonly number[],
    more: { highWatermark?: string; last?: number; size?: number } = {},
  ): Parameters<typeof sliceBatch>[0] => ({
    messages: offsets.map(
      (offset) =>
        ({
          offset: String(offset),
          timestamp: String(1_000 + offset),
          value: Buffer.from("x".repeat(more.size ?? 1)),
        }) as never,
    ),
    highWatermark: more.highWatermark ?? String((offsets.at(-1) ?? 0) + 1),
    lastOffset: () => String(more.last ?? offsets.at(-1)),
  });

  it("leaves out what was handed over before", () => {
    expect(sliceBatch(batch([3, 4, 5, 6]), 5, 99_999)).toEqual([
      {
        records: [
          { offset: 5, appendedAtMs: 1_005, value: "x" },
          { offset: 6, appendedAtMs: 1_006, value: "x" },
        ],
        nextOffset: 7,
        isAtEnd: true,
        asOfMs: 1_006,
      },
    ]);
    expect(sliceBatch(batch([3, 4]), 5, 99_999)).toEqual([]);
  });

  it("takes no record for later than our own clock", () => {
    const [slice] = sliceBatch(batch([0, 1, 2, 3]), 0, 1_001);
    expect(slice!.records.map(({ appendedAtMs }) => appendedAtMs)).toEqual([1_000, 1_001, 1_001, 1_001]);
  });

  it("reads offsets that are no records with the last record before them", () => {
    expect(sliceBatch(batch([1, 4], { last: 6, highWatermark: "7" }), 0, 99_999)).toMatchObject([
      { nextOffset: 7, isAtEnd: true },
    ]);
  });

  it("is at the end only with the last piece, and only when the partition ends there", () => {
    const offsets = Array.from({ length: 9_000 }, (_, at) => at);
    expect(sliceBatch(batch(offsets), 0, 99_999).map(({ nextOffset, isAtEnd }) => [nextOffset, isAtEnd])).toEqual([
      [4_000, false],
      [8_000, false],
      [9_000, true],
    ]);
    expect(sliceBatch(batch([0, 1], { highWatermark: "9" }), 0, 99_999)[0]!.isAtEnd).toBe(false);
  });

  it("cuts by size too", () => {
    const sizes = sliceBatch(batch([0, 1, 2, 3, 4], { size: 900_000 }), 0, 99_999).map(({ records }) => records.length);
    expect(sizes).toEqual([2, 2, 1]);
  });

  it("keeps bytes that are no text, and tells what was put back", () => {
    const bytes = Buffer.from([0x7b, 0xff, 0x00]);
    const headers = { "telemetra-replay": Buffer.from("1") };
    const messages = [
      { offset: "0", timestamp: "7", value: bytes, headers: {} } as never,
      { offset: "1", timestamp: "8", value: Buffer.from("ü"), headers } as never,
    ];
    const [slice] = sliceBatch({ ...batch([]), messages, lastOffset: () => "1", highWatermark: "2" }, 0, 99_999);
    expect(slice!.records).toEqual([
      { offset: 0, appendedAtMs: 7, value: "{\ufffd\0", bytes },
      { offset: 1, appendedAtMs: 8, value: "ü", isReplay: true },
    ]);
  });

  it("takes a record without a value for an empty text", () => {
    const empty = {
      ...batch([]),
      messages: [{ offset: "0", timestamp: "7", value: null } as never],
      lastOffset: () => "0",
      highWatermark: "1",
    };
    expect(sliceBatch(empty, 0, 99_999)[0]!.records).toEqual([{ offset: 0, appendedAtMs: 7, value: "" }]);
  });
});

describe("calmRequestQueue", () => {
  it("sets no timer while nothing waits, and one that comes soon when something does", () => {
    calmRequestQueue();
    const require = createRequire(import.meta.url);
    const { prototype } = require("kafkajs/src/network/requestQueue") as {
      prototype: { scheduleCheckPendingRequests: (this: object) => void };
    };
    const queue = {
      throttleCheckTimeoutId: null as NodeJS.Timeout | null,
      throttledUntil: -1,
      pending: [] as unknown[],
      checkPendingRequests: () => {},
    };
    prototype.scheduleCheckPendingRequests.call(queue);
    expect(queue.throttleCheckTimeoutId).toBeNull();
    queue.pending.push("a request");
    prototype.scheduleCheckPendingRequests.call(queue);
    expect(queue.throttleCheckTimeoutId).not.toBeNull();
    clearTimeout(queue.throttleCheckTimeoutId!);
  });
});
