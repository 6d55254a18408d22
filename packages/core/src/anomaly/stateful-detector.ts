import { InvalidOptionError } from "../errors.js";
import type { Detection, Detector, DetectorSnapshot } from "./detector.js";

/** Sums of squares of values within this bound stay finite for longer than any series lasts. */
const MAX_MAGNITUDE = 1e100;
const VERSION = 1;

/** The answer while there is nothing to compare with. */
export const QUIET: Detection = Object.freeze({
  score: 0,
  isAnomaly: false,
  statistic: null,
  baseline: null,
  upper: null,
  lower: null,
});

/** The state inside a snapshot of this kind, or undefined without one. @throws InvalidOptionError for a snapshot of another kind or version. */
export function openState<State>(kind: string, snapshot: DetectorSnapshot | undefined): State | undefined {
  if (snapshot === undefined) return undefined;
  if (snapshot.kind === kind && snapshot.version === VERSION) return snapshot.state as State;
  throw new InvalidOptionError("snapshot", `${snapshot.kind} v${snapshot.version}`, `one of ${kind} v${VERSION}`);
}

/** A detector from what judges a usable value and what saves the state. */
export function statefulDetector(
  kind: string,
  judge: (value: number, timestampMs: number) => Detection,
  save: () => unknown,
): Detector {
  return {
    // Adding 0 turns -0 into 0: JSON has no -0, and a restored detector must not differ by it.
    update: (value, timestampMs) => (Math.abs(value) <= MAX_MAGNITUDE ? judge(value + 0, timestampMs) : QUIET),
    snapshot: () => ({ kind, version: VERSION, state: save() }),
  };
}
