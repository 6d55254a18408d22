import type { Aggregator } from "./aggregator.js";
import { ExactSum, type ExactSumSnapshot } from "./exact-sum.js";
import { resolveScale, toUnits, type FixedPointOptions } from "./fixed-point.js";

/**
 * Sums numbers, exactly at the given decimals; 0 for none. Values that are no finite number, or too large to be exact
 * (2^53 units), are left out.
 *
 * @throws InvalidOptionError
 */
export function sum(options: FixedPointOptions = {}): Aggregator<number, ExactSum, number> {
  const scale = resolveScale(options);
  return {
    create: () => new ExactSum(),
    add(into, value) {
      const units = toUnits(value, scale);
      if (units !== undefined) into.add(units);
    },
    merge(into, from) {
      into.merge(from);
    },
    finish: (total) => total.toNumber() / scale,
    snapshot: (total) => total.snapshot(),
    restore: (snapshot) => ExactSum.restore(snapshot as ExactSumSnapshot),
  };
}
