/** The second half of the hash that `hashHigh` made last: two results without an object for them. */
let hashLow = 0;

/**
 * Two independent 32-bit hashes of a string's UTF-16 units (murmur3's mixing, two seeds), as a pair of unsigned integers.
 * Sketches and ids need many good bits of the same string on every machine; nothing here is for security.
 */
export function hashString(text: string, seed = 0): readonly [high: number, low: number] {
  const high = hashHigh(text, seed);
  return [high, hashLow];
}

/**
 * A whole number from 1 to 2^52 that is the same for the same string on every machine, and for two different strings with
 * a chance of one in 4 million billion.
 */
export function fingerprint(text: string): number {
  const high = hashHigh(text, 0);
  return high * 2 ** 20 + (hashLow >>> 12) + 1;
}

/** The hashes that a fingerprint was made of; of the low one only the upper 20 bits. */
export function hashesOf(fingerprint: number): readonly [high: number, low: number] {
  return [Math.floor((fingerprint - 1) / 2 ** 20), ((fingerprint - 1) % 2 ** 20) * 2 ** 12];
}

function hashHigh(text: string, seed: number): number {
  let high = 0x9e3779b9 ^ seed;
  let low = 0x85ebca6b ^ seed;
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index);
    high = Math.imul(high ^ unit, 0xcc9e2d51);
    high = (high << 15) | (high >>> 17);
    low = Math.imul(low ^ unit, 0x1b873593);
    low = (low << 13) | (low >>> 19);
  }
  hashLow = mix(low ^ Math.imul(text.length, 0x9e3779b1));
  return mix(high ^ text.length);
}

function mix(hash: number): number {
  let mixed = hash ^ (hash >>> 16);
  mixed = Math.imul(mixed, 0x85ebca6b);
  mixed ^= mixed >>> 13;
  mixed = Math.imul(mixed, 0xc2b2ae35);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}
