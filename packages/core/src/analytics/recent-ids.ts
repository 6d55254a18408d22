const EMPTY = 0;
const FIRST_SLOTS = 32;
/** An id is looked for in this many neighbouring slots: who sends ids that all want the same slot gains nothing. */
const MAX_PROBES = 32;

/**
 * Ids seen lately, in two generations: an id is remembered for at least `horizonMs` of event time after it came,
 * and forgetting is dropping the older generation whole (rule W7). Bounded: a full generation is retired early.
 *
 * Kept as fingerprints in one open-addressed table, which takes a fraction of the memory of a set of strings and of the
 * time to ask it. With 200,000 ids kept, one new id in 20 billion is taken for a repeated one.
 */
export class RecentIds {
  readonly #horizonMs: number;
  readonly #maxPerGeneration: number;
  /** Fingerprints times two, plus the generation's parity; 0 is an empty slot. The number of slots is a power of two. */
  #slots = new Float64Array(FIRST_SLOTS);
  /** What found no slot within reach. */
  #crowded = new Set<number>();
  #parity = 0;
  #youngCount = 0;
  #oldCount = 0;
  #bornMs = -Infinity;

  constructor(horizonMs: number, maxIds: number) {
    this.#horizonMs = horizonMs;
    this.#maxPerGeneration = Math.ceil(maxIds / 2);
  }

  /** Remembers the id of a fingerprint. Returns false when it was known already. */
  add(fingerprint: number): boolean {
    const even = 2 * fingerprint;
    const place = this.#find(even);
    if (place === -1) return false;
    if (this.#youngCount >= this.#maxPerGeneration) {
      this.#retire();
      this.#put(even + this.#parity);
    } else if (place === Infinity) this.#crowded.add(even + this.#parity);
    else this.#slots[place] = even + this.#parity;
    this.#youngCount += 1;
    if ((this.#youngCount + this.#oldCount) * 3 > this.#slots.length * 2) this.#rebuild(this.#slots.length * 2);
    return true;
  }

  /** Tells how far event time has come. */
  advance(watermarkMs: number): void {
    if (this.#bornMs === -Infinity) this.#bornMs = watermarkMs;
    if (watermarkMs - this.#bornMs < this.#horizonMs) return;
    this.#retire();
    this.#bornMs = watermarkMs;
  }

  /** The free slot for a new id; −1 when the id is there already, ∞ when all slots within reach are taken. */
  #find(even: number): number {
    const slots = this.#slots;
    const mask = slots.length - 1;
    let place = slotOf(even, mask);
    for (let probe = 0; probe < MAX_PROBES; probe++) {
      const taken = slots[place];
      if (taken === EMPTY) return place;
      if (taken === even || taken === even + 1) return -1;
      place = (place + 1) & mask;
    }
    return this.#crowded.has(even) || this.#crowded.has(even + 1) ? -1 : Infinity;
  }

  #put(entry: number): void {
    const place = this.#find(entry - (entry % 2));
    if (place === Infinity) this.#crowded.add(entry);
    else if (place !== -1) this.#slots[place] = entry;
  }

  /** The young become the old, and the old are forgotten. */
  #retire(): void {
    this.#oldCount = this.#youngCount;
    this.#youngCount = 0;
    this.#parity = 1 - this.#parity;
    // As many are about to come.
    this.#rebuild(slotsFor(2 * this.#oldCount), 1 - this.#parity);
  }

  /** Moves all entries, or only those of one generation, into a table of another size. */
  #rebuild(slots: number, parity?: number): void {
    const before = [this.#slots, this.#crowded] as const;
    this.#slots = new Float64Array(slots);
    this.#crowded = new Set();
    for (const entries of before) {
      for (const entry of entries) if (entry !== EMPTY && (parity ?? entry % 2) === entry % 2) this.#put(entry);
    }
  }

  #fingerprints(parity: number): number[] {
    const entries = [...this.#slots, ...this.#crowded];
    return entries.filter((entry) => entry !== EMPTY && entry % 2 === parity).map((entry) => (entry - parity) / 2);
  }

  snapshot(): RecentIdsSnapshot {
    return {
      bornMs: this.#bornMs === -Infinity ? null : this.#bornMs,
      young: this.#fingerprints(this.#parity),
      old: this.#fingerprints(1 - this.#parity),
    };
  }

  restore(snapshot: RecentIdsSnapshot): void {
    this.#bornMs = snapshot.bornMs ?? -Infinity;
    this.#parity = 0;
    this.#youngCount = snapshot.young.length;
    this.#oldCount = snapshot.old.length;
    this.#slots = new Float64Array(slotsFor(this.#youngCount + this.#oldCount));
    for (const one of snapshot.young) this.#put(2 * one);
    for (const one of snapshot.old) this.#put(2 * one + 1);
  }
}

/** A power of two of which at most two thirds are taken. */
function slotsFor(entries: number): number {
  let slots = FIRST_SLOTS;
  while (entries * 3 > slots * 2) slots *= 2;
  return slots;
}

/** The upper bits of the fingerprint, which are those of the better mixed half. */
function slotOf(even: number, mask: number): number {
  return Math.floor(even / 2 ** 21) & mask;
}

/** Fingerprints of the ids. */
export interface RecentIdsSnapshot {
  readonly bornMs: number | null;
  readonly young: readonly number[];
  readonly old: readonly number[];
}
