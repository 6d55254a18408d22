import { requireNumber } from "../errors.js";
import { ABOVE_ZERO, type BandOptions, judgeBand, resolveBand } from "./band.js";
import type { Detector, DetectorSnapshot } from "./detector.js";
import { openState, QUIET, statefulDetector } from "./stateful-detector.js";

/** How fast the band follows, and how wide it is. */
export interface EwmaBandOptions extends BandOptions {
  /** A sample counts half after this many more. Above 0, default 30. Not read when `halfLifeMs` is given. */
  readonly halfLifeSamples?: number;
  /** A sample counts half after this much time, for a series that is not evenly spaced. Above 0; no default. */
  readonly halfLifeMs?: number;
}

/**
 * Distance from an exponentially weighted mean, in exponentially weighted standard deviations (Roberts 1959; the
 * variance after West 1979). Statistic: z. Four numbers of state, and it follows a series that drifts.
 * @throws InvalidOptionError for an option outside its range, or a snapshot of another detector
 */
export function createEwmaBandDetector(options: EwmaBandOptions = {}, snapshot?: DetectorSnapshot): Detector {
  const { halfLifeSamples = 30, halfLifeMs } = options;
  const halfLife =
    halfLifeMs === undefined
      ? requireNumber("halfLifeSamples", halfLifeSamples, ABOVE_ZERO)
      : requireNumber("halfLifeMs", halfLifeMs, ABOVE_ZERO);
  const band = resolveBand(options);
  let { count, mean, variance, lastMs }: EwmaBandState = openState<EwmaBandState>("ewma-band", snapshot) ?? {
    count: 0,
    mean: 0,
    variance: 0,
    lastMs: null,
  };

  return statefulDetector(
    "ewma-band",
    (value, timestampMs) => {
      const detection = count >= band.minSamples ? judgeBand(band, value, mean, Math.sqrt(variance)) : QUIET;
      const passed = halfLifeMs === undefined ? 1 : lastMs === null ? 0 : Math.max(0, timestampMs - lastMs) || 0;
      if (Number.isFinite(timestampMs)) lastMs = Math.max(timestampMs, lastMs ?? timestampMs);
      // The n-th sample weighs 1/n, as in a plain mean, while that is more than its exponential weight.
      const weight = Math.max(1 - 2 ** (-passed / halfLife), 1 / ++count);
      const residual = value - mean;
      mean += weight * residual;
      variance = (1 - weight) * (variance + weight * residual * residual);
      return detection;
    },
    () => ({ count, mean, variance, lastMs }) satisfies EwmaBandState,
  );
}

interface EwmaBandState {
  readonly count: number;
  readonly mean: number;
  readonly variance: number;
  readonly lastMs: number | null;
}
