import { requireInteger, requireNumber } from "../errors.js";
import type { Aggregator } from "./aggregator.js";
import { QuantileSketch, type QuantileSketchSnapshot } from "./quantile-sketch.js";

/** How exact quantiles are, and how much they may keep for it. */
export interface QuantileOptions {
  /** Most that a result is off, as a share of itself, 0.0001 to 0.25. Default 0.01. */
  readonly relativeError?: number;
  /**
   * Buckets kept, 16 to 65536. Default 2048: at the default error that covers values whose largest is 4 billion times
   * the smallest. When values spread further, quantiles among the lowest lose the bound.
   */
  readonly maxBuckets?: number;
}

/**
 * The value that a share `rank` of the others is below (0.95: the 95th percentile); null for none. 0 and 1 are the exact
 * minimum and maximum.
 *
 * @throws InvalidOptionError
 */
export function quantile(
  rank: number,
  options: QuantileOptions = {},
): Aggregator<number, QuantileSketch, number | null> {
  requireRank(rank);
  return { ...sketching(options), finish: (sketch) => sketch.quantile(rank) };
}

/** Several quantiles of the same values, in the order of the ranks. @throws InvalidOptionError */
export function quantiles(
  ranks: readonly number[],
  options: QuantileOptions = {},
): Aggregator<number, QuantileSketch, (number | null)[]> {
  const asked = ranks.map(requireRank);
  return { ...sketching(options), finish: (sketch) => asked.map((rank) => sketch.quantile(rank)) };
}

function requireRank(rank: number): number {
  return requireNumber("rank", rank, 0, 1);
}

function sketching(options: QuantileOptions): Omit<Aggregator<number, QuantileSketch, never>, "finish"> {
  const relativeError = requireNumber("relativeError", options.relativeError ?? 0.01, 0.0001, 0.25);
  const maxBuckets = requireInteger("maxBuckets", options.maxBuckets ?? 2048, 16, 65_536);
  let precision = 1;
  while (2 ** -(precision + 1) > relativeError) precision += 1;
  return {
    create: () => new QuantileSketch(precision, maxBuckets),
    add(into, value) {
      into.add(value);
    },
    merge(into, from) {
      into.merge(from);
    },
    snapshot: (sketch) => sketch.snapshot(),
    restore: (snapshot) => QuantileSketch.restore(snapshot as QuantileSketchSnapshot, precision, maxBuckets),
  };
}
