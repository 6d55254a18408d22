import type { EngineOptions, LiveSnapshot, Moment, MomentPhase } from "@telemetra/core";
import type { Logger } from "../logger.js";
import type { LogBatch, LogConsumer, LogPartition } from "../ports/event-log.js";
import type { LiveView } from "../ports/live-view.js";
import { FencedError, type CommitBatch, type ResultStore } from "../ports/result-store.js";
import { Shard, type ShardResults } from "./shard.js";

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
  readonly now: () => number;
  /** How long to wait before the n-th retry of a commit, ms. */
  readonly retryDelayMs?: (attempt: number) => number;
}

/** A reader that stood still this long cannot tell a quiet input from an unread one. */
const STALL_MS = 5_000;
const TICK_MS = 1_000;

/**
 * log → engine → one transaction → hub. Everything that touches an engine goes through one queue, so a step (a batch, a
 * tick of the clock, a change of owner) is whole before the next begins.
 *
 * The order of a step (design §6): results are computed, committed together with the offsets they stand for, and only
 * then told. A commit that fails for a passing reason is tried again until it succeeds or this process no longer owns
 * the partition; meanwhile nothing more is read.
 */
export class Pipeline implements LogConsumer, LiveView {
  readonly #options: PipelineOptions;
  readonly #shards = new Map<number, Shard>();
  readonly #stopped = new AbortController();
  #queue: Promise<unknown> = Promise.resolve();
  #timer: NodeJS.Timeout | undefined;
  #lastStepMs = -Infinity;

  constructor(options: PipelineOptions) {
    this.#options = options;
  }

  /** Starts the clock that closes the windows of idle streams. */
  start(): void {
    this.#timer ??= setInterval(
      () => void this.tick().catch((error: unknown) => this.#complain(error)),
      TICK_MS,
    ).unref();
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

  /** Engine counters over all partitions. */
  counters(): { accepted: number; duplicates: number; late: number; rejected: number; streams: number } {
    const sum = { accepted: 0, duplicates: 0, late: 0, rejected: 0, streams: 0 };
    for (const shard of this.#shards.values()) {
      const counters = shard.engine.counters();
      for (const name of Object.keys(sum) as (keyof typeof sum)[]) sum[name] += counters[name];
    }
    return sum;
  }

  onAssigned(partitions: readonly LogPartition[]): Promise<readonly number[]> {
    return this.#enqueue(async () => {
      const claims = await this.#options.store.claim(partitions, this.#options.owner);
      for (const number of new Set(partitions.map(({ partition }) => partition))) {
        const shard = new Shard(number, this.#options.engine);
        shard.resume(await this.#options.store.loadStreamStates(number));
        this.#shards.set(number, shard);
      }
      return claims.map((claim) => this.#shardOf(claim).take(claim));
    });
  }

  onRevoked(partitions: readonly LogPartition[]): Promise<void> {
    return this.#enqueue(async () => {
      for (const { partition } of partitions) this.#shards.delete(partition);
    });
  }

  onBatch(batch: LogBatch): Promise<void> {
    return this.#enqueue(async () => {
      this.#noticeStall();
      const shard = this.#shards.get(batch.partition);
      // The partition went to somebody else while the batch waited: it is theirs now.
      if (shard === undefined) return;
      shard.process(batch, this.#options.now());
      await this.#settle(shard);
    });
  }

  /** Tells every engine the time, and commits what that brought. */
  tick(): Promise<void> {
    return this.#enqueue(async () => {
      this.#noticeStall();
      for (const shard of this.#shards.values()) {
        shard.advanceTo(this.#options.now());
        await this.#settle(shard);
      }
    });
  }

  #noticeStall(): void {
    const nowMs = this.#options.now();
    if (nowMs - this.#lastStepMs > STALL_MS && this.#lastStepMs !== -Infinity) {
      for (const shard of this.#shards.values()) shard.holdAll();
    }
    this.#lastStepMs = nowMs;
  }

  async #settle(shard: Shard): Promise<void> {
    const results = shard.drain();
    if (results === undefined) return;
    try {
      await this.#commit(results.commit);
    } catch (error) {
      if (!(error instanceof FencedError)) throw error;
      this.#options.logger.warn(
        { partition: shard.partition },
        "partition has another owner now; its results are theirs",
      );
      this.#shards.delete(shard.partition);
      return;
    }
    await this.#tell(results);
    // A commit that had to wait is a stall too: what waited in the log meanwhile is not read yet.
    this.#noticeStall();
  }

  async #commit(batch: CommitBatch): Promise<void> {
    const { store, logger, retryDelayMs = defaultRetryDelayMs } = this.#options;
    for (let attempt = 1; ; attempt++) {
      try {
        await store.commit(batch);
        return;
      } catch (error) {
        if (error instanceof FencedError || this.#stopped.signal.aborted) throw error;
        logger.error({ err: error, attempt }, "results could not be written; trying again");
        await waitUnlessAborted(retryDelayMs(attempt), this.#stopped.signal);
        if (this.#stopped.signal.aborted) throw error;
      }
    }
  }

  async #tell({ commit, momentChanges }: ShardResults): Promise<void> {
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

function defaultRetryDelayMs(attempt: number): number {
  return Math.min(5_000, 50 * 2 ** Math.min(attempt, 7));
}

function waitUnlessAborted(delayMs: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve();
    const timer = setTimeout(done, delayMs);
    signal.addEventListener("abort", done, { once: true });
    function done(): void {
      clearTimeout(timer);
      signal.removeEventListener("abort", done);
      resolve();
    }
  });
}
