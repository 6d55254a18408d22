import { setTimeout as delay } from "node:timers/promises";
import { EVENT_TYPES, type EventType } from "@telemetra/core";
import type { Admin, Consumer, ConsumerGroupJoinEvent, EachBatchPayload, Kafka } from "kafkajs";
import { OffsetOutOfRangeError, type Consumption, type LogConsumer, type LogPartition } from "../../ports/event-log.js";
import { withDeadline } from "../shared/with-deadline.js";
import { sliceBatch, type BatchSlice } from "./batch-slices.js";
import { coPartitionAssigner } from "./co-partition-assigner.js";
import type { KafkaLogSink } from "./kafka-client.js";
import { OffsetRanges, keyOf, mayHaveLost, type OffsetRange } from "./offset-ranges.js";

/** How soon the group notices that a member is dead. */
export interface GroupTimes {
  /** Without a sign of life for this long a member is out. */
  readonly sessionMs: number;
  readonly heartbeatMs: number;
}

export type MissingOffsets = "stop" | "continue";

export interface KafkaConsumptionOptions {
  readonly kafka: Kafka;
  readonly admin: Admin;
  readonly groupId: string;
  readonly topics: Readonly<Record<EventType, string>>;
  readonly times: GroupTimes;
  readonly onMissingOffsets: MissingOffsets;
  readonly onLog: KafkaLogSink;
  readonly consumer: LogConsumer;
}

/** A longer wait for news delays joining, leaving and resuming by as much. */
const MAX_WAIT_MS = 250;
/** A fetch serves partitions in a fixed order, so it must have room for all of them: else a backlog in the first ones hides the others. */
const MAX_PARTITION_BYTES = 256 * 1024;
const MAX_FETCH_BYTES = 256 * MAX_PARTITION_BYTES;
/** Clocks of this machine and of the brokers differ by less. */
const CLOCK_DIFFERENCE_MS = 60_000;
/** Between two looks at the ends of the partitions that bring nothing, while others bring records. */
const END_REPORT_MS = 100;
/** Partitions that are added, or that a broker did not know of yet, are noticed after this. */
const METADATA_MAX_AGE_MS = 30_000;
/** Offsets in the group are for people who look at lag; ours are in the result store. */
const GROUP_COMMIT_INTERVAL_MS = 5_000;
/** The client waits for brokers that are away before it leaves; they notice by themselves that we are gone. */
const LEAVE_MS = 3_000;

interface Cursor {
  readonly partition: LogPartition;
  nextOffset: number;
  /** End of the partition as far as we know. */
  endOffset: number;
}

/**
 * One membership in a consumer group. Each rebalance takes all partitions away and gives out new ones: whoever was out
 * of the group for a moment cannot know whether somebody else has written meanwhile. So every assignment is claimed
 * anew, and reading starts where the result store says. Until it has said so, the partitions are paused.
 */
export class KafkaConsumption implements Consumption {
  readonly done: Promise<void>;
  readonly #options: KafkaConsumptionOptions;
  readonly #group: Consumer;
  readonly #ranges: OffsetRanges;
  readonly #kinds: ReadonlyMap<string, EventType>;
  readonly #settleDone: (error?: unknown) => void;
  readonly #firstAssignment: Promise<void>;
  #announceFirst: () => void = () => {};
  #cursors = new Map<string, Cursor>();
  #assigned: readonly LogPartition[] = [];
  #generation = 0;
  /** Aborted when the assignment of the generation is no longer in force. */
  #assignment = new AbortController();
  /** Assignments one after another, and calls of the consumer one at a time. */
  #assigning: Promise<void> = Promise.resolve();
  #calling: Promise<unknown> = Promise.resolve();
  #failure: { readonly error: unknown } | undefined;
  #isStopping = false;
  #isRunning = true;
  #ending: Promise<void> | undefined;
  #lastGroupCommitMs = 0;
  /** The generation whose ends are being reported. */
  #reportingGeneration: number | undefined;
  /** When a broker last answered a fetch, by the monotonic clock. */
  #heardMs = performance.now();
  /** When the newest record that was handed over had been appended. */
  #newestMs = -Infinity;

  constructor(options: KafkaConsumptionOptions) {
    this.#options = options;
    this.#ranges = new OffsetRanges(options.admin, options.topics);
    this.#kinds = new Map(EVENT_TYPES.map((type) => [options.topics[type], type]));
    const { sessionMs, heartbeatMs } = options.times;
    this.#group = options.kafka.consumer({
      groupId: options.groupId,
      partitionAssigners: [coPartitionAssigner],
      sessionTimeout: sessionMs,
      rebalanceTimeout: sessionMs,
      heartbeatInterval: heartbeatMs,
      maxWaitTimeInMs: MAX_WAIT_MS,
      maxBytes: MAX_FETCH_BYTES,
      maxBytesPerPartition: MAX_PARTITION_BYTES,
      metadataMaxAge: METADATA_MAX_AGE_MS,
      allowAutoTopicCreation: false,
      retry: { initialRetryTime: 50, maxRetryTime: 500, retries: 100_000, restartOnFailure: async () => true },
    });
    let settle!: (error?: unknown) => void;
    this.done = new Promise((resolve, reject) => {
      settle = (error) => (error === undefined ? resolve() : reject(error as Error));
    });
    // Whoever stops the consumption may look at `done` later, or never.
    this.done.catch(() => {});
    this.#settleDone = settle;
    this.#firstAssignment = new Promise((resolve) => (this.#announceFirst = resolve));
  }

  get isRunning(): boolean {
    return this.#isRunning;
  }

  silentForMs(): number {
    return performance.now() - this.#heardMs;
  }

  /** Resolves once the first partitions are ours, or the group has none for us. */
  async start(timeoutMs: number): Promise<void> {
    const group = this.#group;
    group.on(group.events.GROUP_JOIN, (event) => this.#onGroupJoin(event));
    group.on(group.events.FETCH, () => (this.#heardMs = performance.now()));
    group.on(group.events.CRASH, ({ payload }) => {
      if (!payload.restart) this.#fail(payload.error);
    });
    const joined = (async () => {
      await group.connect();
      await group.subscribe({ topics: [...this.#kinds.keys()], fromBeginning: true });
      await group.run({
        autoCommit: false,
        eachBatchAutoResolve: false,
        eachBatch: (payload) => this.#onBatch(payload),
      });
      await Promise.race([this.#firstAssignment, this.done]);
    })();
    try {
      await withDeadline(joined, timeoutMs, `no place in group ${this.#options.groupId} within ${timeoutMs} ms`);
    } catch (error) {
      this.#fail(error);
      await this.#end();
      throw error;
    }
  }

  async stop(): Promise<void> {
    this.#isStopping = true;
    await this.#end();
  }

  #fail(error: unknown): void {
    // Whoever asked for the stop does not wait for what it broke off.
    if (!this.#isStopping) this.#failure ??= { error };
    this.#isStopping = true;
    void this.#end();
  }

  /** Leaves the group after the batch in hand. */
  #end(): Promise<void> {
    this.#assignment.abort();
    this.#ending ??= (async () => {
      await this.#calling.catch(() => {});
      await withDeadline(this.#group.disconnect(), LEAVE_MS, "leaving takes too long").catch(() => {});
      await this.#assigning;
      this.#isRunning = false;
      this.#settleDone(this.#failure?.error);
    })();
    return this.#ending;
  }

  /** Called while the client waits to fetch: what happens here at once is in force before the first record is asked for. */
  #onGroupJoin({ payload }: ConsumerGroupJoinEvent): void {
    if (this.#isStopping) {
      // The brokers came back after we had given up leaving them.
      this.#group.disconnect().catch(() => {});
      return;
    }
    const partitions = EVENT_TYPES.flatMap((topic) =>
      (payload.memberAssignment[this.#options.topics[topic]] ?? []).map((partition) => ({ topic, partition })),
    ).toSorted((left, right) => left.partition - right.partition);
    this.#begin(partitions);
  }

  #begin(partitions: readonly LogPartition[]): void {
    this.#generation++;
    this.#assignment.abort();
    this.#assignment = new AbortController();
    const { signal } = this.#assignment;
    this.#cursors = new Map();
    this.#group.pause(this.#inKafkasWords(partitions));
    this.#assigning = this.#assigning
      .then(() => this.#assign(partitions, signal))
      .catch((error) => (signal.aborted ? undefined : this.#fail(error)));
    if (this.#isStopping) this.#assignment.abort();
  }

  /** The consumer has lost its place in an assignment: of no interest when the group has given out the partitions anew. */
  #beginAgain(generation: number): void {
    if (generation === this.#generation) this.#begin(this.#assigned);
  }

  async #assign(partitions: readonly LogPartition[], signal: AbortSignal): Promise<void> {
    const isCurrent = (): boolean => !signal.aborted;
    const { consumer } = this.#options;
    const revoked = this.#assigned;
    if (revoked.length > 0) await this.#call(() => consumer.onRevoked(revoked));
    this.#assigned = [];
    if (!isCurrent()) return;
    if (partitions.length > 0) {
      const offsets = await this.#call(() => consumer.onAssigned(partitions, signal));
      this.#assigned = partitions;
      this.#newestMs = -Infinity;
      const ranges = await this.#ranges.readSettled(partitions, offsets, isCurrent);
      if (ranges === undefined) return;
      const starts = partitions.map((partition, at) => this.#checkedStart(partition, offsets[at] ?? 0, ranges[at]!));
      this.#cursors = new Map(
        partitions.map((partition, at) => {
          const cursor = { partition, nextOffset: starts[at]!, endOffset: ranges[at]!.high };
          return [keyOf(partition), cursor];
        }),
      );
      // All at once: what was fetched before is known by it to be of no use.
      for (const { partition, nextOffset } of this.#cursors.values()) {
        this.#group.seek({ ...this.#place(partition), offset: String(nextOffset) });
      }
      this.#announceFirst();
      for (const cursor of this.#cursors.values()) {
        await this.#call(() => this.#reportEnd(cursor, cursor.endOffset, -Infinity, isCurrent));
        if (!isCurrent()) return;
      }
      this.#group.resume(this.#inKafkasWords(partitions));
    }
    this.#announceFirst();
  }

  async #onBatch(payload: EachBatchPayload): Promise<void> {
    const { batch } = payload;
    const generation = this.#generation;
    const isOurs = (): boolean =>
      generation === this.#generation &&
      !this.#isStopping &&
      this.#failure === undefined &&
      payload.isRunning() &&
      !payload.isStale();
    // A member that is out of its group still gets what was fetched before; this call tells, by throwing.
    await payload.heartbeat();
    const topic = this.#kinds.get(batch.topic);
    const cursor = topic === undefined ? undefined : this.#cursors.get(keyOf({ topic, partition: batch.partition }));
    if (!isOurs() || cursor === undefined) return;
    // Not to be known now is no failure of the consumer: the client fetches the same again.
    const range = mayHaveLost(cursor.nextOffset, batch) ? (await this.#ranges.read([cursor.partition]))[0]! : undefined;
    try {
      if (range !== undefined) cursor.nextOffset = this.#checkedStart(cursor.partition, cursor.nextOffset, range);
      for (const slice of sliceBatch(batch, cursor.nextOffset, latestAppendMs())) {
        if (!isOurs()) return;
        cursor.endOffset = Math.max(slice.nextOffset, Number(batch.highWatermark));
        if ((await this.#handOver(cursor, slice, () => payload.heartbeat())) === "reassign") {
          this.#beginAgain(generation);
          return;
        }
        payload.resolveOffset(String(slice.nextOffset - 1));
      }
      payload.resolveOffset(batch.lastOffset());
    } catch (error) {
      this.#fail(error);
      return;
    }
    if (this.#reportingGeneration !== generation) void this.#reportEnds(generation);
    await payload.heartbeat();
    this.#commitToGroup();
  }

  /** Signs of life go on while the consumer is busy, e.g. waiting for a database that is away. */
  async #handOver(cursor: Cursor, slice: BatchSlice, heartbeat: () => Promise<void>): Promise<"reassign" | void> {
    const { times, consumer } = this.#options;
    const timer = setInterval(() => void heartbeat().catch(() => {}), times.heartbeatMs);
    try {
      return await this.#call(async () => {
        const verdict = await consumer.onBatch({ ...cursor.partition, ...slice });
        if (verdict === "reassign") return verdict;
        cursor.nextOffset = slice.nextOffset;
        this.#newestMs = Math.max(this.#newestMs, slice.asOfMs);
      });
    } finally {
      clearInterval(timer);
    }
  }

  /**
   * The client says nothing of partitions that have no news. Whoever merges partitions waits for them, so their ends are
   * looked up, until they are known to be later than every record that was handed over. Only the clock of the brokers
   * counts, as the records tell it, because ours may be another: what is appended after a look is not older than what was
   * read before it, and younger when that was a while ago.
   */
  async #reportEnds(generation: number): Promise<void> {
    const isCurrent = (): boolean => generation === this.#generation && !this.#isStopping;
    this.#reportingGeneration = generation;
    let asOfMs = -Infinity;
    let isAllKnown = false;
    while (asOfMs <= this.#newestMs || !isAllKnown) {
      const newestBeforeMs = this.#newestMs;
      await delay(END_REPORT_MS);
      if (!isCurrent()) return;
      const cursors = [...this.#cursors.values()];
      const lookedUpMs = Math.max(newestBeforeMs + 1, this.#newestMs);
      const ranges = await this.#ranges.read(cursors.map(({ partition }) => partition)).catch(() => undefined);
      if (ranges === undefined) continue;
      asOfMs = lookedUpMs;
      isAllKnown = true;
      for (const [at, cursor] of cursors.entries()) {
        const isKnown = await this.#call(() => this.#reportEnd(cursor, ranges[at]!.high, asOfMs, isCurrent));
        // What is unread of it may come without being newer than all others, so it has to be asked for again.
        isAllKnown &&= isKnown;
      }
    }
    if (this.#reportingGeneration === generation) this.#reportingGeneration = undefined;
  }

  /** Tells the consumer that nothing up to an instant is unread; returns false when something is. */
  async #reportEnd(cursor: Cursor, high: number, asOfMs: number, isCurrent: () => boolean): Promise<boolean> {
    const { partition, nextOffset } = cursor;
    if (nextOffset < high || !isCurrent()) return false;
    cursor.endOffset = Math.max(cursor.endOffset, high);
    const isAtEnd = nextOffset >= cursor.endOffset;
    try {
      const batch = { ...partition, records: [], nextOffset, isAtEnd, asOfMs };
      const generation = this.#generation;
      if ((await this.#options.consumer.onBatch(batch)) === "reassign") this.#beginAgain(generation);
    } catch (error) {
      this.#fail(error);
    }
    return true;
  }

  #call<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#calling.then(work);
    this.#calling = result.catch(() => {});
    return result;
  }

  /** @throws OffsetOutOfRangeError */
  #checkedStart({ topic, partition }: LogPartition, wanted: number, { low, high }: OffsetRange): number {
    if (wanted >= low && wanted <= high) return wanted;
    const { topics, onMissingOffsets, onLog, consumer } = this.#options;
    const what = `partition ${partition} of ${topics[topic]} keeps offsets ${low} to ${high}, but reading was to start at ${wanted}`;
    // Whatever comes up to the offset that was reached would be taken for what was read before: nobody may ask for that.
    if (wanted > high) {
      throw new OffsetOutOfRangeError(
        `${what}: the topic is not the one that the results came from, or has lost its end; use its own topics or another database`,
      );
    }
    if (onMissingOffsets === "stop") {
      throw new OffsetOutOfRangeError(
        `${what}: records were deleted before they were read; set KAFKA_MISSING_OFFSETS=continue to go on without them`,
      );
    }
    onLog("error", `${what}: records were deleted before they were read, and reading goes on without them`, {});
    consumer.onGap?.({ topic, partition, fromOffset: wanted, toOffset: low });
    return low;
  }

  #commitToGroup(): void {
    const nowMs = performance.now();
    if (nowMs - this.#lastGroupCommitMs < GROUP_COMMIT_INTERVAL_MS) return;
    this.#lastGroupCommitMs = nowMs;
    const offsets = [...this.#cursors.values()].map(({ partition, nextOffset }) => ({
      ...this.#place(partition),
      offset: String(nextOffset),
    }));
    this.#group.commitOffsets(offsets).catch(() => {});
  }

  #place({ topic, partition }: LogPartition): { topic: string; partition: number } {
    return { topic: this.#options.topics[topic], partition };
  }

  #inKafkasWords(partitions: readonly LogPartition[]): { topic: string; partitions: number[] }[] {
    return EVENT_TYPES.map((type) => ({
      topic: this.#options.topics[type],
      partitions: partitions.filter(({ topic }) => topic === type).map(({ partition }) => partition),
    }));
  }
}

/** No record was appended later, unless the clock of its producer is wrong. Ours may be set back while we run. */
function latestAppendMs(): number {
  return Math.max(Date.now(), performance.timeOrigin + performance.now()) + CLOCK_DIFFERENCE_MS;
}
