import { requireInteger } from "../errors.js";
import { type BandOptions, judgeBand, resolveBand } from "./band.js";
import type { Detector, DetectorSnapshot } from "./detector.js";
import { Ring } from "./ring.js";
import { RollingMoments, type RollingMomentsState } from "./rolling-moments.js";
import { openState, QUIET, statefulDetector } from "./stateful-detector.js";

/** How long the baseline is, and which samples stay out of it. */
export interface ZScoreOptions extends BandOptions {
  /** Samples in the baseline. 2 to 100,000, default 60. */
  readonly windowSamples?: number;
  /**
   * The newest samples that stay out of the baseline because they share data with the one judged: for windows of
   * 60 s every 10 s, five (rule W9). 0 to 10,000, default 0.
   */
  readonly exclude?: number;
}

/**
 * Distance from the mean of the last `windowSamples` samples, in standard deviations (Shewhart 1931). Statistic: z.
 * The plain choice for a stationary, light-tailed series; its own outliers widen it for a whole window.
 * @throws InvalidOptionError for an option outside its range, or a snapshot of another detector
 */
export function createZScoreDetector(options: ZScoreOptions = {}, snapshot?: DetectorSnapshot): Detector {
  const { windowSamples = 60, exclude = 0 } = options;
  requireInteger("windowSamples", windowSamples, 2, 1e5);
  requireInteger("exclude", exclude, 0, 1e4);
  const band = resolveBand(options);
  const state = openState<ZScoreState>("z-score", snapshot);
  const baseline = new RollingMoments(windowSamples, state?.baseline);
  const overlapping = new Ring(exclude, state?.overlapping);

  return statefulDetector(
    "z-score",
    (value) => {
      const isReady = baseline.count >= Math.min(band.minSamples, windowSamples);
      const detection = isReady ? judgeBand(band, value, baseline.mean, baseline.deviation) : QUIET;
      const apart = exclude === 0 ? value : overlapping.push(value);
      if (apart !== undefined) baseline.push(apart);
      return detection;
    },
    () => ({ baseline: baseline.state(), overlapping: overlapping.values() }) satisfies ZScoreState,
  );
}

interface ZScoreState {
  readonly baseline: RollingMomentsState;
  readonly overlapping: readonly number[];
}
