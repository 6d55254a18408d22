/** Small seeded numbers, so that two runs see the same data: a Weyl sequence, mixed. */
export class Random {
  #state: number;

  constructor(seed: number) {
    this.#state = seed >>> 0;
  }

  /** 0 to 2³² − 1. */
  bits(): number {
    this.#state = (this.#state + 0x9e3779b9) >>> 0;
    let mixed = this.#state;
    mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b);
    mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
    return (mixed ^ (mixed >>> 16)) >>> 0;
  }

  /** 0 ≤ x < 1. */
  unit(): number {
    return this.bits() / 4_294_967_296;
  }

  /** A whole number 0 ≤ x < limit. */
  below(limit: number): number {
    return Math.floor(this.unit() * limit);
  }

  /** 0 ≤ x < limit, where the k-th number is drawn 1/k as often as the first (Zipf, exponent 1). */
  zipf(limit: number): number {
    return Math.min(limit - 1, Math.floor((limit + 1) ** this.unit()) - 1);
  }
}
