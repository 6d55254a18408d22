import type { EmoteCount, MetricRow, Revenue } from "../records/metric-row.js";
import { formatInstant } from "../time/instant.js";
import type { Window } from "../windowing/window.js";
import type { Baseline } from "./count-history.js";
import { MONEY_SCALE, SCORE_SCALE, type StreamSlice } from "./stream-slice.js";

export const TOP_EMOTES = 10;

/** The row of one window from its merged slices. */
export function metricRowOf(
  streamId: string,
  window: Window,
  slice: StreamSlice,
  judgement: { baseline: Baseline | undefined; anomalyThreshold: number; revision: number; isFinal: boolean },
): MetricRow {
  const { baseline } = judgement;
  const zScore = baseline === undefined ? null : (slice.chatCount - baseline.mean) / baseline.deviation;
  const endedAt = formatInstant(window.endMs);
  return {
    stream_id: streamId,
    window_start: formatInstant(window.startMs),
    window_end: endedAt,
    timestamp: endedAt,
    chat_count: slice.chatCount,
    chat_rate: slice.chatCount / ((window.endMs - window.startMs) / 1000),
    unique_chatters: slice.chatters.count(),
    unique_chatters_exact: slice.chatters.isExact,
    top_emotes: topEmotes(slice),
    sentiment_score: meanSentiment(slice),
    positive_count: slice.positiveCount,
    negative_count: slice.negativeCount,
    viewer_count: slice.viewerEvents === 0 ? null : slice.viewerNewest,
    avg_viewers: slice.viewerEvents === 0 ? null : slice.viewerSum / slice.viewerEvents,
    revenue: revenueOf(slice),
    z_score: zScore,
    is_anomaly: zScore !== null && Math.abs(zScore) > judgement.anomalyThreshold,
    revision: judgement.revision,
    is_final: judgement.isFinal,
  };
}

/** Mean compound score, −1 to 1; null when no message was scored. */
export function meanSentiment(slice: StreamSlice): number | null {
  return slice.scoredCount === 0 ? null : slice.scoreSum / slice.scoredCount / SCORE_SCALE;
}

/** The ten most used emotes: count descending, then name by UTF-16 code unit (rule F5). */
export function topEmotes(slice: StreamSlice): EmoteCount[] {
  return [...slice.emotes]
    .sort(([nameA, a], [nameB, b]) => b.count - a.count || (nameA < nameB ? -1 : 1))
    .slice(0, TOP_EMOTES)
    .map(([name, { count, url }]) => (url === undefined ? { name, count } : { name, count, url }));
}

function revenueOf(slice: StreamSlice): Revenue[] {
  return [...slice.revenue]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([currency, amount]) => ({ currency, amount: amount / MONEY_SCALE }));
}
