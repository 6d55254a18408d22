import { createCusumDetector } from "../../src/anomaly/cusum.js";
import { createDefaultDetector } from "../../src/anomaly/default-detector.js";
import type { DetectorFactory } from "../../src/anomaly/detector.js";
import { createEwmaBandDetector } from "../../src/anomaly/ewma-band.js";
import { createRefractoryDetector } from "../../src/anomaly/refractory.js";
import { createRobustZScoreDetector } from "../../src/anomaly/robust-z-score.js";
import { createSeasonalDetector } from "../../src/anomaly/seasonal.js";
import { createSpotDetector } from "../../src/anomaly/spot.js";
import { createMaxDetector } from "../../src/anomaly/vote.js";
import { createZScoreDetector } from "../../src/anomaly/z-score.js";

export const DEFAULT_NAME = "default (novelty)";

const zScore: DetectorFactory = (snapshot) => createZScoreDetector({}, snapshot);
const robustZScore: DetectorFactory = (snapshot) => createRobustZScoreDetector({}, snapshot);
const ewmaBand: DetectorFactory = (snapshot) => createEwmaBandDetector({}, snapshot);
const seasonal: DetectorFactory = (snapshot) => createSeasonalDetector({}, snapshot);
const spotUp: DetectorFactory = (snapshot) => createSpotDetector({}, snapshot);
const spotDown: DetectorFactory = (snapshot) => createSpotDetector({ direction: "down" }, snapshot);
const spot: DetectorFactory = (snapshot) => createMaxDetector([spotUp, spotDown], snapshot);

function refractory(factory: DetectorFactory): DetectorFactory {
  return (snapshot) => createRefractoryDetector(factory, { cooldownSamples: 64 }, snapshot);
}

/** The default, and every detector with the options it has by itself. */
export const DETECTORS: readonly (readonly [name: string, create: DetectorFactory])[] = [
  [DEFAULT_NAME, (snapshot) => createDefaultDetector({}, snapshot)],
  ["z-score", zScore],
  ["z-score, refractory", refractory(zScore)],
  ["robust z-score, refractory", refractory(robustZScore)],
  ["EWMA band, refractory", refractory(ewmaBand)],
  ["SPOT both ways, refractory", refractory(spot)],
  ["seasonal, refractory", refractory(seasonal)],
  ["CUSUM", (snapshot) => createCusumDetector({}, snapshot)],
];
