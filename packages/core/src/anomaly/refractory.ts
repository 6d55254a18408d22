import { requireInteger, requireNumber } from "../errors.js";
import type { Detector, DetectorFactory, DetectorSnapshot } from "./detector.js";
import { openState, statefulDetector } from "./stateful-detector.js";

/** When an episode is over. */
export interface RefractoryOptions {
  /** Calm samples that end an episode. 1 to 1e6, default 10. */
  readonly cooldownSamples?: number;
  /** Time since the last sample that was not calm, needed to end an episode as well. At least 0, default 0. */
  readonly cooldownMs?: number;
  /** A sample is calm when its score is below this. 0 to 0.5, default 0.4: 2/3 of the threshold (hysteresis). */
  readonly clearAt?: number;
}

/**
 * One alarm per episode: the sample that opens an episode is an anomaly, and until the episode is over all others are
 * not; their score is 0.
 * @throws InvalidOptionError for an option outside its range, or a snapshot of another detector
 */
export function createRefractoryDetector(
  factory: DetectorFactory,
  options: RefractoryOptions = {},
  snapshot?: DetectorSnapshot,
): Detector {
  const { cooldownSamples = 10, cooldownMs = 0, clearAt = 0.4 } = options;
  requireInteger("cooldownSamples", cooldownSamples, 1, 1e6);
  requireNumber("cooldownMs", cooldownMs, 0);
  requireNumber("clearAt", clearAt, 0, 0.5);
  const state = openState<RefractoryState>("refractory", snapshot);
  const detector = factory(state?.detector);
  let { isOpen, calm, restlessMs } = state ?? { isOpen: false, calm: 0, restlessMs: 0 };

  return statefulDetector(
    "refractory",
    (value, timestampMs) => {
      const detection = detector.update(value, timestampMs);
      const nowMs = Number.isFinite(timestampMs) ? timestampMs : restlessMs;
      const isOver = isOpen && calm >= cooldownSamples && nowMs - restlessMs >= cooldownMs;
      if (isOver) isOpen = false;
      const isMuted = isOpen;
      if (detection.isAnomaly) isOpen = true;
      if (detection.score < clearAt) calm += 1;
      else {
        calm = 0;
        restlessMs = Math.max(restlessMs, nowMs);
      }
      return isMuted ? { ...detection, score: 0, isAnomaly: false } : detection;
    },
    () => ({ detector: detector.snapshot(), isOpen, calm, restlessMs }) satisfies RefractoryState,
  );
}

interface RefractoryState {
  readonly detector: DetectorSnapshot;
  readonly isOpen: boolean;
  readonly calm: number;
  readonly restlessMs: number;
}
