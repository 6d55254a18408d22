/**
 * Generalised Pareto tail of the excesses over a high level: Pr(excess > x) = (1 + shape · x / scale)^(−1 / shape),
 * an exponential when the shape is 0.
 */
export interface ParetoTail {
  readonly shape: number;
  readonly scale: number;
}

/** Below this many excesses two parameters cannot be told apart: the tail is taken as exponential. */
const MIN_FOR_SHAPE = 10;
/** Shapes for which the weighted moments estimate well; beyond lie an end point at hand and an infinite variance. */
const MAX_SHAPE = 0.5;

/** Fits by probability-weighted moments (Hosking & Wallis 1987). No excess gives scale 0. */
export function fitParetoTail(excesses: readonly number[]): ParetoTail {
  const count = excesses.length;
  let mean = 0;
  let weighted = 0;
  [...excesses]
    .sort((a, b) => a - b)
    .forEach((excess, index) => {
      mean += excess / count;
      weighted += (excess * (count - 1 - index)) / (count * (count - 1));
    });
  if (count < MIN_FOR_SHAPE || mean === 0) return { shape: 0, scale: mean };
  const shape = Math.max(-MAX_SHAPE, Math.min(MAX_SHAPE, 2 - mean / (mean - 2 * weighted)));
  return { shape, scale: mean * (1 - shape) };
}

/** Pr(excess > x). */
export function tailProbability({ shape, scale }: ParetoTail, excess: number): number {
  if (Math.abs(shape) < 1e-9) return Math.exp(-excess / scale);
  return Math.max(0, 1 + (shape * excess) / scale) ** (-1 / shape);
}

/** The excess with Pr(excess > x) = `probability`. */
export function tailQuantile({ shape, scale }: ParetoTail, probability: number): number {
  if (Math.abs(shape) < 1e-9) return -scale * Math.log(probability);
  return (scale / shape) * (probability ** -shape - 1);
}
