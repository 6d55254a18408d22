import type { StreamMetaInput, TransactionInput } from "@telemetra/core";
import type { Random } from "../random.js";
import type { Crowd } from "./crowd.js";

/** What chat does for a while. Times are milliseconds since the scene began. */
export interface Scene {
  readonly name: string;
  readonly durationMs: number;
  /** Messages as a multiple of the stream's usual rate. */
  rateAt(elapsedMs: number): number;
  /** An upper bound of `rateAt`. */
  readonly maxRate: number;
  /** The next message. */
  line(elapsedMs: number): Line;
  /** Where the number of viewers is drawn to, as a multiple of the usual. Default: the usual. */
  viewersAt?(elapsedMs: number): number;
  /** What happens besides chat, in order of time. */
  readonly happenings: readonly Happening[];
}

export interface Line {
  readonly message: string;
  /** Who says it. Default `regular`. */
  readonly by?: "regular" | "newcomer";
}

export interface Happening {
  readonly atMs: number;
  readonly what: Draft;
}

/** An event that has yet to get its id, time and stream. */
export type Draft = Unplaced<TransactionInput> | Unplaced<StreamMetaInput>;
type Unplaced<T> = Omit<T, "event_id" | "timestamp" | "stream_id">;

/** What a scene may look at. */
export interface SceneContext {
  readonly random: Random;
  readonly crowd: Crowd;
  /** Usual messages per second of the stream. */
  readonly rate: number;
  /** Usual number of viewers. */
  readonly viewers: number;
}

/** Makes a scene; draws everything that differs from one time to the next from the context's random numbers. */
export type SceneMaker = (context: SceneContext) => Scene;

/** A surge: from 1 up to `peak` in `riseMs`, there for `holdMs`, then half of what is left in every `halfLifeMs`. */
export function surge(peak: number, riseMs: number, holdMs: number, halfLifeMs: number): (elapsedMs: number) => number {
  return (elapsedMs) => {
    if (elapsedMs < 0) return 1;
    if (elapsedMs < riseMs) return 1 + (peak - 1) * (elapsedMs / riseMs);
    const afterMs = elapsedMs - riseMs - holdMs;
    return afterMs <= 0 ? peak : 1 + (peak - 1) * 0.5 ** (afterMs / halfLifeMs);
  };
}
