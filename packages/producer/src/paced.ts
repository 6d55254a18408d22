import { InvalidOptionError, type StreamEvent } from "@telemetra/core";
import { waitFor, type Wait } from "./wait.js";

export interface PaceOptions {
  /** Event time per clock time: 1 is as it happened, 10 is ten times as fast, 0 or `"max"` is as fast as it is read. Default 1. */
  readonly speed?: number | "max";
  /** The clock, in epoch milliseconds. Default `Date.now`. */
  readonly now?: () => number;
  /** Default: a timer. */
  readonly wait?: Wait;
  /** Ends the iteration. Default: never. */
  readonly signal?: AbortSignal;
  /** Most events in one batch. Default 1,000. */
  readonly maxBatchEvents?: number;
  /** Shortest pause between two batches, in milliseconds; what falls due meanwhile travels together. Default 50. */
  readonly tickMs?: number;
  /**
   * Further behind the clock than this (a suspended machine, a reader that stood still), the pace goes on from where
   * it is instead of making up for lost time. Default 5,000 ms.
   */
  readonly maxLagMs?: number;
  /**
   * A longer pause is cut to this, in milliseconds of the clock; a step back by more starts a new timeline. So neither a
   * hole in a recording nor one absurd time stamp brings everything to a stand. Default 300,000 (5 min).
   */
  readonly maxPauseMs?: number;
  /** Remakes each event for the instant at which it is due, in epoch milliseconds. Default: events keep their times. */
  readonly restamp?: (event: StreamEvent, dueMs: number) => StreamEvent;
}

/** Waits are cut to this, so that a clock that was moved is noticed. */
const LONGEST_WAIT_MS = 1_000;
/** At full speed, how long to go on before timers and sockets get their turn. */
const BREATHER_MS = 25;

/**
 * Hands out events when they are due: the first one now, each later one as long after it as it happened, divided by
 * `speed`. Events may be out of order; one that is older than those before it is due at once.
 *
 * @throws InvalidOptionError for a negative or endless speed
 */
export async function* paced(
  events: Iterable<StreamEvent> | AsyncIterable<StreamEvent>,
  options: PaceOptions = {},
): AsyncGenerator<readonly StreamEvent[], void, undefined> {
  const { now = Date.now, wait = waitFor, maxBatchEvents = 1_000, tickMs = 50, restamp } = options;
  const signal = options.signal ?? new AbortController().signal;
  const speed = resolveSpeed(options.speed);
  const timeline = new Timeline(speed, now, options.maxLagMs ?? 5_000, options.maxPauseMs ?? 300_000);
  let batch: StreamEvent[] = [];
  let breatherMs = now();

  for await (const event of events) {
    timeline.advance(event);
    let dueMs = timeline.dueMs();
    if (batch.length > 0 && (batch.length >= maxBatchEvents || dueMs > now())) {
      yield batch;
      batch = [];
      if (signal.aborted) return;
      dueMs = timeline.dueMs();
      if (speed === Infinity && now() - breatherMs >= BREATHER_MS) {
        await wait(0, signal);
        breatherMs = now();
      }
    }
    for (let nowMs = timeline.read(); dueMs > nowMs && !signal.aborted; nowMs = timeline.read()) {
      await wait(Math.min(Math.max(dueMs - nowMs, tickMs), LONGEST_WAIT_MS), signal);
      dueMs = timeline.dueMs();
    }
    if (signal.aborted) return;
    batch.push(restamp === undefined ? event : restamp(event, timeline.placeMs(event)));
  }
  if (batch.length > 0) yield batch;
}

/** A speed as a factor; unlimited is `Infinity`. @throws InvalidOptionError for anything else */
export function resolveSpeed(speed: number | "max" = 1): number {
  if (speed === "max" || speed === 0) return Infinity;
  if (Number.isFinite(speed) && speed > 0) return speed;
  throw new InvalidOptionError("speed", speed, 'a number above 0, or "max" (or 0) for as fast as possible');
}

/** Places event times on the clock. */
class Timeline {
  readonly #speed: number;
  readonly #now: () => number;
  readonly #maxLagMs: number;
  readonly #maxPauseMs: number;
  #anchor: { eventMs: number; clockMs: number } | undefined;
  #newestEventMs = -Infinity;
  #lastReadMs = -Infinity;

  constructor(speed: number, now: () => number, maxLagMs: number, maxPauseMs: number) {
    this.#speed = speed;
    this.#now = now;
    this.#maxLagMs = maxLagMs;
    this.#maxPauseMs = maxPauseMs;
  }

  /** The clock; when it was set back, the timeline goes back with it instead of standing still until then. */
  read(): number {
    const nowMs = this.#now();
    if (nowMs < this.#lastReadMs && this.#anchor !== undefined) this.#anchor.clockMs -= this.#lastReadMs - nowMs;
    this.#lastReadMs = nowMs;
    return nowMs;
  }

  /** Takes the next event in. */
  advance(event: StreamEvent): void {
    const nowMs = this.read();
    const stepMs = (event.timestamp - this.#newestEventMs) / this.#speed;
    if (this.#anchor === undefined || Math.abs(stepMs) > this.#maxPauseMs) {
      const pauseMs = stepMs > 0 && this.#anchor !== undefined ? this.#maxPauseMs : 0;
      const previousMs = this.#anchor === undefined ? nowMs : this.#place(this.#anchor, this.#newestEventMs);
      this.#anchor = { eventMs: event.timestamp, clockMs: Math.max(previousMs + pauseMs, nowMs - this.#maxLagMs) };
      this.#newestEventMs = event.timestamp;
    }
    this.#newestEventMs = Math.max(this.#newestEventMs, event.timestamp);
  }

  /** When the newest event is due; moves the timeline on when that is longer ago than the greatest lag. */
  dueMs(): number {
    if (this.#speed === Infinity || this.#anchor === undefined) return -Infinity;
    const nowMs = this.read();
    const dueMs = this.#place(this.#anchor, this.#newestEventMs);
    if (nowMs - dueMs <= this.#maxLagMs) return dueMs;
    this.#anchor.clockMs += nowMs - dueMs;
    return nowMs;
  }

  /** Where the event's own time is on the clock: its due time, or earlier when it is out of order. */
  placeMs(event: StreamEvent): number {
    return this.#anchor === undefined ? this.read() : Math.floor(this.#place(this.#anchor, event.timestamp));
  }

  #place(anchor: { eventMs: number; clockMs: number }, eventMs: number): number {
    return anchor.clockMs + (eventMs - anchor.eventMs) / this.#speed;
  }
}
