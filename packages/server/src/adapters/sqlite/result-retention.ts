import { setImmediate as nextTurn } from "node:timers/promises";
import { ROLLUP_KEEP_MS } from "../shared/touched-hours.js";
import type { SqliteDatabase } from "./database.js";
import { refreshRollups } from "./rollups.js";

/** Rows changed in one go: some milliseconds, so that nothing else has to wait for a clean-up. */
const CHUNK_ROWS = 1_000;
const TABLES = ["chat_summary_minute", "viewer_timeseries", "transactions", "moments", "stream_state"];
const COUNTS = ["dead_letters", "chat_tallies"];
const ROLLUPS = ["stream_hourly", "stream_daily"];
const SEAL = `UPDATE stream_hourly SET is_sealed = 1 WHERE rowid IN
  (SELECT rowid FROM stream_hourly WHERE NOT is_sealed AND first_written_at < ? LIMIT ${CHUNK_ROWS})`;

/**
 * Deletes what was written before the instant (F8), in small steps; streams go when nothing is left of them. Roll-ups are
 * made before and stay longer; an hour of which something may go is sealed, since it cannot be made again.
 *
 * @param mayGoOn asked before every step
 * @returns number of rows deleted
 */
export async function deleteWrittenBefore(
  db: SqliteDatabase,
  instantMs: number,
  nowMs: number,
  mayGoOn: () => boolean,
): Promise<number> {
  await refreshRollups(db, nowMs, mayGoOn);
  await inSteps(db, SEAL, instantMs, mayGoOn);
  const empty = TABLES.map(
    (table) => `NOT EXISTS (SELECT 1 FROM ${table} WHERE ${table}.stream_id = streams.stream_id)`,
  ).join(" AND ");
  const steps = [
    ...[...TABLES, ...COUNTS].map((table) => [deleteSql(table, "rowid", "written_at < ?"), instantMs] as const),
    ...ROLLUPS.map((table) => [deleteSql(table, "rowid", "refreshed_at < ?"), instantMs - ROLLUP_KEEP_MS] as const),
    [deleteSql("streams", "stream_id", `updated_at < ? AND ${empty}`), instantMs] as const,
  ];
  let total = 0;
  for (const [sql, beforeMs] of steps) total += await inSteps(db, sql, beforeMs, mayGoOn);
  return total;
}

/** Runs a statement that changes some rows again and again until it changes none. Returns how many it changed. */
async function inSteps(db: SqliteDatabase, sql: string, beforeMs: number, mayGoOn: () => boolean): Promise<number> {
  let total = 0;
  for (let changed = 1; changed > 0 && mayGoOn(); total += changed) {
    changed = db.transaction(() => Number(db.prepare(sql).run(beforeMs).changes));
    await nextTurn();
  }
  return total;
}

function deleteSql(table: string, key: string, condition: string): string {
  return `DELETE FROM ${table} WHERE ${key} IN (SELECT ${key} FROM ${table} WHERE ${condition} LIMIT ${CHUNK_ROWS})`;
}
