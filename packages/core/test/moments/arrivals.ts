import {
  createEngine,
  type ChatInput,
  type Engine,
  type EngineOptions,
  type EventInput,
  type Moment,
  type MomentPhase,
} from "@telemetra/core";
import { seededRandom } from "../support/seeded-random.js";

/** 12:00:00 sharp, so that slices begin with it. */
export const NOON_MS = Date.UTC(2026, 0, 1, 12);

export interface ArrivalOptions {
  readonly seed: number;
  readonly seconds: number;
  /** Messages per second, which may change over time. */
  readonly rateAt: (second: number) => number;
}

/** A chat whose messages arrive at random, as a Poisson process does, from as many people as there are messages. */
export function poissonChat({ seed, seconds, rateAt }: ArrivalOptions): ChatInput[] {
  const random = seededRandom(seed);
  const events: ChatInput[] = [];
  for (let tenth = 0; tenth < seconds * 10; tenth++) {
    // Knuth's method: as many uniform factors as it takes to fall below e^−λ.
    const limit = Math.exp(-rateAt(tenth / 10) / 10);
    const inside: number[] = [];
    for (let product = random(); product > limit; product *= random()) inside.push(Math.floor(random() * 100));
    for (const ms of inside.sort((a, b) => a - b)) events.push(chatAt(tenth / 10 + ms / 1000, events.length));
  }
  return events;
}

/** A message of somebody who says nothing else. */
export function chatAt(second: number, number: number, more: Partial<ChatInput> = {}): ChatInput {
  return {
    type: "chat",
    event_id: `c${number}`,
    timestamp: NOON_MS + Math.round(second * 1000),
    stream_id: "s",
    user_id: `u${number}`,
    username: `u${number}`,
    message: "hello",
    ...more,
  };
}

export function viewerAt(second: number, viewers: number): EventInput {
  const timestamp = NOON_MS + second * 1000;
  return { type: "viewer", event_id: `v${second}`, timestamp, stream_id: "s", viewer_count: viewers };
}

export interface Told {
  readonly moment: Moment;
  readonly phase: MomentPhase;
  /** Second of event time of the event that had just come. */
  readonly second: number;
}

/** What an engine tells of chat spikes, and when. */
export function spikesOf(events: readonly EventInput[], options: EngineOptions = {}): Told[] {
  const told: Told[] = [];
  const engine = createEngine({ scorer: false, ...options });
  const second = listen(engine, told);
  for (const event of events) {
    second.now = secondOf(event);
    engine.push(event);
  }
  engine.flush();
  return told;
}

/** Writes down the chat spikes of an engine; set `now` before each event. */
export function listen(engine: Engine, told: Told[]): { now: number } {
  const second = { now: 0 };
  engine.on("moment", (moment, phase) => {
    if (moment.moment_type === "chat_spike") told.push({ moment, phase, second: second.now });
  });
  return second;
}

export function secondOf(event: EventInput): number {
  return ((event.timestamp as number) - NOON_MS) / 1000;
}

export function onsetOf({ moment }: Told): number {
  return (Date.parse(moment.timestamp) - NOON_MS) / 1000;
}
