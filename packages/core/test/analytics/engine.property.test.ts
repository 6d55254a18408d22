import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createEngine, type Engine, type EngineSnapshot, type EventInput, type MetricRow } from "@telemetra/core";
import { arbitraryArrival, arbitraryEvents } from "../support/arbitrary-events.js";
import { oracleRows } from "../support/oracle.js";

const BOUND_MS = 5_000;
const RUNS = Number(process.env["TELEMETRA_PROPERTY_RUNS"] ?? 300);

/** The newest revision of every row, in the order of the oracle, without what the oracle does not know. */
function finalRows(rows: readonly MetricRow[]): object[] {
  const newest = new Map<string, MetricRow>();
  for (const row of rows) {
    const key = `${row.stream_id} ${row.window_start}`;
    const known = newest.get(key);
    expect(row.revision, `revisions of ${key} count up from 0`).toBe(known === undefined ? 0 : known.revision + 1);
    newest.set(key, row);
  }
  return [...newest.values()]
    .sort(byPlace)
    .map(({ sentiment_score, positive_count, negative_count, z_score, is_anomaly, revision, is_final, ...rest }) => {
      expect([sentiment_score, positive_count, negative_count, is_final]).toEqual([null, 0, 0, true]);
      expect(z_score === null && is_anomaly).toBe(false);
      expect(revision).toBeGreaterThanOrEqual(0);
      return rest;
    });
}

function byPlace(
  a: { stream_id: string; window_start: string },
  b: { stream_id: string; window_start: string },
): number {
  return `${a.stream_id} ${a.window_start}` < `${b.stream_id} ${b.window_start}` ? -1 : 1;
}

function run(events: readonly EventInput[], each: (index: number) => void = () => {}): MetricRow[] {
  const rows: MetricRow[] = [];
  const engine = createEngine({ scorer: false });
  engine.on("window", (row) => rows.push(row));
  events.forEach((event, index) => {
    engine.push(event);
    each(index);
  });
  engine.flush();
  return rows;
}

describe("engine against the batch oracle", () => {
  it("W1–W3, F1–F6: final rows equal the oracle exactly for any arrival order inside the bound", () => {
    const cases = arbitraryEvents().chain((events) =>
      fc.tuple(fc.constant(events), arbitraryArrival(events, BOUND_MS)),
    );
    fc.assert(
      fc.property(cases, ([events, arrival]) => {
        expect(finalRows(run(arrival))).toEqual(oracleRows(events).sort(byPlace));
      }),
      { numRuns: RUNS },
    );
  });

  it("many events taken at once bring every stream what they bring one by one", () => {
    const cases = arbitraryEvents().chain((events) =>
      fc.tuple(arbitraryArrival(events, 3 * BOUND_MS), fc.integer({ min: 1, max: 50 }), fc.integer({ min: 1, max: 4 })),
    );
    fc.assert(
      fc.property(cases, ([arrival, batch, maxStreams]) => {
        const odd = arrival.flatMap((event, index) =>
          index % 7 === 0 ? [event, event, { type: "chat" } as never] : event,
        );
        const told: unknown[][] = [[], []];
        const [single, many] = told.map((all) => {
          const engine = createEngine({ scorer: false, maxStreams });
          engine.on("window", (row) => all.push(row));
          engine.on("moment", (moment, phase) => all.push([moment, phase]));
          return engine;
        }) as [Engine, Engine];
        const results = odd.map((event, index) => single.push(event, index));
        const positions = [...odd.keys()];
        const atOnce = odd.flatMap((_, from) =>
          from % batch === 0 ? many.pushAll(odd.slice(from, from + batch), positions.slice(from, from + batch)) : [],
        );
        expect(atOnce).toEqual(results);
        expect(many.snapshot()).toEqual(single.snapshot());
        single.flush();
        many.flush();
        expect(many.counters()).toEqual(single.counters());
        const byText = (all: readonly unknown[]) => all.map((one) => JSON.stringify(one)).sort();
        expect(byText(told[1]!)).toEqual(byText(told[0]!));
      }),
      { numRuns: RUNS / 3 },
    );
  });

  it("W7: repeated events change no row", () => {
    const cases = arbitraryEvents().chain((events) =>
      fc.tuple(fc.constant(events), fc.shuffledSubarray(events.map((_, index) => index))),
    );
    fc.assert(
      fc.property(cases, ([events, again]) => {
        const sorted = events.toSorted((a, b) => (a.timestamp as number) - (b.timestamp as number));
        const repeated = sorted.flatMap((event, index) => (again.includes(index) ? [event, { ...event }] : [event]));
        expect(run(repeated)).toEqual(run(sorted));
      }),
      { numRuns: RUNS / 3 },
    );
  });

  it("continues from a JSON snapshot taken anywhere as if nothing had happened", () => {
    const cases = arbitraryEvents().chain((events) =>
      fc.tuple(arbitraryArrival(events, BOUND_MS), fc.nat(events.length), fc.boolean()),
    );
    fc.assert(
      fc.property(cases, ([arrival, cut, withClock]) => {
        const rows: MetricRow[] = [];
        let engine = createEngine({ scorer: false });
        engine.on("window", (row) => rows.push(row));
        const clock = (index: number) => withClock && engine.advanceTo((arrival[index]?.timestamp as number) + 1_000);
        const expected: MetricRow[] = [];
        const whole = createEngine({ scorer: false });
        whole.on("window", (row) => expected.push(row));
        arrival.forEach((event, index) => {
          if (index === cut) {
            const snapshot = JSON.parse(JSON.stringify(engine.snapshot())) as EngineSnapshot;
            engine = createEngine({ scorer: false, snapshot });
            engine.on("window", (row) => rows.push(row));
          }
          engine.push(event);
          whole.push(event);
          clock(index);
          if (withClock) whole.advanceTo((event.timestamp as number) + 1_000);
        });
        engine.flush();
        whole.flush();
        expect(rows).toEqual(expected);
      }),
      { numRuns: RUNS / 3 },
    );
  });
});
