import { setImmediate as nextTurn } from "node:timers/promises";
import { ROLLUP_MEASURES } from "../shared/rollup-measures.js";
import { DAY_MS, HOUR_MS, type TouchedHour } from "../shared/touched-hours.js";
import type { SqliteDatabase } from "./database.js";

/** Hours refreshed in one go: some milliseconds, so that nothing else has to wait. */
const CHUNK_HOURS = 10;

const NEW_MEASURES = ROLLUP_MEASURES.map((name) => `${name} = excluded.${name}`).join(", ");

const OF_THE_HOUR = "stream_id = :stream_id AND timestamp >= :start AND timestamp < :end";

/**
 * Everything of an hour is computed anew from what is stored, so that a correction needs no account of what it corrects.
 * Windows that begin at a whole multiple of their length tile the time: each message is in one of them. Whole numbers of
 * ten-thousandths add up exactly (F6).
 */
const refreshHour = `
  INSERT INTO stream_hourly (stream_id, hour_start, ${ROLLUP_MEASURES.join(", ")}, first_written_at)
  SELECT :stream_id, :start,
    coalesce(tally.messages, 0), chat.scored_messages, chat.sentiment_sum / nullif(chat.scored_messages, 0), chat.positive_count,
    chat.negative_count, chat.peak_chat_rate, chat.covered_ms / 1000.0, viewers.peak, viewers.mean, viewers.samples,
    payments.transactions, payments.revenue, happened.moments, :now, first.written_at
  FROM (
    SELECT min(written_at) AS written_at FROM (
      SELECT written_at FROM chat_tallies WHERE stream_id = :stream_id AND hour_start = :start
      UNION ALL SELECT min(written_at) FROM chat_summary_minute WHERE stream_id = :stream_id AND window_end > :start AND window_end <= :end
      UNION ALL SELECT min(written_at) FROM viewer_timeseries WHERE ${OF_THE_HOUR}
      UNION ALL SELECT min(written_at) FROM transactions WHERE ${OF_THE_HOUR}
      UNION ALL SELECT min(written_at) FROM moments WHERE ${OF_THE_HOUR})
  ) first
  LEFT JOIN chat_tallies tally ON tally.stream_id = :stream_id AND tally.hour_start = :start
  CROSS JOIN (
    SELECT max(chat_rate) AS peak_chat_rate,
      sum(avg_sentiment * chat_count) FILTER (WHERE is_tile) AS sentiment_sum,
      coalesce(sum(chat_count) FILTER (WHERE is_tile AND avg_sentiment IS NOT NULL), 0) AS scored_messages,
      coalesce(sum(positive_count) FILTER (WHERE is_tile), 0) AS positive_count,
      coalesce(sum(negative_count) FILTER (WHERE is_tile), 0) AS negative_count,
      coalesce(sum(window_end - window_start) FILTER (WHERE is_tile), 0) AS covered_ms
    FROM (
      SELECT *, window_start % (window_end - window_start) = 0 AS is_tile
      FROM chat_summary_minute WHERE stream_id = :stream_id AND window_end > :start AND window_end <= :end)
  ) chat
  CROSS JOIN (
    SELECT max(viewer_count) AS peak, avg(viewer_count) AS mean, count(*) AS samples FROM viewer_timeseries WHERE ${OF_THE_HOUR}
  ) viewers
  CROSS JOIN (
    SELECT coalesce(sum(count), 0) AS transactions, json_group_array(json_object('currency', currency, 'amount', amount)) AS revenue
    FROM (
      SELECT currency, sum(CAST(round(amount * 10000) AS INTEGER)) / 10000.0 AS amount, count(*) AS count
      FROM transactions WHERE ${OF_THE_HOUR} GROUP BY currency ORDER BY currency)
  ) payments
  CROSS JOIN (
    SELECT json_group_object(moment_type, count) AS moments
    FROM (SELECT moment_type, count(*) AS count FROM moments WHERE ${OF_THE_HOUR} GROUP BY moment_type ORDER BY moment_type)
  ) happened
  WHERE first.written_at IS NOT NULL
  ON CONFLICT (stream_id, hour_start) DO UPDATE
  SET ${NEW_MEASURES}, first_written_at = excluded.first_written_at
  WHERE NOT is_sealed`;

const OF_THE_DAY = "stream_id = :stream_id AND hour_start >= :start AND hour_start < :end";

/** A day is made of its hours, so that it can be made when nothing else is left of it. */
const refreshDay = `
  INSERT INTO stream_daily (stream_id, day_start, ${ROLLUP_MEASURES.join(", ")})
  SELECT :stream_id, :start, total.*, payments.revenue, happened.moments, :now
  FROM (
    SELECT sum(messages), sum(scored_messages), sum(avg_sentiment * scored_messages) / nullif(sum(scored_messages), 0),
      sum(positive_count), sum(negative_count), max(peak_chat_rate), sum(covered_seconds), max(peak_viewers),
      sum(avg_viewers * viewer_samples) / nullif(sum(viewer_samples), 0), sum(viewer_samples), sum(transactions)
    FROM stream_hourly WHERE ${OF_THE_DAY} HAVING count(*) > 0
  ) total
  CROSS JOIN (
    SELECT json_group_array(json_object('currency', currency, 'amount', amount)) AS revenue
    FROM (
      SELECT entry.value ->> 'currency' AS currency,
        sum(CAST(round((entry.value ->> 'amount') * 10000) AS INTEGER)) / 10000.0 AS amount
      FROM stream_hourly, json_each(revenue) entry WHERE ${OF_THE_DAY} GROUP BY 1 ORDER BY 1)
  ) payments
  CROSS JOIN (
    SELECT json_group_object(moment_type, count) AS moments
    FROM (
      SELECT entry.key AS moment_type, sum(entry.value) AS count
      FROM stream_hourly, json_each(moments) entry WHERE ${OF_THE_DAY} GROUP BY 1 ORDER BY 1)
  ) happened
  WHERE true
  ON CONFLICT (stream_id, day_start) DO UPDATE SET ${NEW_MEASURES}`;

/**
 * Marks the roll-ups of these hours as out of date, in the transaction that makes them so.
 *
 * @param countsMessages false when the commit may be one that was made before: its messages are counted already
 */
export function markTouchedHours(
  db: SqliteDatabase,
  hours: readonly TouchedHour[],
  { countsMessages, nowMs }: { readonly countsMessages: boolean; readonly nowMs: number },
): void {
  const mark = db.prepare(
    "INSERT INTO dirty_hours (stream_id, hour_start) VALUES (?, ?) ON CONFLICT DO UPDATE SET version = version + 1",
  );
  const tally = db.prepare(
    `INSERT INTO chat_tallies (stream_id, hour_start, messages, written_at) VALUES (?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET messages = messages + excluded.messages`,
  );
  for (const { streamId, hourStartMs, messages } of hours) {
    mark.run(streamId, hourStartMs);
    if (countsMessages && messages > 0) tally.run(streamId, hourStartMs, messages, nowMs);
  }
}

interface Mark {
  readonly stream_id: string;
  readonly hour_start: number;
}

/**
 * Brings the roll-ups of marked hours up to date, once through the marks in steps of a short transaction each. What is
 * marked is removed in the transaction that refreshes, so a process that dies in between leaves the mark to the next one.
 *
 * @param mayGoOn asked before every step
 * @returns number of hours refreshed
 */
export async function refreshRollups(db: SqliteDatabase, nowMs: number, mayGoOn: () => boolean): Promise<number> {
  let total = 0;
  let after: Mark = { stream_id: "", hour_start: -Infinity };
  while (mayGoOn()) {
    const marks = db.transaction(() => refreshChunk(db, nowMs, after));
    total += marks.length;
    if (marks.length < CHUNK_HOURS) break;
    after = marks.at(-1)!;
    await nextTurn();
  }
  return total;
}

function refreshChunk(db: SqliteDatabase, nowMs: number, after: Mark): readonly Mark[] {
  const marks = db
    .prepare(
      `SELECT stream_id, hour_start FROM dirty_hours WHERE (stream_id, hour_start) > (?, ?)
       ORDER BY stream_id, hour_start LIMIT ${CHUNK_HOURS}`,
    )
    .all(after.stream_id, after.hour_start) as unknown as readonly Mark[];
  const days = new Map<string, Mark>();
  for (const { stream_id, hour_start: start } of marks) {
    db.prepare(refreshHour).run({ stream_id, start, end: start + HOUR_MS, now: nowMs });
    db.prepare("DELETE FROM dirty_hours WHERE stream_id = ? AND hour_start = ?").run(stream_id, start);
    const dayStart = Math.floor(start / DAY_MS) * DAY_MS;
    days.set(`${stream_id}\n${dayStart}`, { stream_id, hour_start: dayStart });
  }
  for (const { stream_id, hour_start: start } of days.values()) {
    db.prepare(refreshDay).run({ stream_id, start, end: start + DAY_MS, now: nowMs });
  }
  return marks;
}
