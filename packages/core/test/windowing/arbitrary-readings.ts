import fc from "fast-check";
import { combine, count, countDistinct, max, select, sum } from "@telemetra/core/aggregate";
import {
  createWindows,
  hopping,
  session,
  tumbling,
  type ClosedWindow,
  type RetractedWindow,
  type Windows,
  type WindowShape,
  type WindowsOptions,
} from "@telemetra/core/windowing";
import type { Reading, Summary } from "./naive-windows.js";

export type Emitted = ClosedWindow<Summary> | (RetractedWindow & { readonly isRetracted: true });

export const summary = combine({
  count: count(),
  plates: select((reading: Reading) => reading.plate, countNumber()),
  speed: select((reading: Reading) => reading.speed, sum({ decimals: 1 })),
  fastest: select((reading: Reading) => reading.speed, max()),
});

/** Shapes of every kind, sizes that the hop divides and that it does not. */
export const anyShape: fc.Arbitrary<WindowShape> = fc.oneof(
  fc.constantFrom(1, 10, 60).map((sizeMs) => tumbling({ sizeMs })),
  fc.constantFrom([60, 10], [60, 25], [7, 3], [10, 9]).map(([sizeMs = 1, hopMs = 1]) => hopping({ sizeMs, hopMs })),
  fc.constantFrom(1, 10, 25).map((gapMs) => session({ gapMs })),
);

/** Readings over some windows, on a coarse grid so that ties, edges and gaps of just a gap's length are common. */
export const anyReadings: fc.Arbitrary<Reading[]> = fc
  .array(
    fc.record({
      key: fc.constantFrom("north", "south"),
      atMs: fc.oneof(
        { weight: 4, arbitrary: fc.integer({ min: -20, max: 40 }).map((tick) => tick * 5) },
        { weight: 2, arbitrary: fc.integer({ min: -100, max: 200 }) },
        { weight: 1, arbitrary: fc.integer({ min: 0, max: 3 }).map((part) => part * 1_000) },
      ),
      plate: fc.constantFrom("A", "B", "C"),
      speed: fc.integer({ min: 0, max: 999 }).map((tenths) => tenths / 10),
    }),
    { minLength: 1, maxLength: 40 },
  )
  .map((readings) => readings.map((reading, id) => ({ id, ...reading })));

/** An order of arrival in which none comes more than `boundMs` of event time after a newer one; with the time it comes at. */
export function anyArrival(readings: readonly Reading[], boundMs: number): fc.Arbitrary<[Reading, number][]> {
  return fc
    .array(fc.integer({ min: 0, max: boundMs }), { minLength: readings.length, maxLength: readings.length })
    .map((delays) =>
      readings
        .map((reading, index): [Reading, number] => [reading, reading.atMs + (delays[index] ?? 0)])
        .sort(([, a], [, b]) => a - b),
    );
}

export function operator(
  options: Partial<WindowsOptions<Reading, Summary>> & { readonly shape: WindowShape },
  emitted: Emitted[] = [],
): Windows<Reading, Summary> {
  const windows = createWindows({
    timeOf: (reading: Reading) => reading.atMs,
    keyOf: (reading: Reading) => reading.key,
    aggregator: summary,
    maxOutOfOrdernessMs: 20,
    allowedLatenessMs: 30,
    idleTimeoutMs: 50,
    ...options,
  });
  windows.on("window", (result) => emitted.push(result));
  windows.on("retract", (result) => emitted.push({ ...result, isRetracted: true }));
  return windows;
}

/** Distinct values as a plain number. */
function countNumber() {
  const distinct = countDistinct();
  return {
    ...distinct,
    finish: (accumulator: ReturnType<typeof distinct.create>) => distinct.finish(accumulator).count,
  };
}
