import type { EventType, MetricRow, Moment, MomentType, StreamEvent } from "@telemetra/core";
import type { DeadLetters, LogPlace } from "./dead-letters.js";
import type { LogPartition } from "./event-log.js";

/**
 * Where results live; the truth of the service.
 *
 * Promises (each a contract test):
 * - `commit` writes results, raw rows, stream state and positions in one transaction: all of it or nothing.
 * - A commit whose epoch is not the partition's newest rejects with `FencedError` and changes nothing.
 * - Writing the same thing again changes nothing: a row is kept per window with its highest revision, a raw row per event, a moment per id.
 * - Ranges are half-open and ordered, newest first; pages by cursor neither skip nor repeat.
 * - `open` may be called by several processes at once; each migration is applied exactly once.
 */
export interface ResultStore {
  /** What no result could be made of; commits bring them. */
  readonly deadLetters: DeadLetters;
  /** Connects and migrates; rejects with one clear sentence when the database cannot be used or has a newer schema. */
  open(): Promise<void>;
  /** Makes this owner the only writer of the partitions by raising their epochs; returns where each stands. */
  claim(partitions: readonly LogPartition[], owner: string): Promise<readonly PartitionClaim[]>;
  /** State last committed for the streams of a partition number. */
  loadStreamStates(partition: number): Promise<readonly StreamState[]>;
  /** @throws FencedError, StorageError, or RefusedDataError when something in it is refused for good */
  commit(batch: CommitBatch): Promise<void>;
  /**
   * Which of these events cannot be written, in order, and why; asked after a commit was refused. Tries and takes back:
   * nothing is changed.
   */
  findRefused(events: readonly StreamEvent[]): Promise<readonly RefusedEvent[]>;

  listStreams(page: { limit: number; offset: number }): Promise<readonly StreamRecord[]>;
  getStream(streamId: string): Promise<StreamRecord | undefined>;
  readMetrics(streamId: string, range: RangeQuery): Promise<Page<MetricRow>>;
  readMoments(streamId: string, range: RangeQuery & { momentType?: MomentType }): Promise<Page<Moment>>;
  readStats(streamId: string): Promise<StreamStats | undefined>;

  /**
   * Deletes what was written before the instant (F8: written, not happened). Returns how many rows went. What shares a
   * day (UTC) with something younger may stay with it.
   */
  deleteWrittenBefore(instantMs: number): Promise<number>;
  /**
   * Brings the hourly and daily roll-ups up to date where something was committed since. Commits mark the hours they
   * touch in their own transaction, so nothing is forgotten however a process ends; call it every minute or so. Resolves
   * to how many hours were refreshed; fewer, or 0, while another process is at it.
   */
  refreshRollups(): Promise<number>;
  /** Rejects when the database cannot be reached now. */
  ping(): Promise<void>;
  close(): Promise<void>;
}

export interface PartitionClaim extends LogPartition {
  readonly epoch: number;
  /** First offset whose effects are not committed yet. */
  readonly nextOffset: number;
  /** Oldest offset that an open window still needs; reading starts again from here. At most `nextOffset`. */
  readonly lowOffset: number;
}

export interface Position extends LogPartition {
  readonly epoch: number;
  readonly nextOffset: number;
  readonly lowOffset: number;
}

/** What an engine must remember of a stream beside the events that can be read again. JSON-safe and small. */
export interface StreamState {
  readonly streamId: string;
  readonly state: unknown;
}

/** A record of the log that is no valid event: kept with its place, its original bytes and the reason. */
export interface DeadLetter extends LogPlace {
  readonly value: string;
  /** The record where `value` could not hold it; see `LogRecord`. */
  readonly bytes?: Uint8Array;
  readonly code: string;
  readonly detail: string;
}

/** An event that the database refuses for good. */
export interface RefusedEvent {
  /** Its place in the list that was handed in. */
  readonly index: number;
  /** What the database says, one line. */
  readonly reason: string;
}

export interface CommitBatch {
  readonly positions: readonly Position[];
  /** Accepted events, for `viewer_timeseries`, `transactions` and `streams`; chat events only touch their stream. */
  readonly events: readonly StreamEvent[];
  readonly rows: readonly MetricRow[];
  /** Newest version of each moment. */
  readonly moments: readonly Moment[];
  /** The partition number the states belong to; only streams whose state changed. */
  readonly states: readonly (StreamState & { readonly partition: number })[];
  readonly deadLetters: readonly DeadLetter[];
  /** Lives that ended without a `stream_end` (F1): the stream is not live until a newer event comes. */
  readonly endedLives?: readonly EndedLife[];
}

/** A life of a stream that ran out, e.g. by `streamTimeoutMs` without an event. */
export interface EndedLife {
  readonly streamId: string;
  /** Event time of the end: an event after it opens another life. */
  readonly endedAtMs: number;
}

/** A stream as REST shows it (design §8). Unknown is null. */
export interface StreamRecord {
  readonly stream_id: string;
  readonly streamer_name: string | null;
  readonly title: string | null;
  readonly game_category: string | null;
  readonly started_at: string | null;
  readonly is_live: boolean;
  readonly viewer_count: number | null;
  readonly created_at: string;
  readonly updated_at: string;
}

export interface RangeQuery {
  readonly limit: number;
  /** `startMs <= timestamp < endMs`. */
  readonly startMs?: number;
  readonly endMs?: number;
  /** Opaque; from the page before. An unreadable one rejects with `InvalidCursorError`. */
  readonly cursor?: string;
}

export interface Page<T> {
  readonly items: readonly T[];
  /** Absent on the last page. */
  readonly nextCursor?: string;
}

/** Totals over everything that is kept of a stream. `messages` counts non-overlapping windows, so each message once. */
export interface StreamStats {
  readonly stream_id: string;
  readonly first_window_start: string | null;
  readonly last_window_end: string | null;
  readonly messages: number;
  readonly peak_chat_rate: number | null;
  readonly avg_chat_rate: number | null;
  readonly avg_sentiment: number | null;
  readonly peak_viewers: number | null;
  readonly avg_viewers: number | null;
  readonly moments: Readonly<Record<string, number>>;
  readonly revenue: readonly { readonly currency: string; readonly amount: number }[];
  readonly events: Readonly<Partial<Record<EventType, number>>>;
}

/** Another owner holds the partition now: this process is a zombie there and must not write. */
export class FencedError extends Error {
  override readonly name = "FencedError";
  readonly code = "fenced";
}

export class InvalidCursorError extends Error {
  override readonly name = "InvalidCursorError";
  readonly code = "invalid_cursor";
}
