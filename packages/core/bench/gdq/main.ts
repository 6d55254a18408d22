import { mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { createChatDetector } from "../../src/anomaly/chat-detector.js";
import { createDefaultDetector } from "../../src/anomaly/default-detector.js";
import type { Detector } from "../../src/anomaly/detector.js";
import { createZScoreDetector } from "../../src/anomaly/z-score.js";
import { pathArgument, requirePath, resultsFile, sharedPath } from "../nab/shared-data.js";
import { loadMarathons } from "./marathon.js";
import { episodes, SKIPPED_ROWS, type Span, truthOf } from "./surges.js";

// False alarms on quiet nights, and bursts found, in the chat of charity marathons: messages per minute.
const howTo = "give it with --data <folder>, or set TELEMETRA_SHARED to the folder that holds data/gdq";
const marathons = loadMarathons(
  requirePath(pathArgument("data") ?? sharedPath("data/gdq"), "The marathon data", howTo),
);

const plain = { scaleFloorRatio: 0, minSamples: 10 };
const DETECTORS: readonly (readonly [name: string, create: () => Detector])[] = [
  ["plain z ≥ 3, last hour", () => createZScoreDetector({ ...plain, windowSamples: 60 })],
  ["plain z ≥ 3, last day", () => createZScoreDetector({ ...plain, windowSamples: 1440 })],
  ["default (novelty)", () => createDefaultDetector()],
  ["chat", () => createChatDetector()],
  ["chat, ratio 3", () => createChatDetector({ ratio: 3 })],
];

const truths = marathons.map(truthOf);
const days = (pick: (truth: (typeof truths)[number]) => readonly boolean[]): number =>
  truths.reduce((sum, truth) => sum + pick(truth).filter(Boolean).length, 0) / 1440;
const quietNightDays = days((truth) => truth.isQuietNight);
const quietDays = days((truth) => truth.isQuiet);
const allDays = marathons.reduce((sum, { chats }) => sum + chats.length - SKIPPED_ROWS, 0) / 1440;
const bursts = truths.reduce((sum, truth) => sum + truth.bursts.length, 0);
const corroborated = truths.reduce((sum, truth) => sum + truth.corroborated.length, 0);

const measured = DETECTORS.map(([name, create]) => {
  const total = { night: 0, quiet: 0, all: 0, found: 0, foundCorroborated: 0 };
  marathons.forEach((marathon, index) => {
    const truth = truths[index];
    if (truth === undefined) return;
    const detector = create();
    const isAlarm = marathon.chats.map((count, row) => {
      const { isAnomaly } = detector.update(count, marathon.timesMs[row] ?? NaN);
      return isAnomaly && row >= SKIPPED_ROWS;
    });
    for (const { from } of episodes(isAlarm)) {
      total.all += 1;
      if (truth.isQuiet[from] === true) total.quiet += 1;
      if (truth.isQuietNight[from] === true) total.night += 1;
    }
    // The criterion is centred: it begins a minute before the first full minute of the burst.
    const isFound = ({ from, to }: Span): boolean => isAlarm.slice(from - 1, to + 1).includes(true);
    total.found += truth.bursts.filter(isFound).length;
    total.foundCorroborated += truth.corroborated.filter(isFound).length;
  });
  return {
    detector: name,
    false_alarms_per_quiet_night_day: round(total.night / quietNightDays),
    false_alarms_per_quiet_day: round(total.quiet / quietDays),
    bursts_found_ratio: round(total.found / bursts, 3),
    corroborated_bursts_found_ratio: round(total.foundCorroborated / corroborated, 3),
    alarms_per_day: round(total.all / allDays, 1),
  };
});

console.log(
  `${marathons.length} marathons, ${round(allDays, 1)} days of chat per minute; quiet: ${round(quietDays, 1)} days, of them at night ` +
    `${round(quietNightDays, 1)}; ${bursts} bursts, ${corroborated} of them seen in donations or tweets too.\n`,
);
console.log(line(["", "false/day,", "false/day,", "bursts", "corrob.", "alarms"]));
console.log(line(["", "quiet nights", "all quiet", "found", "found", "per day"]));
for (const { detector, ...figures } of measured) console.log(line([detector, ...Object.values(figures)]));

const report = {
  marathons: marathons.length,
  days: round(allDays, 1),
  quiet_days: round(quietDays, 1),
  quiet_night_days: round(quietNightDays, 1),
  bursts,
  corroborated_bursts: corroborated,
  node: process.version,
  detectors: measured,
};
const results = resultsFile("gdq.json");
mkdirSync(dirname(results), { recursive: true });
writeFileSync(results, `${JSON.stringify(report, null, 2)}\n`);

function line(cells: readonly unknown[]): string {
  return cells.map((cell, index) => (index === 0 ? String(cell).padEnd(26) : String(cell).padStart(14))).join("");
}

function round(value: number, digits = 2): number {
  return Number(value.toFixed(digits));
}
