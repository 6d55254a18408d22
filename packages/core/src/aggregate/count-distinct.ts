import { requireInteger } from "../errors.js";
import type { Aggregator } from "./aggregator.js";
import { Distinct, EXACT_LIMIT, type DistinctSnapshot } from "./distinct.js";

/** How long counting stays exact. */
export interface CountDistinctOptions {
  /** Distinct values that are counted exactly; beyond, the count is an estimate. 0 to 1000000, default 4096. */
  readonly exactLimit?: number;
}

/** How many different values there were. */
export interface DistinctCount {
  /** Different values, exact or estimated. */
  readonly count: number;
  /** False when the count is an estimate, with a standard error of 0.81 %. */
  readonly isExact: boolean;
}

/** Counts distinct strings: exactly at first, then in 16 KiB (rule W8). @throws InvalidOptionError */
export function countDistinct(options: CountDistinctOptions = {}): Aggregator<string, Distinct, DistinctCount> {
  const limit = requireInteger("exactLimit", options.exactLimit ?? EXACT_LIMIT, 0, 1_000_000);
  return {
    create: () => new Distinct(limit),
    add(into, value) {
      into.add(value);
    },
    merge(into, from) {
      into.merge(from);
    },
    finish: (distinct) => ({ count: distinct.count(), isExact: distinct.isExact }),
    snapshot: (distinct) => distinct.snapshot(),
    restore: (snapshot) => Distinct.restore(snapshot as DistinctSnapshot, limit),
  };
}
