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
  type MetricRow,
  type Moment,
  type StreamEvent,
} from "@telemetra/core";
import { arbitraryArrival, arbitraryEvents } from "../support/arbitrary-events.js";

const RUNS = Number(process.env["TELEMETRA_PROPERTY_RUNS"] ?? 200);

/** What a service keeps: one log per kind, and what it committed with the position it stands for. */
class Service {
  readonly #logs = new Map<EventType, StreamEvent[]>(EVENT_TYPES.map((type) => [type, []]));
  readonly #states = new Map<string, unknown>();
  readonly rows = new Map<string, MetricRow>();
  readonly moments = new Map<string, Moment>();
  #next = new Map<EventType, number>();
  #low = new Map<EventType, number>();
  #engine: Engine;
  #pendingRows: MetricRow[] = [];
  #pendingMoments: Moment[] = [];

  constructor() {
    this.#engine = this.#open();
  }

  take(event: StreamEvent): void {
    const log = this.#logs.get(event.type)!;
    log.push(event);
    this.#engine.push(event, log.length - 1);
  }

  commit(): void {
    for (const row of this.#pendingRows) this.rows.set(`${row.stream_id} ${row.window_start}`, row);
    for (const moment of this.#pendingMoments) this.moments.set(moment.moment_id, moment);
    this.#pendingRows = [];
    this.#pendingMoments = [];
    for (const [streamId, state] of this.#engine.checkpoint())
      this.#states.set(streamId, JSON.parse(JSON.stringify(state)));
    this.#next = new Map([...this.#logs].map(([type, log]) => [type, log.length]));
    this.#low = new Map(
      [...this.#logs].map(([type, log]) => [type, Math.min(log.length, this.#engine.lowPosition(type))]),
    );
  }

  /** Dies without a word and starts again from what was committed, reading the logs from the low-water offsets. */
  crash(): void {
    this.#pendingRows = [];
    this.#pendingMoments = [];
    this.#engine = this.#open();
    for (const [streamId, state] of this.#states) this.#engine.resumeStream(streamId, state as never);
    const again: StreamEvent[] = [];
    for (const [type, log] of this.#logs) {
      const next = this.#next.get(type) ?? 0;
      for (let offset = this.#low.get(type) ?? 0; offset < next; offset++) this.#engine.replay(log[offset]!, offset);
      again.push(...log.splice(next));
    }
    // Nobody lost the records after the commit: they are read again, in their order of arrival.
    again
      .sort((a, b) => this.arrival.get(a.event_id)! - this.arrival.get(b.event_id)!)
      .forEach((event) => this.take(event));
  }

  readonly arrival = new Map<string, number>();

  finish(): void {
    this.#engine.flush();
    this.commit();
  }

  #open(): Engine {
    const engine = createEngine(OPTIONS);
    engine.on("window", (row) => this.#pendingRows.push(row));
    engine.on("moment", (moment) => this.#pendingMoments.push(moment));
    return engine;
  }
}

const OPTIONS: EngineOptions = { scorer: false };

function parsed(event: EventInput): StreamEvent {
  const result = parseEvent(event);
  if (!result.ok) throw new Error(result.error.detail);
  return result.event;
}

describe("engine across restarts", () => {
  it("§6: a crash anywhere, resumed from the last commit and the low-water offsets, loses, repeats and changes nothing", () => {
    const cases = arbitraryEvents({ maxLength: 120 }).chain((events) =>
      fc.tuple(
        // Up to 20 s of disorder, so that corrections and late events are in play as well.
        arbitraryArrival(events, 20_000),
        fc.array(fc.constantFrom("go" as const, "go" as const, "commit" as const, "crash" as const), {
          minLength: events.length,
          maxLength: events.length,
        }),
      ),
    );
    fc.assert(
      fc.property(cases, ([arrival, script]) => {
        const steady = new Service();
        const shaken = new Service();
        arrival.map(parsed).forEach((event, index) => {
          shaken.arrival.set(event.event_id, index);
          steady.take(event);
          shaken.take(event);
          if (script[index] === "commit") shaken.commit();
          if (script[index] === "crash") shaken.crash();
        });
        steady.finish();
        shaken.finish();
        expect(new Map([...shaken.rows].sort())).toEqual(new Map([...steady.rows].sort()));
        expect(new Map([...shaken.moments].sort())).toEqual(new Map([...steady.moments].sort()));
      }),
      { numRuns: RUNS },
    );
  });
});
