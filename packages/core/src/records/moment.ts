import { nullable, number, object, oneOfStrings, record, string, type Infer, type Schema } from "../schema/schema.js";

const instant = string({ format: "date-time" });
const anything: Schema<unknown> = {};

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

export type Moment = Infer<typeof momentSchema>;

export const MOMENT_PHASES = ["opened", "updated", "closed"] as const;
export type MomentPhase = (typeof MOMENT_PHASES)[number];
