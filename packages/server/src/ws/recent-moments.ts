import type { Moment } from "@telemetra/core";

const MAX_MOMENTS = 5;

/** The newest moments of a stream, newest first; a moment that was updated takes its own place. */
export class RecentMoments {
  #moments: readonly Moment[] = [];

  get list(): Moment[] {
    return [...this.#moments];
  }

  /** Takes what the database knows; what came since by `put` is newer and stays. */
  load(stored: readonly Moment[]): void {
    const newer = this.#moments;
    this.#moments = stored;
    for (const moment of newer) this.put(moment);
  }

  put(moment: Moment): void {
    this.#moments = [moment, ...this.#moments.filter((one) => one.moment_id !== moment.moment_id)]
      .toSorted((a, b) => compare(b.timestamp, a.timestamp) || compare(a.moment_id, b.moment_id))
      .slice(0, MAX_MOMENTS);
  }
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
