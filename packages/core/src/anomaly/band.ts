import { InvalidOptionError, requireInteger, requireNumber } from "../errors.js";
import type { Detection, Direction } from "./detector.js";

/** Options shared by the detectors that compare a residual with a scale. */
export interface BandOptions {
  /** Anomalies are beyond this many scales. Above 0 to 1e6, default 3. */
  readonly threshold?: number;
  /** Samples needed before there is a baseline. 2 to 1e6, default 10. */
  readonly minSamples?: number;
  /** The scale is never below this, in the unit of the samples. At least 0, default 0. */
  readonly scaleFloor?: number;
  /**
   * The scale is never below this share of the baseline's magnitude. At least 0, default 0.05: on a series that
   * hardly ever moves, a plain z-score makes an alarm of a rounding error.
   */
  readonly scaleFloorRatio?: number;
  /** Default "both". */
  readonly direction?: Direction;
}

/** Statistics end here: a step away from a constant zero is infinitely many scales, and infinity is no JSON. */
const MAX_STATISTIC = 1e6;

/** Score 0.5 at the threshold, rising with the statistic towards 1 and, unlike a step, ordered on both sides of it. */
export function toScore(statistic: number, threshold: number): number {
  return statistic > 0 ? statistic / (statistic + threshold) : 0;
}

export function requireDirection(direction: Direction): Direction {
  if (direction === "up" || direction === "down" || direction === "both") return direction;
  throw new InvalidOptionError("direction", direction, 'one of "up", "down", "both"');
}

/** The smallest value of an option that must be above 0. */
export const ABOVE_ZERO = 1e-9;

/** @throws InvalidOptionError for an option outside its range. */
export function resolveBand(options: BandOptions): Band {
  const { threshold = 3, minSamples = 10, scaleFloor = 0, scaleFloorRatio = 0.05, direction = "both" } = options;
  return {
    threshold: requireNumber("threshold", threshold, ABOVE_ZERO, MAX_STATISTIC),
    minSamples: requireInteger("minSamples", minSamples, 2, 1e6),
    scaleFloor: requireNumber("scaleFloor", scaleFloor, 0),
    scaleFloorRatio: requireNumber("scaleFloorRatio", scaleFloorRatio, 0),
    direction: requireDirection(direction),
  };
}

export type Band = Required<BandOptions>;

/** The scale with its floor. */
export function flooredScale(band: Band, baseline: number, scale: number): number {
  return Math.max(scale, band.scaleFloor, band.scaleFloorRatio * Math.abs(baseline));
}

/** `residual / scale`, finite whatever the scale. */
export function standardise(residual: number, scale: number): number {
  if (residual === 0) return 0;
  return Math.max(-MAX_STATISTIC, Math.min(MAX_STATISTIC, residual / scale));
}

/** Judges a value by its distance from the baseline in floored scales. */
export function judgeBand(band: Band, value: number, baseline: number, scale: number): Detection {
  const floored = flooredScale(band, baseline, scale);
  const { threshold, direction } = band;
  const half = threshold * floored;
  return judge(
    standardise(value - baseline, floored),
    threshold,
    direction,
    baseline,
    baseline + half,
    baseline - half,
  );
}

/** A detection for a signed statistic whose threshold is the same on both sides. */
export function judge(
  statistic: number,
  threshold: number,
  direction: Direction,
  baseline: number | null,
  upper: number | null,
  lower: number | null,
): Detection {
  const excess = direction === "both" ? Math.abs(statistic) : direction === "up" ? statistic : -statistic;
  return {
    score: toScore(excess, threshold),
    isAnomaly: excess > threshold,
    statistic,
    baseline,
    upper: direction === "down" ? null : upper,
    lower: direction === "up" ? null : lower,
  };
}
