import type { Feed, FeedSink } from "../live/feed.js";
import { DemoStream, type DemoMessage } from "./demo-stream.js";

export interface DemoFeedOptions {
  readonly sink: FeedSink;
  /** Default 7. */
  readonly seed?: number;
  /** The clock; default the browser's. */
  readonly now?: () => number;
}

const PAST_SECONDS = 600;
const TICK_MS = 1_000;

/** Plays a `DemoStream` inside the page, at the pace of the clock, with ten minutes of past. */
export class DemoFeed implements Feed {
  readonly #sink: FeedSink;
  readonly #now: () => number;
  readonly #stream: DemoStream;
  #timer: ReturnType<typeof setInterval> | undefined;

  constructor({ sink, seed, now = Date.now }: DemoFeedOptions) {
    this.#sink = sink;
    this.#now = now;
    const startMs = now() - PAST_SECONDS * 1000;
    this.#stream = new DemoStream(seed === undefined ? { startMs } : { startMs, seed });
  }

  start(): void {
    if (this.#timer !== undefined) return;
    this.#sink.setState("connecting");
    const frame = this.#advance().at(-1);
    this.#sink.addHistory(this.#stream.history());
    this.#sink.addMoments(this.#stream.moments);
    if (frame !== undefined) this.#sink.apply(frame);
    this.#sink.setState("live");
    this.#timer = setInterval(() => this.#play(), TICK_MS);
  }

  stop(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
    this.#sink.setState("idle");
  }

  #play(): void {
    for (const message of this.#advance()) this.#sink.apply(message);
  }

  /** Catches up with the clock: a hidden page's timers are slow. */
  #advance(): readonly DemoMessage[] {
    const behindSeconds = Math.floor((this.#now() - this.#stream.clockMs) / 1000);
    return behindSeconds < 1 ? [] : this.#stream.advance(behindSeconds);
  }
}
