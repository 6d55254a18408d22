import { formatInstant, type MetricRow, type Moment, type MomentType } from "@telemetra/core";
import type { Page, RangeQuery, StreamRecord, StreamStats } from "../../ports/result-store.js";
import { decodeCursor, encodeCursor } from "../shared/page-cursor.js";
import type { SqliteDatabase } from "./database.js";

type Parameter = string | number;

export function listStreams(db: SqliteDatabase, page: { limit: number; offset: number }): readonly StreamRecord[] {
  const sql = "SELECT * FROM streams ORDER BY stream_id LIMIT ? OFFSET ?";
  return select<StreamColumns>(db, sql, [page.limit, page.offset]).map(toStreamRecord);
}

export function getStream(db: SqliteDatabase, streamId: string): StreamRecord | undefined {
  return select<StreamColumns>(db, "SELECT * FROM streams WHERE stream_id = ?", [streamId]).map(toStreamRecord)[0];
}

export function readMetrics(db: SqliteDatabase, streamId: string, range: RangeQuery): Page<MetricRow> {
  const filter = new Filter("stream_id = ?", streamId);
  filter.addRange("window_end", range);
  if (range.cursor !== undefined) {
    filter.add("(window_end, window_start) < (?, ?)", ...decodeCursor<number>("metrics", range.cursor, "number"));
  }
  const rows = select<MetricColumns>(
    db,
    `SELECT * FROM chat_summary_minute WHERE ${filter.sql} ORDER BY window_end DESC, window_start DESC LIMIT ?`,
    [...filter.parameters, range.limit + 1],
  );
  return toPage(rows, range.limit, toMetricRow, (row) => encodeCursor("metrics", [row.window_end, row.window_start]));
}

export function readMoments(
  db: SqliteDatabase,
  streamId: string,
  range: RangeQuery & { momentType?: MomentType },
): Page<Moment> {
  const filter = new Filter("stream_id = ?", streamId);
  filter.addRange("timestamp", range);
  if (range.momentType !== undefined) filter.add("moment_type = ?", range.momentType);
  if (range.cursor !== undefined) {
    filter.add("(timestamp, moment_id) < (?, ?)", ...decodeCursor<string>("moments", range.cursor, "string"));
  }
  const rows = select<MomentColumns>(
    db,
    `SELECT * FROM moments WHERE ${filter.sql} ORDER BY timestamp DESC, moment_id DESC LIMIT ?`,
    [...filter.parameters, range.limit + 1],
  );
  return toPage(rows, range.limit, toMoment, (row) => encodeCursor("moments", [row.timestamp, row.moment_id]));
}

/**
 * Windows that overlap hold a message several times. These do not: the one that ends first, then always the one that
 * ends first among those that begin where the one before has ended or later. When the hop divides the size they leave
 * no gap inside a life.
 */
const TILES = `
  WITH RECURSIVE tiles (row) AS (
    SELECT * FROM (
      SELECT rowid FROM chat_summary_minute WHERE stream_id = :stream_id ORDER BY window_end, window_start LIMIT 1)
    UNION ALL
    SELECT (
      SELECT later.rowid FROM chat_summary_minute later
      WHERE later.stream_id = :stream_id AND later.window_end > tile.window_end AND later.window_start >= tile.window_end
      ORDER BY later.window_end, later.window_start LIMIT 1)
    FROM tiles JOIN chat_summary_minute tile ON tile.rowid = tiles.row
  )
  SELECT
    sum(chat_count) AS messages,
    sum(window_end - window_start) AS covered_ms,
    sum(avg_sentiment * chat_count) AS sentiment_sum,
    sum(CASE WHEN avg_sentiment IS NULL THEN 0 ELSE chat_count END) AS sentiment_count
  FROM tiles JOIN chat_summary_minute tile ON tile.rowid = tiles.row`;

export function readStats(db: SqliteDatabase, streamId: string): StreamStats | undefined {
  if (getStream(db, streamId) === undefined) return undefined;
  const get = <T>(sql: string): T => db.read(() => db.prepare(sql).get({ stream_id: streamId })) as T;
  const all = <T>(sql: string): readonly T[] => db.read(() => db.prepare(sql).all({ stream_id: streamId })) as T[];
  const windows = get<{ first: number | null; last: number | null; peak_rate: number | null }>(
    `SELECT min(window_start) AS first, max(window_end) AS last, max(chat_rate) AS peak_rate
     FROM chat_summary_minute WHERE stream_id = :stream_id`,
  );
  const tiles = get<TileTotals>(TILES);
  const viewers = get<{ events: number; peak: number | null; mean: number | null }>(
    `SELECT count(*) AS events, max(viewer_count) AS peak, avg(viewer_count) AS mean
     FROM viewer_timeseries WHERE stream_id = :stream_id`,
  );
  const moments = all<{ moment_type: string; count: number }>(
    "SELECT moment_type, count(*) AS count FROM moments WHERE stream_id = :stream_id GROUP BY moment_type ORDER BY 1",
  );
  // Whole numbers of ten-thousandths add up exactly (F6).
  const revenue = all<{ currency: string; amount: number; count: number }>(
    `SELECT currency, sum(CAST(round(amount * 10000) AS INTEGER)) / 10000.0 AS amount, count(*) AS count
     FROM transactions WHERE stream_id = :stream_id GROUP BY currency ORDER BY currency`,
  );
  const messages = tiles.messages ?? 0;
  return {
    stream_id: streamId,
    first_window_start: instantOrNull(windows.first),
    last_window_end: instantOrNull(windows.last),
    messages,
    peak_chat_rate: windows.peak_rate,
    avg_chat_rate: tiles.covered_ms === null ? null : messages / (tiles.covered_ms / 1_000),
    avg_sentiment: tiles.sentiment_count ? (tiles.sentiment_sum ?? 0) / tiles.sentiment_count : null,
    peak_viewers: viewers.peak,
    avg_viewers: viewers.mean,
    moments: Object.fromEntries(moments.map(({ moment_type, count }) => [moment_type, count])),
    revenue: revenue.map(({ currency, amount }) => ({ currency, amount })),
    events: {
      chat: messages,
      viewer: viewers.events,
      transaction: revenue.reduce((sum, { count }) => sum + count, 0),
    },
  };
}

interface TileTotals {
  readonly messages: number | null;
  readonly covered_ms: number | null;
  readonly sentiment_sum: number | null;
  readonly sentiment_count: number | null;
}

class Filter {
  readonly parameters: Parameter[];
  sql: string;

  constructor(condition: string, ...parameters: Parameter[]) {
    this.sql = condition;
    this.parameters = parameters;
  }

  add(condition: string, ...parameters: Parameter[]): void {
    this.sql += ` AND ${condition}`;
    this.parameters.push(...parameters);
  }

  addRange(column: string, { startMs, endMs }: RangeQuery): void {
    if (startMs !== undefined) this.add(`${column} >= ?`, startMs);
    if (endMs !== undefined) this.add(`${column} < ?`, endMs);
  }
}

function select<Row>(db: SqliteDatabase, sql: string, parameters: readonly Parameter[]): readonly Row[] {
  return db.read(() => db.prepare(sql).all(...parameters)) as unknown as Row[];
}

/** One row more than the page was read, to know whether another page follows. */
function toPage<Row, Item>(
  rows: readonly Row[],
  limit: number,
  toItem: (row: Row) => Item,
  cursorAfter: (row: Row) => string,
): Page<Item> {
  const items = rows.slice(0, limit).map(toItem);
  const last = rows[limit - 1];
  return rows.length > limit && last !== undefined ? { items, nextCursor: cursorAfter(last) } : { items };
}

interface StreamColumns {
  readonly stream_id: string;
  readonly streamer_name: string | null;
  readonly title: string | null;
  readonly game_category: string | null;
  readonly started_at: number | null;
  readonly is_live: number;
  readonly viewer_count: number | null;
  readonly created_at: number;
  readonly updated_at: number;
}

function toStreamRecord(row: StreamColumns): StreamRecord {
  return {
    stream_id: row.stream_id,
    streamer_name: row.streamer_name,
    title: row.title,
    game_category: row.game_category,
    started_at: instantOrNull(row.started_at),
    is_live: row.is_live === 1,
    viewer_count: row.viewer_count,
    created_at: formatInstant(row.created_at),
    updated_at: formatInstant(row.updated_at),
  };
}

interface MetricColumns {
  readonly stream_id: string;
  readonly window_start: number;
  readonly window_end: number;
  readonly chat_count: number;
  readonly chat_rate: number;
  readonly unique_chatters: number;
  readonly unique_chatters_exact: number;
  readonly top_emotes: string;
  readonly avg_sentiment: number | null;
  readonly positive_count: number;
  readonly negative_count: number;
  readonly viewer_count: number | null;
  readonly avg_viewers: number | null;
  readonly revenue: string;
  readonly z_score: number | null;
  readonly is_anomaly: number;
  readonly revision: number;
}

function toMetricRow(row: MetricColumns): MetricRow {
  return {
    stream_id: row.stream_id,
    window_start: formatInstant(row.window_start),
    window_end: formatInstant(row.window_end),
    timestamp: formatInstant(row.window_end),
    chat_count: row.chat_count,
    chat_rate: row.chat_rate,
    unique_chatters: row.unique_chatters,
    unique_chatters_exact: row.unique_chatters_exact === 1,
    top_emotes: JSON.parse(row.top_emotes) as MetricRow["top_emotes"],
    sentiment_score: row.avg_sentiment,
    positive_count: row.positive_count,
    negative_count: row.negative_count,
    viewer_count: row.viewer_count,
    avg_viewers: row.avg_viewers,
    revenue: JSON.parse(row.revenue) as MetricRow["revenue"],
    z_score: row.z_score,
    is_anomaly: row.is_anomaly === 1,
    revision: row.revision,
    is_final: true,
  };
}

interface MomentColumns {
  readonly moment_id: string;
  readonly stream_id: string;
  readonly timestamp: number;
  readonly detected_at: number;
  readonly peaked_at: number;
  readonly ended_at: number | null;
  readonly moment_type: MomentType;
  readonly description: string;
  readonly metric_name: string;
  readonly metric_value: number;
  readonly threshold: number;
  readonly z_score: number | null;
  readonly severity: number;
  readonly metadata: string;
}

function toMoment(row: MomentColumns): Moment {
  return {
    moment_id: row.moment_id,
    stream_id: row.stream_id,
    timestamp: formatInstant(row.timestamp),
    detected_at: formatInstant(row.detected_at),
    peaked_at: formatInstant(row.peaked_at),
    ended_at: instantOrNull(row.ended_at),
    moment_type: row.moment_type,
    description: row.description,
    metric_name: row.metric_name,
    metric_value: row.metric_value,
    threshold: row.threshold,
    z_score: row.z_score,
    severity: row.severity,
    metadata: JSON.parse(row.metadata) as Moment["metadata"],
  };
}

function instantOrNull(epochMs: number | null): string | null {
  return epochMs === null ? null : formatInstant(epochMs);
}
