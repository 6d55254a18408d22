import type { EventLog, LogPartition } from "../ports/event-log.js";
import type { CommittedPlace } from "./shard.js";

/** How far the results of a partition are behind its end. */
export interface PartitionLag extends LogPartition {
  /** Records whose effects are not written yet. */
  readonly records: number;
  /** Time from the newest event that is written to now; 0 when nothing waits, null when no event is known yet. */
  readonly seconds: number | null;
}

export interface LagOptions {
  readonly log: Pick<EventLog, "ends">;
  readonly places: () => readonly CommittedPlace[];
  /** Epoch milliseconds. */
  readonly now: () => number;
  /** How long an answer is used again, so that whoever asks often costs the log nothing. Default 1,000. */
  readonly maxAgeMs?: number;
}

export interface Lag {
  /** By partition, then topic. Rejects when the log cannot be asked now. */
  read(): Promise<readonly PartitionLag[]>;
}

export function createLag({ log, places, now, maxAgeMs = 1_000 }: LagOptions): Lag {
  let latest: { readonly answer: Promise<readonly PartitionLag[]>; readonly atMs: number } | undefined;

  const measure = async (): Promise<readonly PartitionLag[]> => {
    const ours = places();
    if (ours.length === 0) return [];
    const ends = await log.ends(ours);
    const nowMs = now();
    return ours
      .map(({ topic, partition, nextOffset, newestEventMs }, at) => {
        const records = Math.max(0, ends[at]! - nextOffset);
        const behindMs = newestEventMs === undefined ? undefined : Math.max(0, nowMs - newestEventMs);
        return { topic, partition, records, seconds: records === 0 ? 0 : inSeconds(behindMs) };
      })
      .toSorted((left, right) => left.partition - right.partition);
  };

  return {
    read() {
      const nowMs = performance.now();
      if (latest === undefined || nowMs - latest.atMs >= maxAgeMs) latest = { answer: measure(), atMs: nowMs };
      return latest.answer;
    },
  };
}

function inSeconds(ms: number | undefined): number | null {
  return ms === undefined ? null : ms / 1_000;
}
