import {
  formatInstant,
  type ChatEvent,
  type MetricRow,
  type Moment,
  type StreamMetaEvent,
  type TransactionEvent,
  type ViewerEvent,
} from "@telemetra/core";
import type { AppendRecord } from "../../src/ports/event-log.js";
import type { CommitBatch } from "../../src/ports/result-store.js";

/** Builders of valid records; whatever a test does not care about has some value. */

export function makeAppend(eventId: string, fields: Partial<AppendRecord> = {}): AppendRecord {
  return { type: "chat", streamId: "alpha", eventId, value: JSON.stringify({ event_id: eventId }), ...fields };
}

export function makeChat(fields: Partial<ChatEvent> = {}): ChatEvent {
  return {
    type: "chat",
    event_id: "chat-1",
    timestamp: 0,
    stream_id: "alpha",
    user_id: "user-1",
    username: "user_one",
    message: "hello",
    emotes: [],
    ...fields,
  };
}

export function makeViewers(fields: Partial<ViewerEvent> = {}): ViewerEvent {
  return { type: "viewer", event_id: "viewer-1", timestamp: 0, stream_id: "alpha", viewer_count: 10, ...fields };
}

export function makeTransaction(fields: Partial<TransactionEvent> = {}): TransactionEvent {
  return {
    type: "transaction",
    event_id: "transaction-1",
    timestamp: 0,
    stream_id: "alpha",
    user_id: "user-1",
    username: "user_one",
    transaction_type: "donation",
    amount: 5,
    currency: "EUR",
    ...fields,
  };
}

export function makeMeta(fields: Partial<StreamMetaEvent> = {}): StreamMetaEvent {
  return {
    type: "stream_meta",
    event_id: "meta-1",
    timestamp: 0,
    stream_id: "alpha",
    event_type: "stream_start",
    ...fields,
  };
}

type RowFields = Partial<Omit<MetricRow, "window_start" | "window_end" | "timestamp">> & {
  readonly startMs?: number;
  readonly sizeMs?: number;
};

export function makeRow({ startMs = 0, sizeMs = 60_000, ...fields }: RowFields = {}): MetricRow {
  const chatCount = fields.chat_count ?? 6;
  return {
    stream_id: "alpha",
    window_start: formatInstant(startMs),
    window_end: formatInstant(startMs + sizeMs),
    timestamp: formatInstant(startMs + sizeMs),
    chat_count: chatCount,
    chat_rate: chatCount / (sizeMs / 1_000),
    unique_chatters: Math.min(chatCount, 3),
    unique_chatters_exact: true,
    top_emotes: [],
    sentiment_score: chatCount === 0 ? null : 0.25,
    positive_count: 0,
    negative_count: 0,
    viewer_count: null,
    avg_viewers: null,
    revenue: [],
    z_score: null,
    is_anomaly: false,
    revision: 0,
    is_final: true,
    ...fields,
  };
}

type MomentFields = Partial<Omit<Moment, "moment_id" | "timestamp">> & {
  readonly number?: number;
  readonly atMs?: number;
};

/** `number` makes the id. */
export function makeMoment({ number = 1, atMs = 0, ...fields }: MomentFields = {}): Moment {
  return {
    moment_id: `00000000-0000-4000-8000-${String(number).padStart(12, "0")}`,
    stream_id: "alpha",
    timestamp: formatInstant(atMs),
    detected_at: formatInstant(atMs + 5_000),
    peaked_at: formatInstant(atMs + 7_000),
    ended_at: null,
    moment_type: "chat_spike",
    description: "Chat is three times as fast as usual",
    metric_name: "chat_rate",
    metric_value: 3.5,
    threshold: 2,
    z_score: 4.2,
    severity: 0.6,
    metadata: { baseline: 1.1, top_terms: ["clip it"] },
    ...fields,
  };
}

export function makeBatch(fields: Partial<CommitBatch> = {}): CommitBatch {
  return { positions: [], events: [], rows: [], moments: [], states: [], deadLetters: [], ...fields };
}
