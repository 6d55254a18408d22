import { requireInteger } from "../errors.js";
import { type BandOptions, judgeBand, resolveBand } from "./band.js";
import type { Detector, DetectorSnapshot } from "./detector.js";
import { SortedWindow } from "./sorted-window.js";
import { openState, QUIET, statefulDetector } from "./stateful-detector.js";

/** Makes the median absolute deviation of Gaussian samples estimate their standard deviation: 1 / Φ⁻¹(3/4). */
export const MAD_TO_DEVIATION = 1.4826022185056018;

/** How long the baseline is, and how far from it is too far. */
export interface RobustZScoreOptions extends BandOptions {
  /** Samples in the baseline. 2 to 10,000, default 60. */
  readonly windowSamples?: number;
}

/**
 * Distance from the median of the last `windowSamples` samples, in scaled median absolute deviations (Iglewicz &
 * Hoaglin 1993). Statistic: robust z. Up to half of the window may be outliers without moving it; it needs the scale
 * floor, because the deviation of a series that mostly repeats one value is 0. O(windowSamples) per update.
 * @throws InvalidOptionError for an option outside its range, or a snapshot of another detector
 */
export function createRobustZScoreDetector(options: RobustZScoreOptions = {}, snapshot?: DetectorSnapshot): Detector {
  const { windowSamples = 60 } = options;
  requireInteger("windowSamples", windowSamples, 2, 1e4);
  const band = resolveBand(options);
  const window = new SortedWindow(windowSamples, openState<readonly number[]>("robust-z-score", snapshot));

  return statefulDetector(
    "robust-z-score",
    (value) => {
      const isReady = window.count >= Math.min(band.minSamples, windowSamples);
      const median = window.median();
      const detection = isReady
        ? judgeBand(band, value, median, MAD_TO_DEVIATION * window.medianDeviation(median))
        : QUIET;
      window.push(value);
      return detection;
    },
    () => window.values(),
  );
}
