import { array, boolean, integer, nullable, number, object, string, type Infer } from "../schema/schema.js";

const instant = string({ format: "date-time" });

export const emoteCountSchema = object(
  { name: string(), count: integer({ minimum: 1 }) },
  { url: string({ description: "Picture of the emote, when an event brought one." }) },
);

export const revenueSchema = object({ currency: string(), amount: number({ minimum: 0 }) });

/** One window of one stream: the row of `chat_summary_minute`, of REST `/metrics` and of the engine's `"window"`. */
export const metricRowSchema = object(
  {
    stream_id: string(),
    window_start: instant,
    window_end: instant,
    timestamp: string({ format: "date-time", description: "Equal to window_end." }),
    chat_count: integer({ minimum: 0 }),
    chat_rate: number({ minimum: 0, description: "Messages per second: chat_count / window seconds." }),
    unique_chatters: integer({ minimum: 0 }),
    unique_chatters_exact: boolean({ description: "False when the number is an estimate (0.81 % standard error)." }),
    top_emotes: array(emoteCountSchema, { description: "At most 10; count descending, then name." }),
    sentiment_score: nullable(
      number({ minimum: -1, maximum: 1, description: "Mean compound score; null without a message." }),
    ),
    positive_count: integer({ minimum: 0 }),
    negative_count: integer({ minimum: 0 }),
    viewer_count: nullable(integer({ minimum: 0, description: "Newest in the window; null when unknown." })),
    avg_viewers: nullable(
      number({ minimum: 0, description: "Mean of the window's viewer events; null when unknown." }),
    ),
    revenue: array(revenueSchema, { description: "One entry per currency seen, by currency." }),
    z_score: nullable(
      number({
        description: "Of chat_count against windows that do not overlap this one; null before enough of them.",
      }),
    ),
    is_anomaly: boolean(),
    revision: integer({ minimum: 0, description: "0 first, then +1 for every correction by a late event." }),
    is_final: boolean({ description: "False for a provisional row of a window that is still open." }),
  },
  {},
  { $id: "metric-row", title: "Metrics of one window" },
);

/**
 * The numbers of one window of one stream; instants are ISO 8601 in UTC, unknown numbers null. See
 * `metricRowSchema`.
 */
export type MetricRow = Infer<typeof metricRowSchema>;
/** An emote, how often it was used (at least once), and its picture when an event brought one. */
export type EmoteCount = Infer<typeof emoteCountSchema>;
/** Money of one currency, in whole units of it, exact at four decimals. */
export type Revenue = Infer<typeof revenueSchema>;
