/** What a detector says about one sample. Every number is finite or null, so a detection is JSON-safe. */
export interface Detection {
  /**
   * How anomalous the sample is, 0…1, continuous and comparable within one detector. 0.5 is the detector's own
   * threshold; 0 while warming up.
   */
  readonly score: number;
  /** True when the sample is beyond the threshold. */
  readonly isAnomaly: boolean;
  /** The quantity compared with the threshold (a z-score, a CUSUM …); null while there is no baseline. */
  readonly statistic: number | null;
  /** The value that was expected, in the unit of the samples; null when the detector has none (yet). */
  readonly baseline: number | null;
  /** Samples above this value are anomalies; null when there is no such value. */
  readonly upper: number | null;
  /** Samples below this value are anomalies; null when there is no such value. */
  readonly lower: number | null;
}

/**
 * Judges a series sample by sample, each against the past only. State is bounded, an update takes constant or
 * logarithmic time unless the factory says otherwise.
 */
export interface Detector {
  /**
   * Judges the sample, then learns from it. Never throws: a value that is not finite or beyond ±1e100 is answered
   * with score 0 and leaves no trace. Only detectors with options in milliseconds read the timestamp (epoch
   * milliseconds); to those a repeated, backward or unusable one means that no time has passed.
   */
  update(value: number, timestampMs: number): Detection;
  /** JSON-safe state. A factory called with the same options and this snapshot continues identically. */
  snapshot(): DetectorSnapshot;
}

/** The state of a detector, JSON-safe. Of another kind or version than the factory that gets it, it is refused. */
export interface DetectorSnapshot {
  /** Which factory made it. */
  readonly kind: string;
  /** Version of the state's shape. */
  readonly version: number;
  /** The detector's own business. */
  readonly state: unknown;
}

/** Makes a detector, or continues one from its snapshot: how detectors are handed to combinators. */
export type DetectorFactory = (snapshot?: DetectorSnapshot) => Detector;

/** Which side of the baseline can be anomalous. */
export type Direction = "up" | "down" | "both";
