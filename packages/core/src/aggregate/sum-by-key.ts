import { requireInteger } from "../errors.js";
import type { Aggregator } from "./aggregator.js";
import { resolveScale, toUnits, type FixedPointOptions } from "./fixed-point.js";
import { KeyedSums, type KeyedSumsSnapshot } from "./keyed-sums.js";

/** How exactly is added, and for how many keys. */
export interface SumByKeyOptions extends FixedPointOptions {
  /** Keys kept, the smallest by UTF-16 code unit when there are more; 1 to 100000, default 1000. */
  readonly maxKeys?: number;
}

/** A sum for each key, and what found no place. */
export interface SumsByKey {
  /** By key, ascending by UTF-16 code unit; a key whose values sum to 0 is there too. */
  readonly sums: readonly { readonly key: string; readonly sum: number; readonly count: number }[];
  /** Values whose key was beyond `maxKeys`. */
  readonly otherCount: number;
}

/**
 * Exact sums per key, such as money per currency. Values that are no finite number, or too large to be exact
 * (2^53 units), are left out.
 *
 * @throws InvalidOptionError
 */
export function sumByKey<In>(
  keyOf: (value: In) => string,
  valueOf: (value: In) => number,
  options: SumByKeyOptions = {},
): Aggregator<In, KeyedSums, SumsByKey> {
  const scale = resolveScale(options);
  const maxKeys = requireInteger("maxKeys", options.maxKeys ?? 1000, 1, 100_000);
  return {
    create: () => new KeyedSums(maxKeys),
    add(into, value) {
      const units = toUnits(valueOf(value), scale);
      if (units !== undefined) into.add(keyOf(value), units);
    },
    merge(into, from) {
      into.merge(from);
    },
    finish: (sums) => ({
      sums: sums.entries().map(([key, count, units]) => ({ key, sum: units / scale, count })),
      otherCount: sums.otherCount(),
    }),
    snapshot: (sums) => sums.snapshot(),
    restore: (snapshot) => KeyedSums.restore(snapshot as KeyedSumsSnapshot, maxKeys),
  };
}
