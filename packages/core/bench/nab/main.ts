import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { scoreChoices } from "./choices.js";
import {
  loadScorer,
  type Profile,
  type ProfileScore,
  PROFILES,
  PUBLISHED,
  publishedScores,
  readJson,
  scoreCorpus,
  scoreLeavingOut,
} from "./corpus.js";
import { DEFAULT_NAME, DETECTORS } from "./detectors.js";
import { pathArgument, requirePath, resultsFile, sharedPath } from "./shared-data.js";

// Scores our detectors on the Numenta Anomaly Benchmark, beside published ones on the same files.
const howTo = "give it with --data <folder>, or set TELEMETRA_SHARED to the folder that holds data/nab";
const folder = requirePath(pathArgument("data") ?? sharedPath("data/nab"), "The NAB corpus", howTo);
const scorerPath = pathArgument("scorer") ?? sharedPath("tools/nab-score.mjs");
const scorer = await loadScorer(requirePath(scorerPath, "The NAB scorer", "give it with --scorer <file>"));

const corpus = scorer.loadCorpus(folder);
const rows = [...corpus.values()].reduce((sum, series) => sum + series.values.length, 0);
const windows = [...corpus.values()].reduce((sum, series) => sum + series.windows.length, 0);
const everywhere = readJson(join(folder, "published-final-results.json")) as Record<string, Record<Profile, number>>;

const ours = DETECTORS.map(([name, create]) => {
  const { scores, seconds } = scoreCorpus(corpus, create, 5);
  const updatesPerSecond = Math.round(rows / seconds);
  const extra = { leave_one_category_out: round(scoreLeavingOut(scorer, corpus, scores)) };
  // What a user gets: the detector's own threshold, not one chosen after the fact.
  const own = scorer.scoreDetector(corpus, scores, { thresholds: { standard: 0.5 } }).standard;
  return {
    ...figures(name, scorer.scoreDetector(corpus, scores)),
    ...extra,
    standard_at_own_threshold: round(own.normalized),
    seconds: round(seconds),
    updates_per_second: updatesPerSecond,
  };
});
const published = PUBLISHED.map(([file, name]) => {
  const scores = publishedScores(folder, file);
  return {
    ...figures(name, scorer.scoreDetector(corpus, scores)),
    leave_one_category_out: round(scoreLeavingOut(scorer, corpus, scores)),
    standard_all_58_files: round(everywhere[file]?.standard ?? NaN),
  };
});

console.log(
  `NAB v1.1: ${corpus.size} of 58 files, ${windows} anomaly windows, ${rows} rows. Higher is better, 100 is perfect.\n`,
);
console.log(
  line(["", "standard", "low FP", "low FN", "left out", "own thr.", "found", "false", "seconds", "updates/s"]),
);
for (const each of ours) {
  console.log(
    line([...common(each), each.standard_at_own_threshold, ...counts(each), each.seconds, each.updates_per_second]),
  );
}
console.log("\npublished, on the same files");
for (const each of published) console.log(line([...common(each), "", ...counts(each)]));
console.log(`
One threshold for all files, chosen to score best. left out: chosen on the other categories. own thr.: the detector's
own (score 0.5). seconds: the fastest of five passes. found: of ${windows} windows.
false: rows outside every window at the best standard threshold.`);

const choices = Object.fromEntries(
  Object.entries(scoreChoices(scorer, corpus)).map(([name, value]) => [name, round(value)]),
);
console.log(`
The default with ${choices["choices"]} choices of its constants: ${choices["min"]} to ${choices["max"]}, median ${choices["median"]}. Each category
judged by the choice that is best on the others: ${choices["chosen_on_other_categories"]}.`);

const results = resultsFile("nab.json");
mkdirSync(dirname(results), { recursive: true });
const report = {
  corpus: { files: corpus.size, windows, rows },
  node: process.version,
  default: DEFAULT_NAME,
  ours,
  published,
  choices,
};
writeFileSync(results, `${JSON.stringify(report, null, 2)}\n`);

type Figures = ReturnType<typeof figures> & { readonly leave_one_category_out: number };

function figures(name: string, score: Record<Profile, ProfileScore>) {
  const [standard, lowFalsePositives, lowFalseNegatives] = PROFILES.map((profile) => round(score[profile].normalized));
  return {
    detector: name,
    standard,
    reward_low_fp_rate: lowFalsePositives,
    reward_low_fn_rate: lowFalseNegatives,
    threshold: round(score.standard.threshold, 4),
    windows_found: score.standard.windowsFound,
    false_rows: score.standard.fpRows,
  };
}

function common(each: Figures): unknown[] {
  const { detector, standard, reward_low_fp_rate, reward_low_fn_rate, leave_one_category_out } = each;
  return [detector, standard, reward_low_fp_rate, reward_low_fn_rate, leave_one_category_out];
}

function counts(each: Figures): unknown[] {
  return [each.windows_found, each.false_rows];
}

function line(cells: readonly unknown[]): string {
  return cells.map((cell, index) => (index === 0 ? String(cell).padEnd(28) : String(cell).padStart(10))).join("");
}

function round(value: number, digits = 2): number {
  return Number(value.toFixed(digits));
}
