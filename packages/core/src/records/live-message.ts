import {
  anyOf,
  array,
  boolean,
  integer,
  literal,
  nullable,
  number,
  object,
  oneOfStrings,
  string,
  type Infer,
} from "../schema/schema.js";
import { emoteCountSchema } from "./metric-row.js";
import { MOMENT_PHASES, momentSchema } from "./moment.js";

const instant = string({ format: "date-time" });
/** Place of a frame in a stream's history: resume with `?since=<epoch>:<offset>`. */
const place = {
  stream_id: string(),
  epoch: string({ description: "Changes when the history was lost; offsets of another epoch mean nothing." }),
  offset: integer({ minimum: 0 }),
};

export const connectedMessageSchema = object(
  {
    type: literal("connected"),
    ...place,
    message: string(),
    timestamp: instant,
    interval_ms: integer({ minimum: 1 }),
  },
  {
    recovered: boolean({
      description: "With `?since`: true when every missed frame follows, false when a full snapshot follows instead.",
    }),
  },
);

/** The trailing 60 s as of now by the stream's own clock; state: the newest wins. */
export const metricsMessageSchema = object(
  {
    type: literal("metrics"),
    ...place,
    timestamp: string({
      format: "date-time",
      description: "The stream's clock: newest event time plus the time since it arrived.",
    }),
    viewer_count: nullable(integer({ minimum: 0 })),
    chat_rate: nullable(number({ minimum: 0, description: "Messages per second over the trailing 60 s." })),
    unique_chatters: nullable(integer({ minimum: 0 })),
    top_emotes: array(emoteCountSchema),
    sentiment_score: nullable(number({ minimum: -1, maximum: 1 })),
    chat_rate_baseline: nullable(
      number({ minimum: 0, description: "Usual messages per second; null before enough samples." }),
    ),
    chat_rate_threshold: nullable(number({ minimum: 0 })),
    recent_moments: array(momentSchema, { maxItems: 5, description: "Newest first." }),
  },
  { stale: boolean({ description: "True when the numbers could not be refreshed." }) },
);

/** An event lane: never lost inside the history window. */
export const momentMessageSchema = object({
  type: literal("moment"),
  ...place,
  phase: oneOfStrings(MOMENT_PHASES),
  moment: momentSchema,
});

export const pongMessageSchema = object({ type: literal("pong"), timestamp: instant });
export const errorMessageSchema = object({ type: literal("error"), code: string(), message: string() });
export const reconnectMessageSchema = object({ type: literal("reconnect"), retry_after_ms: integer({ minimum: 0 }) });

/** Everything that a server sends on `/ws/live/{stream_id}`. */
export const liveMessageSchema = anyOf(
  [
    connectedMessageSchema,
    metricsMessageSchema,
    momentMessageSchema,
    pongMessageSchema,
    errorMessageSchema,
    reconnectMessageSchema,
  ],
  { $id: "live-message", title: "Message of a live socket" },
);

/** The first message of a socket: where in the history it is, and how often metrics come. */
export type ConnectedMessage = Infer<typeof connectedMessageSchema>;
/** The trailing 60 s of a stream; unknown numbers are null, never 0. The newest replaces all before. */
export type MetricsMessage = Infer<typeof metricsMessageSchema>;
/** A moment that opened, grew or closed; none is lost inside the history. */
export type MomentMessage = Infer<typeof momentMessageSchema>;
/** Everything that a server sends on a live socket, told apart by `type`. */
export type LiveMessage = Infer<typeof liveMessageSchema>;

/** Close codes of a live socket carry the verdict: 40xx do not retry, 41xx retry with back-off, 42xx retry now. */
export const CLOSE_CODES = {
  invalid_request: 4000,
  limit_reached: 4100,
  too_slow: 4108,
  restarting: 4200,
} as const;

/** The numbers of a metrics message before it has a place: what the engine knows of a stream right now. */
export type LiveSnapshot = Omit<MetricsMessage, "type" | "epoch" | "offset" | "recent_moments" | "stale">;
