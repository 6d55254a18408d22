/** As JSON: a number while it is a safe integer, its decimal digits beyond. */
export type ExactSumSnapshot = number | string;

/**
 * A sum of whole numbers, exact whatever its size, so that the order of adding never shows (rule W3). It is a plain
 * number until that would round, then a bigint takes the rest: common sums cost one addition.
 */
export class ExactSum {
  #near = 0;
  #far = 0n;

  /** @param value a safe integer */
  add(value: number): void {
    const next = this.#near + value;
    if (Number.isSafeInteger(next)) {
      this.#near = next;
      return;
    }
    this.#far += BigInt(this.#near) + BigInt(value);
    this.#near = 0;
  }

  /** @param value a safe integer, whose square may be none */
  addSquare(value: number): void {
    const square = value * value;
    if (Number.isSafeInteger(square)) this.add(square);
    else this.#far += BigInt(value) ** 2n;
  }

  merge(other: ExactSum): void {
    this.add(other.#near);
    this.#far += other.#far;
  }

  total(): bigint {
    return this.#far + BigInt(this.#near);
  }

  /** The nearest number: the sum is rounded once, here. */
  toNumber(): number {
    return this.#far === 0n ? this.#near : Number(this.total());
  }

  snapshot(): ExactSumSnapshot {
    const nearest = this.toNumber();
    return Number.isSafeInteger(nearest) ? nearest : this.total().toString();
  }

  static restore(snapshot: ExactSumSnapshot): ExactSum {
    const sum = new ExactSum();
    if (typeof snapshot === "number") sum.#near = snapshot;
    else sum.#far = BigInt(snapshot);
    return sum;
  }
}
