import type { NameTable } from "../counting/name-table.js";
import type { StreamSlice } from "../counting/stream-slice.js";
import type { StreamTotals } from "../counting/stream-totals.js";
import type { ChatEvent, EventType, StreamMetaEvent } from "../records/event.js";
import type { Moment, MomentPhase } from "../records/moment.js";
import type { AlignedShape } from "../windowing/aligned-shape.js";

/** What a finder of moments sees of its stream. */
export interface StreamView {
  /** The stream whose moments are looked for. */
  readonly streamId: string;
  /** The names of emotes, by the numbers that slices speak of. */
  readonly emoteNames: NameTable;
  /** The engine's windows; moments are judged on slices of `shape.sliceMs`. */
  readonly shape: AlignedShape;
  /** The engine's option; slices are kept at least that long. */
  readonly allowedLatenessMs: number;
  /** The engine's option; see rule F1. */
  readonly streamTimeoutMs: number;
  /** The engine's option: so far behind its newest event an input's watermark is. */
  readonly maxOutOfOrdernessMs: number;
  /** The slice that begins at `index * sliceMs`. */
  sliceAt(index: number): StreamSlice | undefined;
  /** Everything between two slice boundaries; undefined when nothing is there. */
  merged(startMs: number, endMs: number): StreamTotals | undefined;
  /** The first slice at or after the index that holds something of the input. */
  nextIndex(input: EventType, fromIndex: number): number | undefined;
  /** How far an input has come by itself. */
  watermarkOf(input: EventType): number;
  /** Tells a moment to the engine's listeners. */
  emit(moment: Moment, phase: MomentPhase): void;
}

/** Finds the moments of one stream. */
export interface MomentFinder {
  /** Takes what slices do not keep of a message. */
  addChat(event: ChatEvent): void;
  /** An input brought an event: its slices are judged from here on. */
  saw(input: EventType, atMs: number): void;
  /** A raid was announced. */
  raided(event: StreamMetaEvent): void;
  /** Judges every slice that its input has passed. */
  advance(): void;
  /** The stream ended: what goes on ends with it, and another life starts without a past. */
  end(atMs: number): void;
  /** The stream is over and forgotten: gives back the names of emotes that it holds. */
  forget?(): void;
  /** JSON-safe. @param isWhole with what the log can bring back, too */
  snapshot(isWhole: boolean): unknown;
  /** Goes on from what `snapshot` returned; called before anything else. */
  restore(snapshot: never): void;
}

/** What the engine's option `moments` takes: makes the finder of one stream. */
export type FindMoments = (stream: StreamView) => MomentFinder;
