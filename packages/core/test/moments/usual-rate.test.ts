import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { UsualRate } from "../../src/moments/usual-rate.js";

const OPTIONS = { sliceCount: 5, maxBins: 30, minBins: 5, waitingBins: 2, maxDispersion: 2 };

function filled(bins: readonly number[]): UsualRate {
  const usual = new UsualRate(OPTIONS);
  for (const count of bins) for (let slice = 0; slice < 5; slice++) usual.add(slice === 0 ? count : 0, false);
  return usual;
}

describe("UsualRate", () => {
  it("knows nothing before there are enough bins, and the waiting ones do not count", () => {
    expect(filled([10, 10, 10, 10, 10, 10]).usual).toBeUndefined();
    expect(filled([10, 10, 10, 10, 10, 10, 10]).usual).toEqual({ mean: 2, dispersion: 1 });
  });

  it("W9: is the median of the bins that are neither waiting nor forgotten, per slice", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 20, max: 200 }), { minLength: 7, maxLength: 80 }), (bins) => {
        const kept = bins
          .slice(0, -2)
          .slice(-30)
          .sort((a, b) => a - b);
        const middle = kept.length >> 1;
        const median = kept.length % 2 === 1 ? kept[middle]! : (kept[middle - 1]! + kept[middle]!) / 2;
        const { mean, dispersion } = filled(bins).usual!;
        expect(mean).toBe(median / 5);
        expect(dispersion).toBeGreaterThanOrEqual(1);
        expect(dispersion).toBeLessThanOrEqual(2);
      }),
    );
  });

  it("is not moved by bursts of less than half the time", () => {
    const bursts = Array.from({ length: 30 }, (_, index) => (index % 5 < 2 ? 500 : 10));
    expect(filled([...bursts, 10, 10]).usual!.mean).toBe(2);
  });

  it("is the mean where most bins are empty", () => {
    expect(filled([0, 0, 5, 0, 0, 0, 5, 0, 0, 0, 0, 0]).usual!.mean).toBeCloseTo(10 / 10 / 5);
  });

  it("leaves out an episode, with what waited before it", () => {
    const usual = filled([10, 10, 10, 10, 10, 10, 10]);
    for (let slice = 0; slice < 200; slice++) usual.add(100, true);
    for (let slice = 0; slice < 10; slice++) usual.add(100, false);
    expect(usual.usual!.mean).toBe(2);
  });

  it("continues from its snapshot, and forgets", () => {
    const usual = filled([10, 12, 9, 14, 10, 11, 10, 3]);
    usual.add(4, false);
    const again = new UsualRate(OPTIONS);
    again.restore(JSON.parse(JSON.stringify(usual.snapshot())) as never);
    expect(again.usual).toEqual(usual.usual);
    expect(again.snapshot()).toEqual(usual.snapshot());
    again.reset();
    expect(again.usual).toBeUndefined();
  });
});
