import { requireInteger, requireNumber } from "../errors.js";
import { type BandOptions, judgeBand, resolveBand } from "./band.js";
import type { Detector, DetectorSnapshot } from "./detector.js";
import { MAD_TO_DEVIATION } from "./robust-z-score.js";
import { SortedWindow } from "./sorted-window.js";
import { openState, QUIET, statefulDetector } from "./stateful-detector.js";

/** What repeats, and into how many parts it is cut. */
export interface SeasonalOptions extends BandOptions {
  /** Length of the season. 1 ms to 400 days, default 24 h; a week sees weekends. */
  readonly periodMs?: number;
  /** Equal parts of the period that have a baseline of their own. 1 to 1,000, default 24: hour of day. */
  readonly bins?: number;
  /** Newest samples kept in each bin. 2 to 1,000, default 40. */
  readonly samplesPerBin?: number;
  /** Where the period begins, added to the timestamp: the offset of the local time zone. Any number, default 0: UTC. */
  readonly offsetMs?: number;
}

/**
 * Distance from the median of the samples that fell into the same part of the period, in scaled median absolute
 * deviations. Statistic: robust z. For a series with a daily or weekly rhythm over days and weeks; silent in a bin
 * until it has `minSamples`. A sample without a finite timestamp is not judged. Keeps bins × samplesPerBin numbers.
 * @throws InvalidOptionError for an option outside its range, or a snapshot of another detector
 */
export function createSeasonalDetector(options: SeasonalOptions = {}, snapshot?: DetectorSnapshot): Detector {
  const { periodMs = 86_400_000, bins = 24, samplesPerBin = 40, offsetMs = 0 } = options;
  requireNumber("periodMs", periodMs, 1, 400 * 86_400_000);
  requireInteger("bins", bins, 1, 1000);
  requireInteger("samplesPerBin", samplesPerBin, 2, 1000);
  requireNumber("offsetMs", offsetMs, -Number.MAX_SAFE_INTEGER);
  const band = resolveBand(options);
  const state = openState<SeasonalState>("seasonal", snapshot);
  const windows = Array.from({ length: bins }, (_, bin) => new SortedWindow(samplesPerBin, state?.[bin]));

  return statefulDetector(
    "seasonal",
    (value, timestampMs) => {
      const phase = (timestampMs + offsetMs) / periodMs;
      const window = windows[Math.floor((phase - Math.floor(phase)) * bins)];
      if (window === undefined) return QUIET;
      const isReady = window.count >= Math.min(band.minSamples, samplesPerBin);
      const median = window.median();
      const detection = isReady
        ? judgeBand(band, value, median, MAD_TO_DEVIATION * window.medianDeviation(median))
        : QUIET;
      window.push(value);
      return detection;
    },
    () => windows.map((window) => window.values()) satisfies SeasonalState,
  );
}

type SeasonalState = readonly (readonly number[])[];
