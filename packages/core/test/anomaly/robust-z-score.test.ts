import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createRobustZScoreDetector, MAD_TO_DEVIATION } from "../../src/anomaly/robust-z-score.js";
import { SortedWindow } from "../../src/anomaly/sorted-window.js";
import { alarms, feed, gaussians, seriesArbitrary } from "./support/series.js";

function naiveMedian(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const [below = NaN, at = NaN] = [sorted[middle - 1], sorted[middle]];
  return sorted.length % 2 === 1 ? at : (below + at) / 2;
}

/** Without -0, which sorts as 0 does: detectors turn it into 0 before. */
const unsigned = seriesArbitrary.map((values) => values.map((value) => value + 0));

describe("sorted window", () => {
  it("has the median and the median deviation of the newest samples, exactly", () => {
    fc.assert(
      fc.property(unsigned, fc.integer({ min: 1, max: 12 }), (values, capacity) => {
        const window = new SortedWindow(capacity);
        values.forEach((value, index) => {
          window.push(value);
          const newest = values.slice(Math.max(0, index + 1 - capacity), index + 1);
          const median = naiveMedian(newest);
          expect(window.median()).toBe(median);
          expect(window.medianDeviation(median)).toBe(naiveMedian(newest.map((each) => Math.abs(each - median))));
          expect(window.values()).toEqual(newest);
        });
      }),
    );
  });
});

describe("robust z-score", () => {
  it("equals the definition computed afresh for every sample", () => {
    fc.assert(
      fc.property(seriesArbitrary, fc.integer({ min: 2, max: 15 }), (values, windowSamples) => {
        const options = { windowSamples, minSamples: 2, scaleFloor: 0.5, scaleFloorRatio: 0 };
        feed(createRobustZScoreDetector(options), values).forEach(({ statistic }, at) => {
          if (at < 2) return expect(statistic).toBeNull();
          const window = values.slice(Math.max(0, at - windowSamples), at);
          const median = naiveMedian(window);
          const deviation = MAD_TO_DEVIATION * naiveMedian(window.map((each) => Math.abs(each - median)));
          const naive = ((values[at] ?? NaN) - median) / Math.max(deviation, 0.5);
          expect(Math.abs((statistic ?? NaN) - Math.max(-1e6, Math.min(1e6, naive)))).toBeLessThanOrEqual(1e-9);
        });
      }),
    );
  });

  it("estimates the standard deviation of Gaussian samples", () => {
    const window = new SortedWindow(10_000, gaussians(10_000, 11));
    expect(MAD_TO_DEVIATION * window.medianDeviation(window.median())).toBeCloseTo(1, 1);
  });

  it("still sees a spike after a window with a third of outliers", () => {
    const dirty = gaussians(90, 12).map((value, index) => (index % 3 === 0 ? 50 : value));
    expect(feed(createRobustZScoreDetector({ direction: "down" }), [...dirty, -20]).at(-1)?.isAnomaly).toBe(true);
  });

  it("has a scale floor for a series that mostly repeats one value", () => {
    const mostly = Array.from({ length: 100 }, (_, index) => (index % 10 === 9 ? 100.5 : 100));
    expect(alarms(createRobustZScoreDetector(), mostly)).toEqual([]);
    expect(alarms(createRobustZScoreDetector({ scaleFloorRatio: 0 }), mostly).length).toBeGreaterThan(5);
  });

  it("honours minSamples, and a window smaller than it", () => {
    const first = (options: { minSamples: number; windowSamples?: number }) =>
      feed(createRobustZScoreDetector(options), gaussians(50, 13)).findIndex(({ baseline }) => baseline !== null);
    expect(first({ minSamples: 20 })).toBe(20);
    expect(first({ minSamples: 20, windowSamples: 6 })).toBe(6);
  });

  it("refuses a window it cannot hold", () => {
    expect(() => createRobustZScoreDetector({ windowSamples: 20_000 })).toThrow("from 2 to 10000");
  });
});
