import { fingerprint } from "../aggregate/hash.js";
import { StreamChatters } from "../counting/chatters.js";
import type { NameTable } from "../counting/name-table.js";
import { SCORE_SCALE, StreamSlice, type MessageMood } from "../counting/stream-slice.js";
import { StreamTotals } from "../counting/stream-totals.js";
import type { MomentFinder } from "../moments/moment-finder.js";
import { EVENT_TYPES, type ChatEvent, type EventType, type StreamEvent } from "../records/event.js";
import type { LiveSnapshot } from "../records/live-message.js";
import type { MetricRow } from "../records/metric-row.js";
import type { Moment, MomentPhase } from "../records/moment.js";
import { formatInstant } from "../time/instant.js";
import { lastWindowStart } from "../windowing/aligned-shape.js";
import { SlicedWindows } from "../windowing/sliced-windows.js";
import type { EmitWindow } from "../windowing/window-store.js";
import { floorTo, type Window } from "../windowing/window.js";
import { CountHistory } from "./count-history.js";
import type { ResolvedOptions } from "./engine-options.js";
import type { StreamSnapshot } from "./engine-snapshot.js";
import { metricRowOf, TOP_EMOTES } from "./metric-row-of.js";
import { RecentIds } from "./recent-ids.js";
import { INPUT_INDEX, StreamClock, type InputGates } from "./stream-clock.js";

/** Where the results of a stream go, and what all streams of an engine share. */
export interface StreamContext {
  readonly options: ResolvedOptions;
  readonly gates: InputGates;
  readonly emoteNames: NameTable;
  onWindow(row: MetricRow): void;
  onMoment(moment: Moment, phase: MomentPhase): void;
  /** A life ended by its timeout or by a `stream_end` (F1). */
  onEnd(streamId: string, endedAtMs: number): void;
  onEmotesRefused(uses: number): void;
}

/** Fingerprint of the person who wrote a message; 0 where nobody did. */
export function personOf(event: StreamEvent): number {
  return event.type === "chat" ? fingerprint(event.user_id) : 0;
}

export type Verdict = "accepted" | "duplicate" | "late";

/** The live frame always speaks of the trailing minute, whatever the windows are (F17). */
const LIVE_MS = 60_000;

/** Everything the engine knows of one stream. Composes clock, windows, baseline and moments; decides nothing itself. */
export class StreamAnalytics {
  readonly streamId: string;
  readonly #context: StreamContext;
  readonly #chatters = new StreamChatters();
  readonly #windows: SlicedWindows<StreamSlice, StreamTotals>;
  readonly #history: CountHistory;
  readonly #ids: RecentIds;
  readonly #moments: MomentFinder | undefined;
  #clock: StreamClock;
  /** The newest event among the slices that were forgotten: what a silent stream's life hangs on. */
  #forgottenLastMs = -Infinity;
  #forgottenIsEnd = false;
  /** Last known viewers, for the live frame; a row knows only its own window. */
  #viewersAtMs = -Infinity;
  #viewers: number | null = null;
  #sweptSliceMs = -Infinity;
  /** The newest slice that each input has passed by itself, in the order of EVENT_TYPES. */
  readonly #passedSlices = EVENT_TYPES.map(() => -Infinity);
  /** The `stream_end` that could not close at once because some log was still being read. */
  #pendingEndMs: number | undefined;
  #isLive = false;
  #nowMs: number | undefined;
  /** True when what a restart needs changed since the last checkpoint. */
  #isChanged = true;

  constructor(streamId: string, context: StreamContext) {
    const { options } = context;
    this.streamId = streamId;
    this.#context = context;
    this.#clock = new StreamClock(options.watermark);
    this.#history = new CountHistory(options.baselineMs, options.minSamples);
    this.#ids = new RecentIds(options.shape.sizeMs + options.allowedLatenessMs, options.maxEventIds);
    this.#windows = new SlicedWindows(options.shape, options.allowedLatenessMs, {
      create: (index) => this.#begin(index),
      fold: (slices) => new StreamTotals(context.emoteNames, slices),
      continuesInto: (startMs) => this.#livesAt(startMs),
    });
    this.#moments = options.moments?.({
      streamId,
      emoteNames: context.emoteNames,
      shape: options.shape,
      allowedLatenessMs: options.allowedLatenessMs,
      streamTimeoutMs: options.streamTimeoutMs,
      maxOutOfOrdernessMs: options.watermark.maxOutOfOrdernessMs,
      sliceAt: (index) => this.#windows.slices().get(index),
      merged: (startMs, endMs) => this.#windows.merged(startMs, endMs),
      nextIndex: (input, fromIndex) => this.#nextSliceOf(input, fromIndex),
      watermarkOf: (input) => this.#clock.watermarkOf(input, context.gates, this.#nowMs),
      emit: (moment, phase) => context.onMoment(moment, phase),
    });
  }

  /** @param id fingerprint of the event's @param person that of who chats @param position in the log of its kind */
  push(
    event: StreamEvent,
    id: number,
    person: number,
    position: number | undefined,
    nowMs: number | undefined,
  ): Verdict {
    const { timestamp } = event;
    if (!this.#ids.add(id)) return "duplicate";
    this.#isChanged = true;
    this.#isLive = true;
    const { watermarkMs } = this.#clock;
    if (timestamp < watermarkMs && this.#windows.isLate(timestamp, watermarkMs)) return "late";
    this.#count(event, person, position);
    this.#moments?.saw(event.type, timestamp);
    this.#windows.correct(timestamp, watermarkMs, this.#emitFinal);
    this.#clock.observe(event.type, timestamp, nowMs);
    this.#advance(nowMs, this.#passesSlice(event));
    if (event.type !== "stream_meta") return "accepted";
    if (event.event_type === "raid") this.#moments?.raided(event);
    if (event.event_type === "stream_end") {
      this.#pendingEndMs = timestamp;
      this.#closeEnded();
    }
    return "accepted";
  }

  /**
   * Counts an event whose effects were already emitted and committed before a restart. Nothing is judged again: it
   * only rebuilds the slices of windows that are open or can still be corrected.
   */
  replay(event: StreamEvent, position: number): void {
    if (!this.#ids.add(fingerprint(event.event_id))) return;
    if (this.#windows.isLate(event.timestamp, this.#clock.watermarkMs)) return;
    this.#count(event, personOf(event), position);
  }

  /** Moves event time on as far as inputs and clock allow, and lets everything that waits for it happen. */
  advance(nowMs: number | undefined): void {
    this.#advance(nowMs, true);
  }

  #advance(nowMs: number | undefined, isSlicePassed: boolean): void {
    this.#nowMs = nowMs;
    const before = this.#clock.watermarkMs;
    const watermarkMs = this.#clock.advance(this.#context.gates, nowMs);
    if (isSlicePassed) this.#moments?.advance();
    this.#closeEnded();
    if (watermarkMs === before) return;
    this.#windows.close(watermarkMs, this.#emitFinal);
    if (this.#context.options.earlyResults) this.#emitEarly(before, watermarkMs);
    const sliceMs = floorTo(watermarkMs, this.#context.options.shape.sliceMs);
    if (sliceMs === this.#sweptSliceMs) return;
    this.#sweptSliceMs = sliceMs;
    this.#isChanged = true;
    this.#ids.advance(watermarkMs);
    this.#windows.expire(watermarkMs, (slice) => this.#forget(slice));
    this.#noticeTimeout(watermarkMs);
  }

  /** An input passes a slice when its newest event minus the bound does: most events bring no slice to judge. */
  #passesSlice({ type, timestamp }: StreamEvent): boolean {
    const { shape, watermark } = this.#context.options;
    const passed = Math.floor((timestamp - watermark.maxOutOfOrdernessMs) / shape.sliceMs);
    const index = INPUT_INDEX[type];
    if (passed <= (this.#passedSlices[index] ?? -Infinity)) return false;
    this.#passedSlices[index] = passed;
    return true;
  }

  /** No more input will come: closes every window of the life as if its timeout had passed. */
  flush(): void {
    const last = this.#lastEvent();
    if (last.atMs === -Infinity) return;
    const endMs = last.isEnd ? last.atMs : last.atMs + this.#context.options.streamTimeoutMs;
    this.#windows.closeThrough(lastWindowStart(this.#context.options.shape, endMs), this.#emitFinal);
    this.#moments?.end(last.atMs);
  }

  /** The trailing minute as of now, by the stream's own clock (F17). */
  live(nowMs: number | undefined): LiveSnapshot {
    const { anomalyThreshold, shape } = this.#context.options;
    const clockMs = this.#clock.nowMs(nowMs);
    const recent =
      this.#windows.merged(Math.max(clockMs - LIVE_MS, 0) + 1, clockMs + 1) ??
      new StreamTotals(this.#context.emoteNames, []);
    const baseline = this.#history.before({ startMs: clockMs - shape.sizeMs, endMs: clockMs });
    const perSecond = 1000 / shape.sizeMs;
    return {
      stream_id: this.streamId,
      timestamp: formatInstant(Math.max(clockMs, 0)),
      viewer_count: this.#viewers,
      chat_rate: recent.chatCount / (LIVE_MS / 1000),
      unique_chatters: recent.chatterCount,
      top_emotes: recent.topEmotes(TOP_EMOTES),
      sentiment_score: recent.meanSentiment,
      chat_rate_baseline: baseline === undefined ? null : baseline.mean * perSecond,
      chat_rate_threshold:
        baseline === undefined ? null : (baseline.mean + anomalyThreshold * baseline.deviation) * perSecond,
    };
  }

  /** Gives back what it holds of the engine: nothing may be asked of it afterwards. */
  forget(): void {
    for (const slice of this.#windows.slices().values()) slice.release();
    this.#moments?.forget?.();
  }

  /** True when the life is over and nothing waits to be closed or corrected: the stream may be forgotten. */
  get isOver(): boolean {
    return this.#windows.slices().size === 0 && !this.#livesAt(this.#clock.watermarkMs);
  }

  #count(event: StreamEvent, person: number, position: number | undefined): void {
    const slice = this.#windows.open(event.timestamp);
    const mood = event.type === "chat" ? this.#moodOf(event) : undefined;
    const refused = slice.add(event, person, mood, this.#context.options.maxEmotes);
    if (refused > 0) this.#context.onEmotesRefused(refused);
    if (position !== undefined) slice.notePosition(event.type, position);
    if (event.type === "chat") this.#moments?.addChat(event);
    if (event.type === "viewer") this.#noteViewers(event.timestamp, event.viewer_count);
  }

  #begin(index: number): StreamSlice {
    return new StreamSlice(this.#chatters, this.#context.emoteNames, index);
  }

  #moodOf(event: ChatEvent): MessageMood | undefined {
    const { scorer } = this.#context.options;
    if (scorer === undefined) return undefined;
    const emotes = event.emotes.length === 0 ? undefined : event.emotes.map(({ name }) => name);
    const compound = scorer.compound(event.message, emotes);
    return { score: Math.round(compound * SCORE_SCALE), label: scorer.label(compound) };
  }

  #noteViewers(atMs: number, viewers: number): void {
    if (atMs < this.#viewersAtMs || (atMs === this.#viewersAtMs && viewers <= (this.#viewers ?? -1))) return;
    this.#viewersAtMs = atMs;
    this.#viewers = viewers;
  }

  /** `stream_end` closes at once (W5), but not while some input's log is still being read and may hold earlier events (F3). */
  #closeEnded(): void {
    const atMs = this.#pendingEndMs;
    if (atMs === undefined || !this.#context.gates.isCaughtUp()) return;
    this.#pendingEndMs = undefined;
    if (this.#lastEvent().atMs > atMs) return;
    this.#windows.closeThrough(lastWindowStart(this.#context.options.shape, atMs), this.#emitFinal);
    this.#moments?.end(atMs);
    this.#die(atMs);
  }

  #noticeTimeout(watermarkMs: number): void {
    const { atMs, isEnd } = this.#lastEvent(watermarkMs);
    if (!this.#isLive || atMs === -Infinity || this.#livesAt(watermarkMs)) return;
    this.#die(isEnd ? atMs : atMs + this.#context.options.streamTimeoutMs);
    this.#isLive = this.#lastEvent().atMs > watermarkMs;
  }

  #die(atMs: number): void {
    this.#isLive = false;
    this.#context.onEnd(this.streamId, atMs);
  }

  readonly #emitFinal: EmitWindow<StreamTotals> = (window, totals, revision) => {
    const baseline = this.#history.before(window);
    this.#history.record(window.startMs, totals.chatCount);
    this.#emit(window, totals, { baseline, revision, isFinal: true });
  };

  #emitEarly(beforeMs: number, watermarkMs: number): void {
    const { hopMs } = this.#context.options.shape;
    if (beforeMs === -Infinity || floorTo(beforeMs, hopMs) === floorTo(watermarkMs, hopMs)) return;
    this.#windows.peek(watermarkMs - 1, (window, totals) => {
      this.#emit(window, totals, { baseline: this.#history.before(window), revision: 0, isFinal: false });
    });
  }

  #emit(
    window: Window,
    totals: StreamTotals,
    judgement: { baseline: ReturnType<CountHistory["before"]>; revision: number; isFinal: boolean },
  ): void {
    const { anomalyThreshold } = this.#context.options;
    this.#context.onWindow(metricRowOf(this.streamId, window, totals, { ...judgement, anomalyThreshold }));
  }

  /** A life reaches into a window that begins here when the newest event before is no end and not too long ago (F1, F2). */
  #livesAt(startMs: number): boolean {
    const { atMs, isEnd } = this.#lastEvent(startMs);
    return !isEnd && atMs + this.#context.options.streamTimeoutMs >= startMs;
  }

  /** The newest event in a slice that begins before the instant. */
  #lastEvent(beforeMs = Infinity): { atMs: number; isEnd: boolean } {
    const slice = this.#windows.newestBefore(beforeMs);
    if (slice === undefined) return { atMs: this.#forgottenLastMs, isEnd: this.#forgottenIsEnd };
    return { atMs: slice.lastEventMs, isEnd: slice.isEnd };
  }

  #nextSliceOf(input: EventType, fromIndex: number): number | undefined {
    let next: number | undefined;
    for (const [index, slice] of this.#windows.slices()) {
      if (index >= fromIndex && index < (next ?? Infinity) && slice.holds(input)) next = index;
    }
    return next;
  }

  #forget(slice: StreamSlice): void {
    slice.release();
    if (slice.lastEventMs < this.#forgottenLastMs) return;
    this.#forgottenLastMs = slice.lastEventMs;
    this.#forgottenIsEnd = slice.isEnd;
  }

  /** Smallest log position of a kind that a kept slice needs; ∞ when none does. */
  lowPosition(typeIndex: number): number {
    let low = Infinity;
    for (const slice of this.#windows.slices().values()) low = Math.min(low, slice.positionOf(typeIndex));
    return low;
  }

  snapshot(): StreamSnapshot {
    return {
      ...this.#remembered(),
      moments: this.#moments?.snapshot(true) ?? null,
      windows: this.#windows.snapshot((slice) => slice.snapshot()),
      ids: this.#ids.snapshot(),
    };
  }

  restore(snapshot: StreamSnapshot): void {
    this.#clock = StreamClock.restore(snapshot.clock, this.#context.options.watermark);
    this.#windows.restore(snapshot.windows, (state, index) => {
      const slice = this.#begin(index);
      slice.restore(state);
      return slice;
    });
    this.#history.restore(snapshot.history);
    if (snapshot.moments !== null) this.#moments?.restore(snapshot.moments as never);
    this.#ids.restore(snapshot.ids);
    [this.#forgottenLastMs, this.#forgottenIsEnd] = [snapshot.forgotten[0] ?? -Infinity, snapshot.forgotten[1]];
    [this.#viewersAtMs, this.#viewers] = [snapshot.viewers[0] ?? -Infinity, snapshot.viewers[1]];
    [this.#isLive, this.#pendingEndMs] = [snapshot.life[0], snapshot.life[1] ?? undefined];
  }

  /** The snapshot without what `replay` can rebuild from the log: small. `undefined` when nothing changed since the last. */
  checkpoint(): StreamSnapshot | undefined {
    if (!this.#isChanged) return undefined;
    this.#isChanged = false;
    return {
      ...this.#remembered(),
      moments: this.#moments?.snapshot(false) ?? null,
      windows: { ...this.#windows.snapshot(() => undefined as never), slices: [] },
      ids: { bornMs: null, young: [], old: [] },
    };
  }

  #remembered(): Omit<StreamSnapshot, "windows" | "ids" | "moments"> {
    return {
      clock: this.#clock.snapshot(),
      history: this.#history.snapshot(),
      forgotten: [Number.isFinite(this.#forgottenLastMs) ? this.#forgottenLastMs : null, this.#forgottenIsEnd],
      viewers: [Number.isFinite(this.#viewersAtMs) ? this.#viewersAtMs : null, this.#viewers],
      life: [this.#isLive, this.#pendingEndMs ?? null],
    };
  }
}
