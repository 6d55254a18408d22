import { Ring } from "./ring.js";

/** Median and median absolute deviation of the newest `capacity` numbers, kept sorted: O(n) with a small constant per push. */
export class SortedWindow {
  readonly #ring: Ring;
  readonly #sorted: number[];

  constructor(capacity: number, values?: readonly number[]) {
    this.#ring = new Ring(capacity, values);
    this.#sorted = this.#ring.values().sort((a, b) => a - b);
  }

  get count(): number {
    return this.#sorted.length;
  }

  push(value: number): void {
    const evicted = this.#ring.push(value);
    if (evicted !== undefined) this.#sorted.splice(this.#firstAtLeast(evicted), 1);
    this.#sorted.splice(this.#firstAtLeast(value), 0, value);
  }

  /** NaN when empty. */
  median(): number {
    const middle = this.count >> 1;
    return this.count % 2 === 1 ? this.#at(middle) : (this.#at(middle - 1) + this.#at(middle)) / 2;
  }

  /** Median of the distances from `center`, which must be the median: the nearest numbers lie on both sides of the middle. */
  medianDeviation(center: number): number {
    const middle = this.count >> 1;
    let left = this.#firstAtLeast(center) - 1;
    let right = left + 1;
    let previous = 0;
    let distance = 0;
    for (let rank = 0; rank <= middle; rank++) {
      previous = distance;
      const below = center - this.#at(left);
      const above = this.#at(right) - center;
      // Comparisons with NaN are false: past the left end the right side is taken, past the right end the left.
      if (below < above || Number.isNaN(above)) {
        distance = below;
        left -= 1;
      } else {
        distance = above;
        right += 1;
      }
    }
    return this.count % 2 === 1 ? distance : (previous + distance) / 2;
  }

  values(): number[] {
    return this.#ring.values();
  }

  #at(index: number): number {
    return this.#sorted[index] ?? NaN;
  }

  #firstAtLeast(value: number): number {
    let low = 0;
    let high = this.count;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#at(middle) < value) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
