import { formatInstant } from "@telemetra/core";
import type pg from "pg";
import { ROLLUP_MEASURES } from "../shared/rollup-measures.js";

/** Hours refreshed in one transaction, so that none is long. */
const CHUNK_HOURS = 100;
/** Within a database only one process at a time refreshes. */
const ROLLUP_LOCK = Number.parseInt("rollup", 36) % 2 ** 31;

const NEW_MEASURES = ROLLUP_MEASURES.map((name) => `${name} = excluded.${name}`).join(", ");

/**
 * Everything of an hour is computed anew from what is stored, so that a correction needs no account of what it corrects.
 * Windows that begin at a whole multiple of their length tile the time: each message is in one of them.
 */
const refreshHours = `
  INSERT INTO stream_hourly (stream_id, hour_start, ${ROLLUP_MEASURES.join(", ")}, first_written_at)
  SELECT hours.stream_id, hours.hour_start,
    coalesce(tally.messages, 0), chat.scored_messages, chat.avg_sentiment, chat.positive_count, chat.negative_count,
    chat.peak_chat_rate, chat.covered_seconds, viewers.peak, viewers.mean, viewers.samples,
    payments.transactions, payments.revenue, happened.moments, $3::timestamptz,
    least(tally.written_at, chat.written_at, viewers.written_at, payments.written_at, happened.written_at)
  FROM unnest($1::text[], $2::timestamptz[]) AS hours (stream_id, hour_start)
  LEFT JOIN chat_tallies tally ON tally.stream_id = hours.stream_id AND tally.hour_start = hours.hour_start
  CROSS JOIN LATERAL (
    SELECT min(written_at) AS written_at, max(chat_rate) AS peak_chat_rate,
      coalesce(sum(chat_count) FILTER (WHERE is_tile AND avg_sentiment IS NOT NULL), 0) AS scored_messages,
      sum(avg_sentiment * chat_count) FILTER (WHERE is_tile)
        / nullif(sum(chat_count) FILTER (WHERE is_tile AND avg_sentiment IS NOT NULL), 0) AS avg_sentiment,
      coalesce(sum(positive_count) FILTER (WHERE is_tile), 0) AS positive_count,
      coalesce(sum(negative_count) FILTER (WHERE is_tile), 0) AS negative_count,
      coalesce(extract(epoch FROM sum(window_end - window_start) FILTER (WHERE is_tile)), 0) AS covered_seconds
    FROM (
      SELECT *, (extract(epoch FROM window_start) * 1000)::bigint
        % (extract(epoch FROM window_end - window_start) * 1000)::bigint = 0 AS is_tile
      FROM chat_summary_minute WHERE stream_id = hours.stream_id
        AND window_end > hours.hour_start AND window_end <= hours.hour_start + interval '1 hour'
    ) windows
  ) chat
  CROSS JOIN LATERAL (
    SELECT min(written_at) AS written_at, max(viewer_count) AS peak, avg(viewer_count) AS mean, count(*) AS samples
    FROM viewer_timeseries WHERE stream_id = hours.stream_id
      AND timestamp >= hours.hour_start AND timestamp < hours.hour_start + interval '1 hour'
  ) viewers
  CROSS JOIN LATERAL (
    SELECT min(written_at) AS written_at, coalesce(sum(count), 0) AS transactions,
      coalesce(json_agg(json_build_object('currency', currency, 'amount', trim_scale(amount)) ORDER BY currency), '[]') AS revenue
    FROM (
      SELECT currency, sum(amount) AS amount, count(*) AS count, min(written_at) AS written_at
      FROM transactions WHERE stream_id = hours.stream_id
        AND timestamp >= hours.hour_start AND timestamp < hours.hour_start + interval '1 hour'
      GROUP BY currency
    ) currencies
  ) payments
  CROSS JOIN LATERAL (
    SELECT min(written_at) AS written_at, coalesce(json_object_agg(moment_type, count ORDER BY moment_type), '{}') AS moments
    FROM (
      SELECT moment_type, count(*) AS count, min(written_at) AS written_at
      FROM moments WHERE stream_id = hours.stream_id
        AND timestamp >= hours.hour_start AND timestamp < hours.hour_start + interval '1 hour'
      GROUP BY moment_type
    ) types
  ) happened
  WHERE coalesce(tally.written_at, chat.written_at, viewers.written_at, payments.written_at, happened.written_at) IS NOT NULL
  ON CONFLICT (stream_id, hour_start) DO UPDATE
  SET ${NEW_MEASURES}, first_written_at = excluded.first_written_at
  WHERE NOT stream_hourly.is_sealed`;

/** A day is made of its hours, so that it can be made when nothing else is left of it. */
const refreshDays = `
  INSERT INTO stream_daily (stream_id, day_start, ${ROLLUP_MEASURES.join(", ")})
  SELECT days.stream_id, days.day_start, total.*, payments.revenue, happened.moments, $3::timestamptz
  FROM (
    SELECT DISTINCT stream_id, date_trunc('day', hour_start, 'UTC') AS day_start
    FROM unnest($1::text[], $2::timestamptz[]) AS hours (stream_id, hour_start)
  ) days
  CROSS JOIN LATERAL (
    SELECT sum(messages), sum(scored_messages), sum(avg_sentiment * scored_messages) / nullif(sum(scored_messages), 0),
      sum(positive_count), sum(negative_count), max(peak_chat_rate), sum(covered_seconds), max(peak_viewers),
      sum(avg_viewers * viewer_samples) / nullif(sum(viewer_samples), 0), sum(viewer_samples), sum(transactions)
    FROM stream_hourly WHERE stream_id = days.stream_id
      AND hour_start >= days.day_start AND hour_start < days.day_start + interval '1 day'
    HAVING count(*) > 0
  ) total
  CROSS JOIN LATERAL (
    SELECT coalesce(json_agg(json_build_object('currency', currency, 'amount', trim_scale(amount)) ORDER BY currency), '[]') AS revenue
    FROM (
      SELECT entry ->> 'currency' COLLATE "C" AS currency, sum((entry ->> 'amount')::numeric) AS amount
      FROM stream_hourly, json_array_elements(revenue) AS entry WHERE stream_id = days.stream_id
        AND hour_start >= days.day_start AND hour_start < days.day_start + interval '1 day'
      GROUP BY 1
    ) currencies
  ) payments
  CROSS JOIN LATERAL (
    SELECT coalesce(json_object_agg(moment_type, count ORDER BY moment_type), '{}') AS moments
    FROM (
      SELECT key COLLATE "C" AS moment_type, sum(value::bigint) AS count
      FROM stream_hourly, json_each_text(moments) WHERE stream_id = days.stream_id
        AND hour_start >= days.day_start AND hour_start < days.day_start + interval '1 day'
      GROUP BY 1
    ) types
  ) happened
  ON CONFLICT (stream_id, day_start) DO UPDATE
  SET ${NEW_MEASURES}`;

/** A mark that has changed stands for something that may not have been seen; one that is being changed is left alone. */
const removeMarks = `
  DELETE FROM dirty_hours WHERE (stream_id, hour_start) IN (
    SELECT stored.stream_id, stored.hour_start
    FROM dirty_hours stored JOIN unnest($1::text[], $2::timestamptz[], $3::bigint[]) AS done (stream_id, hour_start, version)
      ON done.stream_id = stored.stream_id AND done.hour_start = stored.hour_start AND done.version = stored.version
    FOR UPDATE OF stored SKIP LOCKED
  )`;

interface Mark {
  readonly stream_id: string;
  readonly hour_start: Date;
  readonly version: string;
}

/**
 * Brings the roll-ups of marked hours up to date, once through the marks in steps of a short transaction each. What is
 * marked is removed in the transaction that refreshes, so a process that dies in between leaves the mark to the next one.
 *
 * @param mayGoOn asked before every step
 * @param isPatient waits for another process that refreshes; without it the rest is left to that one
 * @returns number of hours refreshed
 */
export async function refreshRollups(
  client: pg.ClientBase,
  nowMs: number,
  { mayGoOn = () => true, isPatient = false }: { mayGoOn?: () => boolean; isPatient?: boolean } = {},
): Promise<number> {
  let total = 0;
  let after: Mark | undefined;
  while (mayGoOn()) {
    const marks = await inTransaction(client, async () => {
      if (!(await lock(client, isPatient))) return [];
      const found = await readMarks(client, after);
      if (found.length > 0) await refresh(client, found, formatInstant(nowMs));
      return found;
    });
    total += marks.length;
    after = marks.at(-1);
    if (marks.length < CHUNK_HOURS) break;
  }
  return total;
}

async function lock(client: pg.ClientBase, isPatient: boolean): Promise<boolean> {
  if (isPatient) {
    await client.query("SELECT pg_advisory_xact_lock($1)", [ROLLUP_LOCK]);
    return true;
  }
  const { rows } = await client.query<{ locked: boolean }>("SELECT pg_try_advisory_xact_lock($1) AS locked", [
    ROLLUP_LOCK,
  ]);
  return rows[0]!.locked;
}

async function readMarks(client: pg.ClientBase, after: Mark | undefined): Promise<readonly Mark[]> {
  const { rows } = await client.query<Mark>(
    `SELECT stream_id, hour_start, version FROM dirty_hours
     WHERE $1::text IS NULL OR (stream_id, hour_start) > ($1::text, $2::timestamptz)
     ORDER BY stream_id, hour_start LIMIT ${CHUNK_HOURS}`,
    [after?.stream_id ?? null, after?.hour_start.toISOString() ?? null],
  );
  return rows;
}

async function refresh(client: pg.ClientBase, marks: readonly Mark[], refreshedAt: string): Promise<void> {
  const streamIds = marks.map((mark) => mark.stream_id);
  const hours = marks.map((mark) => mark.hour_start.toISOString());
  await client.query(refreshHours, [streamIds, hours, refreshedAt]);
  await client.query(refreshDays, [streamIds, hours, refreshedAt]);
  await client.query(removeMarks, [streamIds, hours, marks.map((mark) => mark.version)]);
}

async function inTransaction<T>(client: pg.ClientBase, work: () => Promise<T>): Promise<T> {
  await client.query("BEGIN");
  try {
    const result = await work();
    await client.query("COMMIT");
    return result;
  } catch (error) {
    await client.query("ROLLBACK").catch(() => {});
    throw error;
  }
}
