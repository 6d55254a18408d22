import { EventEmitter } from "eventemitter3";
import { fingerprint } from "../aggregate/hash.js";
import { NameTable } from "../counting/name-table.js";
import { isParsedEvent, parseEvent, type EventError } from "../events/parse-event.js";
import { EVENT_TYPES, type EventInput, type EventType, type StreamEvent } from "../records/event.js";
import type { LiveSnapshot } from "../records/live-message.js";
import type { MetricRow } from "../records/metric-row.js";
import type { Moment, MomentPhase } from "../records/moment.js";
import { resolveEngineOptions, type EngineOptions, type ResolvedOptions } from "./engine-options.js";
import type { EngineSnapshot, StreamSnapshot } from "./engine-snapshot.js";
import { personOf, StreamAnalytics, type StreamContext } from "./stream-analytics.js";
import { InputGates } from "./stream-clock.js";

/**
 * What an engine tells: the listeners of `on`, by the name of what they hear. They are called at once, before the call
 * that brought it about returns.
 */
export interface EngineEvents {
  /** A window closed, or closed again with a correction. */
  window: (row: MetricRow) => void;
  /** A moment opened, grew or closed. */
  moment: (moment: Moment, phase: MomentPhase) => void;
  /** An event came after its last window could be corrected; it is counted nowhere. */
  late: (event: StreamEvent) => void;
  /** A stream's life ended, by `stream_end` or by its timeout (F1); epoch ms. */
  end: (streamId: string, endedAtMs: number) => void;
}

/** What became of a pushed event. `late` was handed to the late output; `rejected` carries the reason. */
export type PushResult =
  | { readonly status: "accepted" | "duplicate" | "late" }
  | { readonly status: "rejected"; readonly error: EventError | LimitError };

/** A bound of the engine was reached (rule W11). */
export interface LimitError {
  /** For programs. */
  readonly code: "too_many_streams";
  /** One sentence that names the bound. */
  readonly detail: string;
}

/** How often what happened since the engine was made; a snapshot does not keep it. */
export interface EngineCounters {
  /** Events that are counted in a row. */
  readonly accepted: number;
  /** Events whose id was known (rule W7). */
  readonly duplicates: number;
  /** Events that went to the late output. */
  readonly late: number;
  /** Events that were refused, by their content or by a bound. */
  readonly rejected: number;
  /** Uses of emotes that found no place within `maxEmotes`. */
  readonly emotesRefused: number;
  /** Streams that are kept now. */
  readonly streams: number;
}

const ACCEPTED = Object.freeze({ status: "accepted" });
const DUPLICATE = Object.freeze({ status: "duplicate" });
const LATE = Object.freeze({ status: "late" });
const RESULTS = { accepted: ACCEPTED, duplicate: DUPLICATE, late: LATE } as const;

/**
 * Makes an engine that knows only what its options give it: no sentiment without `scorer`, no moments without `moments`.
 *
 * @throws InvalidOptionError for an option that cannot be used, RangeError for a snapshot of another version or of
 * other windows
 */
export function createEngine(options: EngineOptions = {}): Engine {
  return new Engine(options);
}

/**
 * Events of any number of streams in, metric rows and moments out. A calculator: time comes in with the events and
 * with `advanceTo`, results go out through `on`. Nothing that an event holds makes it throw.
 */
export class Engine {
  readonly #options: ResolvedOptions;
  readonly #gates: InputGates;
  readonly #context: StreamContext;
  readonly #emitter = new EventEmitter<EngineEvents>();
  readonly #streams = new Map<string, StreamAnalytics>();
  #nowMs: number | undefined;
  #accepted = 0;
  #duplicates = 0;
  #late = 0;
  #rejected = 0;
  #emotesRefused = 0;

  constructor(options: EngineOptions = {}) {
    this.#options = resolveEngineOptions(options);
    this.#gates = new InputGates(this.#options.inputs);
    this.#context = {
      options: this.#options,
      gates: this.#gates,
      emoteNames: new NameTable(),
      onWindow: (row) => void this.#emitter.emit("window", row),
      onMoment: (moment, phase) => void this.#emitter.emit("moment", moment, phase),
      onEnd: (streamId, endedAtMs) => void this.#emitter.emit("end", streamId, endedAtMs),
      onEmotesRefused: (uses) => void (this.#emotesRefused += uses),
    };
    if (options.snapshot !== undefined) this.#restore(options.snapshot);
  }

  /** Listens. Returns what stops it. */
  on<K extends keyof EngineEvents>(name: K, listener: EngineEvents[K]): () => void {
    this.#emitter.on(name, listener as never);
    return () => void this.#emitter.off(name, listener as never);
  }

  /**
   * Takes one event, as somebody sent it (it is checked) or as `parseEvent` returned it.
   *
   * @param position its place in its kind's log, where results must survive a restart (see `lowPosition`)
   */
  push(event: EventInput | StreamEvent, position?: number): PushResult {
    const parsed = this.#admit(event);
    if (isRefusal(parsed)) return this.#reject(parsed);
    const stream = this.#streamOf(parsed.stream_id);
    if (stream === undefined) return this.#rejectStream();
    return this.#count(stream, parsed, fingerprint(parsed.event_id), personOf(parsed), position);
  }

  /**
   * Takes many events as `push` would take them one by one, and returns what became of each. Faster with many streams:
   * those of one stream are taken together, in their order, while what is known of it is near. Between streams the
   * order of what is emitted may differ from that of the events.
   *
   * @param positions of each event in its kind's log
   */
  pushAll(events: readonly (EventInput | StreamEvent)[], positions?: readonly number[]): PushResult[] {
    const results: PushResult[] = [];
    const parsed: StreamEvent[] = [];
    // All that is read of every event is read in the order in which they lie in memory.
    const ids = new Float64Array(events.length);
    const people = new Float64Array(events.length);
    /** The next event of the same stream. */
    const next = new Uint32Array(events.length);
    const chains = new Map<string, Chain>();
    const countAll = (): void => {
      for (const { stream, first, last } of chains.values()) {
        for (let at = first; ; at = next[at] as number) {
          const [id, person] = [ids[at] as number, people[at] as number];
          results[at] = this.#count(stream, parsed[at] as StreamEvent, id, person, positions?.[at]);
          if (at === last) break;
        }
      }
      chains.clear();
    };
    for (let index = 0; index < events.length; index++) {
      const event = this.#admit(events[index] as EventInput);
      if (isRefusal(event)) {
        results[index] = this.#reject(event);
        continue;
      }
      const { stream_id: streamId } = event;
      const chain = chains.get(streamId);
      if (chain === undefined) {
        // Which streams make room for another depends on what they were told.
        if (this.#streams.size >= this.#options.maxStreams && !this.#streams.has(streamId)) countAll();
        const stream = this.#streamOf(streamId);
        if (stream === undefined) {
          results[index] = this.#rejectStream();
          continue;
        }
        chains.set(streamId, { stream, first: index, last: index });
      } else {
        next[chain.last] = index;
        chain.last = index;
      }
      parsed[index] = event;
      ids[index] = fingerprint(event.event_id);
      people[index] = personOf(event);
    }
    countAll();
    return results;
  }

  /** The event if it may come in, and why not if it may not. */
  #admit(event: EventInput | StreamEvent): StreamEvent | EventError {
    let parsed: StreamEvent;
    if (typeof event === "object" && event !== null && isParsedEvent(event)) {
      parsed = event;
    } else {
      const result = parseEvent(event);
      if (!result.ok) return result.error;
      parsed = result.event;
    }
    if (this.#nowMs === undefined || parsed.timestamp <= this.#nowMs + this.#options.maxFutureMs) return parsed;
    const detail = `timestamp is more than ${this.#options.maxFutureMs / 1000} s ahead of the clock`;
    return { code: "future_timestamp", detail };
  }

  #count(
    stream: StreamAnalytics,
    event: StreamEvent,
    id: number,
    person: number,
    position: number | undefined,
  ): PushResult {
    const verdict = stream.push(event, id, person, position, this.#nowMs);
    if (verdict === "accepted") {
      this.#accepted += 1;
    } else if (verdict === "duplicate") {
      this.#duplicates += 1;
    } else {
      this.#late += 1;
      this.#emitter.emit("late", event);
    }
    return RESULTS[verdict];
  }

  /** Tells the engine what time it is (epoch ms): idle streams move on, too-early events can be told. Never goes back. */
  advanceTo(nowMs: number): void {
    if (!Number.isFinite(nowMs) || nowMs < (this.#nowMs ?? -Infinity)) return;
    this.#nowMs = nowMs;
    for (const stream of this.#streams.values()) stream.advance(nowMs);
  }

  /** Reports how far the reader of a kind's log has come; only kinds named in the option `inputs` matter (rule F3). */
  inputProgress(type: EventType, isAtEnd: boolean): void {
    this.#gates.report(type, isAtEnd, this.#nowMs ?? -Infinity);
  }

  /** No more events will come: closes every window of every life and ends every moment. */
  flush(): void {
    for (const stream of this.#streams.values()) stream.flush();
  }

  /** The trailing minute of a stream as of now; `undefined` for a stream that was never seen. */
  live(streamId: string): LiveSnapshot | undefined {
    return this.#streams.get(streamId)?.live(this.#nowMs);
  }

  /** The streams that are kept, in the order in which they came. */
  streamIds(): IterableIterator<string> {
    return this.#streams.keys();
  }

  /** How many events were taken, and how many were not, by reason. */
  counters(): EngineCounters {
    return {
      accepted: this.#accepted,
      duplicates: this.#duplicates,
      late: this.#late,
      rejected: this.#rejected,
      emotesRefused: this.#emotesRefused,
      streams: this.#streams.size,
    };
  }

  /** Everything the engine knows, JSON-safe; `createEngine({ ...options, snapshot })` continues from it. */
  snapshot(): EngineSnapshot {
    const { sizeMs, hopMs, sliceMs } = this.#options.shape;
    return {
      version: 2,
      shape: { sizeMs, hopMs, sliceMs },
      nowMs: this.#nowMs ?? null,
      streams: [...this.#streams].map(([streamId, stream]) => [streamId, stream.snapshot()]),
    };
  }

  /**
   * What must be kept of the streams that changed since the last call, beside the log: small. After a restart
   * `resumeStream` takes it back and `replay` the events from `lowPosition` on, and everything continues as if
   * nothing had happened.
   */
  checkpoint(): readonly (readonly [streamId: string, state: StreamSnapshot])[] {
    const changed: [string, StreamSnapshot][] = [];
    for (const [streamId, stream] of this.#streams) {
      const state = stream.checkpoint();
      if (state !== undefined) changed.push([streamId, state]);
    }
    return changed;
  }

  /** Takes back what `checkpoint` gave of a stream, before `replay` and before any event of it. */
  resumeStream(streamId: string, state: StreamSnapshot): void {
    const stream = new StreamAnalytics(streamId, this.#context);
    stream.restore(state);
    this.#streams.get(streamId)?.forget();
    this.#streams.set(streamId, stream);
  }

  /** Takes again an event whose effects were kept before the restart: nothing is emitted. */
  replay(event: StreamEvent, position: number): void {
    this.#streamOf(event.stream_id)?.replay(event, position);
  }

  /** The oldest position of a kind's log that an open or correctable window needs; ∞ when none does. */
  lowPosition(type: EventType): number {
    const index = EVENT_TYPES.indexOf(type);
    let low = Infinity;
    for (const stream of this.#streams.values()) low = Math.min(low, stream.lowPosition(index));
    return low;
  }

  #streamOf(streamId: string): StreamAnalytics | undefined {
    const known = this.#streams.get(streamId);
    if (known !== undefined) return known;
    if (this.#streams.size >= this.#options.maxStreams && !this.#forgetOver()) return undefined;
    const stream = new StreamAnalytics(streamId, this.#context);
    this.#streams.set(streamId, stream);
    return stream;
  }

  /** Makes room by forgetting the streams whose life is over. */
  #forgetOver(): boolean {
    for (const [streamId, stream] of this.#streams) {
      if (!stream.isOver) continue;
      stream.forget();
      this.#streams.delete(streamId);
    }
    return this.#streams.size < this.#options.maxStreams;
  }

  #rejectStream(): PushResult {
    const detail = `no room beside ${this.#options.maxStreams} live streams`;
    return this.#reject({ code: "too_many_streams", detail });
  }

  #reject(error: EventError | LimitError): PushResult {
    this.#rejected += 1;
    return { status: "rejected", error };
  }

  #restore(snapshot: EngineSnapshot): void {
    const { sizeMs, hopMs, sliceMs } = this.#options.shape;
    if (snapshot.version !== 1 && snapshot.version !== 2) {
      throw new RangeError(`snapshot has version ${String(snapshot.version)}, this engine reads 1 and 2`);
    }
    if (snapshot.shape.sizeMs !== sizeMs || snapshot.shape.hopMs !== hopMs || snapshot.shape.sliceMs !== sliceMs) {
      throw new RangeError("snapshot was made with other window options: pass the same windowMs and hopMs");
    }
    this.#nowMs = snapshot.nowMs ?? undefined;
    for (const [streamId, state] of snapshot.streams) this.resumeStream(streamId, state);
  }
}

/** The events of one stream in a batch, by their places. */
interface Chain {
  readonly stream: StreamAnalytics;
  readonly first: number;
  last: number;
}

function isRefusal(event: StreamEvent | EventError): event is EventError {
  return "code" in event;
}
