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

/**
 * Leave-one-category-out: each category is scored with the threshold that is best on all the others. The constants of
 * a detector stay as they are.
 */
export function scoreLeavingOut(scorer: Scorer, corpus: Corpus, scores: Scores): number {
  let raw = 0;
  let windows = 0;
  for (const category of new Set([...corpus.keys()].map(categoryOf))) {
    const others = scorer.scoreDetector(corpus, scores, { only: (file) => categoryOf(file) !== category });
    const left = scorer.scoreDetector(corpus, scores, {
      only: (file) => categoryOf(file) === category,
      thresholds: { standard: others.standard.threshold },
    });
    raw += left.standard.raw;
    windows += left.standard.windows;
  }
  return normalise(raw, windows);
}

function categoryOf(file: string): string {
  return file.split("/")[0] ?? "";
}

/** The standard profile's raw score is −1 per window for silence, +1 for perfection. */
function normalise(raw: number, windows: number): number {
  return (50 * (raw + windows)) / windows;
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
