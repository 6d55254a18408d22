import { count } from "@telemetra/core/aggregate";
import { createWindows, tumbling, type ClosedWindow, type WindowVerdict } from "@telemetra/core/windowing";

/** When something happened, and when it came; seconds. */
export interface Arrival {
  readonly name: string;
  readonly atS: number;
  readonly cameS: number;
}

export const WINDOW_S = 10;
const BOUND_S = 3;
export const LATENESS_S = 4;
const IDLE_S = 4;

/** The events of the pages on event time and windows: disorder, a correction, one that comes too late, a silence. */
const arrivals: readonly Arrival[] = [
  { name: "a", atS: 1, cameS: 1.5 },
  { name: "b", atS: 3, cameS: 3.3 },
  { name: "c", atS: 6, cameS: 6.4 },
  { name: "d", atS: 4.5, cameS: 7.4 },
  { name: "e", atS: 9, cameS: 9.5 },
  { name: "f", atS: 12, cameS: 12.3 },
  { name: "g", atS: 8, cameS: 13.2 },
  { name: "h", atS: 14, cameS: 14.5 },
  { name: "i", atS: 6.8, cameS: 15.8 },
  { name: "j", atS: 18, cameS: 18.3 },
  { name: "k", atS: 5.2, cameS: 19.6 },
];

export interface Outcome {
  readonly arrival: Arrival;
  readonly verdict: WindowVerdict;
  /** Where the watermark was just after it came, seconds. */
  readonly watermarkS: number;
  /** It came after its window had closed, and corrected it. */
  readonly corrects: boolean;
}

export interface Telling {
  readonly cameS: number;
  readonly watermarkS: number;
  readonly closed: ClosedWindow<number>;
}

export interface Run {
  readonly outcomes: readonly Outcome[];
  /** Windows in the order in which they were told. */
  readonly tellings: readonly Telling[];
  /** The watermark every tenth of a second, from the first event on. */
  readonly watermark: readonly (readonly [cameS: number, watermarkS: number])[];
}

/** What the windows make of the arrivals, with a clock that is told ten times a second until `untilS`. */
export function runArrivals(untilS: number): Run {
  const windows = createWindows({
    shape: tumbling({ sizeMs: WINDOW_S * 1000 }),
    timeOf: ({ atS }: Arrival) => atS * 1000,
    aggregator: count(),
    maxOutOfOrdernessMs: BOUND_S * 1000,
    allowedLatenessMs: LATENESS_S * 1000,
    idleTimeoutMs: IDLE_S * 1000,
  });
  const watermarkS = () => (windows.snapshot().keys[0]?.[1].watermark.atMs ?? -Infinity) / 1000;
  let cameS = 0;
  const tellings: Telling[] = [];
  windows.on("window", (closed) => tellings.push({ cameS, watermarkS: watermarkS(), closed }));

  const outcomes: Outcome[] = [];
  const watermark: [number, number][] = [];
  for (let tenth = 0; tenth <= untilS * 10; tenth++) {
    cameS = tenth / 10;
    windows.advanceTo(cameS * 1000);
    for (const arrival of arrivals.filter((each) => Math.round(each.cameS * 10) === tenth)) {
      const before = tellings.length;
      const verdict = windows.push(arrival);
      const corrects = tellings.slice(before).some(({ closed: { revision } }) => revision > 0);
      outcomes.push({ arrival, verdict, watermarkS: watermarkS(), corrects });
    }
    if (Number.isFinite(watermarkS())) watermark.push([cameS, watermarkS()]);
  }
  return { outcomes, tellings, watermark };
}
