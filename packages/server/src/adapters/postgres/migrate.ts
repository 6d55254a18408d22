import { setTimeout as delay } from "node:timers/promises";
import type pg from "pg";
import { StorageError } from "../../ports/storage-error.js";
import { migrationChecksum, pendingMigrations, type AppliedMigration, type Migration } from "../shared/migration.js";
import { initialMigration } from "./migrations/000001-initial.js";
import { deadLettersMigration } from "./migrations/000002-dead-letters.js";
import { rollupsMigration } from "./migrations/000003-rollups.js";

export const POSTGRES_MIGRATIONS: readonly Migration[] = [initialMigration, deadLettersMigration, rollupsMigration];

/** Any number will do as long as nobody else uses it: "telemetra" read as a number in base 36, cut to 31 bits. */
const MIGRATION_LOCK = Number.parseInt("telemetra", 36) % 2 ** 31;
const RETRY_MS = 100;

/**
 * Brings the schema up to date. Several processes may do so at once: one migrates while the others wait for it. A process
 * that dies in the middle leaves nothing of the migration in hand, and its lock goes with its connection.
 *
 * @param client a connection of its own: a lock of a session is no use behind a pool
 * @param waitMs longest wait for another process that migrates
 * @throws StorageError `newer_schema`, `changed_migration`, `unavailable`
 */
export async function migratePostgres(
  client: pg.ClientBase,
  migrations: readonly Migration[] = POSTGRES_MIGRATIONS,
  waitMs = 60_000,
): Promise<void> {
  await withAdvisoryLock(client, MIGRATION_LOCK, waitMs, async () => {
    await client.query(`CREATE TABLE IF NOT EXISTS schema_migrations (
      number integer PRIMARY KEY, name text NOT NULL, checksum text NOT NULL, applied_at timestamptz NOT NULL DEFAULT now()
    )`);
    const { rows } = await client.query<AppliedMigration>("SELECT number, checksum FROM schema_migrations");
    for (const migration of pendingMigrations(migrations, rows)) await apply(client, migration);
  });
}

async function apply(client: pg.ClientBase, migration: Migration): Promise<void> {
  await client.query("BEGIN");
  try {
    await client.query(migration.sql);
    await client.query("INSERT INTO schema_migrations (number, name, checksum) VALUES ($1, $2, $3)", [
      migration.number,
      migration.name,
      migrationChecksum(migration),
    ]);
    await client.query("COMMIT");
  } catch (error) {
    await client.query("ROLLBACK").catch(() => {});
    throw error;
  }
}

/** Holds a lock of the session while `work` runs. @throws StorageError `unavailable` when it was not to be had in time */
export async function withAdvisoryLock<T>(
  client: pg.ClientBase,
  key: number,
  waitMs: number,
  work: () => Promise<T>,
): Promise<T> {
  const deadline = performance.now() + waitMs;
  while (!(await tryLock(client, key))) {
    if (performance.now() >= deadline) {
      throw new StorageError(
        "unavailable",
        "another process is changing the database schema for too long: try again later",
      );
    }
    await delay(RETRY_MS);
  }
  try {
    return await work();
  } finally {
    await client.query("SELECT pg_advisory_unlock($1)", [key]).catch(() => {});
  }
}

async function tryLock(client: pg.ClientBase, key: number): Promise<boolean> {
  const { rows } = await client.query<{ locked: boolean }>("SELECT pg_try_advisory_lock($1) AS locked", [key]);
  return rows[0]!.locked;
}
