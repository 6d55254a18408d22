import {
  EVENT_ERROR_CODES,
  EVENT_TYPES,
  eventSchemas,
  metricRowSchema,
  momentSchema,
  streamIdSchema,
  type JsonSchema,
} from "@telemetra/core";
import type { ComponentName } from "./route.js";

const instant: JsonSchema = { type: "string", format: "date-time" };
const count: JsonSchema = { type: "integer", minimum: 0 };
const orNull = (schema: JsonSchema): JsonSchema => ({ anyOf: [schema, { type: "null" }] });

function object(properties: Readonly<Record<string, JsonSchema>>, more: JsonSchema = {}): JsonSchema {
  return { type: "object", properties, required: Object.keys(properties), ...more };
}

const stream = object(
  {
    stream_id: streamIdSchema,
    streamer_name: orNull({ type: "string" }),
    title: orNull({ type: "string" }),
    game_category: orNull({ type: "string" }),
    started_at: orNull(instant),
    is_live: { type: "boolean" },
    viewer_count: orNull(count),
    created_at: instant,
    updated_at: instant,
  },
  { title: "Stream", description: "What is known of a stream; unknown is null." },
);

const stats = object(
  {
    stream_id: streamIdSchema,
    first_window_start: orNull(instant),
    last_window_end: orNull(instant),
    messages: { ...count, description: "Each message once, however many windows saw it." },
    peak_chat_rate: orNull({ type: "number", minimum: 0 }),
    avg_chat_rate: orNull({ type: "number", minimum: 0 }),
    avg_sentiment: orNull({ type: "number", minimum: -1, maximum: 1 }),
    peak_viewers: orNull(count),
    avg_viewers: orNull({ type: "number", minimum: 0 }),
    moments: { type: "object", additionalProperties: count, description: "Number of moments by moment_type." },
    revenue: {
      type: "array",
      items: object({ currency: { type: "string" }, amount: { type: "number", minimum: 0 } }),
    },
    events: { type: "object", additionalProperties: count, description: "Number of events by type." },
  },
  { title: "Totals", description: "Totals over everything that is kept of a stream." },
);

const part: JsonSchema = { type: "string", enum: ["ok", "unavailable"] };

const errorProperties: Readonly<Record<string, JsonSchema>> = {
  error: { type: "string", description: "Name of the status." },
  detail: { type: "string", description: "One sentence for people." },
  code: { type: "string", pattern: "^[a-z][a-z0-9_]*$", description: "For programs." },
  timestamp: instant,
  request_id: { type: "string" },
};

const reportProperties: Readonly<Record<string, JsonSchema>> = {
  accepted: { ...count, description: "Events that are in the log now." },
  duplicates: { ...count, description: "Events whose event_id had been taken before; nothing to do." },
  rejected: {
    type: "array",
    items: object({
      index: { ...count, description: "From 0; in NDJSON over the lines that are not empty." },
      code: { type: "string", enum: EVENT_ERROR_CODES },
      detail: { type: "string" },
    }),
  },
};

/** The named schemas of the OpenAPI document. Events come from the very schemas that check them. */
export const components = {
  Stream: stream,
  MetricRow: metricRowSchema,
  Moment: momentSchema,
  StreamStats: stats,
  ChatEvent: eventSchemas.chat,
  ViewerEvent: eventSchemas.viewer,
  TransactionEvent: eventSchemas.transaction,
  StreamMetaEvent: eventSchemas.stream_meta,
  IngestReport: object(reportProperties, {
    title: "Verdicts",
    description: "accepted + duplicates + rejected = posted.",
  }),
  IngestRefusal: object(
    { ...errorProperties, ...reportProperties },
    { title: "Everything refused", description: "The error body with the verdicts in it." },
  ),
  Error: object(errorProperties, { title: "Error" }),
  Info: object(
    {
      name: { type: "string" },
      version: { type: "string" },
      status: { type: "string", const: "running" },
      links: { type: "object", additionalProperties: { type: "string" } },
    },
    { title: "About this server" },
  ),
  Status: object({ status: { type: "string" } }, { title: "Status" }),
  HealthReport: object(
    {
      status: { type: "string", enum: ["ok", "degraded", "error"] },
      timestamp: instant,
      database: { ...part, description: "Where results are kept." },
      redis: { ...part, description: "Cache and fan-out." },
      kafka: { ...part, description: "The event log and its reader." },
      reasons: {
        type: "array",
        items: { type: "string" },
        description: "What is not as it should be, a sentence each; empty when all is well.",
      },
      lag: {
        type: "array",
        description: "How far results are behind the log, by partition of this process.",
        items: object({
          topic: { type: "string", enum: [...EVENT_TYPES] },
          partition: count,
          records: { ...count, description: "Records whose results are not written yet." },
          seconds: {
            ...orNull({ type: "number", minimum: 0 }),
            description: "From the newest event that is written to now; 0 when nothing waits, null when none is known.",
          },
        }),
      },
    },
    { title: "Health", description: "Parts are named by their full-mode adapters, whatever runs behind them." },
  ),
  LiveHealth: object(
    {
      status: { type: "string", enum: ["ok", "draining"] },
      active_streams: count,
      total_connections: count,
      streams: { type: "object", additionalProperties: count, description: "Number of sockets by stream." },
    },
    { title: "Live sockets" },
  ),
} as const satisfies Record<string, JsonSchema>;

export function component(name: keyof typeof components): ComponentName {
  return `#/components/schemas/${name}`;
}
