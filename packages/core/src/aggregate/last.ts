import type { Aggregator } from "./aggregator.js";

export interface LastAccumulator<Value> {
  atMs: number;
  value: Value | null;
}

/**
 * The value of the newest event by event time, null for none. When several are newest, the largest value wins (numbers
 * by size, text by UTF-16 code unit), so that it does not matter which of them came first. An event whose time is no
 * number is left out.
 */
export function last<In, Value extends number | string>(
  timeOf: (value: In) => number,
  valueOf: (value: In) => Value,
): Aggregator<In, LastAccumulator<Value>, Value | null> {
  const take = (into: LastAccumulator<Value>, atMs: number, value: Value | null) => {
    if (value === null || !(atMs >= into.atMs)) return;
    if (atMs === into.atMs && into.value !== null && value <= into.value) return;
    into.atMs = atMs;
    into.value = value;
  };
  return {
    create: () => ({ atMs: -Infinity, value: null }),
    add: (into, value) => take(into, timeOf(value), valueOf(value)),
    merge: (into, from) => take(into, from.atMs, from.value),
    finish: ({ value }) => value,
    snapshot: ({ atMs, value }) => (value === null ? null : [atMs, value]),
    restore(snapshot) {
      if (snapshot === null) return { atMs: -Infinity, value: null };
      const [atMs, value] = snapshot as [number, Value];
      return { atMs, value };
    },
  };
}
