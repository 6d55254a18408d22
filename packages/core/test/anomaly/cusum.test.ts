import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createCusumDetector } from "../../src/anomaly/cusum.js";
import { alarms, feed, gaussians, seriesArbitrary } from "./support/series.js";

interface Sums {
  readonly rise: number;
  readonly fall: number;
}

/** The definition: every level is relearned from its list of samples. */
function naiveSums(values: readonly number[], minSamples: number, threshold: number, slack: number): (Sums | null)[] {
  let level: number[] = [];
  let sums: Sums = { rise: 0, fall: 0 };
  return values.map((value) => {
    if (level.length < minSamples) {
      level.push(value);
      return null;
    }
    const mean = level.reduce((sum, each) => sum + each, 0) / level.length;
    const deviation = Math.sqrt(level.reduce((sum, each) => sum + (each - mean) ** 2, 0) / (level.length - 1));
    const scale = Math.max(deviation, 0.5);
    const limit = threshold / 2 + slack;
    const residual = Math.max(-limit, Math.min(limit, (value - mean) / scale));
    const judged = { rise: Math.max(0, sums.rise + residual - slack), fall: Math.max(0, sums.fall - residual - slack) };
    const isAlarm = Math.max(judged.rise, judged.fall) > threshold;
    sums = isAlarm ? { rise: 0, fall: 0 } : judged;
    level = isAlarm ? [value] : [...level, mean + scale * residual];
    return judged;
  });
}

describe("CUSUM", () => {
  it("equals the recursion with every level relearned from its samples", () => {
    fc.assert(
      fc.property(seriesArbitrary, (values) => {
        const scaled = values.map((value) => Math.max(-1000, Math.min(1000, value)));
        const naive = naiveSums(scaled, 6, 4, 0.5);
        const options = { minSamples: 6, threshold: 4, scaleFloor: 0.5, scaleFloorRatio: 0 };
        feed(createCusumDetector(options), scaled).forEach(({ statistic }, at) => {
          const sums = naive[at] ?? null;
          if (sums === null) expect(statistic).toBeNull();
          else expect(Math.abs(statistic ?? NaN)).toBeCloseTo(Math.max(sums.rise, sums.fall), 6);
        });
      }),
    );
  });

  it("notices a shift of one and a half standard deviations that no single sample shows, within 20 samples, once", () => {
    const delays = Array.from({ length: 20 }, (_, seed) => {
      const values = gaussians(500, seed).map((value, index) => value + (index >= 400 ? 1.5 : 0));
      return alarms(createCusumDetector({ scaleFloorRatio: 0 }), values).filter((at) => at >= 400);
    });
    for (const found of delays) expect(found).toHaveLength(1);
    const sorted = delays.map(([at = NaN]) => at - 400).sort((a, b) => a - b);
    expect(sorted[10]).toBeLessThanOrEqual(12);
    expect(sorted[19]).toBeLessThanOrEqual(30);
  });

  it("has the sign of the shift, and watches one side when told to", () => {
    const fall = gaussians(200, 31).map((value, index) => value - (index >= 100 ? 4 : 0));
    const options = { scaleFloorRatio: 0 };
    const alarmed = feed(createCusumDetector(options), fall).find(({ isAnomaly }) => isAnomaly);
    expect(alarmed?.statistic).toBeLessThan(-8);
    expect(alarms(createCusumDetector({ ...options, direction: "up" }), fall)).toEqual([]);
    expect(alarms(createCusumDetector({ ...options, direction: "down" }), fall)).toHaveLength(1);
  });

  it("does not take a lone spike of any size for a shift", () => {
    const values = gaussians(300, 32).map((value, index) => (index % 100 === 60 ? 1e9 : value));
    expect(alarms(createCusumDetector({ scaleFloorRatio: 0 }), values)).toEqual([]);
  });

  it("raises few false alarms on Gaussian noise", () => {
    const counts = Array.from(
      { length: 10 },
      (_, seed) => alarms(createCusumDetector({ scaleFloorRatio: 0 }), gaussians(5000, 100 + seed)).length,
    );
    expect(counts.reduce((sum, count) => sum + count, 0)).toBeLessThanOrEqual(12);
  });

  it("refuses a slack outside its range", () => {
    expect(() => createCusumDetector({ slack: 11 })).toThrow("slack is 11, but must be a number from 0 to 10");
  });
});
