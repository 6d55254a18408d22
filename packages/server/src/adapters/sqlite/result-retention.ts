import { setImmediate as nextTurn } from "node:timers/promises";
import type { SqliteDatabase } from "./database.js";

/** Rows deleted in one go: some milliseconds, so that nothing else has to wait for a clean-up. */
const CHUNK_ROWS = 1_000;
const TABLES = ["chat_summary_minute", "viewer_timeseries", "transactions", "moments", "dead_letters", "stream_state"];

/**
 * Deletes what was written before the instant (F8), in small steps; streams go when nothing is left of them.
 *
 * @param mayGoOn asked before every step
 * @returns number of rows deleted
 */
export async function deleteWrittenBefore(
  db: SqliteDatabase,
  instantMs: number,
  mayGoOn: () => boolean,
): Promise<number> {
  const empty = TABLES.filter((table) => table !== "dead_letters")
    .map((table) => `NOT EXISTS (SELECT 1 FROM ${table} WHERE ${table}.stream_id = streams.stream_id)`)
    .join(" AND ");
  const steps = [
    ...TABLES.map((table) => deleteSql(table, "rowid", "written_at < ?")),
    deleteSql("streams", "stream_id", `updated_at < ? AND ${empty}`),
  ];
  let total = 0;
  for (const sql of steps) {
    for (let deleted = 1; deleted > 0 && mayGoOn(); total += deleted) {
      deleted = db.transaction(() => Number(db.prepare(sql).run(instantMs).changes));
      await nextTurn();
    }
  }
  return total;
}

function deleteSql(table: string, key: string, condition: string): string {
  return `DELETE FROM ${table} WHERE ${key} IN (SELECT ${key} FROM ${table} WHERE ${condition} LIMIT ${CHUNK_ROWS})`;
}
