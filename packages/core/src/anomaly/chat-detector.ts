import { requireInteger, requireNumber } from "../errors.js";
import { judge, requireDirection, standardise } from "./band.js";
import type { Detector, DetectorSnapshot, Direction } from "./detector.js";
import { SortedWindow } from "./sorted-window.js";
import { openState, QUIET, statefulDetector } from "./stateful-detector.js";

/** What is usual, and what is a burst of it. */
export interface ChatDetectorOptions {
  /** Samples in the baseline: 20 min of 10-s slices by default. 2 to 10,000, default 120. */
  readonly windowSamples?: number;
  /** Samples needed before there is a baseline. 2 to 10,000, default 12. */
  readonly minSamples?: number;
  /**
   * A burst is more than this many times the usual. Above 1 to 1,000, default 3.3: three times the usual is what a
   * burst amounts to while it lasts, and a tenth on top keeps the unrest of single samples out.
   */
  readonly ratio?: number;
  /**
   * A burst is more than this many standard deviations of a Poisson count above the usual, taken on the square-root
   * scale, where the deviation of every count is 1/2 (Anscombe 1948). 0 to 100, default 4.
   */
  readonly deviations?: number;
  /** Default "up". A lull ("down") is less than a `ratio`-th of the usual, and `deviations` below it. */
  readonly direction?: Direction;
}

/**
 * Bursts of a count, such as the messages of a slice, against the median of the last `windowSamples` counts. Statistic:
 * distance from the median as a share of the distance at which it is an anomaly, so that 1 is the threshold.
 *
 * Chat has no spread to measure it by: it is made of bursts, and a standard deviation that has seen some misses the
 * next. What a viewer would call a burst is a multiple of the usual, and the median, which bursts of less than half the
 * window do not move, is the usual. Where the usual is a handful of messages a multiple of it is still chance; there
 * the noise of counting (√median) decides. Judges each sample by itself: `createRefractoryDetector` makes episodes of
 * them. O(windowSamples) per update.
 * @throws InvalidOptionError for an option outside its range, or a snapshot of another detector
 */
export function createChatDetector(options: ChatDetectorOptions = {}, snapshot?: DetectorSnapshot): Detector {
  const { windowSamples = 120, minSamples = 12, ratio = 3.3, deviations = 4, direction = "up" } = options;
  requireInteger("windowSamples", windowSamples, 2, 1e4);
  requireInteger("minSamples", minSamples, 2, 1e4);
  requireNumber("ratio", ratio, 1 + 1e-9, 1000);
  requireNumber("deviations", deviations, 0, 100);
  requireDirection(direction);
  const window = new SortedWindow(windowSamples, openState<readonly number[]>("chat", snapshot));

  return statefulDetector(
    "chat",
    (count) => {
      const isReady = window.count >= Math.min(minSamples, windowSamples);
      const usual = window.median();
      window.push(count);
      if (!isReady) return QUIET;
      // A median of 0 is that of a chat with less than a message per two slices, whose deviation is below 1.
      const noise = deviations * Math.sqrt(Math.max(1, usual));
      const rise = Math.max((ratio - 1) * usual, noise + deviations ** 2 / 4);
      const fall = Math.max((1 - 1 / ratio) * usual, noise);
      const statistic = standardise(count - usual, count > usual ? rise : fall);
      return judge(statistic, 1, direction, usual, usual + rise, usual > fall ? usual - fall : null);
    },
    () => window.values(),
  );
}
