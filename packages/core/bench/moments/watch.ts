import { createEngine } from "../../src/default-engine.js";
import type { EngineOptions } from "../../src/analytics/engine-options.js";
import type { EventInput } from "../../src/records/event.js";
import type { Moment } from "../../src/records/moment.js";
import type { Line } from "./chat-log.js";

/** A moment as it closed, in epoch milliseconds. */
export interface Seen {
  readonly moment: Moment;
  readonly onsetMs: number;
  readonly endMs: number;
  /** By the record. */
  readonly detectedMs: number;
  /** Time of the event that brought it: what a viewer waits for. */
  readonly arrivedMs: number;
}

export function eventsOf(lines: readonly Line[]): EventInput[] {
  return lines.map(({ atMs, user, text, emotes }, index) => ({
    type: "chat",
    event_id: `${index}`,
    timestamp: atMs,
    stream_id: "log",
    user_id: user,
    username: user,
    message: text.slice(0, 2000),
    emotes: emotes.map((name) => name.slice(0, 128)).filter((name) => name !== ""),
  }));
}

/** Everything the engine finds in the events, by onset. */
export function watch(events: readonly EventInput[], options: EngineOptions = {}): Seen[] {
  const engine = createEngine(options);
  const arrivals = new Map<string, number>();
  const moments = new Map<string, Moment>();
  let nowMs = 0;
  engine.on("moment", (moment) => {
    if (!arrivals.has(moment.moment_id)) arrivals.set(moment.moment_id, nowMs);
    moments.set(moment.moment_id, moment);
  });
  for (const event of events) {
    nowMs = event.timestamp as number;
    engine.push(event);
  }
  engine.flush();
  return [...moments.values()]
    .map((moment) => ({
      moment,
      onsetMs: Date.parse(moment.timestamp),
      endMs: Date.parse(moment.ended_at ?? moment.timestamp),
      detectedMs: Date.parse(moment.detected_at),
      arrivedMs: arrivals.get(moment.moment_id) ?? NaN,
    }))
    .sort((a, b) => a.onsetMs - b.onsetMs);
}
