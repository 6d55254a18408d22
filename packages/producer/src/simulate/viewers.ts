import type { Random } from "../random.js";

/** The number of viewers of a stream as it wanders. */
export interface Viewers {
  /** The count after another `elapsedMs`, drawn towards `target` (a multiple of the usual). */
  next(elapsedMs: number, target: number): number;
  /** The highest count so far. */
  readonly peak: number;
}

const PULL_MS = 25_000;

/** A mean-reverting walk in relative terms (Ornstein–Uhlenbeck), so that big and small streams wander alike. */
export function createViewers(random: Random, usual: number): Viewers {
  let level = 0.9;
  let peak = 0;
  return {
    next: (elapsedMs, target) => {
      const noise = (random.next() + random.next() + random.next() - 1.5) * 0.012 * Math.sqrt(elapsedMs / 1_000);
      level = Math.max(0.05, target + (level - target) * Math.exp(-elapsedMs / PULL_MS) + noise);
      const count = Math.max(1, Math.round(usual * level));
      peak = Math.max(peak, count);
      return count;
    },
    get peak() {
      return peak;
    },
  };
}
