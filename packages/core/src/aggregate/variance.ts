import type { Aggregator } from "./aggregator.js";
import { ExactSum, type ExactSumSnapshot } from "./exact-sum.js";
import { resolveScale, toUnits, type FixedPointOptions } from "./fixed-point.js";

export interface VarianceAccumulator {
  count: number;
  readonly sum: ExactSum;
  readonly squares: ExactSum;
}

/**
 * The sample variance (n − 1) of numbers rounded to the given decimals; null for fewer than two. The textbook formula
 * n·Σx² − (Σx)², which loses everything in floating point, is exact on whole numbers, and unlike Welford's it merges
 * without rounding.
 *
 * @throws InvalidOptionError
 */
export function variance(options: FixedPointOptions = {}): Aggregator<number, VarianceAccumulator, number | null> {
  const scale = resolveScale(options);
  return {
    create: () => ({ count: 0, sum: new ExactSum(), squares: new ExactSum() }),
    add(into, value) {
      const units = toUnits(value, scale);
      if (units === undefined) return;
      into.count += 1;
      into.sum.add(units);
      into.squares.addSquare(units);
    },
    merge(into, from) {
      into.count += from.count;
      into.sum.merge(from.sum);
      into.squares.merge(from.squares);
    },
    finish({ count, sum, squares }) {
      if (count < 2) return null;
      const spread = BigInt(count) * squares.total() - sum.total() ** 2n;
      return Number(spread) / count / (count - 1) / scale / scale;
    },
    snapshot: ({ count, sum, squares }) => [count, sum.snapshot(), squares.snapshot()],
    restore(snapshot) {
      const [count, sum, squares] = snapshot as [number, ExactSumSnapshot, ExactSumSnapshot];
      return { count, sum: ExactSum.restore(sum), squares: ExactSum.restore(squares) };
    },
  };
}
