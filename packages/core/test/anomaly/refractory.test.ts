import { describe, expect, it } from "vitest";
import type { DetectorFactory } from "../../src/anomaly/detector.js";
import { createRefractoryDetector } from "../../src/anomaly/refractory.js";
import { createZScoreDetector } from "../../src/anomaly/z-score.js";
import { alarms, feed, gaussians } from "./support/series.js";

const zScore: DetectorFactory = (snapshot) => createZScoreDetector({ windowSamples: 200 }, snapshot);
/** Calm, except for values of 20 in the given places. */
const withBursts = (...places: number[]): number[] =>
  gaussians(400, 81).map((value, index) => (places.includes(index) ? 20 : Math.max(-2, Math.min(2, value))));

describe("refractory", () => {
  it("raises one alarm per episode: a burst of many samples, with pauses shorter than the cool-down", () => {
    const values = withBursts(200, 201, 202, 205, 206, 212, 300, 301);
    expect(alarms(zScore(), values)).toEqual([200, 201, 202, 205, 206, 212, 300, 301]);
    expect(alarms(createRefractoryDetector(zScore), values)).toEqual([200, 300]);
  });

  it("needs as many calm samples in a row as the cool-down says", () => {
    const alarmsAfter = (gap: number) =>
      alarms(createRefractoryDetector(zScore, { cooldownSamples: 5 }), withBursts(200, 200 + gap));
    expect(alarmsAfter(5)).toEqual([200]);
    expect(alarmsAfter(6)).toEqual([200, 206]);
  });

  it("needs the calm to last as long as the cool-down in time says", () => {
    // A sample every 10 s: the 12th after the first burst is 120 s later.
    const options = { cooldownSamples: 1, cooldownMs: 120_000 };
    expect(alarms(createRefractoryDetector(zScore, options), withBursts(200, 211))).toEqual([200]);
    expect(alarms(createRefractoryDetector(zScore, options), withBursts(200, 212))).toEqual([200, 212]);
  });

  it("does not end an episode while the score stays above the clearing level (hysteresis)", () => {
    // 2.9 deviations: no anomaly, score above 0.4.
    const script = [
      ...Array<number>(60)
        .fill(0)
        .map((_, index) => (index % 2 === 0 ? 1 : -1)),
      20,
    ];
    const restless = (level: number) => [...script, ...Array<number>(40).fill(level), 60];
    const options = { cooldownSamples: 10 };
    const run = (values: number[]) => alarms(createRefractoryDetector(robust, options), values);
    expect(run(restless(4))).toEqual([60]);
    expect(run(restless(0.5))).toEqual([60, 101]);
  });

  it("mutes the rest of an episode and passes everything else through", () => {
    const values = withBursts(200, 201);
    const inner = feed(zScore(), values);
    feed(createRefractoryDetector(zScore), values).forEach((detection, at) => {
      if (at > 200 && at < 212) expect(detection).toEqual({ ...inner[at], score: 0, isAnomaly: false });
      else expect(detection).toEqual(inner[at]);
    });
  });

  it("refuses options outside their range", () => {
    expect(() => createRefractoryDetector(zScore, { cooldownSamples: 0 })).toThrow("cooldownSamples is 0");
    expect(() => createRefractoryDetector(zScore, { clearAt: 0.6 })).toThrow(
      "clearAt is 0.6, but must be a number from 0 to 0.5",
    );
  });
});

/** A baseline that neither burst nor restlessness moves: ±1 with a scale of 1.5. */
const robust: DetectorFactory = (snapshot) =>
  createZScoreDetector({ windowSamples: 60, exclude: 50, scaleFloor: 1.5, scaleFloorRatio: 0 }, snapshot);
