/** As JSON; the buckets in ascending order. */
export interface QuantileSketchSnapshot {
  readonly count: number;
  readonly min: number;
  readonly max: number;
  readonly buckets: readonly (readonly [index: number, count: number])[];
}

const bits = new DataView(new ArrayBuffer(8));
/** Bits of the mantissa in the upper half of a double. */
const MANTISSA_BITS = 20;

/**
 * Counts numbers in buckets that are narrow near zero and wide far from it, so that every quantile has the same bound
 * on its relative error, 2^−(precision + 1). The idea is DDSketch (Masson, Rim and Lee, VLDB 2019), but a bucket's
 * number is read off the bits of the double, exponent and the first `precision` bits of its mantissa: no logarithm,
 * which machines may round differently, so results are the same everywhere.
 *
 * At most `maxBuckets` buckets: when values spread further, the lowest are folded into the lowest that is kept, and
 * only quantiles that fall there lose the bound. Which buckets are kept depends on the values, not on their order.
 */
export class QuantileSketch {
  readonly #precision: number;
  readonly #maxBuckets: number;
  readonly #buckets = new Map<number, number>();
  #count = 0;
  #min = Infinity;
  #max = -Infinity;

  /** @param precision bits of the mantissa that tell buckets apart, 1 to 19 */
  constructor(precision: number, maxBuckets: number) {
    this.#precision = precision;
    this.#maxBuckets = maxBuckets;
  }

  get count(): number {
    return this.#count;
  }

  /** NaN and infinities are left out. */
  add(value: number): void {
    if (!Number.isFinite(value)) return;
    this.#count += 1;
    // Adding zero turns −0 into 0: JSON would, and a restart must not show.
    if (value < this.#min) this.#min = value + 0;
    if (value > this.#max) this.#max = value + 0;
    this.#raise(bucketOf(value, this.#precision), 1);
    if (this.#buckets.size > 2 * this.#maxBuckets) this.#fold();
  }

  merge(other: QuantileSketch): void {
    this.#count += other.#count;
    this.#min = Math.min(this.#min, other.#min);
    this.#max = Math.max(this.#max, other.#max);
    for (const [index, count] of other.#buckets) this.#raise(index, count);
    if (this.#buckets.size > 2 * this.#maxBuckets) this.#fold();
  }

  /** The value that a share `rank` (0 to 1) of the others is below; null for none. */
  quantile(rank: number): number | null {
    if (this.#count === 0) return null;
    if (rank === 0) return this.#min;
    if (rank === 1) return this.#max;
    let below = Math.floor(rank * (this.#count - 1));
    for (const [index, count] of this.#fold()) {
      if (below < count) return Math.min(Math.max(middleOf(index, this.#precision), this.#min), this.#max);
      below -= count;
    }
    return this.#max;
  }

  #raise(index: number, count: number): void {
    this.#buckets.set(index, (this.#buckets.get(index) ?? 0) + count);
  }

  /** Folds what is too much into the lowest bucket that stays; returns the buckets in ascending order. */
  #fold(): [index: number, count: number][] {
    const ascending = [...this.#buckets].sort(([a], [b]) => a - b);
    const excess = ascending.length - this.#maxBuckets;
    const lowest = ascending[excess];
    if (excess <= 0 || lowest === undefined) return ascending;
    for (const [index, count] of ascending.slice(0, excess)) {
      this.#buckets.delete(index);
      lowest[1] += count;
    }
    this.#buckets.set(...lowest);
    return ascending.slice(excess);
  }

  snapshot(): QuantileSketchSnapshot {
    const isEmpty = this.#count === 0;
    return {
      count: this.#count,
      min: isEmpty ? 0 : this.#min,
      max: isEmpty ? 0 : this.#max,
      buckets: this.#fold(),
    };
  }

  static restore(snapshot: QuantileSketchSnapshot, precision: number, maxBuckets: number): QuantileSketch {
    const sketch = new QuantileSketch(precision, maxBuckets);
    if (snapshot.count === 0) return sketch;
    sketch.#count = snapshot.count;
    sketch.#min = snapshot.min;
    sketch.#max = snapshot.max;
    for (const [index, count] of snapshot.buckets) sketch.#buckets.set(index, count);
    return sketch;
  }
}

/** A whole number that grows with the value; 0 for zero and for what is too small to have a full mantissa. */
function bucketOf(value: number, precision: number): number {
  bits.setFloat64(0, Math.abs(value));
  const index = bits.getUint32(0) >>> (MANTISSA_BITS - precision);
  if (index < 1 << precision) return 0;
  return value < 0 ? -index : index;
}

/** The middle of a bucket: the bits that its values share, and then a one. */
function middleOf(index: number, precision: number): number {
  if (index === 0) return 0;
  bits.setUint32(0, ((Math.abs(index) << 1) | 1) << (MANTISSA_BITS - precision - 1));
  bits.setUint32(4, 0);
  const middle = bits.getFloat64(0);
  return index < 0 ? -middle : middle;
}
