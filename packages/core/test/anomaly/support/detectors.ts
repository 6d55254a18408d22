import { createChatDetector } from "../../../src/anomaly/chat-detector.js";
import { createCusumDetector } from "../../../src/anomaly/cusum.js";
import { createDefaultDetector } from "../../../src/anomaly/default-detector.js";
import type { DetectorFactory } from "../../../src/anomaly/detector.js";
import { createEwmaBandDetector } from "../../../src/anomaly/ewma-band.js";
import { createNoveltyDetector } from "../../../src/anomaly/novelty.js";
import { createRefractoryDetector } from "../../../src/anomaly/refractory.js";
import { createRobustZScoreDetector } from "../../../src/anomaly/robust-z-score.js";
import { createSeasonalDetector } from "../../../src/anomaly/seasonal.js";
import { createSpotDetector } from "../../../src/anomaly/spot.js";
import { createMaxDetector, createMinDetector, createVoteDetector } from "../../../src/anomaly/vote.js";
import { createZScoreDetector } from "../../../src/anomaly/z-score.js";

const zScore: DetectorFactory = (snapshot) => createZScoreDetector({ windowSamples: 12, exclude: 3 }, snapshot);
const ewma: DetectorFactory = (snapshot) => createEwmaBandDetector({ halfLifeMs: 60_000 }, snapshot);
const spot: DetectorFactory = (snapshot) =>
  createSpotDetector({ calibrationSamples: 30, level: 0.8, maxExcesses: 15, risk: 0.01 }, snapshot);

/** Every kind of detector, small enough that a short series turns its memory over. */
export const EVERY_DETECTOR: readonly (readonly [name: string, create: DetectorFactory])[] = [
  ["z-score", zScore],
  ["robust z-score", (snapshot) => createRobustZScoreDetector({ windowSamples: 11, minSamples: 4 }, snapshot)],
  ["EWMA band by time", ewma],
  ["EWMA band by samples", (snapshot) => createEwmaBandDetector({ halfLifeSamples: 5 }, snapshot)],
  ["CUSUM", (snapshot) => createCusumDetector({ minSamples: 8, threshold: 3 }, snapshot)],
  ["SPOT", spot],
  [
    "SPOT downwards",
    (snapshot) => createSpotDetector({ calibrationSamples: 20, direction: "down", maxExcesses: 10 }, snapshot),
  ],
  [
    "seasonal",
    (snapshot) => createSeasonalDetector({ periodMs: 300_000, bins: 3, samplesPerBin: 8, minSamples: 3 }, snapshot),
  ],
  ["vote", (snapshot) => createVoteDetector([zScore, ewma, spot], 2, snapshot)],
  ["max", (snapshot) => createMaxDetector([zScore, ewma], snapshot)],
  ["min", (snapshot) => createMinDetector([zScore, ewma], snapshot)],
  ["refractory", (snapshot) => createRefractoryDetector(zScore, { cooldownSamples: 3, cooldownMs: 50_000 }, snapshot)],
  [
    "novelty",
    (snapshot) => createNoveltyDetector({ minSamples: 5, maxStates: 16, memorySamples: 64, holdSamples: 7 }, snapshot),
  ],
  ["default", (snapshot) => createDefaultDetector({}, snapshot)],
  ["chat", (snapshot) => createChatDetector({ windowSamples: 15, direction: "both" }, snapshot)],
];
