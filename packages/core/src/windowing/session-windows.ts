import { requireInteger } from "../errors.js";
import type { EmitWindow, WindowStore } from "./window-store.js";
import type { Window } from "./window.js";

/** What holds a session together. */
export interface SessionOptions {
  /** Silence that ends a session, 1 ms to 7 days. */
  readonly gapMs: number;
}

/** Windows that are as long as something goes on: events of a key belong together while less than a gap is between them. */
export interface SessionShape {
  /** Told apart from an aligned shape by this. */
  readonly kind: "session";
  /** Silence that ends a session. */
  readonly gapMs: number;
}

/**
 * Windows as long as something goes on: a session of a key ends when nothing came for `gapMs`.
 *
 * @throws InvalidOptionError for a gap outside its range
 */
export function session({ gapMs }: SessionOptions): SessionShape {
  return Object.freeze({ kind: "session", gapMs: requireInteger("gapMs", gapMs, 1, 604_800_000) });
}

/** What sessions are made of, and who is told of those that are no more. */
export interface SessionFolding<Acc> {
  create(): Acc;
  merge(into: Acc, from: Acc): void;
  /** A session that was emitted is part of another now (rule S4). */
  retract(window: Window, revision: number): void;
}

interface Session<Acc> {
  startMs: number;
  lastMs: number;
  /** How often it was emitted under this start. */
  emissions: number;
  /** True while what was emitted is what it holds. */
  isTold: boolean;
  accumulator: Acc;
}

/**
 * The sessions of one key, oldest first; neighbours are at least a gap apart (rules S1 to S5). A session reaches from
 * its first event to a gap after its last, and is known by its start.
 */
export class SessionWindows<Acc> implements WindowStore<Acc> {
  readonly #gapMs: number;
  readonly #allowedLatenessMs: number;
  readonly #folding: SessionFolding<Acc>;
  #sessions: Session<Acc>[] = [];
  /** Sessions that were merged away and are still to be retracted. */
  #absorbed: Session<Acc>[] = [];
  /** Smallest end of a session that is still to be told; ∞ when there is none. */
  #nextEndMs = Infinity;

  constructor(shape: SessionShape, allowedLatenessMs: number, folding: SessionFolding<Acc>) {
    this.#gapMs = shape.gapMs;
    this.#allowedLatenessMs = allowedLatenessMs;
    this.#folding = folding;
  }

  get isEmpty(): boolean {
    return this.#sessions.length === 0;
  }

  /**
   * By its own reach, or by the session inside of which it falls (rule S3). An event that only touches a session from
   * before is judged by its own reach: it could bridge to one that is forgotten.
   */
  isLate(instantMs: number, watermarkMs: number): boolean {
    const keptMs = this.#gapMs + this.#allowedLatenessMs;
    if (instantMs + keptMs > watermarkMs) return false;
    const [from, to] = this.#touching(instantMs);
    const inside = this.#sessions.slice(from, to).find(({ startMs }) => startMs <= instantMs);
    return inside === undefined || inside.lastMs + keptMs <= watermarkMs;
  }

  /** The session that holds the instant: a new one, a longer one, or several that it bridges as one. */
  open(instantMs: number): Acc {
    const [from, to] = this.#touching(instantMs);
    const [first, ...others] = this.#sessions.slice(from, to);
    const accumulator = first?.accumulator ?? this.#folding.create();
    for (const other of others) this.#folding.merge(accumulator, other.accumulator);
    const startMs = Math.min(instantMs, first?.startMs ?? Infinity);
    const keepsStart = first?.startMs === startMs;
    const merged: Session<Acc> = {
      startMs,
      lastMs: Math.max(instantMs, others.at(-1)?.lastMs ?? first?.lastMs ?? -Infinity),
      emissions: keepsStart ? first.emissions : 0,
      isTold: false,
      accumulator,
    };
    const gone = keepsStart || first === undefined ? others : [first, ...others];
    this.#absorbed.push(...gone.filter(({ emissions }) => emissions > 0));
    this.#sessions.splice(from, to - from, merged);
    this.#nextEndMs = Math.min(this.#nextEndMs, this.#endOf(merged));
    return accumulator;
  }

  correct(_instantMs: number, watermarkMs: number, emit: EmitWindow<Acc>): void {
    const absorbed = this.#absorbed;
    if (absorbed.length > 0) {
      this.#absorbed = [];
      for (const session of absorbed) this.#folding.retract(this.#windowOf(session), session.emissions);
    }
    this.close(watermarkMs, emit);
  }

  close(watermarkMs: number, emit: EmitWindow<Acc>): void {
    if (watermarkMs < this.#nextEndMs) return;
    for (const session of this.#sessions) {
      if (!session.isTold && this.#endOf(session) <= watermarkMs) this.#emit(session, emit);
    }
    this.#nextEndMs = Infinity;
    for (const session of this.#sessions) {
      if (!session.isTold) this.#nextEndMs = Math.min(this.#nextEndMs, this.#endOf(session));
    }
  }

  closeAll(emit: EmitWindow<Acc>): void {
    this.close(Infinity, emit);
  }

  visitOpen(visit: (window: Window, accumulator: Acc) => void): void {
    for (const session of this.#sessions) if (!session.isTold) visit(this.#windowOf(session), session.accumulator);
  }

  /** A session is kept a gap longer than it can be corrected: an event that is not late may still touch it (rule S3). */
  expire(watermarkMs: number, forget: (accumulator: Acc) => void = () => {}): void {
    const keptMs = this.#allowedLatenessMs + this.#gapMs;
    let expired = 0;
    for (const session of this.#sessions) {
      if (!session.isTold || this.#endOf(session) + keptMs > watermarkMs) break;
      expired += 1;
    }
    if (expired === 0) return;
    for (const { accumulator } of this.#sessions.splice(0, expired)) forget(accumulator);
  }

  /** The places `[from, to)` of the sessions that are less than a gap from the instant. Newest first: events mostly are. */
  #touching(instantMs: number): [from: number, to: number] {
    let to = this.#sessions.length;
    while (to > 0 && (this.#sessions[to - 1]?.startMs ?? 0) >= instantMs + this.#gapMs) to -= 1;
    let from = to;
    while (from > 0 && (this.#sessions[from - 1]?.lastMs ?? 0) > instantMs - this.#gapMs) from -= 1;
    return [from, to];
  }

  #emit(session: Session<Acc>, emit: EmitWindow<Acc>): void {
    const revision = session.emissions;
    session.emissions += 1;
    session.isTold = true;
    emit(this.#windowOf(session), session.accumulator, revision);
  }

  #windowOf(session: Session<Acc>): Window {
    return { startMs: session.startMs, endMs: this.#endOf(session) };
  }

  #endOf({ lastMs }: Session<Acc>): number {
    return lastMs + this.#gapMs;
  }

  snapshot<S>(encode: (accumulator: Acc) => S): SessionWindowsSnapshot<S> {
    return this.#sessions.map(({ startMs, lastMs, emissions, isTold, accumulator }) => [
      startMs,
      lastMs,
      emissions,
      isTold,
      encode(accumulator),
    ]);
  }

  restore<S>(snapshot: SessionWindowsSnapshot<S>, decode: (encoded: S) => Acc): void {
    for (const [startMs, lastMs, emissions, isTold, encoded] of snapshot) {
      this.#sessions.push({ startMs, lastMs, emissions, isTold, accumulator: decode(encoded) });
      if (!isTold) this.#nextEndMs = Math.min(this.#nextEndMs, lastMs + this.#gapMs);
    }
  }
}

export type SessionWindowsSnapshot<S> = readonly (readonly [
  startMs: number,
  lastMs: number,
  emissions: number,
  isTold: boolean,
  accumulator: S,
])[];
