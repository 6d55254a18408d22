/** What came of the record that bears an id: it is on its way, or it is in the log. */
type Fate = Promise<void> | "appended";

/**
 * The ids of the records that this process has appended lately, to tell duplicates. Bounded: the oldest are forgotten.
 */
export class RecentIds {
  readonly #fates = new Map<string, Fate>();
  readonly #max: number;

  constructor(max: number) {
    this.#max = max;
  }

  /**
   * Takes an id whose record is on its way. Undefined when the id is new; else a promise that settles as the first
   * record did: until that one is in the log, nobody may be told that it is.
   *
   * @param arrival settles with the record; the id is forgotten when it rejects
   */
  claim(streamId: string, eventId: string, arrival: Promise<void>): Promise<void> | undefined {
    const key = `${streamId}\n${eventId}`;
    const known = this.#fates.get(key);
    if (known !== undefined) return known === "appended" ? Promise.resolve() : known;
    this.#fates.set(key, arrival);
    arrival.then(
      () => this.#fates.has(key) && this.#fates.set(key, "appended"),
      () => this.#fates.delete(key),
    );
    if (this.#fates.size > this.#max) this.#forgetOldest();
    return undefined;
  }

  #forgetOldest(): void {
    for (const oldest of this.#fates.keys()) {
      this.#fates.delete(oldest);
      return;
    }
  }
}
