import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createZScoreDetector } from "../../src/anomaly/z-score.js";
import { alarms, feed, gaussians, seriesArbitrary } from "./support/series.js";

/** The definition, over the whole past each time. */
function naiveZ(values: readonly number[], at: number, windowSamples: number, exclude: number): number | null {
  const end = at - exclude;
  const window = values.slice(Math.max(0, end - windowSamples), Math.max(0, end));
  if (window.length < 2) return null;
  const mean = window.reduce((sum, value) => sum + value, 0) / window.length;
  const variance = window.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (window.length - 1);
  const residual = (values[at] ?? NaN) - mean;
  return residual / Math.max(Math.sqrt(variance), 0.01);
}

describe("z-score", () => {
  it("equals the definition computed afresh for every sample (W9)", () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: -100, max: 100, noNaN: true }), { maxLength: 90 }),
        fc.integer({ min: 2, max: 20 }),
        fc.integer({ min: 0, max: 7 }),
        (values, windowSamples, exclude) => {
          const options = { windowSamples, exclude, minSamples: 2, scaleFloor: 0.01, scaleFloorRatio: 0 };
          feed(createZScoreDetector(options), values).forEach(({ statistic }, at) => {
            const naive = naiveZ(values, at, windowSamples, exclude);
            if (naive === null) expect(statistic).toBeNull();
            else expect(Math.abs((statistic ?? NaN) - naive)).toBeLessThanOrEqual(1e-9 * Math.max(1, Math.abs(naive)));
          });
        },
      ),
    );
  });

  it("is exact again right after an outlier of any size has left the window", () => {
    const noise = gaussians(200, 1);
    const values = noise.map((value, index) => (index === 50 ? 1e15 : value));
    const detections = feed(createZScoreDetector({ windowSamples: 20, scaleFloorRatio: 0 }), values);
    for (let at = 71; at < 200; at++) {
      expect(detections[at]?.statistic).toBeCloseTo(naiveZ(values, at, 20, 0) ?? NaN, 9);
    }
  });

  it("W9: keeps the newest samples, which overlap the judged one, out of the baseline", () => {
    const calm = gaussians(100, 2);
    const ramp = [...calm, 4, 8, 12, 16, 20];
    const [apart, mixed] = [4, 0].map((exclude) =>
      feed(createZScoreDetector({ windowSamples: 30, exclude }), ramp).at(-1),
    );
    expect(apart?.statistic).toBeGreaterThan(2 * (mixed?.statistic ?? NaN));
  });

  it("W9: says nothing before minSamples samples are in the baseline", () => {
    const detections = feed(createZScoreDetector({ minSamples: 25, exclude: 5 }), gaussians(60, 3));
    expect(detections.findIndex(({ statistic }) => statistic !== null)).toBe(30);
  });

  it("W9: has a scale floor: a flicker on a near-constant series is no anomaly, a real step is", () => {
    const flicker = Array.from({ length: 100 }, (_, index) => (index === 80 ? 100.2 : 100 + 1e-6 * (index % 2)));
    expect(alarms(createZScoreDetector(), flicker)).toEqual([]);
    expect(alarms(createZScoreDetector({ scaleFloorRatio: 0 }), flicker)).toContain(80);
    expect(alarms(createZScoreDetector(), [...flicker.slice(0, 90), 130])).toEqual([90]);
  });

  it("finds a step away from a constant zero, with a finite statistic", () => {
    const last = feed(createZScoreDetector(), [...Array<number>(30).fill(0), 1]).at(-1);
    expect(last).toMatchObject({ isAnomaly: true, statistic: 1e6, baseline: 0 });
  });

  it("is blind where it is told to be", () => {
    const values = [...gaussians(50, 4), 9, ...gaussians(50, 5), -9];
    expect(alarms(createZScoreDetector({ direction: "up", threshold: 4 }), values)).toEqual([50]);
    expect(alarms(createZScoreDetector({ direction: "down", threshold: 4 }), values)).toEqual([101]);
    expect(alarms(createZScoreDetector({ threshold: 4 }), values)).toEqual([50, 101]);
  });

  it("has its bounds where anomalies begin", () => {
    const history = gaussians(60, 6);
    const judge = (value: number) => feed(createZScoreDetector(), [...history, value]).at(-1);
    const { upper, lower } = judge(0) ?? {};
    expect(judge((upper ?? NaN) + 1e-9)?.isAnomaly).toBe(true);
    expect(judge((upper ?? NaN) - 1e-9)?.isAnomaly).toBe(false);
    expect(judge((lower ?? NaN) - 1e-9)?.isAnomaly).toBe(true);
    expect(judge((lower ?? NaN) + 1e-9)?.isAnomaly).toBe(false);
    expect(judge(upper ?? NaN)?.score).toBeCloseTo(0.5, 9);
  });

  it("does not depend on unit or origin when the floor does not", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1000 }), fc.integer({ min: -1000, max: 1000 }), (unit, origin) => {
        const values = gaussians(80, 7);
        const options = { windowSamples: 20, scaleFloorRatio: 0 };
        const moved = feed(
          createZScoreDetector(options),
          values.map((value) => value * unit + origin),
        );
        feed(createZScoreDetector(options), values).forEach(({ score }, at) => {
          expect(moved[at]?.score).toBeCloseTo(score, 8);
        });
      }),
    );
  });

  it("scores the farther of two values higher", () => {
    fc.assert(
      fc.property(seriesArbitrary, fc.nat(1e7), fc.nat(1e7), (values, a, b) => {
        const judge = (distance: number) => {
          const detector = createZScoreDetector({ minSamples: 2 });
          feed(detector, [...values, 0]);
          const { baseline } = createZScoreDetector({ minSamples: 2 }, detector.snapshot()).update(0, 0);
          return detector.update((baseline ?? 0) + distance, 0).score;
        };
        const [near, far] = [Math.min(a, b), Math.max(a, b)];
        expect(judge(far)).toBeGreaterThanOrEqual(judge(near));
      }),
    );
  });

  it.each([
    [{ windowSamples: 1 }, "windowSamples is 1, but must be a whole number from 2 to 100000"],
    [{ exclude: -1 }, "exclude is -1, but must be a whole number from 0 to 10000"],
    [{ minSamples: 1.5 }, "minSamples is 1.5, but must be a whole number from 2 to 1000000"],
    [{ threshold: 0 }, "threshold is 0, but must be a number from 1e-9 to 1000000"],
    [{ scaleFloor: NaN }, "scaleFloor is NaN, but must be a number of at least 0"],
    [{ direction: "sideways" as "up" }, 'direction is "sideways", but must be one of "up", "down", "both"'],
  ])("refuses %j", (options, message) => {
    expect(() => createZScoreDetector(options)).toThrow(message);
  });
});
