import type { LiveSnapshot, MetricsMessage, Moment } from "@telemetra/core";
import type { Frame, HubSubscription, Place } from "../ports/hub.js";
import type { LiveDeps } from "./deps.js";
import type { FanOut } from "./fan-out.js";
import { RecentMoments } from "./recent-moments.js";
import type { Session } from "./session.js";
import { withDeadline } from "./with-deadline.js";

/** What a metrics message says, before it has a place. */
export type MetricsContent = Omit<MetricsMessage, "type" | "epoch" | "offset">;

/** How long the newest metrics of a stream are kept for whoever opens it next. */
const CACHE_TTL_MS = 60_000;
/** How long the first message waits for what the database and the cache may add to it. */
const PATIENCE_MS = 1_000;

/**
 * The readers of one stream in this process. They share one subscription of the hub, one computation and one
 * serialisation a tick, and the list of recent moments.
 */
export class Room {
  readonly streamId: string;
  readonly sessions = new Set<Session>();
  /** Resolves when the room has its place in the stream's history; rejects when the hub gives none. */
  readonly opened: Promise<void>;
  readonly #deps: LiveDeps;
  readonly #fanOut: FanOut;
  readonly #hubTimeoutMs: number;
  readonly #now: () => number;
  readonly #moments = new RecentMoments();
  #subscription: HubSubscription | undefined;
  #place: Place = { epoch: "", offset: 0 };
  /** Newest metrics known here: computed, or come over the hub. */
  #latest: { readonly content: MetricsContent; readonly atMs: number } | undefined;
  #isPublishing = false;
  #isClosed = false;
  #areMomentsLoaded = false;

  constructor(streamId: string, deps: LiveDeps, fanOut: FanOut, hubTimeoutMs: number) {
    this.streamId = streamId;
    this.#deps = deps;
    this.#fanOut = fanOut;
    this.#hubTimeoutMs = hubTimeoutMs;
    this.#now = deps.now ?? Date.now;
    this.opened = this.#open();
  }

  /** The newest place that was handed to the readers. */
  get place(): Place {
    return this.#place;
  }

  close(): void {
    this.#isClosed = true;
    this.#subscription?.unsubscribe();
    this.#subscription = undefined;
  }

  /** The metrics message for somebody who has just come (F17), as of now or at most one interval ago. */
  opening(place: Place): string {
    return this.#serialise(this.#current(), place);
  }

  /**
   * One tick: publishes the stream's metrics if this process knows the stream. Otherwise whoever does publishes them;
   * only when nothing comes the readers here get a sign of life that says so.
   */
  async tick(): Promise<void> {
    if (this.#isPublishing) {
      this.#deps.metrics.liveTicksSkipped.inc();
      this.#repeat();
      return;
    }
    if (!this.#areMomentsLoaded) void this.#loadMoments();
    const live = this.#look();
    if (live === undefined) {
      if (this.#isQuiet()) this.#repeat();
      return;
    }
    const content = this.#fill(live);
    this.#latest = { content, atMs: this.#now() };
    this.#isPublishing = true;
    try {
      const { streamId } = this;
      const published = this.#deps.hub.publish(streamId, "metrics", (place) => metricsMessage(content, place));
      const frame = await withDeadline(published, this.#hubTimeoutMs);
      this.#keep(frame);
    } catch (error) {
      this.#deps.logger.warn({ err: error, stream_id: this.streamId }, "a metrics frame could not be published");
      this.#repeat();
    } finally {
      this.#isPublishing = false;
    }
  }

  async #open(): Promise<void> {
    const moments = this.#loadMoments();
    const subscription = await this.#deps.hub.subscribe(this.streamId, { onFrame: (frame) => this.#receive(frame) });
    if (this.#isClosed) subscription.unsubscribe();
    else this.#subscription = subscription;
    // A frame may have come before the subscription was handed over; it is the newer place.
    if (this.#place.epoch === "") this.#place = subscription.place;
    const isUnknown = this.#latest === undefined && this.#look() === undefined;
    const known = isUnknown ? this.#remember(subscription.latest) : undefined;
    // Nice to have in the first message, but nobody waits for a database that is slow.
    await withDeadline(Promise.all([moments, known]), PATIENCE_MS).catch(() => {});
  }

  #receive(frame: Frame): void {
    this.#place = { epoch: frame.epoch, offset: frame.offset };
    if (frame.lane === "moments") {
      const { moment } = JSON.parse(frame.text) as { readonly moment?: Moment };
      if (moment !== undefined) this.#moments.put(moment);
    } else if (!this.#isPublishing) {
      // Computed elsewhere; what this process computed itself it has already.
      this.#latest = { content: contentOf(frame.text), atMs: this.#now() };
    }
    const payload = Buffer.from(frame.text);
    this.#fanOut.send({ lane: frame.lane, place: this.#place, payload }, this.sessions);
  }

  /** Not awaited: a cache that is slow is like one that is not there. */
  #keep({ text }: Frame): void {
    const kept = this.#deps.cache.set(cacheKey(this.streamId), text, { sequence: this.#now(), ttlMs: CACHE_TTL_MS });
    kept.catch((error: unknown) => {
      this.#deps.logger.debug({ err: error, stream_id: this.streamId }, "a metrics frame could not be cached");
    });
  }

  /** The last metrics that anybody knew, for a stream that this process has not seen itself. */
  async #remember(latest: Frame | undefined): Promise<void> {
    const text = latest?.text ?? (await this.#deps.cache.get(cacheKey(this.streamId)));
    if (text !== undefined && this.#latest === undefined) {
      this.#latest = { content: { ...contentOf(text), stale: true }, atMs: -Infinity };
    }
  }

  async #loadMoments(): Promise<void> {
    this.#areMomentsLoaded = true;
    try {
      this.#moments.load((await this.#deps.store.readMoments(this.streamId, { limit: 5 })).items);
    } catch (error) {
      this.#areMomentsLoaded = false;
      this.#deps.logger.warn({ err: error, stream_id: this.streamId }, "recent moments could not be read");
    }
  }

  #look(): LiveSnapshot | undefined {
    try {
      return this.#deps.liveView.live(this.streamId);
    } catch (error) {
      this.#deps.logger.error({ err: error, stream_id: this.streamId }, "live numbers could not be computed");
      return undefined;
    }
  }

  /** At most one computation an interval, however many come at once. */
  #current(): MetricsContent {
    const nowMs = this.#now();
    const latest = this.#latest;
    if (latest !== undefined && nowMs - latest.atMs < this.#deps.config.wsIntervalMs) {
      return { ...latest.content, recent_moments: this.#moments.list };
    }
    const live = this.#look();
    if (live === undefined) return this.#lastKnown();
    const content = this.#fill(live);
    this.#latest = { content, atMs: nowMs };
    return content;
  }

  #fill(live: LiveSnapshot): MetricsContent {
    const content = { ...live, recent_moments: this.#moments.list };
    return this.#deps.liveView.isStale?.() === true ? { ...content, stale: true } : content;
  }

  #lastKnown(): MetricsContent {
    const recent_moments = this.#moments.list;
    if (this.#latest !== undefined) return { ...this.#latest.content, recent_moments, stale: true };
    return { ...unknownMetrics(this.streamId, this.#now()), recent_moments };
  }

  #isQuiet(): boolean {
    return this.#latest === undefined || this.#now() - this.#latest.atMs > 2 * this.#deps.config.wsIntervalMs;
  }

  /** A frame for the readers of this process only, with no place of its own in the history. */
  #repeat(): void {
    const payload = Buffer.from(this.#serialise(this.#current(), this.#place));
    this.#fanOut.send({ lane: "metrics", payload }, this.sessions);
  }

  #serialise(content: MetricsContent, place: Place): string {
    return JSON.stringify(metricsMessage(content, place));
  }
}

function cacheKey(streamId: string): string {
  return `metrics:${streamId}`;
}

function metricsMessage({ stream_id, ...numbers }: MetricsContent, place: Place): MetricsMessage {
  return { type: "metrics", stream_id, epoch: place.epoch, offset: place.offset, ...numbers };
}

function contentOf(text: string): MetricsContent {
  const { type: _type, epoch: _epoch, offset: _offset, ...content } = JSON.parse(text) as MetricsMessage;
  return content;
}

/** A stream that nobody has seen (F16): unknown is null, never 0. */
function unknownMetrics(streamId: string, nowMs: number): MetricsContent {
  return {
    stream_id: streamId,
    timestamp: new Date(nowMs).toISOString(),
    viewer_count: null,
    chat_rate: null,
    unique_chatters: null,
    top_emotes: [],
    sentiment_score: null,
    chat_rate_baseline: null,
    chat_rate_threshold: null,
    recent_moments: [],
  };
}
