import type { StreamSlice } from "../counting/stream-slice.js";
import type { MomentType } from "../records/moment.js";
import type { EpisodeChange } from "./episode.js";
import type { Sample } from "./message-samples.js";

/** A slice that the watermark of the watched input has passed; `slice` is undefined when nothing fell into it. */
export interface JudgedSlice {
  readonly index: number;
  readonly startMs: number;
  readonly endMs: number;
  readonly slice: StreamSlice | undefined;
  /** How many different people wrote from the slice of that index to this one; only the last minute is remembered. */
  readonly people: (fromIndex: number) => number;
  /** A few messages of each slice from that index to this one. */
  readonly samples: (fromIndex: number) => readonly Sample[];
  /** A greater moment goes on that explains what the lesser ones of the same input see: they keep quiet. */
  readonly isExplained: boolean;
}

/** What a watch found: an episode of one type that opened, grew or closed. */
export interface Finding extends EpisodeChange {
  readonly type: MomentType;
  /** What tells it from another of its type with the same onset: a currency, a channel. */
  readonly scope?: string;
  /** The metric, as the moment names it. */
  readonly metric: string;
  /** 0…1: how much out of the ordinary. */
  readonly severity: number;
  /** One sentence for people. */
  readonly description: string;
  /** More for the moment's metadata. */
  readonly details?: Readonly<Record<string, unknown>>;
}

/** What a watch mostly finds. */
export const NOTHING: readonly Finding[] = Object.freeze([]);

/**
 * Looks at one input of one stream, slice by slice, waits for no other (rule W10), and finds the episodes of one or two
 * moment types. A pure state machine: the same slices bring the same findings, however they were batched or interrupted.
 */
export interface Watch {
  update(judged: JudgedSlice): readonly Finding[];
  /** Whether what it found, or is about to find, explains what the lesser watches of its input see. */
  explains?(atMs: number): boolean;
  /** The life ended: what goes on ends with it, and the next life starts without a past. */
  end(atMs: number): readonly Finding[];
  /** Gives back what it holds of the engine: nothing is asked of it any more. */
  forget?(): void;
  snapshot(): unknown;
  restore(snapshot: never): void;
}

/** How far `ratio` times the usual is out of the ordinary: 0.39 for 3, 0.63 for 5, 0.9 for 10. */
export function severityOfRatio(ratio: number): number {
  return 1 - Math.exp(-Math.max(0, ratio - 1) / 4);
}

/** A number as people say it: two significant decimals below 100, none above. */
export function say(value: number): string {
  return value >= 100 ? String(Math.round(value)) : String(Math.round(value * 10) / 10);
}

/** How many times the usual, as people say it. */
export function sayTimes(value: number, usual: number): string {
  const ratio = value / usual;
  return ratio >= 10 ? `${Math.round(ratio)} times` : `${say(ratio)} times`;
}
