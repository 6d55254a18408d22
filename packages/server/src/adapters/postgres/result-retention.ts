import { formatInstant } from "@telemetra/core";
import type pg from "pg";
import { ROLLUP_KEEP_MS } from "../shared/touched-hours.js";
import { dropPartitionsBefore, PARTITIONED_TABLES } from "./partitions.js";
import { refreshRollups } from "./rollups.js";

/** Rows deleted in one go, so that no lock is held for long. */
const CHUNK_ROWS = 5_000;
const PLAIN_TABLES = ["moments", "dead_letters", "stream_state", "chat_tallies"] as const;
const ROLLUP_TABLES = ["stream_hourly", "stream_daily"] as const;
/** Within a database only one process at a time cleans up. */
const RETENTION_LOCK = Number.parseInt("retention", 36) % 2 ** 31;

/**
 * Deletes what was written before the instant (F8): whole partitions where tables have them, else rows in small steps.
 * Streams go when nothing is left of them. Roll-ups are made before and stay longer; an hour of which something may go
 * is sealed, since it cannot be made again. Returns how many rows went; 0 when another process is at it.
 *
 * @param client a connection of its own, outside any transaction
 */
export async function deleteWrittenBefore(client: pg.ClientBase, instantMs: number, nowMs: number): Promise<number> {
  const { rows } = await client.query<{ locked: boolean }>("SELECT pg_try_advisory_lock($1) AS locked", [
    RETENTION_LOCK,
  ]);
  if (!rows[0]!.locked) return 0;
  try {
    const before = formatInstant(instantMs);
    await refreshRollups(client, nowMs, { isPatient: true });
    await client.query("UPDATE stream_hourly SET is_sealed = true WHERE NOT is_sealed AND first_written_at < $1", [
      before,
    ]);
    let total = await dropPartitionsBefore(client, instantMs);
    for (const table of PLAIN_TABLES) total += await deleteInSteps(client, table, "written_at < $1", before);
    const longBefore = formatInstant(instantMs - ROLLUP_KEEP_MS);
    for (const table of ROLLUP_TABLES) total += await deleteInSteps(client, table, "refreshed_at < $1", longBefore);
    const isEmpty = [...PARTITIONED_TABLES, "moments", "stream_state"]
      .map((table) => `NOT EXISTS (SELECT FROM ${table} WHERE ${table}.stream_id = streams.stream_id)`)
      .join(" AND ");
    total += await deleteInSteps(client, "streams", `updated_at < $1 AND ${isEmpty}`, before);
    return total;
  } finally {
    await client.query("SELECT pg_advisory_unlock($1)", [RETENTION_LOCK]).catch(() => {});
  }
}

async function deleteInSteps(client: pg.ClientBase, table: string, condition: string, before: string): Promise<number> {
  const sql = `DELETE FROM ${table} WHERE ctid IN (SELECT ctid FROM ${table} WHERE ${condition} LIMIT ${CHUNK_ROWS})`;
  let total = 0;
  for (let deleted = 1; deleted > 0; total += deleted) deleted = (await client.query(sql, [before])).rowCount ?? 0;
  return total;
}
