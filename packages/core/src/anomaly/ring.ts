/** The newest `capacity` numbers, oldest first. */
export class Ring {
  readonly #capacity: number;
  readonly #values: number[];
  #head = 0;

  constructor(capacity: number, values: readonly number[] = []) {
    this.#capacity = capacity;
    this.#values = values.slice(-capacity);
  }

  get count(): number {
    return this.#values.length;
  }

  /** Adds a number; returns the one that had to leave for it, if any. */
  push(value: number): number | undefined {
    if (this.#values.length < this.#capacity) {
      this.#values.push(value);
      return undefined;
    }
    const evicted = this.#values[this.#head];
    this.#values[this.#head] = value;
    this.#head = (this.#head + 1) % this.#capacity;
    return evicted;
  }

  /** −Infinity when empty. */
  max(): number {
    let max = -Infinity;
    for (const value of this.#values) if (value > max) max = value;
    return max;
  }

  values(): number[] {
    return [...this.#values.slice(this.#head), ...this.#values.slice(0, this.#head)];
  }
}
