/** No fingerprint, and no small integer either: an array of doubles stays one. */
const EMPTY = 0.5;
const FIRST_SLOTS: readonly number[] = [EMPTY, EMPTY, EMPTY, EMPTY, EMPTY, EMPTY, EMPTY, EMPTY];
/** A fingerprint is looked for in this many neighbouring slots: who makes many that want the same slot gains nothing. */
const MAX_PROBES = 32;

/**
 * A set of fingerprints in one open-addressed table of doubles: no object for an entry, and the strings are not kept.
 * Most sets are small and live for a minute, so the table is a plain array: a typed one costs more to make than to fill.
 */
export class FingerprintSet implements Iterable<number> {
  /** The number of slots is a power of two. */
  #slots = FIRST_SLOTS.slice();
  /** What found no slot within reach. */
  #crowded: Set<number> | undefined;
  #size = 0;

  get size(): number {
    return this.#size;
  }

  /** @param fingerprint a whole number from 1 to 2^52 @returns false when it is there already */
  add(fingerprint: number): boolean {
    const slots = this.#slots;
    const mask = slots.length - 1;
    let place = Math.floor(fingerprint / 2 ** 20) & mask;
    for (let probe = 0; probe < MAX_PROBES; probe++) {
      const taken = slots[place];
      if (taken === fingerprint) return false;
      if (taken === EMPTY) {
        slots[place] = fingerprint;
        this.#size += 1;
        if (this.#size * 3 > slots.length * 2) this.#grow();
        return true;
      }
      place = (place + 1) & mask;
    }
    const crowded = (this.#crowded ??= new Set());
    if (crowded.has(fingerprint)) return false;
    crowded.add(fingerprint);
    this.#size += 1;
    return true;
  }

  #grow(): void {
    const [slots, crowded] = [this.#slots, this.#crowded];
    this.#slots = emptySlots(2 * slots.length);
    this.#crowded = undefined;
    this.#size = 0;
    for (const fingerprint of slots) if (fingerprint !== EMPTY) this.add(fingerprint);
    for (const fingerprint of crowded ?? []) this.add(fingerprint);
  }

  *[Symbol.iterator](): Iterator<number> {
    for (const fingerprint of this.#slots) if (fingerprint !== EMPTY) yield fingerprint;
    yield* this.#crowded ?? [];
  }

  /** Adds everything that the other set holds. */
  addAll(other: FingerprintSet): void {
    const { length } = other.#slots;
    for (let place = 0; place < length; place++) {
      const fingerprint = other.#slots[place] as number;
      if (fingerprint !== EMPTY) this.add(fingerprint);
    }
    if (other.#crowded !== undefined) for (const fingerprint of other.#crowded) this.add(fingerprint);
  }
}

/** Copying what is an array of doubles makes one, and is the fastest way to. */
function emptySlots(length: number): number[] {
  let slots = FIRST_SLOTS.slice();
  while (slots.length < length) slots = slots.concat(slots);
  return slots;
}
