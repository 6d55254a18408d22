/** How bad things get. All chances are per occasion. */
export interface ChaosLevel {
  /** A request to the store gets lost on its way, or its answer does. */
  readonly lostRequests: number;
  /** Longest time a request takes in one direction, ms. */
  readonly maxTravelMs: number;
  /** A read takes this much longer, ms. */
  readonly maxReadMs: number;
  /** Mean time between two things that happen to a process, ms. */
  readonly disasterIntervalMs: number;
}

/** Every choice of a simulation, from one seed. */
export class Chaos {
  readonly random: () => number;
  readonly #level: ChaosLevel;
  /** Set at the end, so that everybody can finish. */
  isCalm = false;

  constructor(random: () => number, level: ChaosLevel) {
    this.random = random;
    this.#level = level;
  }

  request(): { readonly travelMs: number; readonly isLostBefore: boolean; readonly isLostAfter: boolean } {
    const travelMs = Math.ceil(this.random() ** 3 * this.#level.maxTravelMs);
    const fate = this.isCalm ? 1 : this.random() / this.#level.lostRequests;
    return { travelMs, isLostBefore: fate < 0.5, isLostAfter: fate >= 0.5 && fate < 1 };
  }

  readMs(): number {
    // Most reads are quick, some are not.
    return this.isCalm ? 1 : Math.ceil(this.random() ** 8 * this.#level.maxReadMs);
  }

  untilDisasterMs(): number {
    return Math.ceil(-Math.log(1 - this.random()) * this.#level.disasterIntervalMs);
  }

  isOneIn(number: number): boolean {
    return !this.isCalm && this.random() * number < 1;
  }

  between(least: number, most: number): number {
    return least + Math.floor(this.random() * (most - least + 1));
  }

  pick<T>(items: readonly T[]): T {
    return items[Math.floor(this.random() * items.length)]!;
  }
}
