import { requireInteger } from "../errors.js";
import type { Aggregator } from "./aggregator.js";
import { HeavyHitters, type HeavyHittersSnapshot, type KeyCount } from "./heavy-hitters.js";

/** How many are listed, and how many counted. */
export interface TopKOptions {
  /** Entries in the result. 1 to 10000, default 10. */
  readonly k?: number;
  /** Keys kept: up to so many, counts are exact. Default 4096, from 2·k to 1000000. */
  readonly maxKeys?: number;
}

/** The most frequent values, and how far their counts can be trusted. */
export interface TopK {
  /** Count descending, then key by UTF-16 code unit. */
  readonly entries: readonly KeyCount[];
  /** Most that a count is too low by: 0 while there were at most `maxKeys` keys, then at most 2·total / maxKeys. */
  readonly maxError: number;
  /** Values counted, in the entries or not. */
  readonly total: number;
}

/** The most frequent strings. @throws InvalidOptionError */
export function topK(options: TopKOptions = {}): Aggregator<string, HeavyHitters, TopK> {
  const k = requireInteger("k", options.k ?? 10, 1, 10_000);
  const maxKeys = requireInteger("maxKeys", options.maxKeys ?? 4096, 2 * k, 1_000_000);
  return {
    create: () => new HeavyHitters(maxKeys),
    add(into, value) {
      into.add(value);
    },
    merge(into, from) {
      into.merge(from);
    },
    finish: (counts) => ({ entries: counts.top(k), maxError: counts.maxError, total: counts.total }),
    snapshot: (counts) => counts.snapshot(),
    restore: (snapshot) => HeavyHitters.restore(snapshot as HeavyHittersSnapshot, maxKeys),
  };
}
