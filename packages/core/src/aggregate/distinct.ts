import { HyperLogLog } from "./hyper-log-log.js";

/** Up to this many distinct values are counted exactly, then by HyperLogLog (rule W8). */
export const EXACT_LIMIT = 4096;

export type DistinctSnapshot = readonly string[] | string;

/** Number of distinct strings: an exact set until it is full, then an estimate. Merging in any order gives the same number. */
export class Distinct {
  #exact: Set<string> | undefined = new Set();
  #estimate: HyperLogLog | undefined;
  readonly #limit: number;

  /** @param limit values kept exactly; a merged window takes `Infinity`: it is exact when all its slices are */
  constructor(limit = EXACT_LIMIT) {
    this.#limit = limit;
  }

  get isExact(): boolean {
    return this.#exact !== undefined;
  }

  add(value: string): void {
    if (this.#exact === undefined) {
      this.#estimate?.add(value);
      return;
    }
    this.#exact.add(value);
    if (this.#exact.size > this.#limit) this.#toEstimate();
  }

  merge(other: Distinct): void {
    if (other.#exact !== undefined) {
      for (const value of other.#exact) this.add(value);
      return;
    }
    this.#toEstimate();
    if (other.#estimate !== undefined) this.#estimate?.merge(other.#estimate);
  }

  count(): number {
    return this.#exact?.size ?? this.#estimate?.count() ?? 0;
  }

  snapshot(): DistinctSnapshot {
    return this.#exact === undefined ? (this.#estimate?.snapshot() ?? "") : [...this.#exact];
  }

  static restore(snapshot: DistinctSnapshot, limit = EXACT_LIMIT): Distinct {
    const distinct = new Distinct(limit);
    if (typeof snapshot === "string") {
      distinct.#exact = undefined;
      distinct.#estimate = HyperLogLog.restore(snapshot);
    } else {
      distinct.#exact = new Set(snapshot);
    }
    return distinct;
  }

  #toEstimate(): void {
    if (this.#exact === undefined) return;
    const estimate = new HyperLogLog();
    for (const value of this.#exact) estimate.add(value);
    this.#exact = undefined;
    this.#estimate = estimate;
  }
}
