import type { EngineOptions, LiveSnapshot, Moment, MomentPhase } from "@telemetra/core";
import type { Logger } from "../logger.js";
import type { LogBatch, LogConsumer, LogGap, LogPartition } from "../ports/event-log.js";
import type { LiveView } from "../ports/live-view.js";
import { FencedError, type CommitBatch, type PartitionClaim, type ResultStore } from "../ports/result-store.js";
import { onwardClock } from "./onward-clock.js";
import { Patience } from "./patience.js";
import { commitWithoutRefused } from "./refused-events.js";
import { Shard, type CommittedPlace, type ShardResults } from "./shard.js";

export interface PipelineOptions {
  readonly store: ResultStore;
  readonly engine: EngineOptions;
  readonly logger: Logger;
  /** Names this process in the partitions it owns. */
  readonly owner: string;
  /** Told about every change of a moment, after it is committed. */
  readonly onMoment: (moment: Moment, phase: MomentPhase) => Promise<void>;
  /** Told what was committed, for counters and caches. */
  readonly onCommit?: (batch: CommitBatch) => void;
  /** Told about records that were gone before they were read. */
  readonly onGap?: (gap: LogGap) => void;
  readonly now: () => number;
  /** Only goes forward. Default `performance.now`. */
  readonly monotonicMs?: () => number;
  /** How long to wait before the n-th retry of a call of the store, ms. */
  readonly retryDelayMs?: (attempt: number) => number;
}

/**
 * A reader that stood still this long cannot tell a quiet input from an unread one. What a shorter pause and the disorder
 * of the events delay together has to stay below the out-of-orderness bound.
 */
const STALL_MS = 2_000;
const TICK_MS = 1_000;
const STANDING = "the database refuses its results; the log of the service tells more";
/** More gaps than this are not told one by one. */
const MAX_GAPS = 20;

/**
 * log → engine → one transaction → hub. Everything that touches an engine goes through one queue, so a step (a batch, a
 * tick of the clock, a change of owner) is whole before the next begins.
 *
 * The order of a step (design §6): results are computed, committed together with the offsets they stand for, and only
 * then told. What fails for a passing reason is tried again until it succeeds or this process no longer owns the
 * partition; meanwhile nothing more is read. Events that the database refuses become dead letters. When it refuses
 * what was computed, the partition stands still, and says so: nothing of it is committed until the service is started
 * anew, so nothing is lost.
 */
export class Pipeline implements LogConsumer, LiveView {
  readonly #options: PipelineOptions;
  readonly #patience: Patience;
  readonly #now: () => number;
  readonly #shards = new Map<number, Shard>();
  /** Partitions that were taken from us without the log having said so: their next batch tells whether they are ours. */
  readonly #fenced = new Set<number>();
  /** Partitions whose results cannot be written, and how far they were. */
  readonly #standing = new Map<number, readonly CommittedPlace[]>();
  readonly #gaps: LogGap[] = [];
  readonly #stopped = new AbortController();
  #queue: Promise<unknown> = Promise.resolve();
  #timer: NodeJS.Timeout | undefined;
  #isTicking = false;
  #lastStepMs = -Infinity;

  constructor(options: PipelineOptions) {
    const { logger, retryDelayMs } = options;
    this.#options = options;
    this.#now = onwardClock(options.now, options.monotonicMs);
    this.#patience = new Patience({ logger, ...(retryDelayMs === undefined ? {} : { retryDelayMs }) });
  }

  /** Starts the clock that closes the windows of idle streams. */
  start(): void {
    this.#timer ??= setInterval(() => this.#tickInTime(), TICK_MS).unref();
  }

  /** Finishes the step in hand; a commit that cannot be made is given up: it will be made again from the log. */
  async stop(): Promise<void> {
    clearInterval(this.#timer);
    this.#stopped.abort();
    await this.#queue.catch(() => undefined);
  }

  live(streamId: string): LiveSnapshot | undefined {
    for (const shard of this.#shards.values()) {
      const snapshot = shard.live(streamId);
      if (snapshot !== undefined) return snapshot;
    }
    return undefined;
  }

  /** While the step in hand cannot be finished, nothing newer is taken in. */
  isStale(): boolean {
    return this.#patience.trouble() !== undefined;
  }

  /** Why results are not written as they should be, as sentences without secrets; empty when all is well. */
  troubles(): readonly string[] {
    const waiting = this.#patience.trouble();
    return [
      ...(waiting === undefined ? [] : [`results are not written: ${waiting}`]),
      ...[...this.#standing.keys()].map((partition) => `partition ${partition} stands still: ${STANDING}`),
      ...this.#gaps.map(({ topic, partition, fromOffset, toOffset }) => {
        return `records ${fromOffset} to ${toOffset} of partition ${partition} of ${topic} were gone before they were read`;
      }),
    ];
  }

  /** Up to where the results of our partitions are written. */
  places(): readonly CommittedPlace[] {
    return [...[...this.#shards.values()].flatMap((shard) => shard.places()), ...[...this.#standing.values()].flat()];
  }

  /** Partitions stand still until the service is started anew. */
  get isStanding(): boolean {
    return this.#standing.size > 0;
  }

  /** Calls of the store that had to be made again. */
  get retries(): number {
    return this.#patience.retries;
  }

  /** Engine counters over all partitions. */
  counters(): { accepted: number; duplicates: number; late: number; rejected: number; streams: number } {
    const sum = { accepted: 0, duplicates: 0, late: 0, rejected: 0, streams: 0 };
    for (const shard of this.#shards.values()) {
      const counters = shard.engine.counters();
      for (const name of Object.keys(sum) as (keyof typeof sum)[]) sum[name] += counters[name];
    }
    return sum;
  }

  onAssigned(partitions: readonly LogPartition[], signal?: AbortSignal): Promise<readonly number[]> {
    return this.#enqueue(async () => {
      const isWanted = AbortSignal.any([this.#stopped.signal, ...(signal === undefined ? [] : [signal])]);
      isWanted.throwIfAborted();
      const { claims, shards } = await this.#patience.untilDone(
        "partitions could not be taken over",
        () => this.#takeOver(partitions),
        isWanted,
      );
      for (const shard of shards) {
        this.#forget(shard.partition);
        this.#shards.set(shard.partition, shard);
      }
      return claims.map((claim) => this.#shardOf(claim).take(claim));
    });
  }

  onRevoked(partitions: readonly LogPartition[]): Promise<void> {
    return this.#enqueue(async () => {
      for (const { partition } of partitions) this.#forget(partition);
    });
  }

  onGap(gap: LogGap): void {
    this.#options.onGap?.(gap);
    if (this.#gaps.length < MAX_GAPS) this.#gaps.push(gap);
  }

  onBatch(batch: LogBatch): Promise<"reassign" | void> {
    return this.#enqueue(async () => {
      this.#noticeStall();
      const shard = this.#shards.get(batch.partition);
      // Somebody else took the partition, but the log says it is ours: it has to be taken over again.
      if (shard === undefined) return this.#fenced.has(batch.partition) ? "reassign" : undefined;
      shard.process(batch, this.#now());
      await this.#settle(shard);
    });
  }

  /** Tells every engine the time, and commits what that brought. */
  tick(): Promise<void> {
    return this.#enqueue(async () => {
      this.#noticeStall();
      for (const shard of this.#shards.values()) {
        shard.advanceTo(this.#now());
        await this.#settle(shard);
      }
    });
  }

  /** Ticks that come while one has to wait would only make the wait longer. */
  #tickInTime(): void {
    if (this.#isTicking) return;
    this.#isTicking = true;
    this.tick()
      .catch((error: unknown) => this.#complain(error))
      .finally(() => (this.#isTicking = false));
  }

  async #takeOver(
    partitions: readonly LogPartition[],
  ): Promise<{ readonly claims: readonly PartitionClaim[]; readonly shards: readonly Shard[] }> {
    const { store, owner, engine } = this.#options;
    const claims = await store.claim(partitions, owner);
    const shards: Shard[] = [];
    for (const number of new Set(partitions.map(({ partition }) => partition))) {
      const shard = new Shard(number, engine);
      shard.resume(await store.loadStreamStates(number));
      shards.push(shard);
    }
    return { claims, shards };
  }

  #forget(partition: number): void {
    this.#shards.delete(partition);
    this.#fenced.delete(partition);
    this.#standing.delete(partition);
  }

  #noticeStall(): void {
    const nowMs = this.#now();
    if (nowMs - this.#lastStepMs > STALL_MS && this.#lastStepMs !== -Infinity) {
      for (const shard of this.#shards.values()) shard.holdAll(nowMs);
    }
    this.#lastStepMs = nowMs;
  }

  async #settle(shard: Shard): Promise<void> {
    const results = shard.drain();
    if (results === undefined) return;
    let commit: CommitBatch;
    try {
      commit = await this.#commit(results);
    } catch (error) {
      if (this.#stopped.signal.aborted) throw error;
      this.#leave(shard, error);
      return;
    }
    shard.confirm(commit);
    await this.#tell(results, commit);
    // A commit that had to wait is a stall too: what waited in the log meanwhile is not read yet.
    this.#noticeStall();
  }

  #commit(results: ShardResults): Promise<CommitBatch> {
    const { store, logger } = this.#options;
    return this.#patience.untilDone(
      "results could not be written",
      () => commitWithoutRefused(store, results, logger),
      this.#stopped.signal,
    );
  }

  /** The partition goes on elsewhere, or not at all; the others go on here. */
  #leave(shard: Shard, error: unknown): void {
    const { logger } = this.#options;
    const { partition } = shard;
    this.#forget(partition);
    if (error instanceof FencedError) {
      this.#fenced.add(partition);
      logger.warn({ partition }, "partition has another owner now; its results are theirs");
      return;
    }
    this.#standing.set(partition, shard.places());
    logger.error(
      { err: error, partition },
      "the results of a partition can never be written as they are: it stands still until the cause is mended and the service started anew",
    );
  }

  async #tell({ momentChanges }: ShardResults, commit: CommitBatch): Promise<void> {
    this.#options.onCommit?.(commit);
    for (const { moment, phase } of momentChanges) {
      // What is committed is true whether or not anybody could be told.
      await this.#options.onMoment(moment, phase).catch((error: unknown) => this.#complain(error));
    }
  }

  #shardOf({ partition }: LogPartition): Shard {
    const shard = this.#shards.get(partition);
    if (shard === undefined) throw new Error(`partition ${partition} is not ours`);
    return shard;
  }

  #enqueue<T>(step: () => Promise<T>): Promise<T> {
    const result = this.#queue.then(step);
    this.#queue = result.catch(() => undefined);
    return result;
  }

  #complain(error: unknown): void {
    if (!this.#stopped.signal.aborted) this.#options.logger.error({ err: error }, "a step of the pipeline failed");
  }
}
