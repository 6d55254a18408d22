/** Columns of an hour and of a day beside their key. `docs/reference/schema.md` says what each one is. */
export const ROLLUP_MEASURES = [
  "messages",
  "scored_messages",
  "avg_sentiment",
  "positive_count",
  "negative_count",
  "peak_chat_rate",
  "covered_seconds",
  "peak_viewers",
  "avg_viewers",
  "viewer_samples",
  "transactions",
  "revenue",
  "moments",
  "refreshed_at",
] as const;
