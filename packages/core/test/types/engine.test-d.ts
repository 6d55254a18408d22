import { expectTypeOf } from "vitest";
import {
  createEngine,
  type Engine,
  type EngineSnapshot,
  type EventErrorCode,
  type EventInput,
  type LiveSnapshot,
  type MetricRow,
  type Moment,
  type MomentPhase,
  type MomentType,
  type PushResult,
  type StreamEvent,
} from "@telemetra/core";
import { createEngine as createBareEngine, type Engine as BareEngine } from "@telemetra/core/engine";
import { findMoments } from "@telemetra/core/moments";

// Options: all optional, known by name, of one type each.
const engine = createEngine();
expectTypeOf(engine).toEqualTypeOf<Engine>();
expectTypeOf(createBareEngine({ scorer: false })).toEqualTypeOf<BareEngine>();
expectTypeOf<BareEngine>().toEqualTypeOf<Engine>();
createEngine({ windowMs: 30_000, hopMs: 5_000, earlyResults: true, inputs: ["chat", "viewer"], scorer: false });
createBareEngine({ moments: findMoments });
createEngine({ moments: false });
// @ts-expect-error: moments are found by a function, or not at all
createEngine({ moments: true });
// @ts-expect-error: no such option
createEngine({ windowSeconds: 30 });
// @ts-expect-error: a number of milliseconds, no text
createEngine({ windowMs: "30s" });
// @ts-expect-error: no such kind of events
createEngine({ inputs: ["chats"] });
// @ts-expect-error: an option that is not given is left out, not undefined
createEngine({ windowMs: undefined });

// Events in: by kind, with the fields of that kind.
const chat = { type: "chat", event_id: "1", timestamp: 0, stream_id: "s", user_id: "u", username: "U", message: "hi" };
expectTypeOf({ ...chat, type: "chat" as const }).toExtend<EventInput>();
engine.push({ type: "viewer", event_id: "2", timestamp: "2026-01-01T00:00:00Z", stream_id: "s", viewer_count: 3 });
// @ts-expect-error: a chat message without its text
engine.push({ type: "chat", event_id: "1", timestamp: 0, stream_id: "s", user_id: "u", username: "U" });
// @ts-expect-error: no such kind of events
engine.push({ type: "follow", event_id: "1", timestamp: 0, stream_id: "s" });
// @ts-expect-error: an amount is a number
engine.push({ ...chat, type: "transaction", transaction_type: "gift", amount: "5", currency: "USD" });

// Results: the status tells what else there is.
const result = engine.push({ ...chat, type: "chat" });
expectTypeOf(result).toEqualTypeOf<PushResult>();
expectTypeOf(result.status).toEqualTypeOf<"accepted" | "duplicate" | "late" | "rejected">();
// @ts-expect-error: only what was rejected has an error
void result.error;
if (result.status === "rejected") {
  expectTypeOf(result.error.detail).toEqualTypeOf<string>();
  expectTypeOf(result.error.code).toEqualTypeOf<EventErrorCode | "too_many_streams">();
} else {
  expectTypeOf(result.status).toEqualTypeOf<"accepted" | "duplicate" | "late">();
  // @ts-expect-error: nothing else has one
  void result.error;
}

expectTypeOf(engine.pushAll([{ ...chat, type: "chat" }])).toEqualTypeOf<PushResult[]>();
// @ts-expect-error: a batch is a list
engine.pushAll({ ...chat, type: "chat" });

// What comes out: by the name of the event, and a function that stops listening.
const stop = engine.on("window", (row) => {
  expectTypeOf(row).toEqualTypeOf<MetricRow>();
  expectTypeOf(row.sentiment_score).toEqualTypeOf<number | null>();
  expectTypeOf(row.viewer_count).toEqualTypeOf<number | null>();
  expectTypeOf(row.window_end).toEqualTypeOf<string>();
});
expectTypeOf(stop).toEqualTypeOf<() => void>();
engine.on("moment", (moment, phase) => {
  expectTypeOf(moment).toEqualTypeOf<Moment>();
  expectTypeOf(moment.moment_type).toEqualTypeOf<MomentType>();
  expectTypeOf(moment.ended_at).toEqualTypeOf<string | null>();
  expectTypeOf(moment.metadata["top_terms"]).toEqualTypeOf<unknown>();
  expectTypeOf(phase).toEqualTypeOf<MomentPhase>();
  expectTypeOf(phase).toEqualTypeOf<"opened" | "updated" | "closed">();
});
engine.on("end", (streamId, endedAtMs) => {
  expectTypeOf(streamId).toEqualTypeOf<string>();
  expectTypeOf(endedAtMs).toEqualTypeOf<number>();
});
engine.on("late", (event) => {
  expectTypeOf(event).toEqualTypeOf<StreamEvent>();
  expectTypeOf(event.timestamp).toEqualTypeOf<number>();
  // @ts-expect-error: not every kind has a message
  void event.message;
  if (event.type === "chat") {
    expectTypeOf(event.message).toEqualTypeOf<string>();
    expectTypeOf(event.emotes[0]?.name).toEqualTypeOf<string | undefined>();
  }
  if (event.type === "viewer") expectTypeOf(event.viewer_count).toEqualTypeOf<number>();
  if (event.type === "transaction") {
    expectTypeOf(event.transaction_type).toEqualTypeOf<"donation" | "subscription" | "gift" | "bits">();
  }
});
// @ts-expect-error: no such event
engine.on("windows", () => {});
// @ts-expect-error: a row has no such field
engine.on("window", (row) => row.chatRate);
// @ts-expect-error: results are read, not written
engine.on("window", (row) => (row.chat_count = 0));

// The rest of the face.
expectTypeOf(engine.live("s")).toEqualTypeOf<LiveSnapshot | undefined>();
expectTypeOf(engine.snapshot()).toEqualTypeOf<EngineSnapshot>();
createEngine({ snapshot: engine.snapshot() });
expectTypeOf<Parameters<Engine["advanceTo"]>>().toEqualTypeOf<[nowMs: number]>();
