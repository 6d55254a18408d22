import type { EventType } from "@telemetra/core";
import type { LogPartition } from "./event-log.js";

/** Where a record stands in the log. */
export interface LogPlace extends LogPartition {
  readonly offset: number;
}

/** A dead letter as it is kept. */
export interface StoredDeadLetter extends LogPlace {
  /** The record, byte by byte. */
  readonly bytes: Uint8Array;
  /** Why, as a slug. */
  readonly code: string;
  /** Why, as a sentence. */
  readonly detail: string;
  readonly writtenAtMs: number;
  /** When it was last put back into the log; null: never. */
  readonly replayedAtMs: number | null;
}

export interface DeadLetterQuery {
  readonly limit: number;
  /** By the time at which they were written, then by place. */
  readonly order: "oldest" | "newest";
  readonly code?: string;
  readonly topic?: EventType;
  /** Only those that were never put back. */
  readonly isNew?: boolean;
  /** Only what comes after this one in the order asked for: the last one of the page before. */
  readonly after?: LogPlace & Pick<StoredDeadLetter, "writtenAtMs">;
}

/**
 * The dead letters of a result store. They get there by its commits, so a record is either accounted for in the results
 * or here, whatever happens in between.
 *
 * Promises (each a contract test): bytes come back as they were; pages neither skip nor repeat; marking twice is
 * marking once.
 */
export interface DeadLetters {
  list(query: DeadLetterQuery): Promise<readonly StoredDeadLetter[]>;
  /** Those that there are, in the order of `places`. */
  find(places: readonly LogPlace[]): Promise<readonly StoredDeadLetter[]>;
  markReplayed(places: readonly LogPlace[]): Promise<void>;
  /** Of these partition numbers, what nobody has told yet to those who listen for dead letters; oldest first. */
  listUnpublished(partitions: readonly number[], limit: number): Promise<readonly StoredDeadLetter[]>;
  markPublished(places: readonly LogPlace[]): Promise<void>;
}

/** The name of a place for people: `chat/0/123`. */
export function formatPlace({ topic, partition, offset }: LogPlace): string {
  return `${topic}/${partition}/${offset}`;
}
