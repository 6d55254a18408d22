export interface PoissonCusumOptions {
  /** The multiple of the usual rate that is to be found: above 1 a rise, below 1 a fall. */
  readonly ratio: number;
  /** Evidence that raises the alarm, in nats: when nothing happens, it comes once in e^threshold slices or less often. */
  readonly threshold: number;
}

/**
 * Page's cumulative sum for counts: adds up, slice by slice, how much better "the rate is `ratio` times the usual" explains
 * the count than "all is as usual", and starts again from zero whenever the usual is ahead. No test finds a change of this
 * size sooner at the same rate of false alarms (Page 1954; Lorden 1971), and the slice at which the sum last left zero is
 * the most likely onset, so "when did it begin" costs nothing extra.
 *
 * The log likelihood ratio of a Poisson count x with mean λ is x·ln(ratio) − λ·(ratio − 1). Chat comes in waves, so its
 * counts vary more than Poisson's; `dispersion` (variance / mean, at least 1) divides the evidence.
 */
export class PoissonCusum {
  readonly #weight: number;
  readonly #drift: number;
  readonly #threshold: number;
  #sum = 0;
  #since: number | undefined;
  #excess = 0;

  constructor({ ratio, threshold }: PoissonCusumOptions) {
    this.#weight = Math.log(ratio);
    this.#drift = ratio - 1;
    this.#threshold = threshold;
  }

  /** Index of the slice in which the present run of evidence began; undefined while all is as usual. */
  get since(): number | undefined {
    return this.#since;
  }

  /** Counts above (or, negative, below) the usual since then. */
  get excess(): number {
    return this.#excess;
  }

  /** Half way to the alarm, or beyond it. */
  get isRising(): boolean {
    return this.#sum >= this.#threshold / 2;
  }

  get isRaised(): boolean {
    return this.#sum >= this.#threshold;
  }

  /** @param mean counts that are usual in a slice @param dispersion variance over mean, at least 1 */
  update(index: number, count: number, mean: number, dispersion: number): void {
    const evidence = (count * this.#weight - mean * this.#drift) / dispersion;
    this.#sum += evidence;
    if (this.#sum <= 0) {
      this.reset();
      return;
    }
    // Evidence beyond the alarm would only delay the way back.
    this.#sum = Math.min(this.#sum, 2 * this.#threshold);
    this.#since ??= index;
    this.#excess += count - mean;
  }

  reset(): void {
    this.#sum = 0;
    this.#since = undefined;
    this.#excess = 0;
  }

  snapshot(): CusumSnapshot {
    return [this.#sum, this.#since ?? null, this.#excess];
  }

  restore([sum, since, excess]: CusumSnapshot): void {
    this.#sum = sum;
    this.#since = since ?? undefined;
    this.#excess = excess;
  }
}

export type CusumSnapshot = readonly [sum: number, since: number | null, excess: number];
