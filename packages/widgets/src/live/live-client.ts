import type { LiveMessage } from "@telemetra/core";
import {
  hasSocket,
  INITIAL_CONNECTION,
  transition,
  type Connection,
  type ConnectionEffect,
  type ConnectionEvent,
  type ConnectionState,
} from "./connection.js";
import { decodeMessage } from "./decode-message.js";

/** The part of a `WebSocket` that the client uses. */
export interface LiveSocket {
  onmessage: ((event: { readonly data: unknown }) => void) | null;
  onclose: ((event: { readonly code: number }) => void) | null;
  send(data: string): void;
  close(code?: number): void;
}

/** Time and chance, so that tests can hold both. */
export interface LiveEnvironment {
  openSocket(url: string): LiveSocket;
  setTimer(callback: () => void, delayMs: number): unknown;
  clearTimer(timer: unknown): void;
  /** An even draw from `[0, 1)`. */
  random(): number;
}

export interface LiveClientOptions {
  /** Address of the live socket, without `?since`. */
  readonly url: string;
  /** Default: the browser's own. */
  readonly environment?: LiveEnvironment;
  onMessage(message: LiveMessage): void;
  /** `reason` is the server's last error sentence, or ours, when there is one. */
  onState(state: ConnectionState, reason: string | undefined): void;
}

export const QUIET_AFTER_MS = 10_000;
export const PING_EVERY_MS = 15_000;
export const PONG_WITHIN_MS = 10_000;
export const PROBE_WITHIN_MS = 3_000;
export const GREETING_WITHIN_MS = 10_000;

export const browserEnvironment: LiveEnvironment = {
  openSocket: (url) => new WebSocket(url) as LiveSocket,
  setTimer: (callback, delayMs) => setTimeout(callback, delayMs),
  clearTimer: (timer) => clearTimeout(timer as number),
  random: () => Math.random(),
};

type TimerName = "retry" | "quiet" | "ping" | "deadline";

/** Keeps one live socket going: obeys the machine of `connection.ts`, resumes where it left off, hands out frames. */
export class LiveClient {
  readonly #options: LiveClientOptions;
  readonly #environment: LiveEnvironment;
  readonly #timers = new Map<TimerName, unknown>();
  #connection: Connection = INITIAL_CONNECTION;
  #socket: LiveSocket | undefined;
  #place: { readonly epoch: string; readonly offset: number } | undefined;
  #quietAfterMs = QUIET_AFTER_MS;
  #reason: string | undefined;

  constructor(options: LiveClientOptions) {
    this.#options = options;
    this.#environment = options.environment ?? browserEnvironment;
  }

  get state(): ConnectionState {
    return this.#connection.state;
  }

  /** Connects, unless it is at it already. */
  start(): void {
    this.#dispatch({ type: "start" });
  }

  /** Lets go of socket and timers; `start` may follow, and resumes. */
  stop(): void {
    this.#dispatch({ type: "stop" });
  }

  /** The browser says that the network came back or went away. */
  setOnline(isOnline: boolean): void {
    this.#dispatch({ type: isOnline ? "online" : "offline" });
  }

  /** The page became visible: do not wait for a timer that the browser may have slowed down. */
  wake(): void {
    this.#dispatch({ type: "wake" });
  }

  #dispatch(event: ConnectionEvent): void {
    const before = this.#connection.state;
    const { connection, effects } = transition(this.#connection, event);
    this.#connection = connection;
    for (const effect of effects) this.#apply(effect);
    if (!hasSocket(connection.state)) {
      this.#clear("quiet", "ping", "deadline");
      this.#drop();
    }
    if (this.#connection.state === connection.state && connection.state !== before) {
      this.#options.onState(connection.state, connection.state === "live" ? undefined : this.#reason);
    }
  }

  #apply(effect: ConnectionEffect): void {
    switch (effect.type) {
      case "open":
        return this.#open();
      case "close":
        return this.#drop();
      case "probe":
        return this.#ping(PROBE_WITHIN_MS);
      case "wait": {
        const spreadMs = effect.ceilingMs - effect.floorMs;
        const delayMs = effect.floorMs + spreadMs * this.#environment.random();
        return this.#set("retry", delayMs, () => this.#dispatch({ type: "retry" }));
      }
      case "cancel-wait":
        return this.#clear("retry");
    }
  }

  #open(): void {
    this.#drop();
    let socket: LiveSocket;
    try {
      socket = this.#environment.openSocket(this.#url());
    } catch (error) {
      this.#reason = error instanceof Error ? error.message : String(error);
      this.#dispatch({ type: "refused" });
      return;
    }
    this.#socket = socket;
    socket.onmessage = ({ data }) => this.#receive(data);
    socket.onclose = ({ code }) => this.#dispatch({ type: "closed", code });
    this.#setDeadline(GREETING_WITHIN_MS);
  }

  #url(): string {
    if (this.#place === undefined) return this.#options.url;
    return `${this.#options.url}?since=${encodeURIComponent(this.#place.epoch)}:${this.#place.offset}`;
  }

  /** Forgets the socket first, so that nothing it says while closing is heard. */
  #drop(): void {
    const socket = this.#socket;
    if (socket === undefined) return;
    this.#socket = undefined;
    socket.onmessage = null;
    socket.onclose = null;
    socket.close(1000);
  }

  #receive(data: unknown): void {
    const message = decodeMessage(data);
    if (message === undefined) return;
    this.#clear("deadline");
    switch (message.type) {
      case "connected":
        this.#reason = undefined;
        this.#quietAfterMs = Math.max(QUIET_AFTER_MS, 3 * message.interval_ms);
        this.#armQuiet();
        this.#schedulePing();
        this.#dispatch({ type: "accepted" });
        break;
      case "metrics":
        this.#advance(message);
        this.#armQuiet();
        this.#dispatch({ type: "metrics", isFresh: message.stale !== true });
        break;
      case "moment":
        this.#advance(message);
        this.#armQuiet();
        break;
      case "error":
        this.#reason = message.message || message.code;
        break;
      case "reconnect":
        this.#dispatch({ type: "sent-away", retryAfterMs: message.retry_after_ms });
        break;
      case "pong":
        break;
    }
    this.#options.onMessage(message);
  }

  #advance({ epoch, offset }: { readonly epoch: string; readonly offset: number }): void {
    if (this.#place?.epoch === epoch && this.#place.offset > offset) return;
    this.#place = { epoch, offset };
  }

  #armQuiet(): void {
    this.#set("quiet", this.#quietAfterMs, () => this.#dispatch({ type: "quiet" }));
  }

  #schedulePing(): void {
    this.#set("ping", PING_EVERY_MS, () => {
      this.#ping(PONG_WITHIN_MS);
      this.#schedulePing();
    });
  }

  #ping(withinMs: number): void {
    try {
      this.#socket?.send('{"type":"ping"}');
    } catch {
      // A socket that is still opening or already closing refuses; the deadline tells the rest.
    }
    this.#setDeadline(withinMs);
  }

  #setDeadline(withinMs: number): void {
    this.#set("deadline", withinMs, () => this.#dispatch({ type: "overdue" }));
  }

  #set(name: TimerName, delayMs: number, callback: () => void): void {
    this.#clear(name);
    const fire = (): void => {
      this.#timers.delete(name);
      callback();
    };
    this.#timers.set(name, this.#environment.setTimer(fire, delayMs));
  }

  #clear(...names: readonly TimerName[]): void {
    for (const name of names) {
      const timer = this.#timers.get(name);
      if (timer === undefined) continue;
      this.#timers.delete(name);
      this.#environment.clearTimer(timer);
    }
  }
}
