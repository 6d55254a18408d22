import { formatInstant, type MetricRow, type Moment } from "@telemetra/core";
import type pg from "pg";
import {
  add,
  deadLetterEntry,
  momentEntry,
  rawEntry,
  rowEntry,
  type Entries,
  type RawRow,
} from "../../ledger/ledger.js";

interface WindowColumns {
  readonly stream_id: string;
  readonly window_start: string;
  readonly window_end: string;
  readonly avg_sentiment: number | null;
}

/** Everything that a database holds of the show, read by plain SQL: what is there twice is found twice. */
export async function readPostgresLedger(client: pg.Client): Promise<Entries> {
  const entries = new Map<string, string[]>();
  const rows = async <T extends pg.QueryResultRow>(sql: string): Promise<T[]> => (await client.query<T>(sql)).rows;
  const epochMs = (column: string): string => `(extract(epoch from ${column}) * 1000)::float8 AS ${column}`;
  for (const row of await rows<RawRow>(
    `SELECT 'viewer' AS type, stream_id, event_id, ${epochMs("timestamp")}, viewer_count FROM viewer_timeseries`,
  )) {
    add(entries, ...rawEntry(row)!);
  }
  for (const row of await rows<RawRow>(
    `SELECT 'transaction' AS type, stream_id, event_id, ${epochMs("timestamp")}, user_id, username, transaction_type,
       amount::float8 AS amount, currency FROM transactions`,
  )) {
    add(entries, ...rawEntry(row)!);
  }
  for (const row of await rows<WindowColumns & Record<string, unknown>>(
    `SELECT *, ${epochMs("window_start")}, ${epochMs("window_end")} FROM chat_summary_minute`,
  )) {
    const { window_start, window_end, avg_sentiment } = row;
    add(
      entries,
      ...rowEntry({
        ...(row as unknown as MetricRow),
        window_start: formatInstant(Number(window_start)),
        window_end: formatInstant(Number(window_end)),
        sentiment_score: avg_sentiment,
      }),
    );
  }
  for (const row of await rows<Record<string, unknown>>(
    `SELECT moment_id, stream_id, ${["timestamp", "detected_at", "peaked_at", "ended_at"].map(epochMs).join(", ")}, moment_type,
       description, metric_name, metric_value, threshold, z_score, severity, metadata FROM moments`,
  )) {
    const instant = (value: unknown): string | null => (value === null ? null : formatInstant(Number(value)));
    const { timestamp, detected_at, peaked_at, ended_at } = row;
    add(
      entries,
      ...momentEntry({
        ...(row as unknown as Moment),
        timestamp: instant(timestamp)!,
        detected_at: instant(detected_at)!,
        peaked_at: instant(peaked_at)!,
        ended_at: instant(ended_at),
      }),
    );
  }
  for (const { code, value } of await rows<{ code: string; value: Buffer }>("SELECT code, value FROM dead_letters")) {
    add(entries, ...deadLetterEntry(code, value));
  }
  return entries;
}
