import type { Detector, DetectorSnapshot } from "@telemetra/core";

export interface FrozenOptions {
  /** So many equal samples in a row are an anomaly. Default 10. */
  readonly repeats?: number;
}

interface FrozenState {
  readonly value: number | null;
  readonly run: number;
}

/** A series that no longer moves: a hanging encoder, a sensor without power. Its statistic is the length of the run. */
export function createFrozenDetector({ repeats = 10 }: FrozenOptions = {}, snapshot?: DetectorSnapshot): Detector {
  let { value: previous, run } = (snapshot?.state ?? { value: null, run: 0 }) as FrozenState;
  return {
    update(value) {
      run = value === previous ? run + 1 : 1;
      previous = value;
      return {
        // From 0 to 1, and 0.5 at the threshold: that makes detectors comparable.
        score: run / (run + repeats),
        isAnomaly: run >= repeats,
        statistic: run,
        // It expects no value, so there are no bounds to draw.
        baseline: null,
        upper: null,
        lower: null,
      };
    },
    // Whatever goes through JSON and is enough to go on from.
    snapshot: () => ({ kind: "frozen", version: 1, state: { value: previous, run } satisfies FrozenState }),
  };
}
