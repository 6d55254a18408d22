import type { Window } from "../windowing/window.js";

export interface BaselineOptions {
  /** |z| above this is an anomaly. 0 to 100, default 3. */
  readonly anomalyThreshold?: number;
  /** Windows needed before there is a baseline. 2 to 10000, default 12. */
  readonly minSamples?: number;
  /**
   * How far back windows belong to the baseline. The length of a window to 30 days; default the length of 30 windows, and
   * at least 1800000 ms.
   */
  readonly baselineMs?: number;
}

export interface Baseline {
  /** Mean count of the baseline's windows. */
  readonly mean: number;
  /** Standard deviation, never below the scale floor. */
  readonly deviation: number;
}

/**
 * The counts of a stream's past windows, and what they say about the next (rule W9). A window's baseline are the
 * windows that ended at or before its start: with 60-s windows every 10 s, neighbours share most of their
 * messages, and a spike compared with those would be compared with itself.
 *
 * The scale floor is the noise that counting alone makes: √mean (a Poisson count), and at least one message.
 */
export class CountHistory {
  /** Starts of the windows, in order, and their counts. */
  readonly #starts: number[] = [];
  readonly #counts: number[] = [];
  readonly #horizonMs: number;
  readonly #minSamples: number;

  constructor(horizonMs: number, minSamples: number) {
    this.#horizonMs = horizonMs;
    this.#minSamples = minSamples;
  }

  /** Records a window, or its corrected count. Windows come in order; corrections are of recent ones. */
  record(startMs: number, count: number): void {
    const starts = this.#starts;
    let index = starts.length - 1;
    while (index >= 0 && (starts[index] as number) > startMs) index -= 1;
    if (starts[index] === startMs) {
      this.#counts[index] = count;
    } else {
      starts.splice(index + 1, 0, startMs);
      this.#counts.splice(index + 1, 0, count);
    }
    const newestMs = starts.at(-1) ?? startMs;
    let expired = 0;
    while ((starts[expired] ?? newestMs) < newestMs - this.#horizonMs) expired += 1;
    if (expired === 0) return;
    starts.splice(0, expired);
    this.#counts.splice(0, expired);
  }

  /** The baseline for a window, or `undefined` before there are enough windows that do not overlap it. */
  before({ startMs, endMs }: Window): Baseline | undefined {
    const sizeMs = endMs - startMs;
    let samples = 0;
    let sum = 0;
    let squares = 0;
    for (let index = 0; index < this.#starts.length; index++) {
      const otherStartMs = this.#starts[index] as number;
      if (otherStartMs + sizeMs > startMs) break;
      if (otherStartMs < startMs - this.#horizonMs) continue;
      const count = this.#counts[index] as number;
      samples += 1;
      sum += count;
      squares += count * count;
    }
    if (samples < this.#minSamples) return undefined;
    const mean = sum / samples;
    const variance = Math.max(0, (squares - (sum * sum) / samples) / (samples - 1));
    return { mean, deviation: Math.max(1, Math.sqrt(mean), Math.sqrt(variance)) };
  }

  snapshot(): readonly (readonly [number, number])[] {
    return this.#starts.map((startMs, index) => [startMs, this.#counts[index] as number]);
  }

  restore(snapshot: readonly (readonly [number, number])[]): void {
    for (const [startMs, count] of snapshot) {
      this.#starts.push(startMs);
      this.#counts.push(count);
    }
  }
}
