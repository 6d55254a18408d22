import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { gunzipSync } from "node:zlib";
import type { DetectorFactory } from "../../src/anomaly/detector.js";

/** One labelled series as the scorer reads it. */
export interface Series {
  /** `YYYY-MM-DD hh:mm:ss`, taken as UTC. */
  readonly timestamps: readonly string[];
  readonly values: readonly number[];
  readonly windows: readonly unknown[];
}

export type Corpus = ReadonlyMap<string, Series>;
export type Scores = Map<string, readonly number[]> | Readonly<Record<string, readonly number[]>>;
export const PROFILES = ["standard", "reward_low_FP_rate", "reward_low_FN_rate"] as const;
export type Profile = (typeof PROFILES)[number];

export interface ProfileScore {
  /** 0 for a detector that never alarms, 100 for a perfect one. */
  readonly normalized: number;
  /** `normalized` without its scale: sums over subsets of the files. */
  readonly raw: number;
  readonly threshold: number;
  readonly windows: number;
  readonly windowsFound: number;
  /** Rows at or above the threshold outside every window. */
  readonly fpRows: number;
}

export interface ScoreOptions {
  readonly only?: (file: string) => boolean;
  /** Fixed thresholds; those left out are chosen to score best. */
  readonly thresholds?: Partial<Record<Profile, number>>;
}

/** The benchmark's scorer. */
export interface Scorer {
  loadCorpus(folder: string): Corpus;
  scoreDetector(corpus: Corpus, scores: Scores, options?: ScoreOptions): Record<Profile, ProfileScore>;
}

export async function loadScorer(path: string): Promise<Scorer> {
  return (await import(pathToFileURL(path).href)) as Scorer;
}

/**
 * Scores of every row of every file, each file by a new detector that sees its rows once and in order, and the seconds
 * that the fastest of the passes took: others share the machine.
 */
export function scoreCorpus(corpus: Corpus, create: DetectorFactory, passes = 1): { scores: Scores; seconds: number } {
  const scores = new Map<string, readonly number[]>();
  let seconds = Infinity;
  for (let pass = 0; pass < passes; pass++) {
    let passSeconds = 0;
    for (const [file, { timestamps, values }] of corpus) {
      const timesMs = timestamps.map((timestamp) => Date.parse(`${timestamp.replace(" ", "T")}Z`));
      const startMs = performance.now();
      const detector = create();
      const fileScores = values.map((value, row) => detector.update(value, timesMs[row] ?? NaN).score);
      passSeconds += (performance.now() - startMs) / 1000;
      scores.set(file, fileScores);
    }
    seconds = Math.min(seconds, passSeconds);
  }
  return { scores, seconds };
}

/** One category judged by what was chosen on all the others. */
export interface Fold {
  /** Best standard score on the other categories. */
  readonly others: number;
  /** Raw standard score of this one with the others' threshold. */
  readonly raw: number;
  readonly windows: number;
}

/** Leave-one-category-out: each category is scored with the threshold that is best on all the others. */
export function leaveOut(scorer: Scorer, corpus: Corpus, scores: Scores): Fold[] {
  return [...new Set([...corpus.keys()].map(categoryOf))].map((category) => {
    const others = scorer.scoreDetector(corpus, scores, { only: (file) => categoryOf(file) !== category }).standard;
    const { raw, windows } = scorer.scoreDetector(corpus, scores, {
      only: (file) => categoryOf(file) === category,
      thresholds: { standard: others.threshold },
    }).standard;
    return { others: others.normalized, raw, windows };
  });
}

/** All folds as one score. The standard profile's raw score is −1 per window for silence, +1 for perfection. */
export function normalise(folds: readonly Fold[]): number {
  const windows = folds.reduce((sum, fold) => sum + fold.windows, 0);
  return (50 * (folds.reduce((sum, fold) => sum + fold.raw, 0) + windows)) / windows;
}

/** The leave-one-category-out score. The constants of the detector stay as they are. */
export function scoreLeavingOut(scorer: Scorer, corpus: Corpus, scores: Scores): number {
  return normalise(leaveOut(scorer, corpus, scores));
}

function categoryOf(file: string): string {
  return file.split("/")[0] ?? "";
}

export function readJson(path: string): unknown {
  const bytes = readFileSync(path);
  return JSON.parse((path.endsWith(".gz") ? gunzipSync(bytes) : bytes).toString("utf8"));
}

/** Published detectors whose row-by-row scores are at hand, so that they can be scored on the same files. */
export const PUBLISHED = [
  ["ARTime", "ARTime"],
  ["contextOSE", "CAD OSE"],
  ["knncad", "KNN-CAD"],
  ["skyline", "Etsy Skyline"],
  ["windowedGaussian", "Windowed Gaussian"],
] as const;

export function publishedScores(folder: string, name: string): Scores {
  return readJson(join(folder, "reference-scores", `${name}.json.gz`)) as Scores;
}
