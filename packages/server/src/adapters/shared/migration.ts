import { createHash } from "node:crypto";
import { StorageError } from "../../ports/storage-error.js";

/** One step of a schema. Never edited after a release: what was applied is compared by checksum. */
export interface Migration {
  /** 1, 2, 3 … without holes. */
  readonly number: number;
  readonly name: string;
  readonly sql: string;
}

/** A migration as the database remembers it. */
export interface AppliedMigration {
  readonly number: number;
  readonly checksum: string;
}

/** SHA-256 of the text with its white space levelled, so that re-indenting a file is no change of the schema. */
export function migrationChecksum(migration: Migration): string {
  return createHash("sha256").update(migration.sql.replaceAll(/\s+/g, " ").trim()).digest("hex");
}

/**
 * The migrations still to be applied, in order.
 *
 * @throws StorageError `newer_schema` when the database knows more than this program, `changed_migration` when an applied one differs
 */
export function pendingMigrations(
  known: readonly Migration[],
  applied: readonly AppliedMigration[],
): readonly Migration[] {
  const checksums = new Map(applied.map((migration) => [migration.number, migration.checksum]));
  const newest = Math.max(0, ...checksums.keys());
  if (newest > known.length) {
    throw new StorageError(
      "newer_schema",
      `the database has schema ${newest}, but this version of Telemetra knows only ${known.length}: use a newer version`,
    );
  }
  const changed = known.find(
    (migration) => checksums.has(migration.number) && checksums.get(migration.number) !== migrationChecksum(migration),
  );
  if (changed !== undefined) {
    throw new StorageError(
      "changed_migration",
      `migration ${changed.number} (${changed.name}) in the database is not the one this version of Telemetra brings: ` +
        "use the version that made the database, or a new one",
    );
  }
  return known.filter((migration) => !checksums.has(migration.number));
}
