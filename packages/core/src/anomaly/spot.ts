import { InvalidOptionError, requireInteger, requireNumber } from "../errors.js";
import { toScore } from "./band.js";
import type { Detector, DetectorSnapshot } from "./detector.js";
import { fitParetoTail, type ParetoTail, tailProbability, tailQuantile } from "./pareto-tail.js";
import { Ring } from "./ring.js";
import { openState, QUIET, statefulDetector } from "./stateful-detector.js";

/** The risk that is taken, and what the tail is learned from. */
export interface SpotOptions {
  /** Risk: the share of ordinary samples that may be called anomalies. 1e-12 to 0.01, default 1e-4. */
  readonly risk?: number;
  /** Samples from which the level of the tail is learned. 20 to 100,000, default 400. */
  readonly calibrationSamples?: number;
  /** Quantile where the tail begins. 0.5 to 0.999, default 0.95. */
  readonly level?: number;
  /** Newest excesses that the tail is fitted to. 10 to 10,000, default 200. */
  readonly maxExcesses?: number;
  /** The scale of the tail is never below this, in the unit of the samples. At least 0, default 0. */
  readonly scaleFloor?: number;
  /** The scale of the tail is never below this share of its level. At least 0, default 0.05. */
  readonly scaleFloorRatio?: number;
  /** Which tail. Default "up". */
  readonly direction?: "up" | "down";
}

/** A sample beyond the end of a bounded tail is as unlikely as can be told: 10^−16. */
const MAX_SURPRISE = 16;

/**
 * Peaks over threshold: the threshold follows from the risk, by a generalised Pareto tail fitted to what exceeded a
 * high level (SPOT; Siffer, Fouque, Termier & Largouët, KDD 2017), whatever the distribution. For a stationary series
 * or a residual. Statistic: −log10 of the sample's tail probability, 0 below the level; anomalies teach the tail
 * nothing. An update is O(1), one that changes the tail O(maxExcesses · log maxExcesses).
 * @throws InvalidOptionError for an option outside its range, or a snapshot of another detector
 */
export function createSpotDetector(options: SpotOptions = {}, snapshot?: DetectorSnapshot): Detector {
  const { risk, calibrationSamples, level, maxExcesses, scaleFloor, scaleFloorRatio, direction } = resolveSpot(options);
  const sign = direction === "up" ? 1 : -1;
  const threshold = -Math.log10(risk);
  const state = openState<SpotState>("spot", snapshot);
  const calibration = state === undefined ? [] : [...state.calibration];
  const excesses = new Ring(maxExcesses, state?.excesses);
  let { start, samples, peaks } = state ?? { start: 0, samples: 0, peaks: 0 };
  let tail: ParetoTail = { shape: 0, scale: 0 };
  fit();

  function fit(): void {
    const { shape, scale } = fitParetoTail(excesses.values());
    tail = { shape, scale: Math.max(scale, scaleFloor, scaleFloorRatio * Math.abs(start), Number.MIN_VALUE) };
  }

  function calibrate(value: number): void {
    calibration.push(value);
    if (calibration.length < calibrationSamples) return;
    const sorted = calibration.splice(0).sort((a, b) => a - b);
    start = sorted[Math.floor(level * (sorted.length - 1))] ?? 0;
    samples = sorted.length;
    for (const each of sorted) if (each > start) addPeak(each - start);
    fit();
  }

  function addPeak(excess: number): void {
    excesses.push(excess);
    peaks += 1;
  }

  return statefulDetector(
    "spot",
    (signed) => {
      const value = sign * signed + 0;
      if (samples === 0) {
        calibrate(value);
        return QUIET;
      }
      // Not one peak yet, as on a constant series, is taken as one.
      const peakShare = Math.max(1, peaks) / samples;
      const excess = value - start;
      const surprise = excess > 0 ? -Math.log10(peakShare * tailProbability(tail, excess)) : 0;
      const statistic = Math.max(0, Math.min(MAX_SURPRISE, surprise));
      const limit = sign * (start + tailQuantile(tail, Math.min(1, risk / peakShare)));
      const isAnomaly = statistic > threshold;
      samples += 1;
      if (excess > 0 && !isAnomaly) {
        addPeak(excess);
        fit();
      }
      return {
        score: toScore(statistic, threshold),
        isAnomaly,
        statistic,
        baseline: sign * start,
        upper: sign > 0 ? limit : null,
        lower: sign > 0 ? null : limit,
      };
    },
    () => ({ calibration: [...calibration], excesses: excesses.values(), start, samples, peaks }) satisfies SpotState,
  );
}

interface SpotState {
  readonly calibration: readonly number[];
  readonly excesses: readonly number[];
  readonly start: number;
  readonly samples: number;
  readonly peaks: number;
}

function resolveSpot(options: SpotOptions): Required<SpotOptions> {
  const { risk = 1e-4, calibrationSamples = 400, level = 0.95, maxExcesses = 200 } = options;
  const { scaleFloor = 0, scaleFloorRatio = 0.05, direction = "up" } = options;
  if (direction !== "up" && direction !== "down") {
    throw new InvalidOptionError("direction", direction, 'one of "up", "down"');
  }
  return {
    risk: requireNumber("risk", risk, 1e-12, 0.01),
    calibrationSamples: requireInteger("calibrationSamples", calibrationSamples, 20, 1e5),
    level: requireNumber("level", level, 0.5, 0.999),
    maxExcesses: requireInteger("maxExcesses", maxExcesses, 10, 1e4),
    scaleFloor: requireNumber("scaleFloor", scaleFloor, 0),
    scaleFloorRatio: requireNumber("scaleFloorRatio", scaleFloorRatio, 0),
    direction,
  };
}
