import { migrationChecksum, pendingMigrations, type AppliedMigration, type Migration } from "../shared/migration.js";
import type { SqliteDatabase } from "./database.js";
import { initialMigration } from "./migrations/000001-initial.js";
import { deadLettersMigration } from "./migrations/000002-dead-letters.js";
import { rollupsMigration } from "./migrations/000003-rollups.js";

export const SQLITE_MIGRATIONS: readonly Migration[] = [initialMigration, deadLettersMigration, rollupsMigration];

/**
 * Brings the schema up to date. Several processes may do so at once: each migration is applied exactly once, in a
 * transaction of its own that begins by looking again.
 *
 * @throws StorageError `newer_schema`, `changed_migration`
 */
export function migrateSqlite(
  db: SqliteDatabase,
  migrations: readonly Migration[] = SQLITE_MIGRATIONS,
  nowMs: number = Date.now(),
): void {
  while (applyNext(db, migrations, nowMs));
}

/** Applies the first pending migration; false when there was none. */
function applyNext(db: SqliteDatabase, migrations: readonly Migration[], nowMs: number): boolean {
  return db.transaction(() => {
    db.execute(`CREATE TABLE IF NOT EXISTS schema_migrations (
      number INTEGER PRIMARY KEY, name TEXT NOT NULL, checksum TEXT NOT NULL, applied_at INTEGER NOT NULL
    ) STRICT`);
    const applied = db.prepare("SELECT number, checksum FROM schema_migrations").all() as unknown as AppliedMigration[];
    const [next] = pendingMigrations(migrations, applied);
    if (next === undefined) return false;
    db.execute(next.sql);
    db.prepare("INSERT INTO schema_migrations (number, name, checksum, applied_at) VALUES (?, ?, ?, ?)").run(
      next.number,
      next.name,
      migrationChecksum(next),
      nowMs,
    );
    return true;
  });
}
