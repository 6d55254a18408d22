import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fitParetoTail, tailProbability, tailQuantile } from "../../src/anomaly/pareto-tail.js";
import { createSpotDetector } from "../../src/anomaly/spot.js";
import { seededRandom } from "../support/seeded-random.js";
import { alarms, feed, gaussians } from "./support/series.js";

const paretoSample = (shape: number, scale: number, count: number, seed: number): number[] => {
  const random = seededRandom(seed);
  return Array.from({ length: count }, () => tailQuantile({ shape, scale }, 1 - random()));
};

describe("Pareto tail", () => {
  it.each([-0.3, 0, 0.2, 0.4])("recovers shape %d and scale from a large sample", (shape) => {
    const tail = fitParetoTail(paretoSample(shape, 3, 50_000, 41));
    expect(tail.shape).toBeCloseTo(shape, 1);
    expect(Math.abs(tail.scale - 3)).toBeLessThan(0.15);
  });

  it("is an exponential for shape 0, and continuous there", () => {
    expect(tailProbability({ shape: 0, scale: 2 }, 4)).toBeCloseTo(Math.exp(-2), 12);
    expect(tailQuantile({ shape: 0, scale: 2 }, 1e-3)).toBeCloseTo(2 * Math.log(1000), 12);
    expect(tailQuantile({ shape: 1e-7, scale: 2 }, 1e-3)).toBeCloseTo(2 * Math.log(1000), 4);
  });

  it("knows its quantiles: known values of the distribution", () => {
    // (1 + 0.5 · 6 / 1)^−2 = 1/16; a uniform on [0, 2] has shape −1/… only at −1, a triangle shape −0.5: (1 − x/2)^2.
    expect(tailProbability({ shape: 0.5, scale: 1 }, 6)).toBeCloseTo(1 / 16, 12);
    expect(tailProbability({ shape: -0.5, scale: 1 }, 1)).toBeCloseTo(0.25, 12);
    expect(tailProbability({ shape: -0.5, scale: 1 }, 5)).toBe(0);
  });

  it("inverts probability and quantile", () => {
    fc.assert(
      fc.property(
        fc.double({ min: -0.5, max: 0.5, noNaN: true }),
        fc.double({ min: 0.01, max: 100, noNaN: true }),
        fc.double({ min: 1e-4, max: 0.999, noNaN: true }),
        (shape, scale, probability) => {
          const tail = { shape, scale };
          const back = tailProbability(tail, tailQuantile(tail, probability));
          expect(Math.abs(back / probability - 1)).toBeLessThan(1e-5);
        },
      ),
    );
  });

  it("takes few or equal excesses for what they are", () => {
    expect(fitParetoTail([])).toEqual({ shape: 0, scale: 0 });
    expect(fitParetoTail([1, 2, 3])).toEqual({ shape: 0, scale: 2 });
    const equal = fitParetoTail(Array<number>(50).fill(4));
    expect(Number.isFinite(equal.shape) && equal.scale > 0).toBe(true);
  });
});

describe("SPOT", () => {
  const options = { calibrationSamples: 4000, maxExcesses: 1000, risk: 1e-3, scaleFloorRatio: 0 } as const;

  it.each([
    ["exponential", (uniform: number) => -Math.log(uniform), -Math.log(1e-3)],
    ["uniform", (uniform: number) => 1 - uniform, 1 - 1e-3],
    ["Pareto with shape 1/3", (uniform: number) => uniform ** (-1 / 3), 1e-3 ** (-1 / 3)],
  ])("puts its threshold near the true quantile of an %s distribution", (_name, quantile, truth) => {
    const ratios = [1, 2, 3, 4, 5].map((seed) => {
      const random = seededRandom(seed);
      const values = Array.from({ length: 12_000 }, () => quantile(1 - random()));
      const { upper } = feed(createSpotDetector(options), values).at(-1) ?? {};
      return (upper ?? NaN) / truth;
    });
    const mean = ratios.reduce((sum, ratio) => sum + ratio, 0) / ratios.length;
    // Below the truth by intent: samples beyond the threshold are not learned from.
    expect(Math.abs(mean - 1)).toBeLessThan(0.2);
  });

  it("calls about as many ordinary samples anomalies as the risk says", () => {
    const found = Array.from(
      { length: 5 },
      (_, seed) => alarms(createSpotDetector(options), gaussians(24_000, 50 + seed)).length,
    ).reduce((sum, count) => sum + count, 0);
    expect(found).toBeGreaterThan(100 / 3);
    expect(found).toBeLessThan(300);
  });

  it("mirrors itself downwards", () => {
    const values = gaussians(1500, 43).map((value) => Math.exp(value));
    const up = feed(createSpotDetector(), values);
    const down = feed(
      createSpotDetector({ direction: "down" }),
      values.map((value) => -value),
    );
    down.forEach(({ score, lower, upper }, at) => {
      expect(score).toBe(up[at]?.score);
      expect(upper).toBeNull();
      if (lower !== null) expect(-lower).toBe(up[at]?.upper);
    });
  });

  it("is silent while it calibrates, then scores higher what is farther out", () => {
    const detector = createSpotDetector({ calibrationSamples: 300 });
    expect(feed(detector, gaussians(300, 44)).every(({ statistic }) => statistic === null)).toBe(true);
    const snapshot = detector.snapshot();
    const scores = [1, 2, 3, 4, 6].map((value) => createSpotDetector({}, snapshot).update(value, 0).score);
    expect(scores).toEqual([...scores].sort((a, b) => a - b));
    expect(new Set(scores).size).toBeGreaterThan(3);
  });

  it("learns nothing from anomalies", () => {
    const detector = createSpotDetector({ calibrationSamples: 300 });
    feed(detector, gaussians(500, 45));
    const before = detector.update(1e6, 0);
    for (let round = 0; round < 50; round++) expect(detector.update(1e6, 0).isAnomaly).toBe(true);
    expect((detector.update(1e6, 0).upper ?? NaN) - (before.upper ?? NaN)).toBeLessThan(1);
  });

  it("refuses a risk it cannot keep", () => {
    expect(() => createSpotDetector({ risk: 0.5 })).toThrow("risk is 0.5, but must be a number from 1e-12 to 0.01");
    expect(() => createSpotDetector({ direction: "both" as "up" })).toThrow('direction is "both"');
  });
});
