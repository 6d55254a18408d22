import { requireNumber } from "../errors.js";
import { type BandOptions, flooredScale, judge, resolveBand, standardise } from "./band.js";
import type { Detector, DetectorSnapshot } from "./detector.js";
import { openState, QUIET, statefulDetector } from "./stateful-detector.js";

/** When a level counts as shifted. */
export interface CusumOptions extends BandOptions {
  /**
   * The sum of standardised residuals at which the level counts as shifted. Above 0 to 1e6, default 8: about 9,500
   * Gaussian samples from one false alarm to the next, and 16 to notice a shift of one standard deviation.
   */
  readonly threshold?: number;
  /** Samples that each level is learned from before it is watched. 2 to 1e6, default 30. */
  readonly minSamples?: number;
  /** Standard deviations that a residual must exceed to add to the sum. 0 to 10, default 0.5. */
  readonly slack?: number;
}

/**
 * Two-sided, self-starting cumulative sum (Page 1954; Hawkins 1987): small residuals that agree in sign add up, so a
 * shift of the level shows that no single sample gives away. Statistic: the larger sum, negative for a fall.
 * One residual adds at most half the threshold: a lone spike is not a shift. After an alarm the new level is learned
 * from nothing; a stretch of `minSamples` samples is then not judged.
 * @throws InvalidOptionError for an option outside its range, or a snapshot of another detector
 */
export function createCusumDetector(options: CusumOptions = {}, snapshot?: DetectorSnapshot): Detector {
  const { threshold = 8, minSamples = 30, slack = 0.5 } = options;
  requireNumber("slack", slack, 0, 10);
  const band = resolveBand({ ...options, threshold, minSamples });
  const { direction } = band;
  const learning = { count: 0, mean: 0, spread: 0, rise: 0, fall: 0 };
  let { count, mean, spread, rise, fall } = openState<typeof learning>("cusum", snapshot) ?? learning;

  function learn(value: number): void {
    const before = mean;
    mean += (value - before) / ++count;
    spread += (value - before) * (value - mean);
  }

  return statefulDetector(
    "cusum",
    (value) => {
      if (count < band.minSamples) {
        learn(value);
        return QUIET;
      }
      const scale = flooredScale(band, mean, Math.sqrt(spread / (count - 1)));
      const limit = threshold / 2 + slack;
      const residual = Math.max(-limit, Math.min(limit, standardise(value - mean, scale)));
      rise = Math.max(0, rise + residual - slack);
      fall = Math.max(0, fall - residual - slack);
      const isRise = direction === "up" || (direction === "both" && rise >= fall);
      const detection = judge(isRise ? rise : -fall, threshold, direction, mean, null, null);
      if (detection.isAnomaly) ({ count, mean, spread, rise, fall } = learning);
      // A residual beyond its limit must not move the level that it is compared with.
      learn(detection.isAnomaly ? value : mean + scale * residual);
      return detection;
    },
    () => ({ count, mean, spread, rise, fall }) satisfies typeof learning,
  );
}
