import type { Aggregator } from "./aggregator.js";

export interface CountAccumulator {
  count: number;
}

/** Counts values. */
export function count(): Aggregator<unknown, CountAccumulator, number> {
  return {
    create: () => ({ count: 0 }),
    add(into) {
      into.count += 1;
    },
    merge(into, from) {
      into.count += from.count;
    },
    finish: (accumulator) => accumulator.count,
    snapshot: (accumulator) => accumulator.count,
    restore: (snapshot) => ({ count: snapshot as number }),
  };
}
