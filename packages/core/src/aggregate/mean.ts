import type { Aggregator } from "./aggregator.js";
import { ExactSum, type ExactSumSnapshot } from "./exact-sum.js";
import { resolveScale, toUnits, type FixedPointOptions } from "./fixed-point.js";

export interface MeanAccumulator {
  count: number;
  readonly sum: ExactSum;
}

/**
 * The arithmetic mean of numbers that are summed exactly at the given decimals; null for none. What `sum` leaves out
 * does not count here either.
 *
 * @throws InvalidOptionError
 */
export function mean(options: FixedPointOptions = {}): Aggregator<number, MeanAccumulator, number | null> {
  const scale = resolveScale(options);
  return {
    create: () => ({ count: 0, sum: new ExactSum() }),
    add(into, value) {
      const units = toUnits(value, scale);
      if (units === undefined) return;
      into.count += 1;
      into.sum.add(units);
    },
    merge(into, from) {
      into.count += from.count;
      into.sum.merge(from.sum);
    },
    finish: ({ count, sum }) => (count === 0 ? null : sum.toNumber() / count / scale),
    snapshot: ({ count, sum }) => [count, sum.snapshot()],
    restore(snapshot) {
      const [count, sum] = snapshot as [number, ExactSumSnapshot];
      return { count, sum: ExactSum.restore(sum) };
    },
  };
}
