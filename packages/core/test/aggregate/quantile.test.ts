import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { quantile, quantiles } from "@telemetra/core/aggregate";
import { QuantileSketch } from "../../src/aggregate/quantile-sketch.js";
import { seededRandom } from "../support/seeded-random.js";

/** The exact quantile of the same definition: the value with floor(rank · (n − 1)) others below. */
function exactQuantile(values: readonly number[], rank: number): number {
  return values.toSorted((a, b) => a - b)[Math.floor(rank * (values.length - 1))]!;
}

function sketchOf(values: readonly number[], relativeError: number, ranks: readonly number[]): (number | null)[] {
  const aggregator = quantiles(ranks, { relativeError });
  const accumulator = aggregator.create();
  for (const value of values) aggregator.add(accumulator, value);
  return aggregator.finish(accumulator);
}

const RANKS = [0, 0.01, 0.25, 0.5, 0.75, 0.95, 0.99, 1];

describe("quantile", () => {
  it("is within the relative error of the exact quantile for any values, negative ones too", () => {
    const values = fc.array(
      fc.oneof(
        fc.double({ min: 1e-3, max: 1e6, noNaN: true }),
        fc.double({ min: -1e6, max: -1e-3, noNaN: true }),
        fc.constant(0),
      ),
      { minLength: 1, maxLength: 200 },
    );
    fc.assert(
      fc.property(values, fc.constantFrom(0.25, 0.05, 0.01, 0.001), (drawn, relativeError) => {
        const found = sketchOf(drawn, relativeError, RANKS);
        RANKS.forEach((rank, index) => {
          const exact = exactQuantile(drawn, rank);
          expect(Math.abs(found[index]! - exact)).toBeLessThanOrEqual(Math.abs(exact) * relativeError);
        });
      }),
    );
  });

  it("keeps the bound on 20,000 heavy-tailed values", () => {
    const random = seededRandom(3);
    const values = Array.from({ length: 20_000 }, () => Math.exp(8 * random() * random()));
    const found = sketchOf(values, 0.01, RANKS);
    RANKS.forEach((rank, index) => {
      const exact = exactQuantile(values, rank);
      expect(Math.abs(found[index]! / exact - 1)).toBeLessThanOrEqual(0.01);
    });
  });

  it("gives the exact smallest and largest value", () => {
    expect(sketchOf([3.14159, 2.71828, -1.41421], 0.25, [0, 1])).toEqual([-1.41421, 3.14159]);
  });

  it("is null without a number, and leaves out NaN and infinities", () => {
    expect(sketchOf([], 0.01, [0, 0.5, 1])).toEqual([null, null, null]);
    expect(sketchOf([NaN, Infinity, -Infinity, 7], 0.01, [0, 0.5, 1])).toEqual([7, 7, 7]);
  });

  it("survives the largest and the smallest doubles", () => {
    const extremes = [Number.MAX_VALUE, -Number.MAX_VALUE, Number.MIN_VALUE, -Number.MIN_VALUE, 0, -0];
    const [low, below, above, high] = sketchOf(extremes, 0.01, [0, 0.3, 0.7, 1]);
    expect([low, high]).toEqual([-Number.MAX_VALUE, Number.MAX_VALUE]);
    expect(Math.abs(below!)).toBeLessThan(1e-300);
    expect(Math.abs(above!)).toBeLessThan(1e-300);
  });

  it("refuses ranks and errors out of range, with the value", () => {
    expect(() => quantile(95)).toThrow("rank is 95, but must be a number from 0 to 1");
    expect(() => quantile(0.5, { relativeError: 0 })).toThrow(/relativeError is 0, but must be/);
    expect(() => quantile(0.5, { maxBuckets: 1 })).toThrow(/maxBuckets is 1, but must be/);
  });
});

describe("QuantileSketch", () => {
  it("W11: folds the lowest buckets when values spread too far, so the upper quantiles keep their bound", () => {
    const values = Array.from({ length: 400 }, (_, index) => 1.05 ** index);
    const sketch = new QuantileSketch(6, 64);
    for (const value of values) sketch.add(value);
    expect(sketch.snapshot().buckets.length).toBe(64);
    for (const rank of [0.9, 0.99]) {
      expect(Math.abs(sketch.quantile(rank)! / exactQuantile(values, rank) - 1)).toBeLessThanOrEqual(0.01);
    }
    // The lowest are reported as the lowest that is kept, never as less than there was.
    expect(sketch.quantile(0.1)).toBeGreaterThan(exactQuantile(values, 0.1));
    expect(sketch.quantile(0)).toBe(1);
  });

  it("keeps the same buckets whatever the order in which values spread", () => {
    const values = Array.from({ length: 300 }, (_, index) => 1.1 ** index);
    const of = (drawn: readonly number[]) => {
      const sketch = new QuantileSketch(6, 20);
      for (const value of drawn) sketch.add(value);
      return JSON.stringify(sketch.snapshot());
    };
    const random = seededRandom(4);
    const shuffled = values.map((value) => ({ value, place: random() })).sort((a, b) => a.place - b.place);
    expect(of(values.toReversed())).toBe(of(values));
    expect(of(shuffled.map(({ value }) => value))).toBe(of(values));
  });
});
