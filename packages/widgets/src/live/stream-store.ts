import type { LiveMessage, MetricsMessage, Moment, MomentMessage, MomentPhase } from "@telemetra/core";
import type { ConnectionState } from "./connection.js";
import type { HistoryRow } from "./decode-message.js";
import { addPoint, fillHoles, type RatePoint } from "./rate-history.js";

/** What happened to a store; several kinds of change are told one by one. */
export type StoreChange =
  | { readonly type: "state"; readonly state: ConnectionState; readonly reason: string | undefined }
  | { readonly type: "metrics" }
  | { readonly type: "history" }
  | { readonly type: "moment"; readonly moment: Moment; readonly phase: MomentPhase }
  /** Moments that were there before this page: listed, but no news. */
  | { readonly type: "moments" }
  /** Another stream from here on: everything known is forgotten. */
  | { readonly type: "reset" };

export type StoreListener = (change: StoreChange) => void;

/** Moments kept, newest first. */
export const MAX_MOMENT_COUNT = 50;
/** A clock that steps back further than this began again, as a replay does. */
const CLOCK_RESTART_MS = 60_000;

interface KnownMoment {
  readonly moment: Moment;
  readonly epoch: string;
  readonly offset: number;
}

/** What is known of one stream: the one thing that widgets read. Written by a feed, never by a widget. */
export class StreamStore {
  #state: ConnectionState = "idle";
  #reason: string | undefined;
  #metrics: MetricsMessage | undefined;
  #history: readonly RatePoint[] = [];
  #known = new Map<string, KnownMoment>();
  #moments: readonly Moment[] = [];
  readonly #listeners = new Set<StoreListener>();

  get state(): ConnectionState {
    return this.#state;
  }

  /** Why the connection is as it is, as a sentence, when somebody said. */
  get reason(): string | undefined {
    return this.#reason;
  }

  /** The newest frame of numbers. */
  get metrics(): MetricsMessage | undefined {
    return this.#metrics;
  }

  /** The last ten minutes, oldest first. A new array whenever a point changed. */
  get history(): readonly RatePoint[] {
    return this.#history;
  }

  /** Newest onset first. A new array whenever a moment changed. */
  get moments(): readonly Moment[] {
    return this.#moments;
  }

  /** The stream's own clock in epoch milliseconds, as of the newest frame or point. */
  get clockMs(): number | undefined {
    if (this.#metrics !== undefined) return Date.parse(this.#metrics.timestamp);
    return this.#history.at(-1)?.timeMs;
  }

  /** Calls `listener` after every change, until the returned function is called. */
  subscribe(listener: StoreListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  setState(state: ConnectionState, reason?: string): void {
    if (state === this.#state && reason === this.#reason) return;
    this.#state = state;
    this.#reason = reason;
    this.#tell({ type: "state", state, reason });
  }

  /** Takes a frame in. What was seen before changes nothing and is not told again. */
  apply(message: LiveMessage): void {
    if (message.type === "metrics") this.#applyMetrics(message);
    if (message.type === "moment") this.#applyMoment(message);
  }

  /** Stored windows, in any order, for the time before this page and for gaps. */
  addHistory(rows: readonly HistoryRow[]): void {
    const stored = rows.map((row) => ({
      timeMs: Date.parse(row.timestamp),
      chatRate: row.chat_rate,
      viewerCount: row.viewer_count,
    }));
    this.#setHistory(fillHoles(this.#history, stored));
  }

  /** Stored moments; one that a live frame brought already stays as the frame had it. */
  addMoments(moments: readonly Moment[]): void {
    const fresh = moments.filter(({ moment_id }) => !this.#known.has(moment_id));
    if (fresh.length === 0) return;
    for (const moment of fresh) this.#known.set(moment.moment_id, { moment, epoch: "", offset: -1 });
    this.#sortMoments();
    this.#tell({ type: "moments" });
  }

  /** Forgets everything but its listeners. */
  reset(): void {
    this.#metrics = undefined;
    this.#history = [];
    this.#known.clear();
    this.#moments = [];
    this.#tell({ type: "reset" });
  }

  #applyMetrics(message: MetricsMessage): void {
    const previous = this.#metrics;
    if (previous?.epoch === message.epoch && previous.offset >= message.offset) return;
    const timeMs = Date.parse(message.timestamp);
    if (this.clockMs !== undefined && timeMs < this.clockMs - CLOCK_RESTART_MS) this.reset();
    this.#metrics = message;
    this.#tell({ type: "metrics" });
    if (message.stale !== true) {
      const point = { timeMs, chatRate: message.chat_rate, viewerCount: message.viewer_count };
      this.#setHistory(addPoint(this.#history, point));
    }
    this.#mergeRecent(message);
  }

  /** The frame's list of moments is a snapshot: it may be the first to tell of one, and the last word on another. */
  #mergeRecent({ recent_moments: recent, epoch, offset }: MetricsMessage): void {
    let isChanged = false;
    for (const moment of recent) {
      const known = this.#known.get(moment.moment_id);
      if (known?.epoch === epoch && known.offset > offset) continue;
      if (known !== undefined && isSameMoment(known.moment, moment)) continue;
      this.#known.set(moment.moment_id, { moment, epoch, offset });
      isChanged = true;
    }
    if (!isChanged) return;
    this.#sortMoments();
    this.#tell({ type: "moments" });
  }

  #applyMoment({ moment, phase, epoch, offset }: MomentMessage): void {
    const known = this.#known.get(moment.moment_id);
    if (known?.epoch === epoch && known.offset >= offset) return;
    this.#known.set(moment.moment_id, { moment, epoch, offset });
    this.#sortMoments();
    this.#tell({ type: "moment", moment, phase });
  }

  #sortMoments(): void {
    const newestFirst = [...this.#known.values()].sort(
      (left, right) => Date.parse(right.moment.timestamp) - Date.parse(left.moment.timestamp),
    );
    for (const { moment } of newestFirst.splice(MAX_MOMENT_COUNT)) this.#known.delete(moment.moment_id);
    this.#moments = newestFirst.map(({ moment }) => moment);
  }

  #setHistory(history: readonly RatePoint[]): void {
    if (history === this.#history) return;
    this.#history = history;
    this.#tell({ type: "history" });
  }

  #tell(change: StoreChange): void {
    for (const listener of this.#listeners) listener(change);
  }
}

/** A moment only grows: the same peak, end and sentence mean that nothing was learned. */
function isSameMoment(left: Moment, right: Moment): boolean {
  return (
    left.ended_at === right.ended_at &&
    left.peaked_at === right.peaked_at &&
    left.metric_value === right.metric_value &&
    left.severity === right.severity &&
    left.description === right.description
  );
}
