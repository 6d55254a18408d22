export interface KeyCount {
  readonly key: string;
  readonly count: number;
}

export interface HeavyHittersSnapshot {
  readonly total: number;
  readonly error: number;
  readonly counts: readonly (readonly [key: string, count: number])[];
}

/**
 * Counts by key in bounded memory. Exact while there are at most `maxKeys` keys; beyond, the counters of Misra and
 * Gries (1982): all are lowered by the same amount and those that reach zero are forgotten. That is Space-Saving less
 * its smallest counter (Agarwal et al., "Mergeable summaries", 2012), in the form that merges without loss of its bound.
 *
 * A count is never too high, and too low by at most `maxError`, which is at most `total / (maxKeys / 2)`: a key that
 * makes up a larger share is always here. While exact, order does not matter; beyond, it may show within the bound.
 */
export class HeavyHitters {
  readonly #maxKeys: number;
  readonly #counts = new Map<string, number>();
  #total = 0;
  #error = 0;

  constructor(maxKeys: number) {
    this.#maxKeys = maxKeys;
  }

  /** Sum of everything added, kept or not. */
  get total(): number {
    return this.#total;
  }

  /** Most that any count is too low by; 0 while exact. */
  get maxError(): number {
    return this.#error;
  }

  add(key: string, times = 1): void {
    this.#total += times;
    this.#raise(key, times);
    if (this.#counts.size > this.#maxKeys) this.#prune();
  }

  merge(other: HeavyHitters): void {
    for (const [key, count] of other.#counts) this.#raise(key, count);
    this.#total += other.#total;
    this.#error += other.#error;
    if (this.#counts.size > this.#maxKeys) this.#prune();
  }

  /** The most counted keys: count descending, then key by UTF-16 code unit. */
  top(limit: number): KeyCount[] {
    return [...this.#counts]
      .sort(([keyA, a], [keyB, b]) => b - a || (keyA < keyB ? -1 : 1))
      .slice(0, limit)
      .map(([key, count]) => ({ key, count }));
  }

  #raise(key: string, times: number): void {
    this.#counts.set(key, (this.#counts.get(key) ?? 0) + times);
  }

  /**
   * Half of the keys stay, so that pruning, which looks at all of them, is rare. Each time at least half and one
   * counters lose `cut`, which is where the bound on the error comes from.
   */
  #prune(): void {
    const kept = Math.floor(this.#maxKeys / 2);
    const cut = [...this.#counts.values()].sort((a, b) => b - a)[kept] ?? 0;
    this.#error += cut;
    for (const [key, count] of this.#counts) {
      if (count > cut) this.#counts.set(key, count - cut);
      else this.#counts.delete(key);
    }
  }

  snapshot(): HeavyHittersSnapshot {
    return { total: this.#total, error: this.#error, counts: [...this.#counts] };
  }

  static restore(snapshot: HeavyHittersSnapshot, maxKeys: number): HeavyHitters {
    const restored = new HeavyHitters(maxKeys);
    restored.#total = snapshot.total;
    restored.#error = snapshot.error;
    for (const [key, count] of snapshot.counts) restored.#counts.set(key, count);
    return restored;
  }
}
