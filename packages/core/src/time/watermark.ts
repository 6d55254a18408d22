import { InputClock, type WatermarkOptions } from "./input-clock.js";

/** JSON-safe. */
export interface WatermarkSnapshot {
  readonly atMs: number | null;
  readonly newestMs: number | null;
  readonly arrivedMs: number | null;
}

/** How far the event time of one key with one input has come (rules W4, W5). It never goes back. */
export class Watermark {
  readonly #options: Required<WatermarkOptions>;
  readonly #clock = new InputClock();
  #atMs = -Infinity;

  constructor(options: Required<WatermarkOptions>) {
    this.#options = options;
  }

  /** −∞ before the first event. */
  get atMs(): number {
    return this.#atMs;
  }

  observe(eventTimeMs: number, nowMs: number | undefined): void {
    this.#clock.observe(eventTimeMs, nowMs);
  }

  /** Moves on as far as the events, and once they stop the clock, allow. */
  advance(nowMs: number | undefined): number {
    const { idleTimeoutMs, maxOutOfOrdernessMs } = this.#options;
    const isBusy = nowMs === undefined || !this.#clock.isIdle(nowMs, idleTimeoutMs);
    const reached = (isBusy ? this.#clock.newestMs : this.#clock.reading(nowMs)) - maxOutOfOrdernessMs;
    if (reached > this.#atMs) this.#atMs = reached;
    return this.#atMs;
  }

  snapshot(): WatermarkSnapshot {
    const { newestMs, arrivedMs } = this.#clock;
    return {
      atMs: Number.isFinite(this.#atMs) ? this.#atMs : null,
      newestMs: Number.isFinite(newestMs) ? newestMs : null,
      arrivedMs: arrivedMs ?? null,
    };
  }

  restore({ atMs, newestMs, arrivedMs }: WatermarkSnapshot): void {
    this.#atMs = atMs ?? -Infinity;
    this.#clock.newestMs = newestMs ?? -Infinity;
    this.#clock.arrivedMs = arrivedMs ?? undefined;
  }
}
