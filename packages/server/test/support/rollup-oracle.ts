import type { MetricRow, Moment, StreamEvent } from "@telemetra/core";

const HOUR_MS = 3_600_000;

/** What was committed, each event, window and moment once, as it stands in the end. */
export interface RollupSources {
  readonly events: readonly StreamEvent[];
  readonly rows: readonly MetricRow[];
  readonly moments: readonly Moment[];
}

export interface RollupRow {
  readonly stream_id: string;
  readonly start: number;
  readonly messages: number;
  readonly scored_messages: number;
  readonly avg_sentiment: number | null;
  readonly positive_count: number;
  readonly negative_count: number;
  readonly peak_chat_rate: number | null;
  readonly covered_seconds: number;
  readonly peak_viewers: number | null;
  readonly avg_viewers: number | null;
  readonly viewer_samples: number;
  readonly transactions: number;
  readonly revenue: readonly { readonly currency: string; readonly amount: number }[];
  readonly moments: Readonly<Record<string, number>>;
}

/** Roll-ups counted one item after another, for periods of this length, ordered by stream and time. */
function countRollups(sources: RollupSources, periodMs: number): readonly RollupRow[] {
  const periods = new Map<string, { streamId: string; start: number; own: Sources }>();
  const at = (streamId: string, atMs: number): Sources => {
    const start = Math.floor(atMs / periodMs) * periodMs;
    const key = `${streamId}/${start}`;
    let period = periods.get(key);
    if (period === undefined) {
      periods.set(key, (period = { streamId, start, own: { events: [], rows: [], moments: [] } }));
    }
    return period.own;
  };
  for (const event of sources.events) {
    if (event.type !== "stream_meta") at(event.stream_id, event.timestamp).events.push(event);
  }
  for (const row of sources.rows) at(row.stream_id, Date.parse(row.window_end) - 1).rows.push(row);
  for (const moment of sources.moments) at(moment.stream_id, Date.parse(moment.timestamp)).moments.push(moment);
  return [...periods.values()]
    .map(({ streamId, start, own }) => toRow(streamId, start, own))
    .toSorted((a, b) => (a.stream_id < b.stream_id ? -1 : a.stream_id > b.stream_id ? 1 : a.start - b.start));
}

export const countHourly = (sources: RollupSources): readonly RollupRow[] => countRollups(sources, HOUR_MS);
export const countDaily = (sources: RollupSources): readonly RollupRow[] => countRollups(sources, 24 * HOUR_MS);

interface Sources {
  readonly events: StreamEvent[];
  readonly rows: MetricRow[];
  readonly moments: Moment[];
}

function toRow(stream_id: string, start: number, { events, rows, moments }: Sources): RollupRow {
  const tiles = rows.filter((row) => Date.parse(row.window_start) % sizeOf(row) === 0);
  const scored = tiles.filter((row) => row.sentiment_score !== null);
  const scored_messages = sum(scored.map((row) => row.chat_count));
  const viewers = events.flatMap((event) => (event.type === "viewer" ? [event.viewer_count] : []));
  const payments = events.filter((event) => event.type === "transaction");
  const currencies = [...new Set(payments.map((payment) => payment.currency))].toSorted();
  const types = [...new Set(moments.map((moment) => moment.moment_type))].toSorted();
  return {
    stream_id,
    start,
    messages: events.filter((event) => event.type === "chat").length,
    scored_messages,
    avg_sentiment:
      scored_messages === 0 ? null : sum(scored.map((row) => row.sentiment_score! * row.chat_count)) / scored_messages,
    positive_count: sum(tiles.map((row) => row.positive_count)),
    negative_count: sum(tiles.map((row) => row.negative_count)),
    peak_chat_rate: rows.length === 0 ? null : Math.max(...rows.map((row) => row.chat_rate)),
    covered_seconds: sum(tiles.map((row) => sizeOf(row) / 1_000)),
    peak_viewers: viewers.length === 0 ? null : Math.max(...viewers),
    avg_viewers: viewers.length === 0 ? null : sum(viewers) / viewers.length,
    viewer_samples: viewers.length,
    transactions: payments.length,
    revenue: currencies.map((currency) => ({
      currency,
      amount:
        sum(payments.filter((one) => one.currency === currency).map((one) => Math.round(one.amount * 10_000))) / 10_000,
    })),
    moments: Object.fromEntries(
      types.map((type) => [type, moments.filter((moment) => moment.moment_type === type).length]),
    ),
  };
}

function sizeOf(row: MetricRow): number {
  return Date.parse(row.window_end) - Date.parse(row.window_start);
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
