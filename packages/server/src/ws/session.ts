import { CLOSE_CODES, type LiveMessage } from "@telemetra/core";
import type { RawData, WebSocket } from "ws";
import type { Metrics } from "../metrics.js";
import type { Place } from "../ports/hub.js";
import type { LiveLimits } from "./deps.js";
import type { Outgoing, Reader } from "./fan-out.js";
import type { LiveQuery } from "./live-query.js";

/** Frames that a reader may have waiting while its resume is looked up. */
const MAX_HELD_FRAMES = 1_000;

export interface SessionOptions {
  readonly query: LiveQuery;
  /** Least time between two metrics frames for this reader; 0 takes every one. */
  readonly metricsGapMs: number;
  readonly limits: LiveLimits;
  readonly metrics: Metrics;
  readonly now: () => number;
  readonly random: () => number;
}

/**
 * One socket. Two lanes: a metrics frame is left out while the one before has not gone out, a moment never is; a
 * reader that would have to lose a moment is closed instead and comes back with `?since`.
 *
 * It holds frames back until `begin`, so that what it missed can be sent first.
 */
export class Session implements Reader {
  readonly query: LiveQuery;
  readonly #socket: WebSocket;
  readonly #options: SessionOptions;
  #held: Outgoing[] | undefined = [];
  #place: Place | undefined;
  #nextMetricsAtMs = 0;
  #lastPingAtMs: number;
  #pongDueAtMs: number | undefined;
  #stalledSinceMs: number | undefined;
  #secondStartedAtMs = 0;
  #messagesInSecond = 0;
  #closedWith: number | undefined;

  constructor(socket: WebSocket, options: SessionOptions) {
    const { now, random, limits } = options;
    this.query = options.query;
    this.#socket = socket;
    this.#options = options;
    // A random phase, so that sockets that were opened together are not pinged together.
    this.#lastPingAtMs = now() - random() * limits.pingIntervalMs;
    socket.on("message", (data, isBinary) => this.#receive(data, isBinary));
    socket.on("ping", () => this.#takesTurn());
    socket.on("pong", () => {
      this.#pongDueAtMs = undefined;
    });
  }

  get isOpen(): boolean {
    return this.#socket.readyState === this.#socket.OPEN;
  }

  /** Closed at both ends, or cut. */
  get isGone(): boolean {
    return this.#socket.readyState === this.#socket.CLOSED;
  }

  /**
   * Sends how it begins, then what was held back meanwhile, then everything as it comes.
   * @param place nothing at or before it is sent again
   */
  begin(place: Place, opening: readonly (string | Buffer)[]): void {
    this.#place = place;
    for (const message of opening) this.#send(message);
    const held = this.#held ?? [];
    this.#held = undefined;
    for (const frame of held) this.deliver(frame);
  }

  deliver(frame: Outgoing): void {
    if (!this.isOpen) return;
    if (this.#held !== undefined) {
      if (this.#held.push(frame) > MAX_HELD_FRAMES) this.close(CLOSE_CODES.too_slow, "too slow");
      return;
    }
    if (this.#hasSeen(frame)) return;
    if (!this.query.lanes.has(frame.lane)) return;
    if (frame.lane === "metrics" && !this.#isMetricsDue()) return;
    if (this.#socket.bufferedAmount > this.#options.limits.maxBufferedBytes) {
      this.close(CLOSE_CODES.too_slow, "too slow");
      return;
    }
    this.#options.metrics.liveFramesSent.inc({ lane: frame.lane });
    this.#send(frame.payload);
  }

  /** To be called every second or so: pings, and closes who does not answer or does not take its bytes. */
  check(nowMs: number): void {
    if (!this.isOpen) return;
    const { pingIntervalMs, pongTimeoutMs, stallTimeoutMs } = this.#options.limits;
    if (this.#socket.bufferedAmount === 0) this.#stalledSinceMs = undefined;
    else this.#stalledSinceMs ??= nowMs;
    const isStalled = this.#stalledSinceMs !== undefined && nowMs - this.#stalledSinceMs >= stallTimeoutMs;
    if (isStalled || (this.#pongDueAtMs !== undefined && nowMs >= this.#pongDueAtMs)) {
      this.close(CLOSE_CODES.too_slow, "too slow");
      return;
    }
    if (nowMs - this.#lastPingAtMs >= pingIntervalMs) {
      this.#lastPingAtMs = nowMs;
      this.#pongDueAtMs ??= nowMs + pongTimeoutMs;
      this.#socket.ping();
    }
  }

  say(message: LiveMessage): void {
    this.#send(JSON.stringify(message));
  }

  close(code: number, reason: string): void {
    if (this.isOpen) this.#closedWith = code;
    this.#socket.close(code, reason);
  }

  /** The code that we closed with: one who does not read never confirms it. */
  get closedWith(): number | undefined {
    return this.#closedWith;
  }

  terminate(): void {
    this.#socket.terminate();
  }

  #send(payload: string | Buffer): void {
    if (this.isOpen) this.#socket.send(payload, { binary: false });
  }

  /** Frames come in order, so one comparison tells; another epoch is another history. */
  #hasSeen({ place }: Outgoing): boolean {
    if (place === undefined) return false;
    const seen = this.#place;
    if (seen !== undefined && seen.epoch === place.epoch && place.offset <= seen.offset) return true;
    this.#place = place;
    return false;
  }

  #isMetricsDue(): boolean {
    if (this.#socket.bufferedAmount > 0) {
      this.#options.metrics.liveFramesConflated.inc();
      return false;
    }
    const nowMs = this.#options.now();
    if (nowMs < this.#nextMetricsAtMs) return false;
    this.#nextMetricsAtMs = nowMs + this.#options.metricsGapMs;
    return true;
  }

  #receive(data: RawData, isBinary: boolean): void {
    if (!this.#takesTurn()) return;
    const message = isBinary ? undefined : readJson(data as Buffer);
    if (message?.["type"] === "ping") {
      this.say({ type: "pong", timestamp: new Date(this.#options.now()).toISOString() });
    } else {
      this.say({ type: "error", code: "unknown_message", message: 'this socket understands {"type":"ping"} only' });
    }
  }

  /** False when the client says too much; it is closed then. */
  #takesTurn(): boolean {
    const nowMs = this.#options.now();
    if (nowMs - this.#secondStartedAtMs >= 1_000) {
      this.#secondStartedAtMs = nowMs;
      this.#messagesInSecond = 0;
    }
    if (++this.#messagesInSecond <= this.#options.limits.maxMessagesPerSecond) return true;
    if (this.isOpen) {
      this.say({ type: "error", code: "too_many_messages", message: "too many messages a second" });
      this.close(CLOSE_CODES.limit_reached, "too many messages");
    }
    return false;
  }
}

/** Text messages come as one Buffer, the default of `ws`. */
function readJson(text: Buffer): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text.toString());
    return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}
