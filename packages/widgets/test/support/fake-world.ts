/**
 * Time, chance and the network of a test, in one process: a clock that only moves when told, timers on it, and sockets
 * whose other end is a server that keeps a history and can be switched off, frozen or restarted.
 *
 * To extend it: what a fault does to the link belongs in `FakeServerEnd`; what it does to the page is a call on the
 * client under test.
 */
import type { MetricsMessage, Moment, MomentMessage, MomentPhase } from "@telemetra/core";
import type { LiveEnvironment, LiveSocket } from "../../src/live/live-client.js";
import { someMetrics, someMoment } from "./frames.js";

interface Timer {
  readonly dueMs: number;
  readonly callback: () => void;
}

export class FakeSocket implements LiveSocket {
  onmessage: LiveSocket["onmessage"] = null;
  onclose: LiveSocket["onclose"] = null;
  readonly url: string;
  readonly sent: string[] = [];
  isOpen = true;

  constructor(url: string) {
    this.url = url;
  }

  send(data: string): void {
    this.sent.push(data);
  }

  close(): void {
    this.isOpen = false;
  }

  /** The server says something. */
  receive(message: unknown): void {
    if (this.isOpen) this.onmessage?.({ data: typeof message === "string" ? message : JSON.stringify(message) });
  }

  /** The link goes away from the other end. */
  lose(code: number): void {
    if (!this.isOpen) return;
    this.isOpen = false;
    this.onclose?.({ code });
  }
}

export class FakeWorld implements LiveEnvironment {
  nowMs = 0;
  /** What the next draws of chance are; `0.5` when it has run out. */
  draws: number[] = [];
  readonly sockets: FakeSocket[] = [];
  /** Called for every socket that is opened. */
  onOpen: (socket: FakeSocket) => void = () => undefined;
  readonly #timers = new Map<number, Timer>();
  #lastTimer = 0;

  openSocket(url: string): LiveSocket {
    const socket = new FakeSocket(url);
    this.sockets.push(socket);
    this.onOpen(socket);
    return socket;
  }

  setTimer(callback: () => void, delayMs: number): unknown {
    this.#timers.set(++this.#lastTimer, { dueMs: this.nowMs + delayMs, callback });
    return this.#lastTimer;
  }

  clearTimer(timer: unknown): void {
    this.#timers.delete(timer as number);
  }

  random(): number {
    return this.draws.shift() ?? 0.5;
  }

  get timerCount(): number {
    return this.#timers.size;
  }

  get openSockets(): readonly FakeSocket[] {
    return this.sockets.filter(({ isOpen }) => isOpen);
  }

  /** The newest socket, open or not. */
  get socket(): FakeSocket {
    const socket = this.sockets.at(-1);
    if (socket === undefined) throw new Error("no socket was opened");
    return socket;
  }

  /** Lets time pass, timer by timer in the order in which they are due. */
  advance(byMs: number): void {
    const endMs = this.nowMs + byMs;
    for (;;) {
      const [id, timer] = [...this.#timers].sort(([, left], [, right]) => left.dueMs - right.dueMs)[0] ?? [];
      if (id === undefined || timer === undefined || timer.dueMs > endMs) break;
      this.#timers.delete(id);
      this.nowMs = timer.dueMs;
      timer.callback();
    }
    this.nowMs = endMs;
  }
}

type Mode = "up" | "down" | "frozen";

/** The other end of the sockets of a `FakeWorld`: speaks design §7, with a history for resumes. */
export class FakeServerEnd {
  readonly #world: FakeWorld;
  readonly #history: MomentMessage[] = [];
  /** By greeted socket, what a frozen link holds back: it arrives late, or never, but in order. */
  readonly #heldBack = new Map<FakeSocket, unknown[]>();
  #epoch = 1;
  #offset = 0;
  #mode: Mode = "up";

  constructor(world: FakeWorld) {
    this.#world = world;
    world.onOpen = (socket) => {
      // A socket is greeted after it was opened, never while.
      world.setTimer(() => this.#greet(socket), 20);
    };
  }

  /** Every moment that was ever pushed. */
  get moments(): readonly Moment[] {
    return [...new Map(this.#history.map(({ moment }) => [moment.moment_id, moment])).values()];
  }

  setMode(mode: Mode): void {
    this.#mode = mode;
    if (mode === "down") this.closeAll(1006);
    if (mode !== "up") return;
    for (const [socket, messages] of this.#heldBack) for (const message of messages.splice(0)) socket.receive(message);
    for (const socket of this.#world.openSockets) if (!this.#heldBack.has(socket)) this.#greet(socket);
  }

  closeAll(code: number): void {
    for (const socket of this.#world.openSockets) socket.lose(code);
  }

  /** Forgets its history, as a restart without one does; moments stay known to the snapshot. */
  restart(): void {
    this.#epoch += 1;
    this.#offset = 0;
    this.closeAll(4200);
  }

  pushMetrics(values: Partial<MetricsMessage> = {}): void {
    this.#broadcast(this.#metrics(values));
  }

  pushMoment(id: number, phase: MomentPhase = "opened"): void {
    const moment = someMoment({ moment_id: `moment-${id}` });
    const message = { type: "moment" as const, ...this.#place(), phase, moment };
    this.#history.push(message);
    this.#broadcast(message);
  }

  /** Answers what the page sent since the last call; a frozen server answers nothing. */
  answerPings(): void {
    if (this.#mode !== "up") return;
    for (const socket of this.#world.openSockets) {
      for (const _ping of socket.sent.splice(0))
        socket.receive({ type: "pong", timestamp: "2026-01-01T00:00:00.000Z" });
    }
  }

  #greet(socket: FakeSocket): void {
    if (this.#mode === "down") socket.lose(1006);
    if (this.#mode !== "up" || this.#heldBack.has(socket)) return;
    this.#heldBack.set(socket, []);
    const [epoch, offset] = /since=([^:]+):(\d+)/.exec(socket.url)?.slice(1) ?? [];
    const recovered = epoch === String(this.#epoch);
    const place = { stream_id: "s", epoch: String(this.#epoch), offset: this.#offset };
    const timestamp = "2026-01-01T00:00:00.000Z";
    socket.receive({ type: "connected", ...place, message: "", timestamp, interval_ms: 1500, recovered });
    if (recovered) {
      const missed = this.#history.filter((message) => message.epoch === epoch && message.offset > Number(offset));
      for (const message of missed) socket.receive(message);
    }
    socket.receive(this.#metrics({ recent_moments: this.moments.slice(-5) }));
  }

  #place(): { stream_id: string; epoch: string; offset: number } {
    return { stream_id: "s", epoch: String(this.#epoch), offset: ++this.#offset };
  }

  #metrics(values: Partial<MetricsMessage>): MetricsMessage {
    return someMetrics({ ...this.#place(), timestamp: new Date(this.#world.nowMs).toISOString(), ...values });
  }

  #broadcast(message: unknown): void {
    for (const [socket, heldBack] of this.#heldBack) {
      if (this.#mode === "up") socket.receive(message);
      else heldBack.push(message);
    }
  }
}
