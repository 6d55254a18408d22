import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createRandom, hashText } from "../src/random.js";

const take = (seed: number, count: number) => {
  const random = createRandom(seed);
  return Array.from({ length: count }, () => random.next());
};

describe("createRandom", () => {
  it("gives the same numbers for the same seed and others for another", () => {
    expect(take(7, 50)).toEqual(take(7, 50));
    expect(take(7, 50)).not.toEqual(take(8, 50));
  });

  it("stays the same from version to version, or every simulation would change", () => {
    expect(take(1, 3).map((value) => Math.floor(value * 2 ** 32))).toMatchInlineSnapshot(`
      [
        2420951833,
        2513034076,
        3847892949,
      ]
    `);
  });

  it("stays in [0, 1) and spreads evenly", () => {
    const values = take(3, 20_000);
    expect(Math.min(...values)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...values)).toBeLessThan(1);
    const counts = Array.from({ length: 16 }, () => 0);
    for (const value of values) counts[Math.floor(value * 16)]! += 1;
    // Chi-square with 15 degrees of freedom: 37.7 is passed once in a thousand seeds.
    const chiSquare = counts.reduce((sum, count) => sum + (count - 1_250) ** 2 / 1_250, 0);
    expect(chiSquare).toBeLessThan(37.7);
  });

  it("draws whole numbers from both ends of their range", () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer({ min: -50, max: 50 }), fc.nat({ max: 6 }), (seed, min, width) => {
        const random = createRandom(seed);
        const drawn = new Set(Array.from({ length: 300 }, () => random.integer(min, min + width)));
        expect([...drawn].sort((a, b) => a - b)).toEqual(Array.from({ length: width + 1 }, (_, index) => min + index));
      }),
    );
  });

  it("waits 1 / rate on average between events", () => {
    const random = createRandom(5);
    const gaps = Array.from({ length: 20_000 }, () => random.gapMs(4));
    expect(gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length).toBeCloseTo(250, -1);
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(0);
  });

  it("forks generators that depend on their label and not on what was drawn before", () => {
    const fresh = createRandom(9);
    const used = createRandom(9);
    used.next();
    expect(fresh.fork("crowd").next()).toBe(used.fork("crowd").next());
    expect(fresh.fork("crowd").next()).not.toBe(fresh.fork("chat").next());
  });
});

describe("hashText", () => {
  it("keeps a hundred thousand near texts apart but for the few that chance brings together", () => {
    const hashes = new Set(Array.from({ length: 100_000 }, (_, index) => hashText(`name ${index}`)));
    expect(hashes.size).toBeGreaterThan(99_990);
  });
});
