import { setTimeout as delay } from "node:timers/promises";
import type { MetricRow, Moment, MomentType, StreamEvent } from "@telemetra/core";
import type pg from "pg";
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
import { requireInteger } from "../shared/require-integer.js";
import { connectAlone, createPool, describeDatabase, type ConnectionOptions } from "./connections.js";
import { createPostgresDeadLetters } from "./dead-letters.js";
import { migratePostgres } from "./migrate.js";
import { ensurePartitions, startOfDay } from "./partitions.js";
import { explainPostgresError, failureKind, isPartitionMissing } from "./postgres-error.js";
import { findRefusedEvents } from "./refused-events.js";
import { getStream, listStreams, readMetrics, readMoments, readStats, type Queryable } from "./result-reads.js";
import { deleteWrittenBefore } from "./result-retention.js";
import { writeCommit } from "./result-writes.js";
import { refreshRollups } from "./rollups.js";

const INGEST_STATEMENT_MS = 30_000;
const API_STATEMENT_MS = 5_000;
const HEALTH_STATEMENT_MS = 2_000;
const MAINTENANCE_STATEMENT_MS = 10 * 60_000;
const MAX_ATTEMPTS = 5;

export interface PostgresResultStoreOptions {
  /** `postgres://user:password@host:port/database`. */
  readonly connectionString: string;
  /** Shown in `pg_stat_activity`. Default `telemetra`. */
  readonly applicationName?: string;
  /** Most connections that read for the API. Default 8. */
  readonly apiConnections?: number;
  /** Most connections that commit. Default 2: one step of the pipeline at a time, and a claim beside it. */
  readonly ingestConnections?: number;
  /** Gives `created_at`, `updated_at` and `written_at`. Default `Date.now`. */
  readonly clock?: () => number;
  /** Told about connections that broke while nobody used them; they are replaced. */
  readonly onError?: (error: Error) => void;
}

/** The result store in PostgreSQL 14 or newer. */
export function createPostgresResultStore(options: PostgresResultStoreOptions): ResultStore {
  return new PostgresResultStore(options);
}

class PostgresResultStore implements ResultStore {
  readonly deadLetters: DeadLetters;
  readonly #connection: ConnectionOptions;
  readonly #database: string;
  readonly #clock: () => number;
  // Apart from each other, so that a slow query of a reader delays neither commits nor health reports.
  readonly #ingest: pg.Pool;
  readonly #api: pg.Pool;
  readonly #health: pg.Pool;
  #state: "new" | "open" | "closed" = "new";
  /** Day, epoch ms, whose partitions are known to be there. */
  #partitionedDay = Number.NaN;
  #refreshing: Promise<number> | undefined;

  constructor(options: PostgresResultStoreOptions) {
    this.#connection = {
      connectionString: options.connectionString,
      applicationName: options.applicationName ?? "telemetra",
      onError: options.onError ?? (() => {}),
    };
    this.#database = describeDatabase(options.connectionString);
    this.#clock = options.clock ?? Date.now;
    this.deadLetters = createPostgresDeadLetters((work) => this.#read(work), this.#clock);
    const ingestConnections = requireInteger("ingestConnections", options.ingestConnections ?? 2, 1);
    const apiConnections = requireInteger("apiConnections", options.apiConnections ?? 8, 1);
    this.#ingest = createPool(this.#connection, { connections: ingestConnections, statementMs: INGEST_STATEMENT_MS });
    this.#api = createPool(this.#connection, { connections: apiConnections, statementMs: API_STATEMENT_MS });
    this.#health = createPool(this.#connection, { connections: 1, statementMs: HEALTH_STATEMENT_MS });
  }

  async open(): Promise<void> {
    await this.#alone(async (client) => {
      await migratePostgres(client);
      await this.#preparePartitions(client, this.#clock());
    });
    this.#state = "open";
  }

  claim(partitions: readonly LogPartition[], owner: string): Promise<readonly PartitionClaim[]> {
    // In the order of the key, so that two claims of the same partitions wait for each other instead of deadlocking.
    const sql = `
      INSERT INTO log_positions AS stored (topic, partition, epoch, owner)
      SELECT topic, partition, 1, $3 FROM unnest($1::text[], $2::int[]) AS given (topic, partition)
      ORDER BY topic, partition
      ON CONFLICT (topic, partition) DO UPDATE SET epoch = stored.epoch + 1, owner = excluded.owner
      RETURNING topic, partition, epoch::float8 AS epoch, next_offset::float8 AS next_offset, low_offset::float8 AS low_offset`;
    return this.#write(async (client) => {
      const { rows } = await client.query<ClaimColumns>(sql, [
        partitions.map(({ topic }) => topic),
        partitions.map(({ partition }) => partition),
        owner,
      ]);
      const found = new Map(rows.map((row) => [`${row.topic}/${row.partition}`, row]));
      return partitions.map(({ topic, partition }) => {
        const { epoch, next_offset: nextOffset, low_offset: lowOffset } = found.get(`${topic}/${partition}`)!;
        return { topic, partition, epoch, nextOffset, lowOffset };
      });
    });
  }

  loadStreamStates(partition: number): Promise<readonly StreamState[]> {
    const sql = "SELECT stream_id, state FROM stream_state WHERE partition = $1 ORDER BY stream_id";
    return this.#write(async (client) => {
      const { rows } = await client.query<{ stream_id: string; state: string }>(sql, [partition]);
      return rows.map((row) => ({ streamId: row.stream_id, state: JSON.parse(row.state) as unknown }));
    });
  }

  commit(batch: CommitBatch): Promise<void> {
    return this.#write((client, nowMs) => writeCommit(client, batch, nowMs));
  }

  findRefused(events: readonly StreamEvent[]): Promise<readonly RefusedEvent[]> {
    return this.#write((client, nowMs) => findRefusedEvents(client, events, nowMs));
  }

  listStreams(page: { limit: number; offset: number }): Promise<readonly StreamRecord[]> {
    return this.#read((db) => listStreams(db, page));
  }

  getStream(streamId: string): Promise<StreamRecord | undefined> {
    return this.#read((db) => getStream(db, streamId));
  }

  readMetrics(streamId: string, range: RangeQuery): Promise<Page<MetricRow>> {
    return this.#read((db) => readMetrics(db, streamId, range));
  }

  readMoments(streamId: string, range: RangeQuery & { momentType?: MomentType }): Promise<Page<Moment>> {
    return this.#read((db) => readMoments(db, streamId, range));
  }

  readStats(streamId: string): Promise<StreamStats | undefined> {
    return this.#read((db) => readStats(db, streamId));
  }

  async deleteWrittenBefore(instantMs: number): Promise<number> {
    this.#requireOpen();
    return this.#alone((client) => deleteWrittenBefore(client, instantMs, this.#clock()));
  }

  async refreshRollups(): Promise<number> {
    this.#requireOpen();
    this.#refreshing ??= this.#alone((client) =>
      refreshRollups(client, this.#clock(), { mayGoOn: () => this.#state === "open" }),
    ).finally(() => (this.#refreshing = undefined));
    return this.#refreshing;
  }

  async ping(): Promise<void> {
    this.#requireOpen();
    await this.#explain(() => this.#health.query("SELECT 1"));
  }

  async close(): Promise<void> {
    if (this.#state === "closed") return;
    this.#state = "closed";
    await this.#refreshing?.catch(() => {});
    await Promise.all([this.#ingest.end(), this.#api.end(), this.#health.end()]);
  }

  #requireOpen(): void {
    if (this.#state !== "open") throw new StorageError("not_open", "the result store is not open");
  }

  async #read<T>(work: (db: Queryable) => Promise<T>): Promise<T> {
    this.#requireOpen();
    return this.#explain(() => withRetries(() => work(this.#api)));
  }

  /** Runs `work` in a transaction, again when it met another one or lost its connection: all writes are idempotent. */
  async #write<T>(work: (client: pg.ClientBase, nowMs: number) => Promise<T>): Promise<T> {
    this.#requireOpen();
    return this.#explain(() =>
      withRetries(async () => {
        const nowMs = this.#clock();
        const client = await this.#ingest.connect();
        let isSound = false;
        try {
          await this.#preparePartitions(client, nowMs);
          await client.query("BEGIN");
          const result = await work(client, nowMs);
          await client.query("COMMIT");
          isSound = true;
          return result;
        } catch (error) {
          if (isPartitionMissing(error)) this.#partitionedDay = Number.NaN;
          throw error;
        } finally {
          // Closing a connection on which something failed rolls back whatever it held, in whatever state it is.
          client.release(!isSound);
        }
      }),
    );
  }

  async #preparePartitions(client: pg.ClientBase, nowMs: number): Promise<void> {
    const day = startOfDay(nowMs);
    if (day === this.#partitionedDay) return;
    await ensurePartitions(client, nowMs);
    this.#partitionedDay = day;
  }

  async #alone<T>(work: (client: pg.ClientBase) => Promise<T>): Promise<T> {
    return this.#explain(async () => {
      const client = await connectAlone(this.#connection, MAINTENANCE_STATEMENT_MS);
      try {
        return await work(client);
      } finally {
        await client.end().catch(() => {});
      }
    });
  }

  async #explain<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      throw explainPostgresError(error, this.#database);
    }
  }
}

interface ClaimColumns {
  readonly topic: string;
  readonly partition: number;
  readonly epoch: number;
  readonly next_offset: number;
  readonly low_offset: number;
}

async function withRetries<T>(work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work();
    } catch (error) {
      const kind = failureKind(error);
      if ((kind !== "repeat" && kind !== "reconnect") || attempt === MAX_ATTEMPTS) throw error;
      await delay(Math.random() * 20 * 2 ** attempt);
    }
  }
}
