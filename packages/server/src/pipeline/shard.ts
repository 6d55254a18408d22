import {
  EVENT_TYPES,
  createEngine,
  parseEventJson,
  type Engine,
  type EngineOptions,
  type EventType,
  type LiveSnapshot,
  type MetricRow,
  type Moment,
  type MomentPhase,
  type StreamEvent,
} from "@telemetra/core";
import type { LogBatch, LogPartition, LogRecord } from "../ports/event-log.js";
import type { CommitBatch, DeadLetter, PartitionClaim, StreamState } from "../ports/result-store.js";

/** What one step of a shard brought: one transaction's worth, and what to tell afterwards. */
export interface ShardResults {
  readonly commit: CommitBatch;
  /** In the order in which they happened; the commit keeps the newest version of each. */
  readonly momentChanges: readonly { readonly moment: Moment; readonly phase: MomentPhase }[];
  readonly partition: number;
  /** The records of `commit.events`, one for each; the topic is the kind of the event. */
  readonly sources: readonly LogRecord[];
}

/** Up to where the results of a partition are written. */
export interface CommittedPlace extends LogPartition {
  readonly nextOffset: number;
  /** Event time of the newest event among them, epoch ms; undefined when none is known yet. */
  readonly newestEventMs: number | undefined;
}

interface Progress {
  readonly epoch: number;
  /** Records below this were committed before this process took over: they are counted again, but nothing of them is told. */
  readonly replayUntil: number;
  /** Next record to read, and the next one whose effects are not in the results yet. */
  readOffset: number;
  nextOffset: number;
  committedOffset: number;
  /** Event time of the newest event whose effects are committed. */
  newestEventMs: number | undefined;
  isAtEnd: boolean;
  /** Nothing appended before this instant is still unread. */
  knownUntilMs: number;
  /** Read, but not yet taken: something appended before may still come from another topic. */
  readonly waiting: LogRecord[];
  /** How many of them are taken in the step in hand. */
  taken: number;
}

/** More than this is not held back for a topic that does not report. */
const MAX_WAITING = 50_000;

/**
 * One partition number over all topics: every stream whose key falls there, in one engine. Turns batches of the log
 * into results, and knows which offsets those results stand for. Does no I/O.
 */
export class Shard {
  readonly partition: number;
  readonly #engine: Engine;
  readonly #progress = new Map<EventType, Progress>();
  #events: StreamEvent[] = [];
  #sources: LogRecord[] = [];
  #rows: MetricRow[] = [];
  #momentChanges: { moment: Moment; phase: MomentPhase }[] = [];
  #deadLetters: DeadLetter[] = [];
  #endedLives: { streamId: string; endedAtMs: number }[] = [];
  #hasMoved = false;

  constructor(partition: number, options: EngineOptions) {
    this.partition = partition;
    this.#engine = createEngine({ ...options, inputs: EVENT_TYPES });
    this.#engine.on("window", (row) => this.#rows.push(row));
    this.#engine.on("moment", (moment, phase) => this.#momentChanges.push({ moment, phase }));
    this.#engine.on("end", (streamId, endedAtMs) => this.#endedLives.push({ streamId, endedAtMs }));
  }

  /** Takes a partition over where its last owner left it. Returns the offset to read from. */
  take({ topic, epoch, nextOffset, lowOffset }: PartitionClaim): number {
    this.#progress.set(topic, {
      epoch,
      replayUntil: nextOffset,
      readOffset: lowOffset,
      nextOffset,
      committedOffset: nextOffset,
      newestEventMs: undefined,
      isAtEnd: false,
      knownUntilMs: -Infinity,
      waiting: [],
      taken: 0,
    });
    return lowOffset;
  }

  resume(states: readonly StreamState[]): void {
    for (const { streamId, state } of states) this.#engine.resumeStream(streamId, state as never);
  }

  /** What was drained is written. */
  confirm({ positions, events }: CommitBatch): void {
    for (const { topic, nextOffset } of positions) {
      const progress = this.#progress.get(topic);
      if (progress !== undefined) progress.committedOffset = nextOffset;
    }
    for (const { type, timestamp } of events) this.#noteEvent(type, timestamp);
  }

  /** Up to where each topic's results are written. */
  places(): readonly CommittedPlace[] {
    const { partition } = this;
    return [...this.#progress].map(([topic, { committedOffset, newestEventMs }]) => {
      return { topic, partition, nextOffset: committedOffset, newestEventMs };
    });
  }

  #noteEvent(topic: EventType, eventMs: number): void {
    const progress = this.#progress.get(topic);
    if (progress !== undefined) progress.newestEventMs = Math.max(progress.newestEventMs ?? eventMs, eventMs);
  }

  get engine(): Pick<Engine, "counters"> {
    return this.#engine;
  }

  live(streamId: string): LiveSnapshot | undefined {
    return this.#engine.live(streamId);
  }

  /**
   * Takes what one topic brought. Topics are read at their own pace, so records are taken in the order in which they were
   * appended over all topics: a backlog then gives what it would have given live (W4), and no end of a stream overtakes
   * what was said before it.
   */
  process(batch: LogBatch, nowMs: number): void {
    const progress = this.#progress.get(batch.topic);
    if (progress === undefined) {
      throw new Error(`${batch.topic}/${batch.partition} was handed over without being assigned`);
    }
    for (const record of batch.records) {
      if (record.offset < progress.replayUntil) this.#replay(batch.topic, record);
      else progress.waiting.push(record);
    }
    progress.readOffset = Math.max(progress.readOffset, batch.nextOffset);
    progress.isAtEnd = batch.isAtEnd;
    progress.knownUntilMs = Math.max(progress.knownUntilMs, batch.asOfMs);
    // Until every topic is counted again the slices are incomplete, and no window may close on them.
    if (!this.#isReplaying()) this.#goOn(nowMs);
  }

  advanceTo(nowMs: number): void {
    if (!this.#isReplaying()) this.#engine.advanceTo(nowMs);
  }

  #isReplaying(): boolean {
    for (const { readOffset, replayUntil } of this.#progress.values()) if (readOffset < replayUntil) return true;
    return false;
  }

  #goOn(nowMs: number): void {
    this.#engine.advanceTo(nowMs);
    const readable: ReadRecord[] = [];
    for (let next = this.#nextTopic(); next !== undefined; next = this.#nextTopic()) {
      const record = next.progress.waiting[next.progress.taken++]!;
      const parsed = parseEventJson(record.value, next.topic);
      if (parsed.ok) readable.push({ topic: next.topic, record, event: parsed.event });
      else this.#bury(next.topic, record, parsed.error);
      this.#move(next.progress, record.offset + 1);
    }
    this.#take(readable);
    for (const [topic, progress] of this.#progress) {
      progress.waiting.splice(0, progress.taken);
      progress.taken = 0;
      if (progress.waiting.length === 0) this.#move(progress, progress.readOffset);
      this.#engine.inputProgress(topic, progress.isAtEnd && progress.waiting.length === 0);
    }
    this.#engine.advanceTo(nowMs);
  }

  /** The topic whose next record was appended first, unless another one may still bring an earlier record. */
  #nextTopic(): { topic: EventType; progress: Progress } | undefined {
    let next: { topic: EventType; progress: Progress } | undefined;
    let nextMs = Infinity;
    let silentUntilMs = Infinity;
    let waiting = 0;
    for (const [topic, progress] of this.#progress) {
      const head = progress.waiting[progress.taken];
      if (head === undefined) {
        silentUntilMs = Math.min(silentUntilMs, progress.knownUntilMs);
        continue;
      }
      waiting += progress.waiting.length - progress.taken;
      if (head.appendedAtMs < nextMs) {
        next = { topic, progress };
        nextMs = head.appendedAtMs;
      }
    }
    return nextMs < silentUntilMs || waiting > MAX_WAITING ? next : undefined;
  }

  #move(progress: Progress, nextOffset: number): void {
    if (nextOffset <= progress.nextOffset) return;
    progress.nextOffset = nextOffset;
    this.#hasMoved = true;
  }

  /**
   * Readers stood still for a while: whoever seems idle may only not have been read. What is unread comes soon now, so
   * every topic has to be quiet for the idle timeout again; one that has nothing unread need not say so a second time.
   */
  holdAll(nowMs: number): void {
    for (const topic of this.#progress.keys()) this.#engine.inputProgress(topic, false);
    this.advanceTo(nowMs);
    for (const [topic, progress] of this.#progress) {
      this.#engine.inputProgress(topic, progress.isAtEnd && progress.waiting.length === 0);
    }
  }

  /** What came up since the last call; `undefined` when nothing did. */
  drain(): ShardResults | undefined {
    const isEmpty =
      !this.#hasMoved && this.#rows.length === 0 && this.#momentChanges.length === 0 && this.#endedLives.length === 0;
    if (isEmpty) return undefined;
    const { partition } = this;
    const newest = new Map(this.#momentChanges.map(({ moment }) => [moment.moment_id, moment]));
    const commit: CommitBatch = {
      positions: [...this.#progress].map(([topic, { epoch, nextOffset }]) => ({
        topic,
        partition,
        epoch,
        nextOffset,
        lowOffset: Math.min(nextOffset, this.#engine.lowPosition(topic)),
      })),
      events: this.#events,
      rows: this.#rows,
      moments: [...newest.values()],
      states: this.#engine.checkpoint().map(([streamId, state]) => ({ partition, streamId, state })),
      deadLetters: this.#deadLetters,
      endedLives: this.#endedLives,
    };
    const momentChanges = this.#momentChanges;
    const sources = this.#sources;
    this.#events = [];
    this.#sources = [];
    this.#rows = [];
    this.#momentChanges = [];
    this.#deadLetters = [];
    this.#endedLives = [];
    this.#hasMoved = false;
    return { commit, momentChanges, partition, sources };
  }

  #take(readable: readonly ReadRecord[]): void {
    const verdicts = this.#engine.pushAll(
      readable.map(({ event }) => event),
      readable.map(({ record }) => record.offset),
    );
    readable.forEach(({ topic, record, event }, index) => {
      const verdict = verdicts[index]!;
      const isCounted = verdict.status === "accepted";
      if (isCounted || (record.isReplay === true && this.#isStillOfUse(event, verdict.status))) {
        this.#events.push(event);
        this.#sources.push(record);
      } else if (verdict.status === "late") {
        this.#bury(topic, record, { code: "late", detail: "came after its last window could be corrected" });
      } else if (verdict.status === "rejected") {
        this.#bury(topic, record, verdict.error);
      }
    });
  }

  /**
   * Somebody put the event back: if it counted before, or comes too late to count, its raw row may still be missing. The
   * store keeps the first row of an event, so one that is there already stays as it is.
   */
  #isStillOfUse({ type }: StreamEvent, status: string): boolean {
    return (type === "viewer" || type === "transaction") && (status === "duplicate" || status === "late");
  }

  #replay(topic: EventType, record: LogRecord): void {
    const parsed = parseEventJson(record.value, topic);
    if (!parsed.ok) return;
    this.#engine.replay(parsed.event, record.offset);
    this.#noteEvent(topic, parsed.event.timestamp);
  }

  #bury(topic: EventType, record: LogRecord, reason: BurialReason): void {
    this.#deadLetters.push(buryRecord({ topic, partition: this.partition }, record, reason));
  }
}

/** A record that is an event. */
interface ReadRecord {
  readonly topic: EventType;
  readonly record: LogRecord;
  readonly event: StreamEvent;
}

interface BurialReason {
  readonly code: string;
  readonly detail: string;
}

/** The dead letter of a record. */
export function buryRecord(
  { topic, partition }: LogPartition,
  { offset, value, bytes }: LogRecord,
  { code, detail }: BurialReason,
): DeadLetter {
  return { topic, partition, offset, value, ...(bytes === undefined ? {} : { bytes }), code, detail };
}
