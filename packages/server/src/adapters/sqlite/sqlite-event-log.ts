import { isUtf8 } from "node:buffer";
import { EVENT_TYPES, type EventType } from "@telemetra/core";
import type {
  AppendRecord,
  AppendVerdict,
  Consumption,
  EventLog,
  LogConsumer,
  LogPartition,
  NeededFrom,
  ReplayRecord,
} from "../../ports/event-log.js";
import { StorageError } from "../../ports/storage-error.js";
import type { SqliteDatabase } from "./database.js";
import { pruneEventLog } from "./event-log-retention.js";
import { LogReader, readHeads } from "./log-reader.js";
import { migrateSqlite } from "./migrate.js";

/** One transaction holds the event loop for some 50 ms at most. */
const MAX_GROUP_RECORDS = 4_000;
/** There is one process, so one partition per topic. */
const PARTITION = 0;

export interface SqliteEventLogOptions {
  /** Least age at which a record that no open window needs is deleted. Default 24 h. */
  readonly keepRecordsMs?: number;
  /** How long an event id is remembered. Default 24 h. */
  readonly dedupeMs?: number;
  /** Time between two clean-ups. Default 10 min; `Infinity`: never by itself. */
  readonly pruneIntervalMs?: number;
  /** Default `Date.now`. */
  readonly clock?: () => number;
  /** Told about a clean-up that failed; it is tried again at the next one. */
  readonly onError?: (error: unknown) => void;
}

interface PendingAppend {
  readonly records: readonly AppendRecord[];
  readonly resolve: (verdicts: readonly AppendVerdict[]) => void;
  readonly reject: (error: unknown) => void;
}

/** The event log as a table: one partition per topic, offsets from 0. */
export function createSqliteEventLog(db: SqliteDatabase, options: SqliteEventLogOptions = {}): SqliteEventLog {
  return new SqliteEventLog(db, options);
}

export class SqliteEventLog implements EventLog {
  readonly #db: SqliteDatabase;
  readonly #clock: () => number;
  readonly #keepRecordsMs: number;
  readonly #dedupeMs: number;
  readonly #pruneIntervalMs: number;
  readonly #onError: (error: unknown) => void;
  #isOpen = false;
  /** The log's clock as it was last read. */
  #newestMs = -Infinity;
  #pending: PendingAppend[] = [];
  #flush: NodeJS.Immediate | undefined;
  #pruneTimer: NodeJS.Timeout | undefined;
  #pruning: Promise<{ records: number; ids: number }> | undefined;
  #reader: LogReader | undefined;
  /** What the results need still, as this process was told. */
  readonly #lowOffsets = new Map<EventType, number>();

  constructor(db: SqliteDatabase, options: SqliteEventLogOptions) {
    const day = 24 * 60 * 60 * 1_000;
    this.#db = db;
    this.#clock = options.clock ?? Date.now;
    this.#keepRecordsMs = options.keepRecordsMs ?? day;
    this.#dedupeMs = options.dedupeMs ?? day;
    this.#pruneIntervalMs = options.pruneIntervalMs ?? 10 * 60 * 1_000;
    this.#onError = options.onError ?? (() => {});
  }

  async open(): Promise<void> {
    if (this.#isOpen) return;
    migrateSqlite(this.#db);
    const newest = this.#db.read(() => this.#db.prepare("SELECT max(written_at) AS at FROM event_log").get());
    this.#newestMs = (newest?.["at"] as number | null | undefined) ?? -Infinity;
    this.#isOpen = true;
    if (Number.isFinite(this.#pruneIntervalMs)) {
      this.#pruneTimer = setInterval(() => void this.prune().catch(this.#onError), this.#pruneIntervalMs).unref();
    }
  }

  /** Appends of the same turn of the event loop share one transaction, so one wait for the disk. */
  append(records: readonly AppendRecord[]): Promise<readonly AppendVerdict[]> {
    if (!this.#isOpen) return Promise.reject(notOpen());
    return new Promise((resolve, reject) => {
      this.#pending.push({ records, resolve, reject });
      this.#flush ??= setImmediate(() => this.#flushGroup());
    });
  }

  async appendAgain(records: readonly ReplayRecord[]): Promise<void> {
    if (!this.#isOpen) throw notOpen();
    const db = this.#db;
    const nowMs = this.#readClock();
    const insert = db.prepare(
      `INSERT INTO event_log (topic, "offset", stream_id, event_id, value, written_at, is_replay) VALUES (?, ?, ?, '', ?, ?, 1)`,
    );
    db.transaction(() => {
      const heads = readHeads(db);
      for (const { topic, bytes, streamId = "" } of records) {
        if (!isUtf8(bytes)) throw new RangeError("the embedded log holds text only, and these bytes are no UTF-8");
        const offset = heads.get(topic) ?? 0;
        insert.run(topic, offset, streamId, Buffer.from(bytes).toString("utf8"), nowMs);
        heads.set(topic, offset + 1);
      }
      for (const topic of new Set(records.map((record) => record.topic))) writeHead(db, topic, heads.get(topic)!);
    });
    this.#reader?.wake();
  }

  async consume(consumer: LogConsumer): Promise<Consumption> {
    if (!this.#isOpen) throw notOpen();
    if (this.#reader?.isRunning === true) throw new Error("the event log is being consumed already");
    const partitions = EVENT_TYPES.map((topic): LogPartition => ({ topic, partition: PARTITION }));
    const reader = new LogReader(this.#db, this.#listening(consumer), () => this.#asOf());
    this.#reader = reader;
    try {
      await reader.assign(partitions);
    } catch (error) {
      reader.end();
      throw error;
    }
    const done = reader.run();
    // Whoever stops the consumption may look at `done` later, or never.
    done.catch(() => {});
    return { done, stop: () => reader.stop() };
  }

  committed(needed: readonly NeededFrom[]): void {
    for (const { topic, partition, lowOffset } of needed) {
      if (partition === PARTITION) this.#lowOffsets.set(topic, Math.max(lowOffset, this.#lowOffsets.get(topic) ?? 0));
    }
  }

  async ends(partitions: readonly LogPartition[]): Promise<readonly number[]> {
    if (!this.#isOpen) throw notOpen();
    const heads = this.#db.read(() => readHeads(this.#db));
    return partitions.map(({ topic, partition }) => (partition === PARTITION ? (heads.get(topic) ?? 0) : 0));
  }

  async ping(): Promise<void> {
    if (!this.#isOpen) throw notOpen();
    this.#db.read(() => this.#db.prepare("SELECT 1 FROM event_log_heads LIMIT 1").get());
  }

  /** Finishes what is in hand; the database itself stays open. */
  async close(): Promise<void> {
    if (!this.#isOpen) return;
    clearInterval(this.#pruneTimer);
    await this.#reader?.stop();
    while (this.#pending.length > 0) this.#flushGroup();
    clearImmediate(this.#flush);
    this.#isOpen = false;
  }

  /** Deletes records and ids that nobody needs any more; resolves to how many. One clean-up at a time. */
  prune(): Promise<{ records: number; ids: number }> {
    const nowMs = this.#clock();
    const limits = {
      recordsBeforeMs: nowMs - this.#keepRecordsMs,
      lowOffsets: this.#lowOffsets,
      idsBeforeMs: nowMs - this.#dedupeMs,
    };
    this.#pruning ??= pruneEventLog(this.#db, limits, () => this.#isOpen).finally(() => (this.#pruning = undefined));
    return this.#pruning;
  }

  /** Where a consumer wants to start tells what it needs. */
  #listening(consumer: LogConsumer): LogConsumer {
    return {
      onAssigned: async (partitions, signal) => {
        const offsets = await consumer.onAssigned(partitions, signal);
        this.committed(partitions.map((partition, at) => ({ ...partition, lowOffset: offsets[at] ?? 0 })));
        return offsets;
      },
      onRevoked: (partitions) => consumer.onRevoked(partitions),
      onBatch: (batch) => consumer.onBatch(batch),
    };
  }

  #flushGroup(): void {
    this.#flush = undefined;
    const group = this.#takeGroup();
    if (this.#pending.length > 0) this.#flush = setImmediate(() => this.#flushGroup());
    try {
      const verdicts = this.#write(group);
      group.forEach((append, at) => append.resolve(verdicts[at]!));
    } catch (error) {
      if (group.length === 1) group[0]!.reject(error);
      else for (const append of group) this.#writeAlone(append);
    }
    this.#reader?.wake();
  }

  #takeGroup(): readonly PendingAppend[] {
    let count = 0;
    let end = 0;
    while (
      end < this.#pending.length &&
      (end === 0 || count + this.#pending[end]!.records.length <= MAX_GROUP_RECORDS)
    ) {
      count += this.#pending[end]!.records.length;
      end++;
    }
    return this.#pending.splice(0, end);
  }

  /** An append that cannot be written must not take down those it shared a transaction with. */
  #writeAlone(append: PendingAppend): void {
    try {
      append.resolve(this.#write([append])[0]!);
    } catch (error) {
      append.reject(error);
    }
  }

  /** Later than every append before it, and not later than any after it: the clock alone has ties and can be set back. */
  #asOf(): number {
    this.#newestMs = Math.max(this.#clock(), this.#newestMs + 1);
    return this.#newestMs;
  }

  #readClock(): number {
    this.#newestMs = Math.max(this.#clock(), this.#newestMs);
    return this.#newestMs;
  }

  #write(group: readonly PendingAppend[]): readonly (readonly AppendVerdict[])[] {
    const db = this.#db;
    const nowMs = this.#readClock();
    return db.transaction(() => {
      const heads = readHeads(db);
      const before = new Map(heads);
      const remember = db.prepare(
        "INSERT INTO event_ids (stream_id, event_id, written_at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
      );
      const insert = db.prepare(
        'INSERT INTO event_log (topic, "offset", stream_id, event_id, value, written_at) VALUES (?, ?, ?, ?, ?, ?)',
      );
      const verdicts = group.map(({ records }) =>
        records.map(({ type, streamId, eventId, value }): AppendVerdict => {
          if (remember.run(streamId, eventId, nowMs).changes === 0) return "duplicate";
          const offset = heads.get(type) ?? 0;
          insert.run(type, offset, streamId, eventId, value, nowMs);
          heads.set(type, offset + 1);
          return "appended";
        }),
      );
      for (const [topic, nextOffset] of heads) {
        if (before.get(topic) !== nextOffset) writeHead(db, topic, nextOffset);
      }
      return verdicts;
    });
  }
}

function writeHead(db: SqliteDatabase, topic: EventType, nextOffset: number): void {
  db.prepare(
    `INSERT INTO event_log_heads (topic, next_offset) VALUES (?, ?)
     ON CONFLICT (topic) DO UPDATE SET next_offset = excluded.next_offset`,
  ).run(topic, nextOffset);
}

function notOpen(): StorageError {
  return new StorageError("not_open", "the event log is not open");
}
