import {
  createCusumDetector,
  createEwmaBandDetector,
  createMaxDetector,
  createRefractoryDetector,
  createRobustZScoreDetector,
  createVoteDetector,
  createZScoreDetector,
  type DetectorFactory,
  type DetectorSnapshot,
} from "@telemetra/core";
import { createFrozenDetector } from "./frozen-detector.js";
import { upload } from "./upload.js";

// Detectors are handed on as factories, our own like those of the package: so a snapshot restores them all.
const down = { direction: "down", scaleFloorRatio: 0.01 } as const;
const frozen: DetectorFactory = (snapshot) => createFrozenDetector({ repeats: 10 }, snapshot);
const level: DetectorFactory = (snapshot) => createCusumDetector(down, snapshot);
const median: DetectorFactory = (snapshot) => createRobustZScoreDetector({ ...down, threshold: 2 }, snapshot);
const mean: DetectorFactory = (snapshot) => createEwmaBandDetector(down, snapshot);
const zScore: DetectorFactory = (snapshot) => createZScoreDetector(down, snapshot);

/** A hiccup is what two of three agree on. */
const hiccup: DetectorFactory = (snapshot) => createVoteDetector([median, mean, zScore], 2, snapshot);
/** Trouble is either of two things, and told once for as long as it lasts. */
const trouble: DetectorFactory = (snapshot) =>
  createRefractoryDetector((inner) => createMaxDetector([frozen, level], inner), { cooldownSamples: 15 }, snapshot);

let watches = { hiccup: hiccup(), trouble: trouble() };

upload().forEach(({ atMs, kbits }, second) => {
  // The program is restarted in the middle of the trouble; nothing shows.
  if (second === 460) {
    const kept = JSON.stringify({ hiccup: watches.hiccup.snapshot(), trouble: watches.trouble.snapshot() });
    const restored = JSON.parse(kept) as Record<keyof typeof watches, DetectorSnapshot>;
    watches = { hiccup: hiccup(restored.hiccup), trouble: trouble(restored.trouble) };
  }
  for (const [name, watch] of Object.entries(watches)) {
    const { isAnomaly, score, baseline } = watch.update(kbits, atMs);
    if (!isAnomaly) continue;
    const expected = baseline === null ? "again and again" : `instead of ${Math.round(baseline)}`;
    const time = new Date(atMs).toISOString().slice(11, 19);
    console.log(`${time}  ${name.padEnd(7)}  ${kbits} kbit/s ${expected}, score ${score.toFixed(2)}`);
  }
});

console.log("\nalarms of each, by itself:");
for (const [name, create] of Object.entries({ frozen, level, median, mean, zScore, hiccup, trouble })) {
  const detector = create();
  const alarms = upload().filter(({ kbits, atMs }) => detector.update(kbits, atMs).isAnomaly);
  console.log(`${name.padEnd(7)}  ${alarms.length}`);
}
