import { FingerprintSet } from "./fingerprint-set.js";
import { fingerprint } from "./hash.js";
import { HyperLogLog } from "./hyper-log-log.js";

/** Up to this many distinct values are counted exactly, then by HyperLogLog (rule W8). */
export const EXACT_LIMIT = 4096;

/** Fingerprints, or the registers of the estimate. */
export type DistinctSnapshot = readonly number[] | string;

/**
 * Number of distinct strings: an exact set until it is full, then an estimate. Merging in any order gives the same number.
 *
 * The set is one of fingerprints: among 4,096 strings two are taken for one with a chance of one in 500 million.
 */
export class Distinct {
  #exact: FingerprintSet | undefined = new FingerprintSet();
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
    this.#add(fingerprint(value));
  }

  merge(other: Distinct): void {
    if (other.#exact === undefined) {
      this.#toEstimate();
      if (other.#estimate !== undefined) this.#estimate?.merge(other.#estimate);
    } else if (this.#exact === undefined) {
      for (const value of other.#exact) this.#estimate?.add(value);
    } else {
      this.#exact.addAll(other.#exact);
      if (this.#exact.size > this.#limit) this.#toEstimate();
    }
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
      for (const value of snapshot) distinct.#add(value);
    }
    return distinct;
  }

  #add(value: number): void {
    if (this.#exact === undefined) {
      this.#estimate?.add(value);
    } else if (this.#exact.add(value) && this.#exact.size > this.#limit) {
      this.#toEstimate();
    }
  }

  #toEstimate(): void {
    if (this.#exact === undefined) return;
    const estimate = new HyperLogLog();
    for (const value of this.#exact) estimate.add(value);
    this.#exact = undefined;
    this.#estimate = estimate;
  }
}
