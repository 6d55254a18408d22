import type { Aggregator } from "./aggregator.js";

export interface ExtremeAccumulator {
  value: number | null;
}

/** The smallest number; null for none. NaN is left out. */
export function min(): Aggregator<number, ExtremeAccumulator, number | null> {
  return extreme(Math.min);
}

/** The largest number; null for none. NaN is left out. */
export function max(): Aggregator<number, ExtremeAccumulator, number | null> {
  return extreme(Math.max);
}

function extreme(pick: (a: number, b: number) => number): Aggregator<number, ExtremeAccumulator, number | null> {
  const take = (into: ExtremeAccumulator, value: number | null) => {
    if (value === null || Number.isNaN(value)) return;
    // Adding zero turns −0 into 0: JSON would, and a restart must not show.
    into.value = (into.value === null ? value : pick(into.value, value)) + 0;
  };
  return {
    create: () => ({ value: null }),
    add: take,
    merge: (into, from) => take(into, from.value),
    finish: ({ value }) => value,
    // JSON knows no infinities.
    snapshot: ({ value }) => (value === null || Number.isFinite(value) ? value : String(value)),
    restore: (snapshot) => ({ value: snapshot === null ? null : Number(snapshot) }),
  };
}
