import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  createEngine,
  EVENT_TYPES,
  parseEvent,
  type Engine,
  type EngineOptions,
  type EventInput,
  type EventType,
  type Moment,
  type MomentType,
  type StreamEvent,
} from "@telemetra/core";
import { seededRandom } from "../support/seeded-random.js";
import { plantedStream } from "./planted-stream.js";

const RUNS = Number(process.env["TELEMETRA_PROPERTY_RUNS"] ?? 15);
const BOUND_MS = 5_000;

/** Short windows keep less of the past than moments would like to look at. */
const SHAPES: readonly EngineOptions[] = [
  {},
  {},
  { windowMs: 10_000, hopMs: 10_000, allowedLatenessMs: 0 },
  { windowMs: 30_000, hopMs: 1_000, allowedLatenessMs: 10_000 },
];

function parsed(event: EventInput): StreamEvent {
  const result = parseEvent(event);
  if (!result.ok) throw new Error(result.error.detail);
  return result.event;
}

/** An order of arrival in which no event comes more than the bound after a newer one; the end of the stream comes last. */
function arrival(events: readonly StreamEvent[], seed: number, boundMs: number): StreamEvent[] {
  const random = seededRandom(seed);
  const isEnd = (event: StreamEvent) => event.type === "stream_meta" && event.event_type === "stream_end";
  return events
    .map((event) => ({ event, atMs: isEnd(event) ? Infinity : event.timestamp + random() * boundMs }))
    .sort((a, b) => a.atMs - b.atMs)
    .map(({ event }) => event);
}

/** The last word on each moment. */
class Listener {
  readonly moments = new Map<string, Moment>();
  readonly phases = new Map<string, string[]>();

  listen(engine: Engine): Engine {
    engine.on("moment", (moment, phase) => {
      this.moments.set(moment.moment_id, moment);
      this.phases.set(moment.moment_id, [...(this.phases.get(moment.moment_id) ?? []), phase]);
    });
    return engine;
  }

  get sorted(): Moment[] {
    return [...this.moments.values()].sort((a, b) => (a.moment_id < b.moment_id ? -1 : 1));
  }
}

function plain(events: readonly StreamEvent[], options: EngineOptions): Listener {
  const listener = new Listener();
  const engine = listener.listen(createEngine(options));
  for (const event of events) engine.push(event);
  engine.flush();
  return listener;
}

/** Dies and starts again from its last checkpoint and the log, at the given places. */
function crashing(events: readonly StreamEvent[], options: EngineOptions, crashes: ReadonlySet<number>): Moment[] {
  const committed = new Listener();
  const logs = new Map<EventType, StreamEvent[]>(EVENT_TYPES.map((type) => [type, []]));
  let states = new Map<string, string>();
  let low = new Map<EventType, number>();
  let done = 0;
  let pending = new Listener();
  let engine = pending.listen(createEngine(options));
  const commit = (index: number): void => {
    for (const [id, moment] of pending.moments) committed.moments.set(id, moment);
    pending.moments.clear();
    for (const [streamId, state] of engine.checkpoint()) states = states.set(streamId, JSON.stringify(state));
    low = new Map(EVENT_TYPES.map((type) => [type, engine.lowPosition(type)]));
    done = index;
  };
  const positions = new Map(EVENT_TYPES.map((type) => [type, 0]));
  const places = events.map((event) => {
    const place = positions.get(event.type)!;
    positions.set(event.type, place + 1);
    logs.get(event.type)!.push(event);
    return place;
  });
  const feed = (from: number, to: number): void => {
    for (let index = from; index < to; index++) engine.push(events[index]!, places[index]!);
  };
  for (let index = 0; index < events.length; index++) {
    feed(index, index + 1);
    if (index % 37 === 0) commit(index + 1);
    if (!crashes.has(index)) continue;
    pending = new Listener();
    engine = pending.listen(createEngine(options));
    for (const [streamId, state] of states) engine.resumeStream(streamId, JSON.parse(state) as never);
    events.slice(0, done).forEach((event, place) => {
      if (places[place]! >= (low.get(event.type) ?? Infinity)) engine.replay(event, places[place]!);
    });
    feed(done, index + 1);
  }
  engine.flush();
  commit(events.length);
  return committed.sorted;
}

interface Drawn {
  readonly seed: number;
  readonly orders: [number, number];
  readonly options: EngineOptions;
  readonly crashes: number[];
}

const cases: fc.Arbitrary<Drawn> = fc.record({
  seed: fc.integer({ min: 0, max: 1_000_000 }),
  orders: fc.tuple(fc.integer(), fc.integer()),
  options: fc.constantFrom(...SHAPES),
  crashes: fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 4 }),
});

/** Streams that have moments of all types between them, whatever else is drawn. */
const KNOWN = [7, 16].map((seed): [Drawn] => [{ seed, orders: [1, 2], options: {}, crashes: [0.5] }]);

describe("moments of the same events", { timeout: 300_000 }, () => {
  it("W3: are the same in any order of arrival inside the bound", () => {
    const types = new Set<MomentType>();
    fc.assert(
      fc.property(cases, ({ seed, orders, options }) => {
        const events = plantedStream(seed).map(parsed);
        const inOrder = plain(events, options);
        for (const order of orders) {
          expect(plain(arrival(events, order, BOUND_MS), options).sorted).toEqual(inOrder.sorted);
        }
        for (const { moment_type } of inOrder.sorted) types.add(moment_type);
        for (const phases of inOrder.phases.values()) {
          expect([phases[0], phases.at(-1)]).toEqual(["opened", "closed"]);
          expect(phases.slice(1, -1).every((phase) => phase === "updated")).toBe(true);
        }
      }),
      { numRuns: RUNS, examples: KNOWN },
    );
    // It says nothing unless there were moments to tell.
    expect([...types]).toEqual(
      expect.arrayContaining(["chat_spike", "chat_drop", "viewer_spike", "revenue_spike", "raid"]),
    );
  });

  it("§6: are the same after crashes anywhere, in the midst of an episode too", () => {
    fc.assert(
      fc.property(cases, ({ seed, orders, options, crashes }) => {
        const events = arrival(plantedStream(seed).map(parsed), orders[0], BOUND_MS);
        const steady = plain(events, options).sorted;
        const places = new Set(crashes.map((share) => Math.floor(share * (events.length - 1))));
        // And one where it hurts: while the first moment is open.
        const first = steady[0];
        if (first !== undefined) {
          const middleMs = (Date.parse(first.detected_at) + Date.parse(first.ended_at!)) / 2;
          places.add(
            Math.max(
              0,
              events.findIndex(({ timestamp }) => timestamp > middleMs),
            ),
          );
        }
        expect(crashing(events, options, places)).toEqual(steady);
      }),
      { numRuns: RUNS },
    );
  });

  it("are the same with a clock that ticks while the events come", () => {
    fc.assert(
      fc.property(cases, ({ seed, orders, options }) => {
        const events = plantedStream(seed).map(parsed);
        const listener = new Listener();
        const engine = listener.listen(createEngine(options));
        for (const event of arrival(events, orders[0], BOUND_MS / 2)) {
          engine.advanceTo(event.timestamp + BOUND_MS);
          engine.push(event);
        }
        engine.flush();
        const ids = (moments: readonly Moment[]) =>
          moments.map(({ moment_id, moment_type }) => [moment_type, moment_id]);
        expect(ids(listener.sorted)).toEqual(ids(plain(events, options).sorted));
      }),
      { numRuns: RUNS },
    );
  });
});
