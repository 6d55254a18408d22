import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { setTimeout as delay } from "node:timers/promises";
import { StorageError } from "../../ports/storage-error.js";
import { explainSqliteError, isBusy } from "./sqlite-error.js";

const LOCK_FILE = "lock.sqlite";
const HOLDER_FILE = "holder.json";
const RETRY_MS = 50;

interface Holder {
  readonly pid: number;
  readonly host: string;
  readonly started_at: string;
}

/** Frees the folder for the next process. */
export type ReleaseLock = () => void;

/**
 * Makes this process the only one that uses a data folder.
 *
 * What excludes others is a lock of the operating system, which ends with the process however it ends: there is no
 * stale lock to recognise, and no process id that means somebody else in another container. SQLite takes that lock, on
 * a file of its own because Node has no call for it. The file beside it only names the holder for people.
 *
 * @param waitMs how long to wait for a holder that is about to end
 * @throws StorageError `data_in_use`, with the holder's name
 */
export async function lockDataFolder(dataDir: string, waitMs: number): Promise<ReleaseLock> {
  const connection = openLockFile(dataDir);
  try {
    const deadline = performance.now() + waitMs;
    while (!tryLock(connection)) {
      if (performance.now() >= deadline) throw inUse(dataDir);
      await delay(RETRY_MS);
    }
    nameHolder(dataDir);
  } catch (error) {
    connection.close();
    throw explainSqliteError(error, join(dataDir, LOCK_FILE));
  }
  return () => {
    rmSync(join(dataDir, HOLDER_FILE), { force: true });
    connection.close();
  };
}

function openLockFile(dataDir: string): DatabaseSync {
  try {
    mkdirSync(dataDir, { recursive: true });
    return new DatabaseSync(join(dataDir, LOCK_FILE));
  } catch (error) {
    if (error instanceof Error && "syscall" in error) {
      throw new StorageError(
        "data_read_only",
        `the data folder ${dataDir} cannot be made: ${error.message}; choose another --data-dir`,
        { cause: error },
      );
    }
    throw explainSqliteError(error, join(dataDir, LOCK_FILE));
  }
}

function tryLock(connection: DatabaseSync): boolean {
  try {
    connection.exec("PRAGMA busy_timeout = 0; PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE");
    return true;
  } catch (error) {
    if (isBusy(error)) return false;
    throw error;
  }
}

/** Written beside and moved into place, so that nobody reads half of it. */
function nameHolder(dataDir: string): void {
  const holder: Holder = { pid: process.pid, host: hostname(), started_at: new Date().toISOString() };
  const draft = join(dataDir, `${HOLDER_FILE}.${process.pid}`);
  try {
    writeFileSync(draft, `${JSON.stringify(holder)}\n`);
    renameSync(draft, join(dataDir, HOLDER_FILE));
  } catch (error) {
    rmSync(draft, { force: true });
    const isFull = error instanceof Error && "code" in error && error.code === "ENOSPC";
    throw new StorageError(
      isFull ? "disk_full" : "data_read_only",
      isFull
        ? `the data folder ${dataDir} cannot be used: the disk is full; free some space`
        : `the data folder ${dataDir} cannot be written: make it writable or choose another --data-dir`,
      { cause: error },
    );
  }
}

function inUse(dataDir: string): StorageError {
  const holder = readHolder(dataDir);
  const who =
    holder === undefined
      ? "another process"
      : `process ${holder.pid} on ${holder.host}, started at ${holder.started_at}`;
  return new StorageError(
    "data_in_use",
    `the data folder ${dataDir} is in use by ${who}: stop it or choose another --data-dir`,
  );
}

function readHolder(dataDir: string): Holder | undefined {
  try {
    return JSON.parse(readFileSync(join(dataDir, HOLDER_FILE), "utf8")) as Holder;
  } catch {
    return undefined;
  }
}
