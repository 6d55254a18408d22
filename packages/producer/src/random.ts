/** A stream of pseudo-random numbers that depends on nothing but its seed. */
export interface Random {
  /** A number in [0, 1). */
  next(): number;
  /** A whole number in [min, max], both included. */
  integer(min: number, max: number): number;
  /** A number in [min, max). */
  between(min: number, max: number): number;
  /** True with the given probability (0 to 1). */
  chance(probability: number): boolean;
  /** One of the items, each as likely as the others. */
  pick<T>(items: readonly [T, ...T[]]): T;
  /** The time to the next of events that come at `perSecond` on average and independently, in milliseconds. */
  gapMs(perSecond: number): number;
  /** A generator of its own for the part called `label`: what one part draws does not move the others. */
  fork(label: string): Random;
}

/**
 * The sfc32 generator ("small fast counter", Chris Doty-Humphrey, PractRand), its state filled by splitmix32.
 *
 * @param seed any finite number; two seeds that differ give unrelated sequences
 */
export function createRandom(seed: number): Random {
  const fill = splitmix32(Math.floor(seed) ^ Math.floor(seed / 2 ** 32));
  let [a, b, c, counter] = [fill(), fill(), fill(), 1];
  const bits = (): number => {
    const sum = (a + b + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + sum;
    c |= 0;
    return sum >>> 0;
  };
  // The first outputs still look like the seed.
  for (let round = 0; round < 12; round++) bits();

  const next = (): number => bits() / 2 ** 32;
  return {
    next,
    integer: (min, max) => min + Math.floor(next() * (max - min + 1)),
    between: (min, max) => min + next() * (max - min),
    chance: (probability) => next() < probability,
    pick: (items) => items[Math.floor(next() * items.length)] as (typeof items)[0],
    gapMs: (perSecond) => (-Math.log(1 - next()) / perSecond) * 1_000,
    fork: (label) => createRandom(hashText(`${seed}/${label}`)),
  };
}

/** FNV-1a over UTF-16 code units, 32 bits, mixed once more so that near texts land far apart. */
export function hashText(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  return splitmix32(hash)();
}

function splitmix32(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x9e3779b9) | 0;
    let mixed = state ^ (state >>> 16);
    mixed = Math.imul(mixed, 0x21f0aaad);
    mixed ^= mixed >>> 15;
    mixed = Math.imul(mixed, 0x735a2d97);
    return (mixed ^ (mixed >>> 15)) >>> 0;
  };
}
