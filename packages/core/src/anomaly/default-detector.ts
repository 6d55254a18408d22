import type { Detector, DetectorSnapshot } from "./detector.js";
import { createNoveltyDetector, type NoveltyOptions } from "./novelty.js";

/** Options of the default detector; none needs to be set. */
export type DefaultDetectorOptions = NoveltyOptions;

/**
 * The detector to take for a series of which nothing is known: novelty of the series' state, without a setting that
 * depends on unit, scale, length or distribution. For counts that come in bursts, such as chat messages per slice,
 * `createChatDetector` finds more.
 * @throws InvalidOptionError for an option outside its range, or a snapshot of another detector
 */
export function createDefaultDetector(options: DefaultDetectorOptions = {}, snapshot?: DetectorSnapshot): Detector {
  return createNoveltyDetector(options, snapshot);
}
