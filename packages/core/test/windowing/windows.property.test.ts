import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { hopping, tumbling, type WindowsSnapshot, type WindowShape } from "@telemetra/core/windowing";
import { anyArrival, anyReadings, anyShape, operator, summary, type Emitted } from "./arbitrary-readings.js";
import { naiveWindows, survivors, type NaiveWindow, type Reading, type Summary } from "./naive-windows.js";

const RUNS = Number(process.env["TELEMETRA_PROPERTY_RUNS"] ?? 500);
const BOUND_MS = 20;
const LATENESS_MS = 30;

function run(arrival: readonly Reading[], shape: WindowShape): Emitted[] {
  const emitted: Emitted[] = [];
  const windows = operator({ shape }, emitted);
  for (const reading of arrival) windows.push(reading);
  windows.flush();
  return emitted;
}

/** Revisions of a window count up from 0 without gaps, also over its retraction, after which it never comes back. */
function expectOrderlyRevisions(emitted: readonly Emitted[]): void {
  const next = new Map<string, number>();
  for (const result of emitted) {
    const place = `${result.key} ${result.startMs}`;
    expect(result.revision, place).toBe(next.get(place) ?? 0);
    next.set(place, "isRetracted" in result ? NaN : result.revision + 1);
  }
}

function arrivals(boundMs: number) {
  return fc
    .tuple(anyReadings, anyShape)
    .chain(([readings, shape]) => fc.tuple(fc.constant(readings), fc.constant(shape), anyArrival(readings, boundMs)));
}

describe("windows against the naive ones", { timeout: 120_000 }, () => {
  it("W1–W3, S1: equal them for any shape and any order of arrival inside the bound, each emitted once", () => {
    fc.assert(
      fc.property(arrivals(BOUND_MS), ([readings, shape, arrival]) => {
        const emitted = run(
          arrival.map(([reading]) => reading),
          shape,
        );
        expect(emitted.every(({ revision }) => revision === 0)).toBe(true);
        expect(survivors(emitted)).toEqual(naiveWindows(readings, shape));
        expect(survivors(emitted)).toHaveLength(emitted.length);
      }),
      { numRuns: RUNS },
    );
  });

  it("W6, S4, S5: equal them in the end when events come late but can still correct", () => {
    fc.assert(
      fc.property(arrivals(BOUND_MS + LATENESS_MS), ([readings, shape, arrival]) => {
        const emitted = run(
          arrival.map(([reading]) => reading),
          shape,
        );
        expectOrderlyRevisions(emitted);
        expect(survivors(emitted)).toEqual(naiveWindows(readings, shape));
      }),
      { numRuns: RUNS },
    );
  });

  it("W6, S5: equal those of the accepted events, whatever the disorder, and tell every other event as late", () => {
    const disjoint = anyShape.filter((shape) => shape.kind === "session" || shape.sizeMs === shape.hopMs);
    const cases = fc
      .tuple(anyReadings, disjoint)
      .chain(([readings, shape]) =>
        fc.tuple(fc.constant(shape), fc.shuffledSubarray(readings, { minLength: readings.length })),
      );
    let lateCount = 0;
    fc.assert(
      fc.property(cases, ([shape, arrival]) => {
        const emitted: Emitted[] = [];
        const late: Reading[] = [];
        const windows = operator({ shape }, emitted);
        windows.on("late", (reading) => late.push(reading));
        const accepted = arrival.filter((reading) => windows.push(reading) === "accepted");
        windows.flush();
        expectOrderlyRevisions(emitted);
        expect(survivors(emitted)).toEqual(naiveWindows(accepted, shape));
        expect([...accepted, ...late].sort((a, b) => a.id - b.id)).toEqual(arrival.toSorted((a, b) => a.id - b.id));
        expect(windows.counters()).toMatchObject({ accepted: accepted.length, late: late.length });
        lateCount += late.length;
      }),
      { numRuns: RUNS },
    );
    expect(lateCount).toBeGreaterThan(RUNS / 10);
  });

  it("W5: equal them with a clock that tells the time between any two events", () => {
    const cases = arrivals(BOUND_MS).chain(([readings, shape, arrival]) =>
      fc.tuple(
        fc.constant(readings),
        fc.constant(shape),
        fc.constant(arrival),
        fc.array(fc.integer({ min: 0, max: 200 }), { minLength: arrival.length, maxLength: arrival.length }),
      ),
    );
    fc.assert(
      fc.property(cases, ([readings, shape, arrival, pauses]) => {
        const emitted: Emitted[] = [];
        const windows = operator({ shape }, emitted);
        arrival.forEach(([reading, arrivesMs], index) => {
          windows.advanceTo(arrivesMs);
          expect(windows.push(reading)).toBe("accepted");
          const untilMs = arrival[index + 1]?.[1] ?? Infinity;
          windows.advanceTo(Math.min(untilMs, arrivesMs + (pauses[index] ?? 0)));
        });
        windows.flush();
        expect(survivors(emitted)).toEqual(naiveWindows(readings, shape));
        expect(emitted.every(({ revision }) => revision === 0)).toBe(true);
      }),
      { numRuns: RUNS },
    );
  });

  it("an idle key's windows close by the clock alone", () => {
    fc.assert(
      fc.property(anyReadings, anyShape, (readings, shape) => {
        const emitted: Emitted[] = [];
        const windows = operator({ shape }, emitted);
        windows.advanceTo(4_000);
        for (const reading of readings.toSorted((a, b) => a.atMs - b.atMs)) windows.push(reading);
        windows.advanceTo(10_000);
        expect(survivors(emitted)).toEqual(naiveWindows(readings, shape));
        for (const key of windows.keys()) expect(windows.peek(key)).toEqual([]);
      }),
      { numRuns: RUNS / 2 },
    );
  });

  it("go on having windows without events for as long as a key is kept alive", () => {
    const aligned = anyShape.filter((shape) => shape.kind === "aligned");
    const cases = fc
      .tuple(anyReadings, aligned)
      .chain(([readings, shape]) =>
        fc.tuple(
          fc.constant(readings),
          fc.constant(shape),
          anyArrival(readings, BOUND_MS),
          fc.constantFrom(1, 40, 120),
        ),
      );
    fc.assert(
      fc.property(cases, ([readings, shape, arrival, keepAliveMs]) => {
        const emitted: Emitted[] = [];
        const windows = operator({ shape, keepAliveMs }, emitted);
        for (const [reading] of arrival) windows.push(reading);
        windows.flush();
        expect(survivors(emitted)).toEqual(naiveWindows(readings, shape, keepAliveMs));
      }),
      { numRuns: RUNS },
    );
  });
});

describe("windows across restarts", { timeout: 120_000 }, () => {
  it("go on from a JSON snapshot taken anywhere as if nothing had happened, in any disorder", () => {
    const cases = arrivals(90).chain(([, shape, arrival]) =>
      fc.tuple(fc.constant(shape), fc.constant(arrival), fc.nat(arrival.length), fc.boolean()),
    );
    fc.assert(
      fc.property(cases, ([shape, arrival, cut, withClock]) => {
        const play = (interrupted: boolean): unknown[] => {
          const emitted: Emitted[] = [];
          const verdicts: string[] = [];
          let windows = operator({ shape }, emitted);
          arrival.forEach(([reading, arrivesMs], index) => {
            if (interrupted && index === cut) {
              const snapshot = JSON.parse(JSON.stringify(windows.snapshot())) as WindowsSnapshot;
              windows = operator({ shape, snapshot }, emitted);
            }
            if (withClock) windows.advanceTo(arrivesMs);
            verdicts.push(windows.push(reading));
          });
          windows.flush();
          return [emitted, verdicts, windows.snapshot()];
        };
        expect(play(true)).toEqual(play(false));
      }),
      { numRuns: RUNS },
    );
  });
});

describe("what must hold of windows whatever they count", { timeout: 120_000 }, () => {
  const inOrder = anyReadings.map((readings) => readings.toSorted((a, b) => a.atMs - b.atMs));

  it("the counts of an hour every ten minutes are the sums of its six tumbling panes", () => {
    fc.assert(
      fc.property(inOrder, (readings) => {
        const panes = survivors(run(readings, tumbling({ sizeMs: 10 })));
        for (const { key, startMs, endMs, value } of survivors(run(readings, hopping({ sizeMs: 60, hopMs: 10 })))) {
          const inside = panes.filter((pane) => pane.key === key && pane.startMs >= startMs && pane.endMs <= endMs);
          expect(inside.length).toBeGreaterThan(0);
          expect(value.count).toBe(inside.reduce((all, pane) => all + pane.value.count, 0));
        }
      }),
      { numRuns: RUNS },
    );
  });

  it("W3: shuffling inside the bound changes nothing", () => {
    const cases = arrivals(BOUND_MS);
    fc.assert(
      fc.property(cases, ([readings, shape, arrival]) => {
        const shuffled = run(
          arrival.map(([reading]) => reading),
          shape,
        );
        const sorted = run(
          readings.toSorted((a, b) => a.atMs - b.atMs),
          shape,
        );
        expect(survivors(shuffled)).toEqual(survivors(sorted));
      }),
      { numRuns: RUNS },
    );
  });

  it("doubling every event doubles counts and sums, not distinct values or extremes", () => {
    fc.assert(
      fc.property(inOrder, anyShape, (readings, shape) => {
        const once = survivors(run(readings, shape));
        const twice = survivors(
          run(
            readings.flatMap((reading) => [reading, reading]),
            shape,
          ),
        );
        const doubled = once.map((window): NaiveWindow => {
          const { count, plates, speed, fastest } = window.value;
          return { ...window, value: { count: 2 * count, plates, speed: 2 * speed, fastest } };
        });
        expect(twice).toEqual(doubled);
      }),
      { numRuns: RUNS },
    );
  });

  it("the keys of two partitions, each in an operator of its own, are those of one operator", () => {
    fc.assert(
      fc.property(inOrder, anyShape, (readings, shape) => {
        const apart = ["north", "south"].flatMap((key) =>
          survivors(
            run(
              readings.filter((reading) => reading.key === key),
              shape,
            ),
          ),
        );
        expect(apart).toEqual(survivors(run(readings, shape)));
      }),
      { numRuns: RUNS },
    );
  });

  it("W3: a window's events split over two partitions and merged give what one gives", () => {
    const aligned = anyShape.filter((shape) => shape.kind === "aligned");
    fc.assert(
      fc.property(
        inOrder,
        aligned,
        fc.array(fc.boolean(), { minLength: 40, maxLength: 40 }),
        (readings, shape, left) => {
          const accumulate = (inside: readonly Reading[]) => {
            const accumulator = summary.create();
            for (const reading of inside) summary.add(accumulator, reading);
            return accumulator;
          };
          for (const { key, startMs, endMs, value } of survivors(run(readings, shape))) {
            const inside = readings.filter((one) => one.key === key && one.atMs >= startMs && one.atMs < endMs);
            const merged = accumulate(inside.filter(({ id }) => left[id]));
            summary.merge(merged, accumulate(inside.filter(({ id }) => !left[id])));
            expect(summary.finish(merged)).toEqual(value satisfies Summary);
          }
        },
      ),
      { numRuns: RUNS },
    );
  });
});
