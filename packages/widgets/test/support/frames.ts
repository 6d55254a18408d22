import type { MetricsMessage, Moment } from "@telemetra/core";

/** 2026-01-01, noon: the clock of the frames below. */
export const NOON_MS = Date.UTC(2026, 0, 1, 12);

/** A frame of an ordinary chat; name what a test is about. */
export function someMetrics(values: Partial<MetricsMessage> = {}): MetricsMessage {
  return {
    type: "metrics",
    stream_id: "s",
    epoch: "1",
    offset: 1,
    timestamp: new Date(NOON_MS).toISOString(),
    viewer_count: 1_234,
    chat_rate: 4.2,
    unique_chatters: 96,
    top_emotes: [],
    sentiment_score: 0.2,
    chat_rate_baseline: 2.1,
    chat_rate_threshold: 6.5,
    recent_moments: [],
    ...values,
  };
}

/** Nothing known: the stream has not begun. */
export const UNKNOWN_METRICS: MetricsMessage = someMetrics({
  viewer_count: null,
  chat_rate: null,
  unique_chatters: null,
  sentiment_score: null,
  chat_rate_baseline: null,
  chat_rate_threshold: null,
});

export function someMoment(values: Partial<Moment> = {}): Moment {
  const timestamp = new Date(NOON_MS - 90_000).toISOString();
  return {
    moment_id: "00000000-0000-4000-8000-000000000001",
    stream_id: "s",
    timestamp,
    detected_at: timestamp,
    peaked_at: timestamp,
    ended_at: new Date(NOON_MS - 60_000).toISOString(),
    moment_type: "chat_spike",
    description: "Chat is three times as fast as usual.",
    metric_name: "chat_rate",
    metric_value: 9,
    threshold: 6,
    z_score: 4,
    severity: 0.6,
    metadata: {},
    ...values,
  };
}
