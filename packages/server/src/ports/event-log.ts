import type { EventType } from "@telemetra/core";
import type { StoredDeadLetter } from "./dead-letters.js";

/**
 * The log every event goes through. Events of one stream share a partition number in every topic (one topic a kind),
 * so that one process owns the whole stream.
 *
 * Promises (each a contract test):
 * - `append` resolves only after the records are durable: they survive `kill -9` of this process.
 * - Records of one stream and kind are read in the order they were appended.
 * - Reading starts from any offset that is still kept, and gives every record from there exactly once per assignment.
 * - While records come from any partition, every other one of the assignment reports its end again and again, so that
 *   the reader knows up to when nothing is missing (`asOfMs`).
 * - A repeated (stream_id, event_id) within the deduplication time is not appended again where the adapter can tell.
 */
export interface EventLog {
  /** Prepares topics or tables; rejects with one clear sentence when the log cannot be used. */
  open(): Promise<void>;
  /** Appends all records or rejects; a verdict for each, in order. */
  append(records: readonly AppendRecord[]): Promise<readonly AppendVerdict[]>;
  /**
   * Puts records into the log once more, byte by byte and whatever their ids, for whoever reads them to judge anew.
   * @throws StorageError, or RangeError for bytes that this log cannot hold
   */
  appendAgain(records: readonly ReplayRecord[]): Promise<void>;
  /** Tells whoever listens for dead letters, at least once each. Absent: nobody can listen. */
  publishDeadLetters?(letters: readonly StoredDeadLetter[]): Promise<void>;
  /** Hands records to the consumer until it is stopped. At most one consumption at a time. */
  consume(consumer: LogConsumer): Promise<Consumption>;
  /**
   * Results need nothing below these offsets any more: a log that cleans up after itself may delete it once it is old
   * enough. What `onAssigned` resolved to tells the same. Absent where somebody else decides how long records are kept.
   */
  committed?(needed: readonly NeededFrom[]): void;
  /** The offset after the newest record of each partition, in order. Cheap enough to be asked every few seconds. */
  ends(partitions: readonly LogPartition[]): Promise<readonly number[]>;
  /** Rejects when the log cannot be reached now. */
  ping(): Promise<void>;
  close(): Promise<void>;
}

export interface AppendRecord {
  readonly type: EventType;
  readonly streamId: string;
  readonly eventId: string;
  /** The event as one line of JSON (`encodeEvent`). */
  readonly value: string;
}

/** Reading may begin again at `lowOffset`, and not before. */
export interface NeededFrom extends LogPartition {
  readonly lowOffset: number;
}

export interface ReplayRecord extends LogPartition {
  readonly bytes: Uint8Array;
  /** Where the bytes name their stream; `partition` is where they go otherwise. */
  readonly streamId?: string;
}

export type AppendVerdict = "appended" | "duplicate";

/** One partition of one topic; the topic is named by the kind of its events. */
export interface LogPartition {
  readonly topic: EventType;
  readonly partition: number;
}

export interface LogRecord {
  readonly offset: number;
  /** When the log took it, by the log's clock; never later than the clock of whoever reads it. */
  readonly appendedAtMs: number;
  /** Exactly the bytes that were appended, as text; not necessarily JSON when somebody else wrote to the topic. */
  readonly value: string;
  /** The bytes, where they are no text in UTF-8: `value` has U+FFFD in place of what could not be read. */
  readonly bytes?: Uint8Array;
  /** Put back from the dead letters. */
  readonly isReplay?: boolean;
}

export interface LogBatch extends LogPartition {
  /** In offset order, without gaps that matter; empty when only the end of the log was reached. */
  readonly records: readonly LogRecord[];
  /** Offset of the next record to read after this batch. */
  readonly nextOffset: number;
  /** True when nothing more was waiting in this partition when the batch was read. */
  readonly isAtEnd: boolean;
  /** By the log's clock: everything appended to this partition before this instant is in this batch or an earlier one. */
  readonly asOfMs: number;
}

export interface LogConsumer {
  /**
   * These partitions are ours from now on. Resolves to the offset to start from, one for each, in order, however long it
   * takes to know; rejects once the signal says that they are no longer ours.
   */
  onAssigned(partitions: readonly LogPartition[], signal: AbortSignal): Promise<readonly number[]>;
  /** These are ours no longer; nothing of them will be handed over after this is called. */
  onRevoked(partitions: readonly LogPartition[]): Promise<void>;
  /**
   * One call at a time. The next batch comes after it resolved; a rejection stops the consumption with that error.
   * `"reassign"`: the consumer has lost its place; all partitions are revoked and, if they are ours, assigned again.
   */
  onBatch(batch: LogBatch): Promise<"reassign" | void>;
  /** Records are gone before they were read, and reading goes on behind them because that was asked for. */
  onGap?(gap: LogGap): void;
}

/** The records `[fromOffset, toOffset)` of a partition are no longer in the log. */
export interface LogGap extends LogPartition {
  readonly fromOffset: number;
  readonly toOffset: number;
}

export interface Consumption {
  /** Rejects when the consumption ends by an error; resolves after `stop`. */
  readonly done: Promise<void>;
  /** Since when the log has not answered its reader, with or without records, ms; absent where that cannot happen. */
  silentForMs?(): number;
  /** Hands over nothing more and resolves after the batch in hand is finished. */
  stop(): Promise<void>;
}

/** The records from the wanted offset on are not there (any more): going on would lose or repeat events in silence. */
export class OffsetOutOfRangeError extends Error {
  override readonly name = "OffsetOutOfRangeError";
  readonly code = "offset_out_of_range";
}
