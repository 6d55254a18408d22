import { createDefaultDetector, type DefaultDetectorOptions } from "../../src/anomaly/default-detector.js";
import { type Corpus, leaveOut, normalise, type Scorer, scoreCorpus } from "./corpus.js";

/** Choices of the default's constants: half and double of what has a length, ten per cent either way of the threshold. */
const GRID: readonly DefaultDetectorOptions[] = [0.063, 0.07, 0.077].flatMap((noveltyRatio) =>
  [4096, 8192, 16_384].flatMap((memorySamples) =>
    [32, 64, 128].map((holdSamples) => ({ noveltyRatio, memorySamples, holdSamples })),
  ),
);

export interface ChoicesReport {
  readonly choices: number;
  /** Standard scores over the choices. */
  readonly min: number;
  readonly median: number;
  readonly max: number;
  /** Each category scored by the choice, constants and threshold, that is best on the others. */
  readonly chosen_on_other_categories: number;
}

/** How much the default's score owes to its constants. */
export function scoreChoices(scorer: Scorer, corpus: Corpus): ChoicesReport {
  const judged = GRID.map((options) => {
    const { scores } = scoreCorpus(corpus, (snapshot) => createDefaultDetector(options, snapshot));
    return {
      standard: scorer.scoreDetector(corpus, scores).standard.normalized,
      folds: leaveOut(scorer, corpus, scores),
    };
  });
  const standard = judged.map((each) => each.standard).sort((a, b) => a - b);
  const categories = judged[0]?.folds.length ?? 0;
  const chosen = Array.from({ length: categories }, (_, category) => {
    const folds = judged.flatMap(({ folds }) => folds[category] ?? []);
    return folds.reduce((best, fold) => (fold.others > best.others ? fold : best));
  });
  return {
    choices: GRID.length,
    min: standard[0] ?? NaN,
    median: standard[standard.length >> 1] ?? NaN,
    max: standard.at(-1) ?? NaN,
    chosen_on_other_categories: normalise(chosen),
  };
}
