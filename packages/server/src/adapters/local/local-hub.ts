import { randomUUID } from "node:crypto";
import type { LiveMessage } from "@telemetra/core";
import type { Frame, Hub, HubSubscription, Lane, Place, SubscribeOptions } from "../../ports/hub.js";
import { requireInteger } from "../shared/require-integer.js";
import { FrameHistory, type HistoryLimits } from "./frame-history.js";

export interface LocalHubOptions {
  /** Newest metrics frames kept of a stream. Default 200: 5 min at one every 1.5 s. */
  readonly maxMetricsFrames?: number;
  /** Newest moment frames kept of a stream. Default 1,000. */
  readonly maxMomentFrames?: number;
  /** How long a moment frame is kept. Default 10 min. */
  readonly momentWindowMs?: number;
  /** Most UTF-16 units kept over all streams; above it each stream that publishes gives up its oldest frames. Default 33,554,432. */
  readonly maxHistoryLength?: number;
  /** A stream without subscribers and without news is forgotten after this. Default 10 min. */
  readonly forgetAfterMs?: number;
  /** Milliseconds; it need not be the time of day. Default `Date.now`. */
  readonly clock?: () => number;
  /** Makes the epoch of a stream; never the same text twice. Default a random UUID. */
  readonly createEpoch?: () => string;
  /** Told about a subscriber that threw and was therefore dropped. */
  readonly onError?: (error: unknown, streamId: string) => void;
}

interface Subscriber {
  readonly fromOffset: number;
  readonly onFrame: (frame: Frame) => void;
}

interface Channel {
  readonly streamId: string;
  readonly epoch: string;
  readonly history: FrameHistory;
  readonly subscribers: Set<Subscriber>;
  /** Published while another frame was being handed out: they wait, so that everybody sees the same order. */
  readonly waiting: Frame[];
  offset: number;
  isDelivering: boolean;
  lastUsedMs: number;
}

/** Fan-out and history inside this process. */
export function createLocalHub(options: LocalHubOptions = {}): Hub {
  return new LocalHub(options);
}

class LocalHub implements Hub {
  readonly #channels = new Map<string, Channel>();
  readonly #limits: HistoryLimits;
  readonly #maxHistoryLength: number;
  readonly #forgetAfterMs: number;
  readonly #clock: () => number;
  readonly #createEpoch: () => string;
  readonly #onError: (error: unknown, streamId: string) => void;
  #historyLength = 0;
  #lastSweepMs: number;
  #isClosed = false;

  constructor(options: LocalHubOptions) {
    this.#limits = {
      maxMetricsFrames: requireInteger("maxMetricsFrames", options.maxMetricsFrames ?? 200, 1),
      maxMomentFrames: requireInteger("maxMomentFrames", options.maxMomentFrames ?? 1_000, 1),
      momentWindowMs: requireInteger("momentWindowMs", options.momentWindowMs ?? 600_000, 1),
    };
    this.#maxHistoryLength = requireInteger("maxHistoryLength", options.maxHistoryLength ?? 32 * 1024 * 1024, 1);
    this.#forgetAfterMs = requireInteger("forgetAfterMs", options.forgetAfterMs ?? 600_000, 1);
    this.#clock = options.clock ?? Date.now;
    this.#createEpoch = options.createEpoch ?? randomUUID;
    this.#onError = options.onError ?? (() => {});
    this.#lastSweepMs = this.#clock();
  }

  async publish(streamId: string, lane: Lane, message: (place: Place) => LiveMessage): Promise<Frame> {
    this.#requireOpen();
    const channel = this.#use(streamId);
    const place = { epoch: channel.epoch, offset: channel.offset + 1 };
    const frame: Frame = Object.freeze({ ...place, lane, text: JSON.stringify(message(place)) });
    channel.offset = frame.offset;
    this.#remember(channel, frame);
    channel.waiting.push(frame);
    this.#deliver(channel);
    return frame;
  }

  async subscribe(streamId: string, { since, onFrame }: SubscribeOptions): Promise<HubSubscription> {
    this.#requireOpen();
    const channel = this.#use(streamId);
    this.#changeHistory(channel.history, (history) => history.dropExpired(this.#clock()));
    const place: Place = { epoch: channel.epoch, offset: channel.offset };
    const subscriber: Subscriber = { fromOffset: place.offset, onFrame };
    channel.subscribers.add(subscriber);
    const missed = since?.epoch === channel.epoch ? channel.history.after(since.offset, place.offset) : undefined;
    const latest = channel.history.latestMetrics;
    return {
      place,
      ...(since === undefined ? {} : { recovered: missed !== undefined }),
      missed: missed ?? [],
      ...(latest === undefined ? {} : { latest }),
      unsubscribe: () => this.#unsubscribe(channel, subscriber),
    };
  }

  subscribers(): ReadonlyMap<string, number> {
    const counts = new Map<string, number>();
    for (const [streamId, { subscribers }] of this.#channels) {
      if (subscribers.size > 0) counts.set(streamId, subscribers.size);
    }
    return counts;
  }

  async ping(): Promise<void> {
    this.#requireOpen();
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    this.#channels.clear();
    this.#historyLength = 0;
  }

  #requireOpen(): void {
    if (this.#isClosed) throw new Error("the hub is closed");
  }

  #use(streamId: string): Channel {
    const nowMs = this.#clock();
    this.#forgetUnused(nowMs);
    let channel = this.#channels.get(streamId);
    if (channel === undefined) {
      channel = {
        streamId,
        epoch: this.#createEpoch(),
        history: new FrameHistory(this.#limits),
        subscribers: new Set(),
        waiting: [],
        offset: 0,
        isDelivering: false,
        lastUsedMs: nowMs,
      };
      this.#channels.set(streamId, channel);
    }
    channel.lastUsedMs = nowMs;
    return channel;
  }

  #remember({ history }: Channel, frame: Frame): void {
    this.#changeHistory(history, () => history.add(frame, this.#clock()));
    let before = -1;
    while (this.#historyLength > this.#maxHistoryLength && history.length !== before) {
      before = history.length;
      this.#changeHistory(history, () => history.dropOldest());
    }
  }

  #changeHistory(history: FrameHistory, change: (history: FrameHistory) => void): void {
    const before = history.length;
    change(history);
    this.#historyLength += history.length - before;
  }

  #deliver(channel: Channel): void {
    if (channel.isDelivering) return;
    channel.isDelivering = true;
    for (let frame = channel.waiting.shift(); frame !== undefined; frame = channel.waiting.shift()) {
      for (const subscriber of channel.subscribers) {
        // Who subscribed while this frame was waiting has it among the missed ones or in the snapshot.
        if (subscriber.fromOffset >= frame.offset) continue;
        try {
          subscriber.onFrame(frame);
        } catch (error) {
          channel.subscribers.delete(subscriber);
          this.#onError(error, channel.streamId);
        }
      }
    }
    channel.isDelivering = false;
  }

  #unsubscribe(channel: Channel, subscriber: Subscriber): void {
    if (!channel.subscribers.delete(subscriber)) return;
    channel.lastUsedMs = this.#clock();
    // Nothing was ever said there, so there is nothing to resume.
    const isUnused = channel.subscribers.size === 0 && channel.offset === 0;
    if (isUnused && this.#channels.get(channel.streamId) === channel) this.#channels.delete(channel.streamId);
  }

  /** Looks through all streams once per `forgetAfterMs`, which needs no timer and costs each call next to nothing. */
  #forgetUnused(nowMs: number): void {
    if (nowMs - this.#lastSweepMs < this.#forgetAfterMs) return;
    this.#lastSweepMs = nowMs;
    for (const [streamId, channel] of this.#channels) {
      if (channel.subscribers.size > 0 || nowMs - channel.lastUsedMs < this.#forgetAfterMs) continue;
      this.#historyLength -= channel.history.length;
      this.#channels.delete(streamId);
    }
  }
}
