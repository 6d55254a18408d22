import { describe, expect, it } from "vitest";
import { createSeasonalDetector } from "../../src/anomaly/seasonal.js";
import { createZScoreDetector } from "../../src/anomaly/z-score.js";
import { gaussians } from "./support/series.js";

const HOUR_MS = 3_600_000;
/** An hourly series with a rhythm of a day, that has its peak at noon on one night. */
const days = 30;
const nightPeak = 20 * 24 + 2;
const values = gaussians(days * 24, 61).map((noise, hour) =>
  hour === nightPeak ? 200 : 100 + 100 * Math.sin((2 * Math.PI * (hour - 6)) / 24) + noise * 4,
);

describe("seasonal baseline", () => {
  it("finds the ordinary value at the wrong hour, which a plain z-score cannot see", () => {
    const seasonal = createSeasonalDetector({ threshold: 6, scaleFloor: 5 });
    const plain = createZScoreDetector({ windowSamples: 24 * 7 });
    const found = values.map((value, hour) => [
      seasonal.update(value, hour * HOUR_MS).isAnomaly,
      plain.update(value, hour * HOUR_MS).isAnomaly,
    ]);
    expect(found.flatMap(([bySeason], hour) => (bySeason === true ? [hour] : []))).toEqual([nightPeak]);
    expect(found[nightPeak]?.[1]).toBe(false);
  });

  it("has as its baseline the median of the same part of the period", () => {
    const detector = createSeasonalDetector({ periodMs: 4, bins: 4, minSamples: 2, samplesPerBin: 3 });
    // Rounds of 0, 10, 20, 30 plus the round's number: the last three of bin 1 are 12, 13, 14.
    for (let step = 0; step < 20; step++) detector.update(10 * (step % 4) + Math.floor(step / 4), step);
    expect(detector.update(0, 21).baseline).toBe(13);
    expect(detector.update(0, 23).baseline).toBe(33);
  });

  it("counts the period from the given offset, before 1970 too", () => {
    const detector = createSeasonalDetector({ periodMs: 10, bins: 2, minSamples: 2, offsetMs: 5 });
    for (const timeMs of [0, 1, 2, -8, -9]) detector.update(7, timeMs);
    expect(detector.update(7, 3).baseline).toBe(7);
    expect(detector.update(7, 6).baseline).toBeNull();
  });

  it("judges nothing that has no time", () => {
    const detector = createSeasonalDetector({ bins: 1, minSamples: 2 });
    for (const value of [1, 2, 3]) detector.update(value, 0);
    expect(detector.update(50, NaN)).toMatchObject({ score: 0, baseline: null });
  });

  it("honours minSamples in each bin", () => {
    const detector = createSeasonalDetector({ periodMs: 2, bins: 2, minSamples: 5 });
    const readyAt = [0, 1].map((bin) => {
      for (let count = 0; ; count++) if (detector.update(1, bin).statistic !== null) return count;
    });
    expect(readyAt).toEqual([5, 5]);
  });

  it("refuses a period or bins outside their range", () => {
    expect(() => createSeasonalDetector({ periodMs: 0 })).toThrow("periodMs is 0, but must be a number from 1 to");
    expect(() => createSeasonalDetector({ bins: 0 })).toThrow("bins is 0, but must be a whole number from 1 to 1000");
  });
});
