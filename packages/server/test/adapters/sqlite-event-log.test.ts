import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { openSqliteDatabase, type SqliteDatabase } from "../../src/adapters/sqlite/database.js";
import {
  createSqliteEventLog,
  type SqliteEventLog,
  type SqliteEventLogOptions,
} from "../../src/adapters/sqlite/sqlite-event-log.js";
import type { AppendRecord, LogBatch } from "../../src/ports/event-log.js";
import { eventLogContract } from "../contract/event-log.contract.js";
import { makeAppend } from "../support/records.js";
import { recordingConsumer } from "../support/recording-consumer.js";
import { makeTempFolder } from "../support/temp-folder.js";

eventLogContract(
  "SqliteEventLog",
  async () => {
    const folder = makeTempFolder();
    return { config: { adapter: "sqlite", dataDir: folder.path }, dispose: async () => folder.remove() };
  },
  { remembersIdsAcrossRestarts: true },
);

describe("createSqliteEventLog", { timeout: 30_000 }, () => {
  const HOUR_MS = 3_600_000;
  let db: SqliteDatabase;
  let nowMs: number;

  beforeEach(async () => {
    db = await openSqliteDatabase();
    nowMs = 1_000 * HOUR_MS;
  });
  afterEach(() => db.close());

  async function open(options: SqliteEventLogOptions = {}): Promise<ReturnType<typeof createSqliteEventLog>> {
    const log = createSqliteEventLog(db, { clock: () => nowMs, pruneIntervalMs: Infinity, ...options });
    await log.open();
    return log;
  }
  const keptOffsets = (topic = "chat"): readonly unknown[] =>
    db
      .prepare('SELECT "offset" FROM event_log WHERE topic = ? ORDER BY "offset"')
      .all(topic)
      .map((row) => row["offset"]);
  const needFrom = (log: SqliteEventLog, lowOffset: number): void =>
    log.committed([{ topic: "chat", partition: 0, lowOffset }]);

  it("waits for the disk once for all appends of one turn", async () => {
    const log = await open();
    const transaction = vi.spyOn(db, "transaction");
    await Promise.all(Array.from({ length: 50 }, (_, at) => log.append([makeAppend(String(at))])));
    expect(transaction).toHaveBeenCalledTimes(1);
  });

  it("does not let an append that cannot be written take down those of the same turn", async () => {
    const log = await open();
    const good = [log.append([makeAppend("1")]), log.append([makeAppend("3")])];
    const bad = log.append([makeAppend("2"), makeAppend("4", { value: undefined as never })]);
    await expect(bad).rejects.toThrow();
    expect(await Promise.all(good)).toEqual([["appended"], ["appended"]]);
    expect(await log.append([makeAppend("2")])).toEqual(["appended"]);
    expect(keptOffsets()).toEqual([0, 1, 2]);
  });

  it("splits what would keep the event loop for too long", async () => {
    const log = await open();
    const transaction = vi.spyOn(db, "transaction");
    const records = (call: number): readonly AppendRecord[] =>
      Array.from({ length: 1_500 }, (_, at) => makeAppend(`${call}-${at}`));
    await Promise.all([0, 1, 2, 3, 4].map((call) => log.append(records(call))));
    expect(transaction).toHaveBeenCalledTimes(3);
    expect(keptOffsets()).toHaveLength(7_500);
  });

  it("finishes appends that were asked for before it is closed", async () => {
    const log = await open();
    const appends = [log.append([makeAppend("1")]), log.append([makeAppend("2")])];
    await log.close();
    expect(await Promise.all(appends)).toEqual([["appended"], ["appended"]]);
  });

  it("hands over at most 1,000 records and 1 MiB at once, but one record of any size", async () => {
    const log = await open();
    const large = (size: number, count: number): readonly AppendRecord[] =>
      Array.from({ length: count }, (_, at) =>
        makeAppend(`${size}-${at}`, { type: "viewer", value: "ü".repeat(size) }),
      );
    await log.append(Array.from({ length: 2_500 }, (_, at) => makeAppend(String(at))));
    await log.append([...large(100_000, 12), ...large(600_000, 2)]);
    const consumer = recordingConsumer();
    const consumption = await log.consume(consumer);
    await vi.waitFor(() => expect(consumer.values()).toHaveLength(2_514));
    await consumption.stop();
    const sizes = (topic: string): readonly number[] =>
      consumer.batches
        .filter((batch) => batch.topic === topic && batch.records.length > 0)
        .map((batch) => batch.records.length);
    expect(sizes("chat")).toEqual([1_000, 1_000, 500]);
    expect(sizes("viewer")).toEqual([5, 5, 2, 1, 1]);
  });

  it("does not let a backlog in one topic hold up the others", async () => {
    const log = await open();
    await log.append(Array.from({ length: 10_000 }, (_, at) => makeAppend(String(at))));
    await log.append([makeAppend("viewer", { type: "viewer" })]);
    const consumer = recordingConsumer();
    const consumption = await log.consume(consumer);
    await vi.waitFor(() => expect(consumer.values()).toHaveLength(10_001));
    await consumption.stop();
    expect(consumer.batches.findIndex((batch) => batch.topic === "viewer" && batch.records.length > 0)).toBeLessThan(5);
  });

  it("lets timers have their turn while it hands over a backlog", async () => {
    const log = await open();
    await log.append(Array.from({ length: 20_000 }, (_, at) => makeAppend(String(at))));
    let turns = 0;
    const interval = setInterval(() => turns++, 1);
    await new Promise<void>((resolve, reject) => {
      const onBatch = async (batch: LogBatch): Promise<void> => {
        if (batch.nextOffset === 20_000) resolve();
      };
      log.consume({ ...recordingConsumer(), onBatch }).catch(reject);
    });
    clearInterval(interval);
    await log.close();
    expect(turns).toBeGreaterThan(3);
  });

  describe("retention", () => {
    it("deletes records that are old and that no open window needs, and only those", async () => {
      const log = await open();
      await log.append([0, 1, 2].map((at) => makeAppend(`old-${at}`)));
      nowMs += 20 * HOUR_MS;
      await log.append([3, 4].map((at) => makeAppend(`young-${at}`)));
      nowMs += 10 * HOUR_MS;
      expect(await log.prune()).toMatchObject({ records: 0 });
      needFrom(log, 2);
      expect(await log.prune()).toMatchObject({ records: 2 });
      expect(keptOffsets()).toEqual([2, 3, 4]);
      needFrom(log, 5);
      expect(await log.prune()).toMatchObject({ records: 1 });
      expect(keptOffsets()).toEqual([3, 4]);
    });

    it("learns from where its consumer starts what is needed, wherever the results are kept", async () => {
      const log = await open();
      await log.append([0, 1, 2, 3].map((at) => makeAppend(String(at))));
      nowMs += 25 * HOUR_MS;
      const consumption = await log.consume(recordingConsumer(({ topic }) => (topic === "chat" ? 3 : 0)));
      expect(await log.prune()).toMatchObject({ records: 3 });
      expect(keptOffsets()).toEqual([3]);
      await consumption.stop();
    });

    it("believes the newest word of what is needed, and asks nobody's tables", async () => {
      const log = await open();
      await log.append([0, 1, 2, 3].map((at) => makeAppend(String(at))));
      nowMs += 25 * HOUR_MS;
      db.execute(
        "INSERT INTO log_positions (topic, partition, epoch, owner, next_offset, low_offset) VALUES ('chat', 0, 1, 'of old', 4, 4)",
      );
      expect(await log.prune()).toMatchObject({ records: 0 });
      needFrom(log, 2);
      needFrom(log, 1);
      expect(await log.prune()).toMatchObject({ records: 2 });
    });

    it("goes on counting offsets when every record has gone", async () => {
      const log = await open();
      await log.append([makeAppend("1"), makeAppend("2")]);
      needFrom(log, 2);
      nowMs += 25 * HOUR_MS;
      await log.prune();
      expect(keptOffsets()).toEqual([]);
      await log.append([makeAppend("3")]);
      expect(keptOffsets()).toEqual([2]);
      const consumer = recordingConsumer(({ topic }) => (topic === "chat" ? 2 : 0));
      const consumption = await log.consume(consumer);
      await vi.waitFor(() => expect(consumer.records()).toMatchObject([{ offset: 2 }]));
      await consumption.stop();
      await expect(log.consume(recordingConsumer())).rejects.toThrow(
        /keeps offsets 2 to 3 of topic chat, but reading was to start at 0/,
      );
    });

    it("W7: remembers ids for the deduplication time although their records have gone", async () => {
      const log = await open({ keepRecordsMs: HOUR_MS, dedupeMs: 48 * HOUR_MS });
      await log.append([makeAppend("1")]);
      needFrom(log, 1);
      nowMs += 47 * HOUR_MS;
      expect(await log.prune()).toEqual({ records: 1, ids: 0 });
      expect(await log.append([makeAppend("1")])).toEqual(["duplicate"]);
      nowMs += 2 * HOUR_MS;
      expect(await log.prune()).toEqual({ records: 0, ids: 1 });
      expect(await log.append([makeAppend("1")])).toEqual(["appended"]);
    });

    it("deletes many in small steps, between which appends have their turn", async () => {
      const log = await open();
      for (let chunk = 0; chunk < 4; chunk++) {
        await log.append(
          Array.from({ length: 3_000 }, (_, at) => makeAppend(`${chunk}-${at}`, { streamId: `s${at % 7}` })),
        );
      }
      needFrom(log, 11_000);
      nowMs += 25 * HOUR_MS;
      let isPruned = false;
      const pruned = log.prune().finally(() => (isPruned = true));
      await log.append([makeAppend("meanwhile")]);
      expect(isPruned).toBe(false);
      expect(await pruned).toEqual({ records: 11_000, ids: 12_000 });
      expect(keptOffsets()).toHaveLength(1_001);
      expect(await log.append([makeAppend("meanwhile")])).toEqual(["duplicate"]);
    });

    it("cleans up by itself and tells when that fails", async () => {
      vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] });
      try {
        const errors: unknown[] = [];
        const log = await open({ pruneIntervalMs: 60_000, onError: (error) => errors.push(error) });
        await log.append([makeAppend("1")]);
        needFrom(log, 1);
        nowMs += 25 * HOUR_MS;
        vi.advanceTimersByTime(60_000);
        await vi.waitFor(() => expect(keptOffsets()).toEqual([]));
        await log.prune();
        const failure = new Error("no transaction now");
        vi.spyOn(db, "transaction").mockImplementation(() => {
          throw failure;
        });
        vi.advanceTimersByTime(60_000);
        await vi.waitFor(() => expect(errors).toEqual([failure]));
        await log.close();
      } finally {
        vi.useRealTimers();
      }
    });
  });
});
