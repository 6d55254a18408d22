import type { MetricRow } from "../records/metric-row.js";
import type { StreamTotals } from "../counting/stream-totals.js";
import { formatInstant } from "../time/instant.js";
import type { Window } from "../windowing/window.js";
import type { Baseline } from "./count-history.js";

/** Emotes named in a row (rule F5). */
export const TOP_EMOTES = 10;

/** The row of one window. */
export function metricRowOf(
  streamId: string,
  window: Window,
  totals: StreamTotals,
  judgement: { baseline: Baseline | undefined; anomalyThreshold: number; revision: number; isFinal: boolean },
): MetricRow {
  const { baseline } = judgement;
  const zScore = baseline === undefined ? null : (totals.chatCount - baseline.mean) / baseline.deviation;
  const endedAt = formatInstant(window.endMs);
  return {
    stream_id: streamId,
    window_start: formatInstant(window.startMs),
    window_end: endedAt,
    timestamp: endedAt,
    chat_count: totals.chatCount,
    chat_rate: totals.chatCount / ((window.endMs - window.startMs) / 1000),
    unique_chatters: totals.chatterCount,
    unique_chatters_exact: totals.isChatterCountExact,
    top_emotes: totals.topEmotes(TOP_EMOTES),
    sentiment_score: totals.meanSentiment,
    positive_count: totals.positiveCount,
    negative_count: totals.negativeCount,
    viewer_count: totals.viewers?.newest ?? null,
    avg_viewers: totals.viewers === undefined ? null : totals.viewers.sum / totals.viewers.events,
    revenue: totals.revenue(),
    z_score: zScore,
    is_anomaly: zScore !== null && Math.abs(zScore) > judgement.anomalyThreshold,
    revision: judgement.revision,
    is_final: judgement.isFinal,
  };
}
