import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { PoissonCusum } from "../../src/moments/poisson-cusum.js";
import { seededRandom } from "../support/seeded-random.js";

/** Knuth's method. */
function poisson(random: () => number, mean: number): number {
  let count = 0;
  for (let product = random(); product > Math.exp(-mean); product *= random()) count += 1;
  return count;
}

/** Slices until the alarm; `limit` when there is none. */
function alarmAfter(cusum: PoissonCusum, limit: number, next: () => number, mean: number): number {
  for (let index = 0; index < limit; index++) {
    cusum.update(index, next(), mean, 1);
    if (cusum.isRaised) return index + 1;
  }
  return limit;
}

describe("PoissonCusum", () => {
  it("raises when the best of all possible onsets explains the counts well enough (Page's definition)", () => {
    const cases = fc.record({
      counts: fc.array(fc.integer({ min: 0, max: 30 }), { minLength: 1, maxLength: 60 }),
      mean: fc.double({ min: 0.1, max: 10, noNaN: true }),
      ratio: fc.constantFrom(0.25, 0.5, 2, 4),
    });
    fc.assert(
      fc.property(cases, ({ counts, mean, ratio }) => {
        const threshold = 7;
        const cusum = new PoissonCusum({ ratio, threshold });
        const evidence = counts.map((count) => count * Math.log(ratio) - mean * (ratio - 1));
        for (const [index, count] of counts.entries()) {
          cusum.update(index, count, mean, 1);
          const sums = evidence.slice(0, index + 1).map((_, from) => {
            return evidence.slice(from, index + 1).reduce((sum, one) => sum + one, 0);
          });
          const best = Math.max(0, ...sums);
          // Beyond twice the threshold the sum is cut off, and the definition with it.
          if (best > 2 * threshold - 1e-9) return;
          if (Math.abs(best - threshold) > 1e-9) expect(cusum.isRaised).toBe(best >= threshold);
          if (best > 1e-9) {
            expect(sums[cusum.since!]).toBeCloseTo(best, 6);
            const excess = counts.slice(cusum.since, index + 1).reduce((sum, one) => sum + one - mean, 0);
            expect(cusum.excess).toBeCloseTo(excess, 6);
          }
        }
      }),
    );
  });

  it.each([0.5, 2, 20])("gives at most one false alarm in e^threshold slices where %d a slice is usual", (mean) => {
    const random = seededRandom(7);
    const threshold = 4;
    const runs = 200;
    let slices = 0;
    for (let run = 0; run < runs; run++) {
      const cusum = new PoissonCusum({ ratio: 4, threshold });
      slices += alarmAfter(cusum, 5_000, () => poisson(random, mean), mean);
    }
    expect(slices / runs).toBeGreaterThan(Math.exp(threshold));
  });

  it("finds a change of the size it looks for after about threshold / information slices", () => {
    const random = seededRandom(8);
    const mean = 2;
    const ratio = 4;
    const threshold = 8;
    const information = mean * (ratio * Math.log(ratio) - (ratio - 1));
    let slices = 0;
    for (let run = 0; run < 500; run++) {
      const cusum = new PoissonCusum({ ratio, threshold });
      slices += alarmAfter(cusum, 1_000, () => poisson(random, mean * ratio), mean);
    }
    expect(slices / 500).toBeLessThan(threshold / information + 1);
  });

  it("asks more of counts that vary more", () => {
    const steady = new PoissonCusum({ ratio: 4, threshold: 8 });
    const wavy = new PoissonCusum({ ratio: 4, threshold: 8 });
    steady.update(0, 12, 2, 1);
    wavy.update(0, 12, 2, 2);
    expect([steady.isRaised, wavy.isRaised, wavy.isRising]).toEqual([true, false, true]);
  });

  it("continues from its snapshot", () => {
    const whole = new PoissonCusum({ ratio: 4, threshold: 8 });
    whole.update(3, 5, 2, 1);
    const again = new PoissonCusum({ ratio: 4, threshold: 8 });
    again.restore(JSON.parse(JSON.stringify(whole.snapshot())) as never);
    whole.update(4, 9, 2, 1);
    again.update(4, 9, 2, 1);
    expect(again.snapshot()).toEqual(whole.snapshot());
    expect(again.since).toBe(3);
  });
});
