import type { Frame } from "../../ports/hub.js";

export interface HistoryLimits {
  readonly maxMetricsFrames: number;
  readonly maxMomentFrames: number;
  readonly momentWindowMs: number;
}

interface TimedFrame {
  readonly frame: Frame;
  readonly atMs: number;
}

/**
 * The newest frames of one stream: metrics up to a number, moments up to an age and a number. It knows up to where it
 * is complete, so that a resume gets all or nothing.
 */
export class FrameHistory {
  readonly #limits: HistoryLimits;
  readonly #metrics: TimedFrame[] = [];
  readonly #moments: TimedFrame[] = [];
  /** Every frame after this offset is kept. */
  #completeAfter = 0;
  #length = 0;

  constructor(limits: HistoryLimits) {
    this.#limits = limits;
  }

  /** UTF-16 units of all frames kept. */
  get length(): number {
    return this.#length;
  }

  get latestMetrics(): Frame | undefined {
    return this.#metrics.at(-1)?.frame;
  }

  add(frame: Frame, nowMs: number): void {
    const lane = frame.lane === "metrics" ? this.#metrics : this.#moments;
    lane.push({ frame, atMs: nowMs });
    this.#length += frame.text.length;
    if (this.#metrics.length > this.#limits.maxMetricsFrames) this.#dropFirst(this.#metrics);
    if (this.#moments.length > this.#limits.maxMomentFrames) this.#dropFirst(this.#moments);
    this.dropExpired(nowMs);
  }

  dropExpired(nowMs: number): void {
    const keepFromMs = nowMs - this.#limits.momentWindowMs;
    while (this.#moments.length > 0 && this.#moments[0]!.atMs <= keepFromMs) this.#dropFirst(this.#moments);
  }

  /** Gives up the oldest metrics frame, then moments; the newest metrics frame stays. */
  dropOldest(): void {
    if (this.#metrics.length > 1) this.#dropFirst(this.#metrics);
    else if (this.#moments.length > 0) this.#dropFirst(this.#moments);
  }

  /** The frames in `(offset, upTo]` in order; undefined when some of them are gone or `offset` was never given out. */
  after(offset: number, upTo: number): readonly Frame[] | undefined {
    if (!Number.isSafeInteger(offset) || offset < this.#completeAfter || offset > upTo) return undefined;
    const isWanted = ({ frame }: TimedFrame): boolean => frame.offset > offset && frame.offset <= upTo;
    return [...this.#metrics, ...this.#moments]
      .filter(isWanted)
      .map(({ frame }) => frame)
      .toSorted((left, right) => left.offset - right.offset);
  }

  #dropFirst(lane: TimedFrame[]): void {
    const { frame } = lane.shift()!;
    this.#length -= frame.text.length;
    this.#completeAfter = Math.max(this.#completeAfter, frame.offset);
  }
}
