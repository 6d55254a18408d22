import { EventEmitter } from "eventemitter3";
import { KeyWindows, type KeyWindowsSnapshot } from "./key-windows.js";
import { resolveWindowsOptions, type ResolvedWindowsOptions, type WindowsOptions } from "./windows-options.js";
import type { Window } from "./window.js";

/** A window of one key: `[startMs, endMs)` in event time, epoch ms. */
export interface KeyedWindow extends Window {
  /** Whose window it is, as `keyOf` told; `""` without `keyOf`. */
  readonly key: string;
}

/** What a window that is still open holds by now. */
export interface OpenWindow<Out> extends KeyedWindow {
  /** What the aggregator made of its events. */
  readonly value: Out;
}

/** A window that closed, or closed again with a correction. */
export interface ClosedWindow<Out> extends OpenWindow<Out> {
  /** 0 first, then one more for each correction of the window with this key and start. */
  readonly revision: number;
}

/** A session that was emitted under this key and start, and is part of another one now. */
export interface RetractedWindow extends KeyedWindow {
  /** One more than that of its last emission. */
  readonly revision: number;
}

/** What windows tell, and to whom: the listeners of `on`, by the name of what they hear. */
export interface WindowsEvents<In, Out> {
  /** A window closed, or closed again with a correction (rule W6). */
  window: (result: ClosedWindow<Out>) => void;
  /** A session is no more: sessions merged (rule S4). Aligned windows are never retracted. */
  retract: (window: RetractedWindow) => void;
  /** An event came after its last window could be corrected; it is counted nowhere. */
  late: (event: In) => void;
}

/** What became of a pushed event; all but `accepted` are counted. `late` went to the late output, the others nowhere. */
export type WindowVerdict = "accepted" | "late" | "invalid_time" | "future_time" | "too_many_keys";

/** How often what happened since the operator was made; a snapshot does not keep it. */
export interface WindowsCounters {
  /** Events that are counted in a window. */
  readonly accepted: number;
  /** Events that went to the late output. */
  readonly late: number;
  /** Events whose time is no finite number. */
  readonly invalidTime: number;
  /** Events more than `maxFutureMs` ahead of the clock. */
  readonly futureTime: number;
  /** Events of keys for which there was no room. */
  readonly tooManyKeys: number;
  /** Keys that are kept now. */
  readonly keys: number;
  /** Keys with nothing open that made room for others; an event of theirs that comes much later is not told as late. */
  readonly forgottenKeys: number;
}

/** JSON-safe. */
export interface WindowsSnapshot {
  readonly version: 1;
  readonly shape: object;
  readonly nowMs: number | null;
  readonly keys: readonly (readonly [key: string, state: KeyWindowsSnapshot])[];
  readonly emptyKeys: readonly string[];
}

/**
 * Makes windows over events of any type.
 *
 * @throws InvalidOptionError for an option that cannot be used, RangeError for a snapshot of another version or shape
 */
export function createWindows<In, Out>(options: WindowsOptions<In, Out>): Windows<In, Out> {
  return new Windows(options);
}

/**
 * Events of any type and number of keys in, one result per window out. Time, the shape of windows and what is made of
 * their events are three separate objects. A calculator like the engine: time comes in with the events and with `advanceTo`.
 */
export class Windows<In, Out> {
  readonly #options: ResolvedWindowsOptions<In, Out>;
  readonly #emitter = new EventEmitter<WindowsEvents<unknown, unknown>>();
  readonly #keys = new Map<string, KeyWindows<In, Out>>();
  /** Keys with nothing open and nothing to correct, the longest so first. */
  readonly #emptyKeys = new Set<string>();
  readonly #counts = { accepted: 0, late: 0, invalidTime: 0, futureTime: 0, tooManyKeys: 0, forgottenKeys: 0 };
  #nowMs: number | undefined;

  constructor(options: WindowsOptions<In, Out>) {
    this.#options = resolveWindowsOptions(options);
    if (options.snapshot !== undefined) this.#restore(options.snapshot);
  }

  /** Listens. Returns what stops it. */
  on<K extends keyof WindowsEvents<In, Out>>(name: K, listener: WindowsEvents<In, Out>[K]): () => void {
    this.#emitter.on(name, listener as never);
    return () => void this.#emitter.off(name, listener as never);
  }

  /** Takes one event and tells, before it returns, every window that it closes or corrects. */
  push(event: In): WindowVerdict {
    const atMs = Math.floor(this.#options.timeOf(event)) + 0;
    if (!Number.isFinite(atMs)) {
      this.#counts.invalidTime += 1;
      return "invalid_time";
    }
    if (this.#nowMs !== undefined && atMs > this.#nowMs + this.#options.maxFutureMs) {
      this.#counts.futureTime += 1;
      return "future_time";
    }
    const key = this.#options.keyOf(event);
    const windows = this.#windowsOf(key);
    if (windows === undefined) {
      this.#counts.tooManyKeys += 1;
      return "too_many_keys";
    }
    if (!windows.push(event, atMs, this.#nowMs)) {
      this.#counts.late += 1;
      this.#emitter.emit("late", event);
      return "late";
    }
    this.#counts.accepted += 1;
    if (this.#emptyKeys.size > 0) this.#emptyKeys.delete(key);
    return "accepted";
  }

  /** Tells what time it is (epoch ms): idle keys move on, too-early events can be told. Never goes back. */
  advanceTo(nowMs: number): void {
    if (!Number.isFinite(nowMs) || nowMs < (this.#nowMs ?? -Infinity)) return;
    this.#nowMs = nowMs;
    for (const [key, windows] of this.#keys) {
      windows.advance(nowMs);
      if (windows.isEmpty) this.#emptyKeys.add(key);
    }
  }

  /** No more events will come: closes every window, key by key. */
  flush(): void {
    for (const windows of this.#keys.values()) windows.flush();
  }

  /** The open windows of a key as they stand, oldest first. */
  peek(key = ""): OpenWindow<Out>[] {
    const open: OpenWindow<Out>[] = [];
    this.#keys.get(key)?.visitOpen(({ startMs, endMs }, value) => open.push({ key, startMs, endMs, value }));
    return open;
  }

  /** The keys that are kept, in the order in which they came. */
  keys(): IterableIterator<string> {
    return this.#keys.keys();
  }

  /** How many events were taken, and how many were not, by reason. */
  counters(): WindowsCounters {
    return { ...this.#counts, keys: this.#keys.size };
  }

  /** Everything but the counters, JSON-safe; `createWindows({ ...options, snapshot })` continues from it. */
  snapshot(): WindowsSnapshot {
    return {
      version: 1,
      shape: this.#options.shape,
      nowMs: this.#nowMs ?? null,
      keys: [...this.#keys].map(([key, windows]) => [key, windows.snapshot()]),
      emptyKeys: [...this.#emptyKeys],
    };
  }

  #windowsOf(key: string): KeyWindows<In, Out> | undefined {
    const known = this.#keys.get(key);
    if (known !== undefined) return known;
    if (this.#keys.size >= this.#options.maxKeys && !this.#forgetEmptyKey()) return undefined;
    return this.#open(key);
  }

  #open(key: string): KeyWindows<In, Out> {
    const windows = new KeyWindows<In, Out>(this.#options, {
      closed: ({ startMs, endMs }, value, revision) =>
        void this.#emitter.emit("window", { key, startMs, endMs, value, revision }),
      retracted: ({ startMs, endMs }, revision) =>
        void this.#emitter.emit("retract", { key, startMs, endMs, revision }),
    });
    this.#keys.set(key, windows);
    return windows;
  }

  #forgetEmptyKey(): boolean {
    for (const key of this.#emptyKeys) {
      this.#emptyKeys.delete(key);
      this.#counts.forgottenKeys += 1;
      return this.#keys.delete(key);
    }
    return false;
  }

  #restore(snapshot: WindowsSnapshot): void {
    if (snapshot.version !== 1) {
      throw new RangeError(`snapshot has version ${String(snapshot.version)}, this operator reads 1`);
    }
    if (JSON.stringify(snapshot.shape) !== JSON.stringify(this.#options.shape)) {
      throw new RangeError("snapshot was made with another window shape: pass the same one");
    }
    this.#nowMs = snapshot.nowMs ?? undefined;
    for (const [key, state] of snapshot.keys) this.#open(key).restore(state);
    for (const key of snapshot.emptyKeys) this.#emptyKeys.add(key);
  }
}
