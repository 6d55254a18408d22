import { InvalidOptionError, requireInteger } from "../errors.js";
import type { Detection, Detector, DetectorFactory, DetectorSnapshot } from "./detector.js";
import { openState, statefulDetector } from "./stateful-detector.js";

/**
 * Several detectors on one series: an anomaly when at least `votes` of them say so. The detection is that of the
 * detector with the `votes`-th highest score.
 * @param factories one to 16, e.g. `[(snapshot) => createZScoreDetector({ threshold: 4 }, snapshot), createSpotDetector…]`
 * @param votes 1 to the number of factories
 * @throws InvalidOptionError for numbers outside their range, or a snapshot of another detector
 */
export function createVoteDetector(
  factories: readonly DetectorFactory[],
  votes: number,
  snapshot?: DetectorSnapshot,
): Detector {
  requireInteger("factories.length", factories.length, 1, 16);
  requireInteger("votes", votes, 1, factories.length);
  const state = openState<readonly DetectorSnapshot[]>("vote", snapshot);
  if (state !== undefined && state.length !== factories.length) {
    throw new InvalidOptionError("snapshot", `of ${state.length} detectors`, `one of ${factories.length}`);
  }
  const detectors = factories.map((create, index) => create(state?.[index]));

  return statefulDetector(
    "vote",
    (value, timestampMs) => {
      const ranked = detectors.map((each) => each.update(value, timestampMs)).sort((a, b) => b.score - a.score);
      const deciding = ranked[votes - 1] as Detection;
      return { ...deciding, isAnomaly: ranked.filter((each) => each.isAnomaly).length >= votes };
    },
    () => detectors.map((each) => each.snapshot()),
  );
}

/**
 * The most alarmed of the detectors decides: a vote of one.
 * @param factories one to 16
 * @throws InvalidOptionError for another number of them, or a snapshot of another detector
 */
export function createMaxDetector(factories: readonly DetectorFactory[], snapshot?: DetectorSnapshot): Detector {
  return createVoteDetector(factories, 1, snapshot);
}

/**
 * The least alarmed of the detectors decides: a vote of all.
 * @param factories one to 16
 * @throws InvalidOptionError for another number of them, or a snapshot of another detector
 */
export function createMinDetector(factories: readonly DetectorFactory[], snapshot?: DetectorSnapshot): Detector {
  return createVoteDetector(factories, factories.length, snapshot);
}
