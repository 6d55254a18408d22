import { ExactSum, type ExactSumSnapshot } from "./exact-sum.js";

export interface KeyedSumsSnapshot {
  readonly total: number;
  readonly keys: readonly (readonly [key: string, count: number, sum: ExactSumSnapshot])[];
}

interface Entry {
  count: number;
  readonly sum: ExactSum;
}

/**
 * Exact sums by key, of at most `maxKeys` keys. When there are more, the smallest by UTF-16 code unit are kept: a key
 * that was dropped can never come back, so which are kept, and their sums, do not depend on the order of arrival.
 */
export class KeyedSums {
  readonly #maxKeys: number;
  readonly #entries = new Map<string, Entry>();
  /** Values added, whether their key was kept or not. */
  #total = 0;

  constructor(maxKeys: number) {
    this.#maxKeys = maxKeys;
  }

  /** @param units a safe integer */
  add(key: string, units: number): void {
    this.#total += 1;
    const entry = this.#entryOf(key);
    if (entry === undefined) return;
    entry.count += 1;
    entry.sum.add(units);
  }

  merge(other: KeyedSums): void {
    this.#total += other.#total;
    for (const [key, { count, sum }] of other.#entries) {
      const entry = this.#entryOf(key);
      if (entry === undefined) continue;
      entry.count += count;
      entry.sum.merge(sum);
    }
  }

  /** By key, ascending by UTF-16 code unit. */
  entries(): [key: string, count: number, sum: number][] {
    return [...this.#entries]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, { count, sum }]) => [key, count, sum.toNumber()]);
  }

  /** Values whose key found no place. */
  otherCount(): number {
    let kept = 0;
    for (const { count } of this.#entries.values()) kept += count;
    return this.#total - kept;
  }

  #entryOf(key: string): Entry | undefined {
    const known = this.#entries.get(key);
    if (known !== undefined) return known;
    if (this.#entries.size >= this.#maxKeys) {
      const largest = this.#largestKey();
      if (key > largest) return undefined;
      this.#entries.delete(largest);
    }
    const entry = { count: 0, sum: new ExactSum() };
    this.#entries.set(key, entry);
    return entry;
  }

  #largestKey(): string {
    let largest = "";
    for (const key of this.#entries.keys()) if (key > largest) largest = key;
    return largest;
  }

  snapshot(): KeyedSumsSnapshot {
    return {
      total: this.#total,
      keys: [...this.#entries].map(([key, { count, sum }]) => [key, count, sum.snapshot()]),
    };
  }

  static restore(snapshot: KeyedSumsSnapshot, maxKeys: number): KeyedSums {
    const restored = new KeyedSums(maxKeys);
    restored.#total = snapshot.total;
    for (const [key, count, sum] of snapshot.keys) {
      restored.#entries.set(key, { count, sum: ExactSum.restore(sum) });
    }
    return restored;
  }
}
