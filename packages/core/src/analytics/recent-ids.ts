/**
 * Ids seen lately, in two generations: an id is remembered for at least `horizonMs` of event time after it came,
 * and forgetting is dropping the older generation whole (rule W7). Bounded: a full generation is retired early.
 */
export class RecentIds {
  readonly #horizonMs: number;
  readonly #maxPerGeneration: number;
  #young = new Set<string>();
  #old = new Set<string>();
  #bornMs = -Infinity;

  constructor(horizonMs: number, maxIds: number) {
    this.#horizonMs = horizonMs;
    this.#maxPerGeneration = Math.ceil(maxIds / 2);
  }

  /** Remembers the id. Returns false when it was known already. */
  add(id: string): boolean {
    if (this.#young.size >= this.#maxPerGeneration) this.#retire();
    // Adding and looking at the size asks the set once where asking first would ask it twice.
    const { size } = this.#young;
    this.#young.add(id);
    if (this.#young.size === size) return false;
    if (this.#old.size === 0 || !this.#old.has(id)) return true;
    this.#young.delete(id);
    return false;
  }

  /** Tells how far event time has come. */
  advance(watermarkMs: number): void {
    if (this.#bornMs === -Infinity) this.#bornMs = watermarkMs;
    if (watermarkMs - this.#bornMs < this.#horizonMs) return;
    this.#retire();
    this.#bornMs = watermarkMs;
  }

  #retire(): void {
    this.#old = this.#young;
    this.#young = new Set();
  }

  snapshot(): RecentIdsSnapshot {
    return { bornMs: this.#bornMs === -Infinity ? null : this.#bornMs, young: [...this.#young], old: [...this.#old] };
  }

  restore(snapshot: RecentIdsSnapshot): void {
    this.#bornMs = snapshot.bornMs ?? -Infinity;
    this.#young = new Set(snapshot.young);
    this.#old = new Set(snapshot.old);
  }
}

export interface RecentIdsSnapshot {
  readonly bornMs: number | null;
  readonly young: readonly string[];
  readonly old: readonly string[];
}
