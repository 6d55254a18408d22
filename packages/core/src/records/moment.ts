import { nullable, number, object, oneOfStrings, record, string, type Infer, type Schema } from "../schema/schema.js";

const instant = string({ format: "date-time" });
const anything: Schema<unknown> = {};

/** Every kind of moment. */
export const MOMENT_TYPES = [
  "chat_spike",
  "chat_drop",
  "viewer_spike",
  "viewer_drop",
  "sentiment_shift",
  "emote_burst",
  "revenue_spike",
  "raid",
] as const;

/** One of `MOMENT_TYPES`. */
export type MomentType = (typeof MOMENT_TYPES)[number];

/** One episode: something that began, peaked and ended, and why we think so. */
export const momentSchema = object(
  {
    moment_id: string({ format: "uuid", description: "Deterministic from stream, type and onset." }),
    stream_id: string(),
    timestamp: string({ format: "date-time", description: "Onset: when it began." }),
    detected_at: string({ format: "date-time", description: "Event time at which it was recognised." }),
    peaked_at: instant,
    ended_at: nullable(string({ format: "date-time", description: "Null while it goes on." })),
    moment_type: oneOfStrings(MOMENT_TYPES),
    description: string({ description: "One sentence for people." }),
    metric_name: string(),
    metric_value: number({ description: "The metric at the peak." }),
    threshold: number({ description: "The value of the metric above which it counts as a moment." }),
    z_score: nullable(number()),
    severity: number({ minimum: 0, maximum: 1 }),
    metadata: record(anything, {
      description: "baseline, window_ms, chatters, top_emotes, top_terms, sample_messages, repeated_ratio and more.",
    }),
  },
  {},
  { $id: "moment", title: "Moment" },
);

/** One episode with its onset, peak, end and reasons; instants are ISO 8601 in UTC. See `momentSchema`. */
export type Moment = Infer<typeof momentSchema>;

/** How far a moment is, each time it is told. */
export const MOMENT_PHASES = ["opened", "updated", "closed"] as const;
/** `opened` once, `updated` while it grows, `closed` once: the same `moment_id` each time. */
export type MomentPhase = (typeof MOMENT_PHASES)[number];
