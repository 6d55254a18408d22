const FIRST_CAPACITY = 1 << 10;

/** Start value of the hash that `hashStep` continues, one UTF-16 unit at a time. */
export const HASH_SEED = 0x811c9dc5 | 0;
export const HASH_PRIME = 0x01000193;

/**
 * Open-addressing table from a word to its entry number. It is asked with a range of character codes, so that looking
 * up a token makes no string. Entry 0 means "not there" and is rated 0 without flags.
 */
export class WordTable {
  /** Valence by entry. */
  valence = new Float64Array(FIRST_CAPACITY);
  /** Role bits by entry, see flags.ts. */
  flags = new Int32Array(FIRST_CAPACITY);
  /** Longest key, in UTF-16 units: a longer token need not be looked up. */
  longest = 0;
  #size = 1;
  #pool = new Uint16Array(FIRST_CAPACITY * 8);
  #poolEnd = 0;
  #from = new Int32Array(FIRST_CAPACITY);
  #to = new Int32Array(FIRST_CAPACITY);
  #hash = new Int32Array(FIRST_CAPACITY);
  // A quarter full at most: the words of a chat that are not in the lexicon mostly meet an empty slot at once.
  #slots = new Int32Array(FIRST_CAPACITY * 4);

  /** Entry of `chars[from, to)`, whose hash the caller has at hand; 0 when unknown. */
  find(chars: Uint16Array, from: number, to: number, hash: number): number {
    const slots = this.#slots;
    const mask = slots.length - 1;
    for (let slot = (hash ^ (hash >>> 15)) & mask; ; slot = (slot + 1) & mask) {
      const entry = slots[slot]!;
      if (entry === 0) return 0;
      if (this.#hash[entry] === hash && this.#holds(entry, chars, from, to)) return entry;
    }
  }

  /** Entry of `key`; made, rated 0 and without flags, when it is new. */
  intern(key: string): number {
    const from = this.#poolEnd;
    const to = from + key.length;
    if (to > this.#pool.length) this.#pool = enlarged(this.#pool, to);
    let hash = HASH_SEED;
    for (let i = 0; i < key.length; i++) {
      const unit = key.charCodeAt(i);
      this.#pool[from + i] = unit;
      hash = Math.imul(hash ^ unit, HASH_PRIME);
    }
    const known = this.find(this.#pool, from, to, hash);
    if (known !== 0) return known;
    if (this.#size === this.flags.length) this.#grow();
    const entry = this.#size++;
    this.#poolEnd = to;
    this.#from[entry] = from;
    this.#to[entry] = to;
    this.#hash[entry] = hash;
    this.longest = Math.max(this.longest, key.length);
    this.#place(entry);
    return entry;
  }

  /** An independent copy, for a scorer with entries of its own. */
  clone(): WordTable {
    const copy = new WordTable();
    copy.valence = this.valence.slice();
    copy.flags = this.flags.slice();
    copy.longest = this.longest;
    copy.#size = this.#size;
    copy.#pool = this.#pool.slice();
    copy.#poolEnd = this.#poolEnd;
    copy.#from = this.#from.slice();
    copy.#to = this.#to.slice();
    copy.#hash = this.#hash.slice();
    copy.#slots = this.#slots.slice();
    return copy;
  }

  #holds(entry: number, chars: Uint16Array, from: number, to: number): boolean {
    const start = this.#from[entry]!;
    if (this.#to[entry]! - start !== to - from) return false;
    for (let i = from, at = start; i < to; i++, at++) if (this.#pool[at] !== chars[i]) return false;
    return true;
  }

  #place(entry: number): void {
    const hash = this.#hash[entry]!;
    const mask = this.#slots.length - 1;
    let slot = (hash ^ (hash >>> 15)) & mask;
    while (this.#slots[slot] !== 0) slot = (slot + 1) & mask;
    this.#slots[slot] = entry;
  }

  #grow(): void {
    const capacity = this.flags.length * 2;
    this.valence = enlarged(this.valence, capacity);
    this.flags = enlarged(this.flags, capacity);
    this.#from = enlarged(this.#from, capacity);
    this.#to = enlarged(this.#to, capacity);
    this.#hash = enlarged(this.#hash, capacity);
    this.#slots = new Int32Array(capacity * 4);
    for (let entry = 1; entry < this.#size; entry++) this.#place(entry);
  }
}

function enlarged<T extends Float64Array | Int32Array | Uint16Array>(old: T, needed: number): T {
  const larger = new (old.constructor as new (length: number) => T)(Math.max(needed, old.length * 2));
  larger.set(old);
  return larger;
}
