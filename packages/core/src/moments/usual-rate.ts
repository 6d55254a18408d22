/** What is usual in a slice, and how much more than a Poisson count it varies. */
export interface Usual {
  readonly mean: number;
  /** Variance over mean, from 1 to `maxDispersion`. */
  readonly dispersion: number;
}

export interface UsualRateOptions {
  /** Slices in a bin. */
  readonly sliceCount: number;
  /** Bins kept. */
  readonly maxBins: number;
  /** Bins needed before anything is usual. */
  readonly minBins: number;
  /** Bins that wait outside until it is clear that nothing had begun in them. */
  readonly waitingBins: number;
  readonly maxDispersion: number;
}

/** Median of the absolute deviations → standard deviation of a normal distribution. */
const MAD_SCALE = 1.4826;

/**
 * The usual count of a slice: the median over bins of the recent past, which bursts of less than half that time do not
 * move. A bin joins only after a while, and not while an episode goes on, so nothing is compared with itself (rule W9).
 */
export class UsualRate {
  readonly #options: UsualRateOptions;
  #bins: number[] = [];
  /** The bins in the order of their counts. */
  #sorted: number[] = [];
  #waiting: number[] = [];
  #bin = 0;
  #binSlices = 0;
  #usual: Usual | undefined;

  constructor(options: UsualRateOptions) {
    this.#options = options;
  }

  get usual(): Usual | undefined {
    return this.#usual;
  }

  /** @param isEpisode what is counted now, and what waits, belongs to an episode and is not usual */
  add(count: number, isEpisode: boolean): void {
    const { sliceCount, waitingBins, maxBins } = this.#options;
    if (isEpisode) {
      this.#waiting = [];
      this.#bin = 0;
      this.#binSlices = 0;
      return;
    }
    this.#bin += count;
    this.#binSlices += 1;
    if (this.#binSlices < sliceCount) return;
    this.#waiting.push(this.#bin);
    this.#bin = 0;
    this.#binSlices = 0;
    if (this.#waiting.length <= waitingBins) return;
    const joining = this.#waiting.shift() ?? 0;
    this.#bins.push(joining);
    this.#sorted.splice(rankOf(joining, this.#sorted), 0, joining);
    if (this.#bins.length > maxBins) this.#sorted.splice(rankOf(this.#bins.shift() ?? 0, this.#sorted), 1);
    this.#settle();
  }

  /** Forgets what was usual: a new normal is learned from nothing. */
  reset(): void {
    this.#bins = [];
    this.#sorted = [];
    this.#waiting = [];
    this.#bin = 0;
    this.#binSlices = 0;
    this.#usual = undefined;
  }

  #settle(): void {
    const { minBins, sliceCount, maxDispersion } = this.#options;
    if (this.#bins.length < minBins) return;
    const sorted = this.#sorted;
    const middle = medianOf(sorted);
    // Where most bins are empty the median says nothing but "rare"; the mean says how rare.
    const level = middle >= 2 ? middle : sorted.reduce((sum, count) => sum + count, 0) / sorted.length;
    const variance = (MAD_SCALE * medianOf(deviationsFrom(middle, sorted))) ** 2;
    const dispersion = level === 0 ? 1 : Math.min(maxDispersion, Math.max(1, variance / level));
    this.#usual = { mean: level / sliceCount, dispersion };
  }

  snapshot(): UsualRateSnapshot {
    return { bins: [...this.#bins], waiting: [...this.#waiting], bin: [this.#bin, this.#binSlices] };
  }

  restore(snapshot: UsualRateSnapshot): void {
    this.#bins = [...snapshot.bins];
    this.#sorted = snapshot.bins.toSorted((a, b) => a - b);
    this.#waiting = [...snapshot.waiting];
    [this.#bin, this.#binSlices] = snapshot.bin;
    this.#settle();
  }
}

export interface UsualRateSnapshot {
  readonly bins: readonly number[];
  readonly waiting: readonly number[];
  readonly bin: readonly [count: number, slices: number];
}

function medianOf(sorted: readonly number[]): number {
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? 0;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? 0) + upper) / 2;
}

/** How many of them are smaller. */
function rankOf(count: number, sorted: readonly number[]): number {
  let [from, to] = [0, sorted.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    if ((sorted[middle] as number) < count) from = middle + 1;
    else to = middle;
  }
  return from;
}

/** How far each count is from the middle, sorted: those below and those above it are in order already. */
function deviationsFrom(middle: number, sorted: readonly number[]): number[] {
  let above = rankOf(middle, sorted);
  let below = above - 1;
  return sorted.map(() => {
    const down = below < 0 ? Infinity : middle - (sorted[below] as number);
    const up = above === sorted.length ? Infinity : (sorted[above] as number) - middle;
    if (down < up) below -= 1;
    else above += 1;
    return Math.min(down, up);
  });
}
