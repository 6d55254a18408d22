import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { formatInstant, type MetricRow, type Moment } from "@telemetra/core";
import {
  add,
  deadLetterEntry,
  momentEntry,
  rawEntry,
  rowEntry,
  type Entries,
  type RawRow,
} from "../../ledger/ledger.js";

type Columns = Readonly<Record<string, unknown>>;

/** Everything that the file of an embedded service holds of the show, read by plain SQL. Nobody may be writing to it. */
export function readSqliteLedger(dataDir: string): Entries {
  const db = new DatabaseSync(join(dataDir, "telemetra.sqlite"), { readOnly: true });
  try {
    const entries = new Map<string, string[]>();
    const rows = (sql: string): Columns[] => db.prepare(sql).all() as unknown as Columns[];
    for (const table of ["viewer", "transaction"] as const) {
      const name = table === "viewer" ? "viewer_timeseries" : "transactions";
      for (const row of rows(`SELECT '${table}' AS type, * FROM ${name}`)) add(entries, ...rawEntry(row as RawRow)!);
    }
    for (const row of rows("SELECT * FROM chat_summary_minute")) add(entries, ...rowEntry(metricRow(row)));
    for (const row of rows("SELECT * FROM moments")) add(entries, ...momentEntry(moment(row)));
    for (const { code, value } of rows("SELECT code, value FROM dead_letters")) {
      add(entries, ...deadLetterEntry(code as string, value as Uint8Array));
    }
    for (const { topic, next_offset } of rows("SELECT topic, next_offset FROM log_positions")) {
      add(entries, `position ${String(topic)}`, String(next_offset));
    }
    return entries;
  } finally {
    db.close();
  }
}

/** Where each topic of the log ends, as `readSqliteLedger` names the positions. */
export function readLogEnds(dataDir: string): Entries {
  const db = new DatabaseSync(join(dataDir, "telemetra.sqlite"), { readOnly: true });
  try {
    const heads = db.prepare("SELECT topic, next_offset FROM event_log_heads").all();
    return new Map(heads.map(({ topic, next_offset }) => [`position ${String(topic)}`, [String(next_offset)]]));
  } finally {
    db.close();
  }
}

function metricRow(row: Columns): MetricRow {
  return {
    ...(row as unknown as MetricRow),
    window_start: instant(row["window_start"])!,
    window_end: instant(row["window_end"])!,
    unique_chatters_exact: row["unique_chatters_exact"] === 1,
    is_anomaly: row["is_anomaly"] === 1,
    top_emotes: JSON.parse(row["top_emotes"] as string) as MetricRow["top_emotes"],
    revenue: JSON.parse(row["revenue"] as string) as MetricRow["revenue"],
    sentiment_score: row["avg_sentiment"] as number | null,
  };
}

function moment({ written_at: _writtenAt, ...row }: Columns): Moment {
  return {
    ...(row as unknown as Moment),
    timestamp: instant(row["timestamp"])!,
    detected_at: instant(row["detected_at"])!,
    peaked_at: instant(row["peaked_at"])!,
    ended_at: instant(row["ended_at"]),
    metadata: JSON.parse(row["metadata"] as string) as Moment["metadata"],
  };
}

function instant(value: unknown): string | null {
  return value === null ? null : formatInstant(Number(value));
}
