import type { LiveSnapshot } from "@telemetra/core";

export function makeSnapshot(fields: Partial<LiveSnapshot> = {}): LiveSnapshot {
  return {
    stream_id: "alpha",
    timestamp: "2026-01-01T00:00:00.000Z",
    viewer_count: 12,
    chat_rate: 1.5,
    unique_chatters: 7,
    top_emotes: [{ name: "Kappa", count: 3 }],
    sentiment_score: 0.2,
    chat_rate_baseline: 1,
    chat_rate_threshold: 3,
    ...fields,
  };
}
