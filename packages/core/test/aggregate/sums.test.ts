import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { mean, sum, sumByKey, variance, type Aggregator } from "@telemetra/core/aggregate";

function finish<In, Out>(aggregator: Aggregator<In, object, Out>, values: readonly In[]): Out {
  const accumulator = aggregator.create();
  for (const value of values) aggregator.add(accumulator, value);
  return aggregator.finish(accumulator);
}

/** Values with two decimals, large enough that their squares and sums need more than 53 bits. */
const cents = fc.array(fc.bigInt({ min: -(10n ** 13n), max: 10n ** 13n }), { minLength: 2, maxLength: 50 });
const toNumber = (value: bigint) => Number(value) / 100;

/** Of two whole numbers, to the nearest double: independent of how the code divides. */
function ratio(numerator: bigint, denominator: bigint): number {
  const scaled = (numerator * 10n ** 40n) / denominator;
  return Number(`${scaled}e-40`);
}

describe("sum", () => {
  it("W3: adds what floating point cannot: the order never shows", () => {
    expect(0.1 + 0.2 + 0.3).not.toBe(0.3 + 0.2 + 0.1);
    expect(finish(sum(), [0.1, 0.2, 0.3])).toBe(0.6);
    expect(finish(sum({ decimals: 0 }), [2 ** 53 - 1, 1, 1, -(2 ** 53 - 1)])).toBe(2);
  });

  it("equals the sum of bigints for values of any size", () => {
    fc.assert(
      fc.property(cents, (values) => {
        const total = values.reduce((all, value) => all + value, 0n);
        expect(finish(sum({ decimals: 2 }), values.map(toNumber))).toBe(Number(total) / 100);
      }),
    );
  });

  it("is 0 without values, and leaves out what cannot be added exactly", () => {
    expect(finish(sum(), [])).toBe(0);
    expect(finish(sum(), [NaN, Infinity, -Infinity, 1e300, 1.5])).toBe(1.5);
  });

  it("rounds each value to the decimals, not the sum", () => {
    expect(finish(sum({ decimals: 1 }), [0.04, 0.04, 0.04])).toBe(0);
    expect(finish(sum({ decimals: 1 }), [0.05, 0.05])).toBe(0.2);
  });

  it("refuses decimals out of range, with the value", () => {
    expect(() => sum({ decimals: 10 })).toThrow("decimals is 10, but must be a whole number from 0 to 9");
  });
});

describe("mean", () => {
  it("equals the exact quotient to 15 digits", () => {
    fc.assert(
      fc.property(cents, (values) => {
        const total = values.reduce((all, value) => all + value, 0n);
        const expected = ratio(total, 100n * BigInt(values.length));
        const found = finish(mean({ decimals: 2 }), values.map(toNumber));
        expect(Math.abs(found! - expected)).toBeLessThanOrEqual(Math.abs(expected) * 1e-15);
      }),
    );
  });

  it("is null without a number: unknown is never 0", () => {
    expect(finish(mean(), [])).toBeNull();
    expect(finish(mean(), [NaN])).toBeNull();
    expect(finish(mean(), [NaN, 0])).toBe(0);
  });
});

describe("variance", () => {
  it("equals the exact sample variance to 14 digits", () => {
    fc.assert(
      fc.property(cents, (values) => {
        const n = BigInt(values.length);
        const total = values.reduce((all, value) => all + value, 0n);
        const squares = values.reduce((all, value) => all + value * value, 0n);
        const expected = ratio(n * squares - total * total, n * (n - 1n) * 10_000n);
        const found = finish(variance({ decimals: 2 }), values.map(toNumber));
        expect(Math.abs(found! - expected)).toBeLessThanOrEqual(expected * 1e-14);
      }),
    );
  });

  it("survives a large offset, where the textbook formula in floating point loses everything", () => {
    expect(finish(variance({ decimals: 0 }), [1e12 + 4, 1e12 + 7, 1e12 + 13, 1e12 + 16])).toBe(30);
  });

  it("is null for fewer than two numbers, and 0 for equal ones", () => {
    expect(finish(variance(), [])).toBeNull();
    expect(finish(variance(), [3])).toBeNull();
    expect(finish(variance(), [3, 3, 3])).toBe(0);
  });
});

describe("sumByKey", () => {
  const money = (options?: object) =>
    sumByKey(
      (tip: readonly [string, number]) => tip[0],
      (tip) => tip[1],
      options,
    );

  it("F6: sums per key exactly, zero amounts too, keys ascending", () => {
    const tips: [string, number][] = [
      ["USD", 0.1],
      ["bits", 0],
      ["EUR", 5],
      ["USD", 0.2],
      ["USD", NaN],
    ];
    expect(finish(money(), tips)).toEqual({
      sums: [
        { key: "EUR", sum: 5, count: 1 },
        { key: "USD", sum: 0.3, count: 2 },
        { key: "bits", sum: 0, count: 1 },
      ],
      otherCount: 0,
    });
  });

  it("W11: keeps the smallest keys and counts the values of the others", () => {
    const tips = ["d", "b", "a", "c", "b", "d"].map((key): [string, number] => [key, 1]);
    expect(finish(money({ maxKeys: 2 }), tips)).toEqual({
      sums: [
        { key: "a", sum: 1, count: 1 },
        { key: "b", sum: 2, count: 2 },
      ],
      otherCount: 3,
    });
  });
});
