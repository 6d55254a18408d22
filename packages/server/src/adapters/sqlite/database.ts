import { existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync, type StatementSync } from "node:sqlite";
import { setTimeout as delay } from "node:timers/promises";
import { StorageError } from "../../ports/storage-error.js";
import { lockDataFolder, type ReleaseLock } from "./data-folder-lock.js";
import { explainSqliteError, isBusy } from "./sqlite-error.js";

const DATABASE_FILE = "telemetra.sqlite";
const PAGE_CACHE_KIBIBYTES = 16_384;
const MAX_JOURNAL_BYTES = 64 * 1024 * 1024;

export interface SqliteDatabaseOptions {
  /** Folder of the database; made when missing. Without it everything is in memory and gone at the end. */
  readonly dataDir?: string;
  /** Lets other processes use the same folder at the same time. Default false: they are told who holds it. */
  readonly isShared?: boolean;
  /** How long to wait for a process that holds the folder and is about to end. Default 2,000 ms. */
  readonly lockWaitMs?: number;
  /** How long a write waits for one of another process. Default 5,000 ms. */
  readonly busyTimeoutMs?: number;
}

/**
 * One connection to the SQLite file, with every commit on disk before it returns. The event log and the result store
 * share it: calls are synchronous, so that no transaction ever sees another one half done.
 */
export class SqliteDatabase {
  /** Path of the file, `:memory:` without one. */
  readonly file: string;
  readonly #connection: DatabaseSync;
  readonly #release: ReleaseLock;
  readonly #statements = new Map<string, StatementSync>();

  constructor(file: string, connection: DatabaseSync, release: ReleaseLock) {
    this.file = file;
    this.#connection = connection;
    this.#release = release;
  }

  /** A statement that is compiled once. */
  prepare(sql: string): StatementSync {
    let statement = this.#statements.get(sql);
    if (statement === undefined) {
      statement = this.#guard(() => this.#connection.prepare(sql));
      this.#statements.set(sql, statement);
    }
    return statement;
  }

  /** Runs one or several statements without parameters. */
  execute(sql: string): void {
    this.#guard(() => this.#connection.exec(sql));
  }

  /** Runs statements that only read, or are part of a transaction. @throws StorageError, RefusedDataError */
  read<T>(work: () => T): T {
    return this.#guard(work);
  }

  /** All of `work` or nothing; on disk when this returns. @throws StorageError, or what `work` threw */
  transaction<T>(work: () => T): T {
    return this.#guard(() => {
      this.#connection.exec("BEGIN IMMEDIATE");
      try {
        const result = work();
        this.#connection.exec("COMMIT");
        return result;
      } catch (error) {
        this.#rollBack();
        throw error;
      }
    });
  }

  /** Closes the file and frees the folder. May be called again. */
  close(): void {
    if (!this.#connection.isOpen) return;
    this.#statements.clear();
    this.#connection.close();
    this.#release();
  }

  #guard<T>(work: () => T): T {
    if (!this.#connection.isOpen) throw new StorageError("not_open", `${this.file} is closed`);
    try {
      return work();
    } catch (error) {
      throw explainSqliteError(error, this.file);
    }
  }

  #rollBack(): void {
    try {
      this.#connection.exec("ROLLBACK");
    } catch {
      // Some failures, a full disk among them, have already rolled back; the first error is the one to tell.
    }
  }
}

/**
 * Opens the database of a data folder, or one in memory.
 *
 * @throws StorageError `data_in_use`, `data_read_only`, `disk_full` or `data_corrupt`, each with one sentence that says what to do
 */
export async function openSqliteDatabase(options: SqliteDatabaseOptions = {}): Promise<SqliteDatabase> {
  const { dataDir, isShared = false, lockWaitMs = 2_000, busyTimeoutMs = 5_000 } = options;
  if (dataDir === undefined) return new SqliteDatabase(":memory:", new DatabaseSync(":memory:"), () => {});
  const release = isShared ? shareFolder(dataDir) : await lockDataFolder(dataDir, lockWaitMs);
  const file = join(dataDir, DATABASE_FILE);
  let connection: DatabaseSync | undefined;
  try {
    connection = new DatabaseSync(file);
    connection.exec(`PRAGMA busy_timeout = ${Math.round(busyTimeoutMs)}`);
    await useWriteAheadLog(connection, busyTimeoutMs);
    connection.exec(`
      PRAGMA synchronous = FULL;
      PRAGMA foreign_keys = ON;
      PRAGMA cache_size = -${PAGE_CACHE_KIBIBYTES};
      PRAGMA journal_size_limit = ${MAX_JOURNAL_BYTES};
    `);
    return new SqliteDatabase(file, connection, release);
  } catch (error) {
    connection?.close();
    release();
    throw explainSqliteError(error, file);
  }
}

/** Whether a data folder has a database. */
export function hasSqliteDatabase(dataDir: string): boolean {
  return existsSync(join(dataDir, DATABASE_FILE));
}

function shareFolder(dataDir: string): ReleaseLock {
  mkdirSync(dataDir, { recursive: true });
  return () => {};
}

/** The change of mode wants the file for itself and does not wait for it by the busy time-out. */
async function useWriteAheadLog(connection: DatabaseSync, patienceMs: number): Promise<void> {
  const deadline = performance.now() + patienceMs;
  for (;;) {
    try {
      connection.exec("PRAGMA journal_mode = WAL");
      return;
    } catch (error) {
      if (!isBusy(error) || performance.now() >= deadline) throw error;
      await delay(10);
    }
  }
}
