import { Ring } from "./ring.js";

/** What leaves takes this share of the spread with it: what remains of the running sums is then rounding error. */
const CANCELLATION = 1e-6;

/**
 * Mean and variance of the newest `capacity` numbers, O(1) amortised.
 * Running sums drift and cancel, so they are taken afresh from the window each time it has turned over, and when an
 * outlier leaves it (Chan, Golub & LeVeque 1983 on why, Welford 1962 for the update).
 */
export class RollingMoments {
  readonly #ring: Ring;
  readonly #capacity: number;
  #mean = 0;
  /** Sum of squared deviations from the mean. */
  #spread = 0;
  #age = 0;

  constructor(capacity: number, state?: RollingMomentsState) {
    this.#capacity = capacity;
    this.#ring = new Ring(capacity, state?.values);
    if (state === undefined) return;
    ({ mean: this.#mean, spread: this.#spread, age: this.#age } = state);
    if (this.#ring.count < state.values.length) this.#recompute();
  }

  get count(): number {
    return this.#ring.count;
  }

  get mean(): number {
    return this.#mean;
  }

  /** Sample standard deviation (n − 1); 0 below two numbers. */
  get deviation(): number {
    return this.count < 2 ? 0 : Math.sqrt(this.#spread / (this.count - 1));
  }

  push(value: number): void {
    const evicted = this.#ring.push(value);
    const before = this.#mean;
    if (evicted === undefined) {
      this.#mean += (value - before) / this.count;
      this.#spread += (value - before) * (value - this.#mean);
      return;
    }
    this.#mean += (value - evicted) / this.count;
    const spread = this.#spread + (value - evicted) * (value - this.#mean + (evicted - before));
    if (++this.#age >= this.#capacity || spread <= CANCELLATION * this.#spread) this.#recompute();
    else this.#spread = spread;
  }

  #recompute(): void {
    const values = this.#ring.values();
    this.#age = 0;
    this.#mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    this.#spread = values.reduce((sum, value) => sum + (value - this.#mean) ** 2, 0);
  }

  state(): RollingMomentsState {
    return { values: this.#ring.values(), mean: this.#mean, spread: this.#spread, age: this.#age };
  }
}

export interface RollingMomentsState {
  readonly values: readonly number[];
  readonly mean: number;
  readonly spread: number;
  readonly age: number;
}
