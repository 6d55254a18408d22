import type { MetricRow, Moment, MomentType, StreamEvent } from "@telemetra/core";
import type { DeadLetters } from "../../ports/dead-letters.js";
import type { LogPartition } from "../../ports/event-log.js";
import type {
  CommitBatch,
  Page,
  PartitionClaim,
  RangeQuery,
  RefusedEvent,
  ResultStore,
  StreamRecord,
  StreamState,
  StreamStats,
} from "../../ports/result-store.js";
import { StorageError } from "../../ports/storage-error.js";
import type { SqliteDatabase } from "./database.js";
import { createSqliteDeadLetters } from "./dead-letters.js";
import { migrateSqlite } from "./migrate.js";
import { findRefusedEvents } from "./refused-events.js";
import { getStream, listStreams, readMetrics, readMoments, readStats } from "./result-reads.js";
import { deleteWrittenBefore } from "./result-retention.js";
import { writeCommit } from "./result-writes.js";
import { refreshRollups } from "./rollups.js";

export interface SqliteResultStoreOptions {
  /** Gives `created_at`, `updated_at` and `written_at`. Default `Date.now`. */
  readonly clock?: () => number;
}

/** The result store in the tables of a SQLite file, which may be the one of the event log. */
export function createSqliteResultStore(db: SqliteDatabase, options: SqliteResultStoreOptions = {}): ResultStore {
  return new SqliteResultStore(db, options);
}

class SqliteResultStore implements ResultStore {
  readonly deadLetters: DeadLetters;
  readonly #db: SqliteDatabase;
  readonly #clock: () => number;
  #isOpen = false;
  #refreshing: Promise<number> | undefined;

  constructor(db: SqliteDatabase, options: SqliteResultStoreOptions) {
    this.#db = db;
    this.#clock = options.clock ?? Date.now;
    this.deadLetters = createSqliteDeadLetters(() => this.#opened(), this.#clock);
  }

  async open(): Promise<void> {
    migrateSqlite(this.#db);
    this.#isOpen = true;
  }

  async claim(partitions: readonly LogPartition[], owner: string): Promise<readonly PartitionClaim[]> {
    const db = this.#opened();
    const sql = `
      INSERT INTO log_positions (topic, partition, epoch, owner) VALUES (?, ?, 1, ?)
      ON CONFLICT (topic, partition) DO UPDATE SET epoch = epoch + 1, owner = excluded.owner
      RETURNING epoch, next_offset, low_offset`;
    return db.transaction(() =>
      partitions.map(({ topic, partition }) => {
        const row = db.prepare(sql).get(topic, partition, owner) as Record<string, number>;
        return {
          topic,
          partition,
          epoch: row["epoch"]!,
          nextOffset: row["next_offset"]!,
          lowOffset: row["low_offset"]!,
        };
      }),
    );
  }

  async loadStreamStates(partition: number): Promise<readonly StreamState[]> {
    const db = this.#opened();
    const sql = "SELECT stream_id, state FROM stream_state WHERE partition = ? ORDER BY stream_id";
    const rows = db.read(() => db.prepare(sql).all(partition)) as unknown as { stream_id: string; state: string }[];
    return rows.map((row) => ({ streamId: row.stream_id, state: JSON.parse(row.state) as unknown }));
  }

  async commit(batch: CommitBatch): Promise<void> {
    const db = this.#opened();
    const nowMs = this.#clock();
    db.transaction(() => writeCommit(db, batch, nowMs));
  }

  async findRefused(events: readonly StreamEvent[]): Promise<readonly RefusedEvent[]> {
    const db = this.#opened();
    const nowMs = this.#clock();
    return db.transaction(() => findRefusedEvents(db, events, nowMs));
  }

  async listStreams(page: { limit: number; offset: number }): Promise<readonly StreamRecord[]> {
    return listStreams(this.#opened(), page);
  }

  async getStream(streamId: string): Promise<StreamRecord | undefined> {
    return getStream(this.#opened(), streamId);
  }

  async readMetrics(streamId: string, range: RangeQuery): Promise<Page<MetricRow>> {
    return readMetrics(this.#opened(), streamId, range);
  }

  async readMoments(streamId: string, range: RangeQuery & { momentType?: MomentType }): Promise<Page<Moment>> {
    return readMoments(this.#opened(), streamId, range);
  }

  async readStats(streamId: string): Promise<StreamStats | undefined> {
    return readStats(this.#opened(), streamId);
  }

  async deleteWrittenBefore(instantMs: number): Promise<number> {
    return deleteWrittenBefore(this.#opened(), instantMs, this.#clock(), () => this.#isOpen);
  }

  async refreshRollups(): Promise<number> {
    const db = this.#opened();
    this.#refreshing ??= refreshRollups(db, this.#clock(), () => this.#isOpen).finally(
      () => (this.#refreshing = undefined),
    );
    return this.#refreshing;
  }

  async ping(): Promise<void> {
    const db = this.#opened();
    db.read(() => db.prepare("SELECT 1 FROM streams LIMIT 1").get());
  }

  /** The database itself stays open: the event log may be using it. */
  async close(): Promise<void> {
    this.#isOpen = false;
    await this.#refreshing?.catch(() => {});
  }

  #opened(): SqliteDatabase {
    if (!this.#isOpen) throw new StorageError("not_open", "the result store is not open");
    return this.#db;
  }
}
