import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createEwmaBandDetector } from "../../src/anomaly/ewma-band.js";
import { alarms, feed, gaussians } from "./support/series.js";

/** Mean and variance from the weight that each past sample has now. */
function naiveMoments(values: readonly number[], weights: readonly number[]): { mean: number; variance: number } {
  const shares = weights.map((weight, index) =>
    weights.slice(index + 1).reduce((share, later) => share * (1 - later), weight),
  );
  const mean = values.reduce((sum, value, index) => sum + value * (shares[index] ?? 0), 0);
  const variance = values.reduce((sum, value, index) => sum + (shares[index] ?? 0) * (value - mean) ** 2, 0);
  return { mean, variance };
}

describe("EWMA band", () => {
  it("equals the weighted mean and variance computed afresh, by samples and by time", () => {
    const gapMs = fc.integer({ min: 0, max: 100 });
    const samples = fc.array(fc.tuple(fc.double({ min: -50, max: 50, noNaN: true }), gapMs), { maxLength: 40 });
    fc.assert(
      fc.property(samples, fc.boolean(), fc.integer({ min: 1, max: 60 }), (series, isByTime, halfLife) => {
        const life = isByTime ? { halfLifeMs: halfLife } : { halfLifeSamples: halfLife };
        const detector = createEwmaBandDetector({ ...life, minSamples: 2, scaleFloor: 1, scaleFloorRatio: 0 });
        const values: number[] = [];
        const weights: number[] = [];
        let nowMs = 1000;
        for (const [value, gap] of series) {
          if (values.length > 0) nowMs += gap;
          const { statistic, baseline } = detector.update(value, nowMs);
          if (values.length < 2) expect(statistic).toBeNull();
          else {
            const { mean, variance } = naiveMoments(values, weights);
            expect(baseline).toBeCloseTo(mean, 9);
            expect(statistic).toBeCloseTo((value - mean) / Math.max(1, Math.sqrt(variance)), 8);
          }
          const passed = isByTime ? (values.length === 0 ? 0 : gap) : 1;
          values.push(value);
          weights.push(Math.max(1 - 2 ** (-passed / halfLife), 1 / values.length));
        }
      }),
    );
  });

  it("halves the weight of the past in one half-life", () => {
    const detector = createEwmaBandDetector({ halfLifeMs: 5000, minSamples: 2 });
    for (let second = 0; second <= 1000; second++) detector.update(0, second * 1000);
    detector.update(10, 1_005_000);
    expect(detector.update(10, 1_005_001).baseline).toBeCloseTo(5, 9);
  });

  it("lets no time pass at a backward timestamp, and none twice when the clock catches up", () => {
    const times = [0, 1000, 2000, 500, 2000, 3000];
    const straight = [0, 1000, 2000, 2000, 2000, 3000];
    const run = (timesMs: number[]) => {
      const detector = createEwmaBandDetector({ halfLifeMs: 1000, minSamples: 2 });
      return timesMs.map((timeMs, index) => detector.update(index % 3, timeMs));
    };
    expect(run(times)).toEqual(run(straight));
  });

  it("follows a drift, and sees a spike on it", () => {
    const drift = gaussians(600, 21).map((value, index) => value + index / 20 + (index === 500 ? 12 : 0));
    expect(alarms(createEwmaBandDetector({ threshold: 4.5 }), drift)).toEqual([500]);
  });

  it("honours minSamples", () => {
    const detections = feed(createEwmaBandDetector({ minSamples: 17 }), gaussians(40, 22));
    expect(detections.findIndex(({ statistic }) => statistic !== null)).toBe(17);
  });

  it("refuses a half-life that is not above 0", () => {
    expect(() => createEwmaBandDetector({ halfLifeMs: 0 })).toThrow(
      "halfLifeMs is 0, but must be a number of at least",
    );
    expect(() => createEwmaBandDetector({ halfLifeSamples: -1 })).toThrow("halfLifeSamples is -1");
  });
});
