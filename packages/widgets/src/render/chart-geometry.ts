import type { RatePoint } from "../live/rate-history.js";

/** A drawing area in CSS pixels and the span of time that it shows, ending at `nowMs`. */
export interface ChartFrame {
  readonly width: number;
  readonly height: number;
  readonly nowMs: number;
  readonly spanMs: number;
  /** Rate at the upper edge, messages per second. */
  readonly maxRate: number;
}

/** Points further apart than this are not joined: nothing is known of the time between. */
const GAP_MS = 25_000;

export function xOf({ width, nowMs, spanMs }: ChartFrame, timeMs: number): number {
  return round(width * (1 - (nowMs - timeMs) / spanMs));
}

export function yOf({ height, maxRate }: ChartFrame, rate: number): number {
  return round(height * (1 - Math.min(rate, maxRate) / maxRate));
}

/** Runs of points that belong together, cut at unknown rates and at gaps. One point before the left edge is kept. */
export function visibleRuns(history: readonly RatePoint[], frame: ChartFrame): (readonly RatePoint[])[] {
  const startMs = frame.nowMs - frame.spanMs;
  const first = history.findLastIndex(({ timeMs }) => timeMs <= startMs);
  const runs: RatePoint[][] = [];
  let run: RatePoint[] = [];
  let previousMs = -Infinity;
  for (const point of history.slice(Math.max(0, first))) {
    if (point.timeMs > frame.nowMs) break;
    if (point.chatRate === null || point.timeMs - previousMs > GAP_MS) run = [];
    if (point.chatRate === null) continue;
    if (run.length === 0) runs.push(run);
    run.push(point);
    previousMs = point.timeMs;
  }
  return runs;
}

/** The line as one SVG path; a run of a single point becomes a dot (a line of no length with round caps). */
export function linePath(runs: readonly (readonly RatePoint[])[], frame: ChartFrame): string {
  return runs.map((run) => strokeOf(run, frame)).join("");
}

/** The area under the line as one SVG path. */
export function areaPath(runs: readonly (readonly RatePoint[])[], frame: ChartFrame): string {
  return runs
    .map((run) => {
      const [first, last] = [run[0], run.at(-1)];
      if (first === undefined || last === undefined || run.length < 2) return "";
      return `${strokeOf(run, frame)}V${frame.height}H${xOf(frame, first.timeMs)}Z`;
    })
    .join("");
}

/** The known rate at an instant, between its neighbours; undefined in a gap. */
export function rateAt(history: readonly RatePoint[], timeMs: number): number | undefined {
  const next = history.findIndex((point) => point.timeMs >= timeMs);
  const right = history[next];
  if (right === undefined || right.chatRate === null) return undefined;
  const left = history[next - 1];
  if (right.timeMs === timeMs || left === undefined) return right.timeMs === timeMs ? right.chatRate : undefined;
  if (left.chatRate === null || right.timeMs - left.timeMs > GAP_MS) return undefined;
  const share = (timeMs - left.timeMs) / (right.timeMs - left.timeMs);
  return left.chatRate + (right.chatRate - left.chatRate) * share;
}

/**
 * The upper edge of the scale: a round number a little above everything drawn. It grows at once and shrinks only when
 * the drawing would fill less than half of it, so that the picture does not breathe with every point.
 */
export function scaleMax(previous: number, highest: number): number {
  const wanted = niceCeiling(Math.max(highest * 1.12, MIN_SCALE));
  return wanted > previous || wanted < previous * 0.55 ? wanted : previous;
}

/**
 * Minutes ago that get a mark on the time axis, largest first.
 *
 * @param maxCount How many marks have room; `now` takes one of them.
 */
export function timeMarks(minutes: number, maxCount: number): number[] {
  const step = [0.5, 1, 2, 5].find((candidate) => minutes / candidate <= maxCount) ?? 5;
  const marks = [];
  for (let ago = step; ago <= minutes - step / 2; ago += step) marks.unshift(ago);
  return marks;
}

/** A chat of one message a minute still gets a scale that makes sense. */
const MIN_SCALE = 0.2;
const NICE_STEPS = [1, 1.5, 2, 3, 4, 5, 6, 8, 10];

function niceCeiling(value: number): number {
  const magnitude = 10 ** Math.floor(Math.log10(value));
  const step = NICE_STEPS.find((candidate) => candidate * magnitude >= value * (1 - 1e-9)) ?? 10;
  return Number((step * magnitude).toPrecision(3));
}

function strokeOf(run: readonly RatePoint[], frame: ChartFrame): string {
  const steps = run.map(({ timeMs, chatRate }) => `${xOf(frame, timeMs)} ${yOf(frame, chatRate ?? 0)}`);
  return steps.length === 1 ? `M${steps[0]}h0` : `M${steps.join("L")}`;
}

/** A tenth of a pixel is enough, and it makes equal drawings equal strings. */
function round(value: number): number {
  return Math.round(value * 10) / 10;
}
