import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Aggregator } from "../../src/aggregate/aggregator.js";

const RUNS = Number(process.env["TELEMETRA_PROPERTY_RUNS"] ?? 200);

/** Where a law holds only up to the sketch's stated error, tests beside this one show the bound instead. */
export interface LawOptions {
  /** False for a sketch whose merges may differ within its bound when they are grouped differently. Default true. */
  readonly isExact?: boolean;
  /** Values in one draw. Default 40. */
  readonly maxLength?: number;
}

/** The laws of `Aggregator` that slices, late events, partitions and restarts rest on, as tests. */
export function aggregatorLaws<In, Acc extends object, Out>(
  name: string,
  aggregator: Aggregator<In, Acc, Out>,
  value: fc.Arbitrary<In>,
  { isExact = true, maxLength = 40 }: LawOptions = {},
): void {
  const values = fc.array(value, { maxLength });
  const check = <T extends [unknown, ...unknown[]]>(
    arbitraries: { [K in keyof T]: fc.Arbitrary<T[K]> },
    law: (...drawn: T) => void,
  ) =>
    fc.assert(
      fc.property(fc.tuple<T>(...arbitraries), (drawn) => law(...drawn)),
      { numRuns: RUNS },
    );

  const accumulate = (items: readonly In[]): Acc => {
    const accumulator = aggregator.create();
    for (const item of items) aggregator.add(accumulator, item);
    return accumulator;
  };
  const merge = (into: Acc, ...others: readonly Acc[]): Acc => {
    for (const other of others) aggregator.merge(into, other);
    return into;
  };
  const copy = (accumulator: Acc): Acc =>
    aggregator.restore(JSON.parse(JSON.stringify(aggregator.snapshot(accumulator))) as unknown);

  describe(`${name} keeps the laws of an aggregator`, () => {
    it("merging is commutative", () => {
      check([values, values], (a, b) => {
        const forward = merge(accumulate(a), accumulate(b));
        const backward = merge(accumulate(b), accumulate(a));
        expect(aggregator.finish(forward)).toEqual(aggregator.finish(backward));
      });
    });

    it("an empty accumulator changes nothing, merged from either side", () => {
      check([values], (a) => {
        const expected = aggregator.finish(accumulate(a));
        expect(aggregator.finish(merge(accumulate(a), aggregator.create()))).toEqual(expected);
        expect(aggregator.finish(merge(aggregator.create(), accumulate(a)))).toEqual(expected);
      });
    });

    it("merging leaves the other accumulator as it was, and shares nothing with it", () => {
      check([values, values, values], (a, b, later) => {
        const from = accumulate(b);
        const before = JSON.stringify(aggregator.snapshot(from));
        const into = merge(accumulate(a), from);
        for (const item of later) aggregator.add(into, item);
        expect(JSON.stringify(aggregator.snapshot(from))).toBe(before);
      });
    });

    it("finishing twice gives the same, also with more values between two results", () => {
      check([values, values], (a, b) => {
        const accumulator = accumulate(a);
        expect(aggregator.finish(accumulator)).toEqual(aggregator.finish(accumulator));
        for (const item of b) aggregator.add(accumulator, item);
        expect(aggregator.finish(accumulator)).toEqual(aggregator.finish(accumulate([...a, ...b])));
      });
    });

    it("a snapshot through JSON, taken anywhere, goes on as if nothing had happened", () => {
      check([values, values, values], (a, b, merged) => {
        const steady = accumulate(a);
        const restored = copy(accumulate(a));
        expect(aggregator.finish(restored)).toEqual(aggregator.finish(steady));
        for (const accumulator of [steady, restored]) {
          for (const item of b) aggregator.add(accumulator, item);
          merge(accumulator, copy(accumulate(merged)));
        }
        expect(aggregator.finish(restored)).toEqual(aggregator.finish(steady));
      });
    });

    if (!isExact) return;

    it("merging is associative", () => {
      check([values, values, values], (a, b, c) => {
        const left = merge(merge(accumulate(a), accumulate(b)), accumulate(c));
        const right = merge(accumulate(a), merge(accumulate(b), accumulate(c)));
        expect(aggregator.finish(left)).toEqual(aggregator.finish(right));
      });
    });

    it("W3: the order of values and how they are split over accumulators do not show", () => {
      const shuffled = values.chain((items) =>
        fc.tuple(fc.constant(items), fc.shuffledSubarray(items, { minLength: items.length }), fc.nat(items.length)),
      );
      check([shuffled], ([items, order, cut]) => {
        const expected = aggregator.finish(accumulate(items));
        expect(aggregator.finish(accumulate(order))).toEqual(expected);
        expect(aggregator.finish(merge(accumulate(order.slice(0, cut)), accumulate(order.slice(cut))))).toEqual(
          expected,
        );
      });
    });
  });
}
