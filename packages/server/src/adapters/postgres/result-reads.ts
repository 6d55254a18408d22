import { formatInstant, type MetricRow, type Moment, type MomentType } from "@telemetra/core";
import type pg from "pg";
import type { Page, RangeQuery, StreamRecord, StreamStats } from "../../ports/result-store.js";
import { decodeCursor, encodeCursor } from "../shared/page-cursor.js";

/** Whatever runs a query: a pool or a connection. */
export type Queryable = Pick<pg.ClientBase, "query">;

const STREAM_COLUMNS =
  "stream_id, streamer_name, title, game_category, started_at, is_live, viewer_count, created_at, updated_at";

export async function listStreams(
  db: Queryable,
  page: { limit: number; offset: number },
): Promise<readonly StreamRecord[]> {
  const { rows } = await db.query<StreamColumns>(
    `SELECT ${STREAM_COLUMNS} FROM streams ORDER BY stream_id LIMIT $1 OFFSET $2`,
    [page.limit, page.offset],
  );
  return rows.map(toStreamRecord);
}

export async function getStream(db: Queryable, streamId: string): Promise<StreamRecord | undefined> {
  const { rows } = await db.query<StreamColumns>(`SELECT ${STREAM_COLUMNS} FROM streams WHERE stream_id = $1`, [
    streamId,
  ]);
  return rows.map(toStreamRecord)[0];
}

export async function readMetrics(db: Queryable, streamId: string, range: RangeQuery): Promise<Page<MetricRow>> {
  const filter = new Filter();
  filter.add("stream_id = ?", streamId);
  filter.addRange("window_end", range);
  if (range.cursor !== undefined) {
    const [endMs, startMs] = decodeCursor<number>("metrics", range.cursor, "number");
    filter.add("(window_end, window_start) < (?, ?)", formatInstant(endMs), formatInstant(startMs));
  }
  const sql = `SELECT * FROM chat_summary_minute WHERE ${filter.sql} ORDER BY window_end DESC, window_start DESC LIMIT ?`;
  const { rows } = await db.query<MetricColumns>(...filter.complete(sql, range.limit + 1));
  return toPage(rows, range.limit, toMetricRow, (row) =>
    encodeCursor("metrics", [row.window_end.getTime(), row.window_start.getTime()]),
  );
}

export async function readMoments(
  db: Queryable,
  streamId: string,
  range: RangeQuery & { momentType?: MomentType },
): Promise<Page<Moment>> {
  const filter = new Filter();
  filter.add("stream_id = ?", streamId);
  filter.addRange("timestamp", range);
  if (range.momentType !== undefined) filter.add("moment_type = ?", range.momentType);
  if (range.cursor !== undefined) {
    const [atMs, momentId] = decodeCursor<string>("moments", range.cursor, "string");
    filter.add("(timestamp, moment_id) < (?, ?)", formatInstant(atMs), momentId);
  }
  const sql = `SELECT * FROM moments WHERE ${filter.sql} ORDER BY timestamp DESC, moment_id DESC LIMIT ?`;
  const { rows } = await db.query<MomentColumns>(...filter.complete(sql, range.limit + 1));
  return toPage(rows, range.limit, toMoment, (row) =>
    encodeCursor("moments", [row.timestamp.getTime(), row.moment_id]),
  );
}

/**
 * Windows that overlap hold a message several times. These do not: the one that ends first, then always the one that
 * ends first among those that begin where the one before has ended or later. When the hop divides the size they leave
 * no gap inside a life.
 */
const TILES = `
  WITH RECURSIVE tiles AS (
    (SELECT window_start, window_end, chat_count, avg_sentiment FROM chat_summary_minute
     WHERE stream_id = $1 ORDER BY window_end, window_start LIMIT 1)
    UNION ALL
    SELECT next.* FROM tiles CROSS JOIN LATERAL (
      SELECT window_start, window_end, chat_count, avg_sentiment FROM chat_summary_minute
      WHERE stream_id = $1 AND window_end > tiles.window_end AND window_start >= tiles.window_end
      ORDER BY window_end, window_start LIMIT 1) next
  )
  SELECT
    coalesce(sum(chat_count), 0)::float8 AS messages,
    (extract(epoch FROM sum(window_end - window_start)))::float8 AS covered_seconds,
    (sum(avg_sentiment * chat_count) / nullif(sum(chat_count) FILTER (WHERE avg_sentiment IS NOT NULL), 0))::float8 AS sentiment
  FROM tiles`;

export async function readStats(db: Queryable, streamId: string): Promise<StreamStats | undefined> {
  if ((await getStream(db, streamId)) === undefined) return undefined;
  const all = async <T extends pg.QueryResultRow>(sql: string): Promise<readonly T[]> =>
    (await db.query<T>(sql, [streamId])).rows;
  const [windows] = await all<{ first: Date | null; last: Date | null; peak_rate: number | null }>(
    `SELECT min(window_start) AS first, max(window_end) AS last, max(chat_rate) AS peak_rate
     FROM chat_summary_minute WHERE stream_id = $1`,
  );
  const [tiles] = await all<{ messages: number; covered_seconds: number | null; sentiment: number | null }>(TILES);
  const [viewers] = await all<{ events: number; peak: number | null; mean: number | null }>(
    `SELECT count(*)::float8 AS events, max(viewer_count) AS peak, avg(viewer_count)::float8 AS mean
     FROM viewer_timeseries WHERE stream_id = $1`,
  );
  const moments = await all<{ moment_type: string; count: number }>(
    "SELECT moment_type, count(*)::float8 AS count FROM moments WHERE stream_id = $1 GROUP BY moment_type ORDER BY 1",
  );
  const revenue = await all<{ currency: string; amount: number; count: number }>(
    `SELECT currency, sum(amount)::float8 AS amount, count(*)::float8 AS count
     FROM transactions WHERE stream_id = $1 GROUP BY currency ORDER BY currency`,
  );
  const { messages, covered_seconds, sentiment } = tiles!;
  return {
    stream_id: streamId,
    first_window_start: instantOrNull(windows!.first),
    last_window_end: instantOrNull(windows!.last),
    messages,
    peak_chat_rate: windows!.peak_rate,
    avg_chat_rate: covered_seconds === null ? null : messages / covered_seconds,
    avg_sentiment: sentiment,
    peak_viewers: viewers!.peak,
    avg_viewers: viewers!.mean,
    moments: Object.fromEntries(moments.map(({ moment_type, count }) => [moment_type, count])),
    revenue: revenue.map(({ currency, amount }) => ({ currency, amount })),
    events: {
      chat: messages,
      viewer: viewers!.events,
      transaction: revenue.reduce((sum, { count }) => sum + count, 0),
    },
  };
}

type Parameter = string | number;

/** Conditions with `?` in place of a value, which become $1, $2 … at the end. */
class Filter {
  readonly #conditions: string[] = [];
  readonly #parameters: Parameter[] = [];

  get sql(): string {
    return this.#conditions.join(" AND ");
  }

  add(condition: string, ...parameters: Parameter[]): void {
    this.#conditions.push(condition);
    this.#parameters.push(...parameters);
  }

  addRange(column: string, { startMs, endMs }: RangeQuery): void {
    if (startMs !== undefined) this.add(`${column} >= ?`, formatInstant(startMs));
    if (endMs !== undefined) this.add(`${column} < ?`, formatInstant(endMs));
  }

  complete(sql: string, ...more: Parameter[]): [sql: string, parameters: Parameter[]] {
    let number = 0;
    return [sql.replaceAll("?", () => `$${++number}`), [...this.#parameters, ...more]];
  }
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
  readonly started_at: Date | null;
  readonly is_live: boolean;
  readonly viewer_count: number | null;
  readonly created_at: Date;
  readonly updated_at: Date;
}

function toStreamRecord(row: StreamColumns): StreamRecord {
  return {
    ...row,
    started_at: instantOrNull(row.started_at),
    created_at: row.created_at.toISOString(),
    updated_at: row.updated_at.toISOString(),
  };
}

type MetricColumns = Omit<MetricRow, "window_start" | "window_end" | "timestamp" | "sentiment_score" | "is_final"> & {
  readonly window_start: Date;
  readonly window_end: Date;
  readonly avg_sentiment: number | null;
};

function toMetricRow(row: MetricColumns): MetricRow {
  return {
    stream_id: row.stream_id,
    window_start: row.window_start.toISOString(),
    window_end: row.window_end.toISOString(),
    timestamp: row.window_end.toISOString(),
    chat_count: row.chat_count,
    chat_rate: row.chat_rate,
    unique_chatters: row.unique_chatters,
    unique_chatters_exact: row.unique_chatters_exact,
    top_emotes: row.top_emotes,
    sentiment_score: row.avg_sentiment,
    positive_count: row.positive_count,
    negative_count: row.negative_count,
    viewer_count: row.viewer_count,
    avg_viewers: row.avg_viewers,
    revenue: row.revenue,
    z_score: row.z_score,
    is_anomaly: row.is_anomaly,
    revision: row.revision,
    is_final: true,
  };
}

type MomentColumns = Omit<Moment, "timestamp" | "detected_at" | "peaked_at" | "ended_at"> & {
  readonly timestamp: Date;
  readonly detected_at: Date;
  readonly peaked_at: Date;
  readonly ended_at: Date | null;
};

function toMoment(row: MomentColumns): Moment {
  return {
    moment_id: row.moment_id,
    stream_id: row.stream_id,
    timestamp: row.timestamp.toISOString(),
    detected_at: row.detected_at.toISOString(),
    peaked_at: row.peaked_at.toISOString(),
    ended_at: instantOrNull(row.ended_at),
    moment_type: row.moment_type,
    description: row.description,
    metric_name: row.metric_name,
    metric_value: row.metric_value,
    threshold: row.threshold,
    z_score: row.z_score,
    severity: row.severity,
    metadata: row.metadata,
  };
}

function instantOrNull(instant: Date | null): string | null {
  return instant === null ? null : instant.toISOString();
}
