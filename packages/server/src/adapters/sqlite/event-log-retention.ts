import { setImmediate as nextTurn } from "node:timers/promises";
import type { EventType } from "@telemetra/core";
import type { SqliteDatabase } from "./database.js";

/** Rows looked at in one go: some milliseconds, so that nothing else has to wait for a clean-up. */
const CHUNK_ROWS = 2_000;

export interface PruneLimits {
  /** Records written before this go, unless a result still needs them. */
  readonly recordsBeforeMs: number;
  /** Offset of each topic below which no result needs a record; of a topic without one all are needed. */
  readonly lowOffsets: ReadonlyMap<EventType, number>;
  /** Ids seen before this are forgotten. */
  readonly idsBeforeMs: number;
}

/**
 * Deletes old log records and old event ids in small steps.
 *
 * @param mayGoOn asked before every step
 */
export async function pruneEventLog(
  db: SqliteDatabase,
  { recordsBeforeMs, lowOffsets, idsBeforeMs }: PruneLimits,
  mayGoOn: () => boolean,
): Promise<{ records: number; ids: number }> {
  let records = 0;
  for (const [topic, lowOffset] of lowOffsets) {
    for (let deleted = 1; deleted > 0 && mayGoOn(); records += deleted) {
      deleted = db.transaction(() => deleteRecords(db, topic, lowOffset, recordsBeforeMs));
      await nextTurn();
    }
  }
  let ids = 0;
  let step: IdStep = { deleted: 0, last: { stream_id: "", event_id: "" } };
  while (step.last !== undefined && mayGoOn()) {
    const after = step.last;
    step = db.transaction(() => deleteIds(db, after, idsBeforeMs));
    ids += step.deleted;
    await nextTurn();
  }
  return { records, ids };
}

/** Looks only at the oldest records: those that come after the first young one are young too. */
function deleteRecords(db: SqliteDatabase, topic: string, lowOffset: number, beforeMs: number): number {
  const sql = `
    DELETE FROM event_log WHERE topic = ? AND "offset" <= (
      SELECT max("offset") FROM (
        SELECT "offset", written_at FROM event_log WHERE topic = ? AND "offset" < ? ORDER BY "offset" LIMIT ${CHUNK_ROWS}
      ) WHERE written_at < ?)`;
  return Number(db.prepare(sql).run(topic, topic, lowOffset, beforeMs).changes);
}

interface EventKey {
  readonly stream_id: string;
  readonly event_id: string;
}

interface IdStep {
  readonly deleted: number;
  /** Where the next step begins; undefined after the last one. */
  readonly last: EventKey | undefined;
}

/** Walks the ids in the order of their key: an index by age would double the cost of every append. */
function deleteIds(db: SqliteDatabase, after: EventKey, beforeMs: number): IdStep {
  const last = db
    .prepare(
      `SELECT stream_id, event_id FROM event_ids WHERE (stream_id, event_id) > (?, ?)
       ORDER BY stream_id, event_id LIMIT 1 OFFSET ${CHUNK_ROWS - 1}`,
    )
    .get(after.stream_id, after.event_id) as unknown as EventKey | undefined;
  const from = "DELETE FROM event_ids WHERE written_at < ? AND (stream_id, event_id) > (?, ?)";
  const result =
    last === undefined
      ? db.prepare(from).run(beforeMs, after.stream_id, after.event_id)
      : db
          .prepare(`${from} AND (stream_id, event_id) <= (?, ?)`)
          .run(beforeMs, after.stream_id, after.event_id, last.stream_id, last.event_id);
  return { deleted: Number(result.changes), last };
}
