import { formatInstant, type EventType } from "@telemetra/core";
import type { Admin, Kafka } from "kafkajs";
import type {
  AppendRecord,
  AppendVerdict,
  Consumption,
  EventLog,
  LogConsumer,
  LogPartition,
  ReplayRecord,
} from "../../ports/event-log.js";
import { formatPlace, type StoredDeadLetter } from "../../ports/dead-letters.js";
import { StorageError } from "../../ports/storage-error.js";
import { requireInteger } from "../shared/require-integer.js";
import { DeadlineError, withDeadline } from "../shared/with-deadline.js";
import { REPLAY_HEADER } from "./batch-slices.js";
import { createKafkaClient, type KafkaLogSink } from "./kafka-client.js";
import { KafkaConsumption, type GroupTimes, type MissingOffsets } from "./kafka-consumption.js";
import { OffsetRanges } from "./offset-ranges.js";
import { partitionOf } from "./partition-of.js";
import { PartitionSender, type KeyedValue } from "./partition-sender.js";
import { RecentIds } from "./recent-ids.js";
import { ensureTopics } from "./topics.js";

const PING_MS = 3_000;
const CLOSE_MS = 2_000;

export interface KafkaEventLogOptions {
  /** `host:port` of some brokers. */
  readonly brokers: readonly string[];
  /** Default `telemetra`. Processes with the same group share the partitions. */
  readonly groupId?: string;
  /** Default `telemetra`. */
  readonly clientId?: string;
  /** Topic of each kind. Default `telemetra.events.chat`, `.viewer`, `.transactions`, `.stream_meta`. */
  readonly topics?: Readonly<Record<EventType, string>>;
  /** Topic that dead letters are told to. Without it nobody is told. */
  readonly deadLetterTopic?: string;
  /** Partitions of topics that are made; existing ones keep theirs. More than there will ever be processes. Default 16. */
  readonly partitions?: number;
  /** How long opening may take; finding a place in the group may take as long, and at least five sessions. Default 15,000 ms. */
  readonly startTimeoutMs?: number;
  /** How long an append is tried before it rejects. Default 15,000 ms. */
  readonly appendTimeoutMs?: number;
  /** Event ids that are remembered to tell duplicates. Default 100,000. */
  readonly maxRecentIds?: number;
  /**
   * What to do when the records from the committed offset on are no longer in the topic. `stop` (default) ends the
   * consumption with `OffsetOutOfRangeError`; `continue` tells `onLog` and the consumer, and goes on with the oldest
   * record there is. An offset past the end of the topic always ends it: the topic is another one.
   */
  readonly onMissingOffsets?: MissingOffsets;
  /** How soon a dead process is noticed by its group. */
  readonly times?: GroupTimes;
  /** What the client reports. Default: nothing. */
  readonly onLog?: KafkaLogSink;
}

/** Members that died while they joined are waited for, each step of joining for as long as a session. */
const JOIN_SESSIONS = 5;

export const KAFKA_TOPICS: Readonly<Record<EventType, string>> = {
  chat: "telemetra.events.chat",
  viewer: "telemetra.events.viewer",
  transaction: "telemetra.events.transactions",
  stream_meta: "telemetra.events.stream_meta",
};

/**
 * The event log in Kafka. Offsets are the result store's, so nothing here depends on what the group has committed; it
 * is committed all the same, late and at leisure, for tools that show lag. Duplicates are told as far as this process
 * remembers the ids.
 */
export function createKafkaEventLog(options: KafkaEventLogOptions): KafkaEventLog {
  return new KafkaEventLog(options);
}

export class KafkaEventLog implements EventLog {
  readonly #kafka: Kafka;
  readonly #address: string;
  readonly #groupId: string;
  readonly #topics: Readonly<Record<EventType, string>>;
  readonly #deadLetterTopic: string | undefined;
  readonly #wantedPartitions: number;
  readonly #startTimeoutMs: number;
  readonly #appendTimeoutMs: number;
  readonly #onMissingOffsets: MissingOffsets;
  readonly #times: GroupTimes;
  readonly #onLog: KafkaLogSink;
  readonly #recentIds: RecentIds;
  #open: OpenLog | undefined;
  #consumption: KafkaConsumption | undefined;

  constructor(options: KafkaEventLogOptions) {
    this.#onLog = options.onLog ?? (() => {});
    this.#kafka = createKafkaClient(options.clientId ?? "telemetra", options.brokers, this.#onLog);
    this.#address = options.brokers.join(",");
    this.#groupId = options.groupId ?? "telemetra";
    this.#topics = options.topics ?? KAFKA_TOPICS;
    this.#deadLetterTopic = options.deadLetterTopic;
    this.#wantedPartitions = requireInteger("partitions", options.partitions ?? 16, 1);
    this.#startTimeoutMs = requireInteger("startTimeoutMs", options.startTimeoutMs ?? 15_000, 1);
    this.#appendTimeoutMs = requireInteger("appendTimeoutMs", options.appendTimeoutMs ?? 15_000, 1);
    this.#onMissingOffsets = options.onMissingOffsets ?? "stop";
    this.#times = options.times ?? { sessionMs: 6_000, heartbeatMs: 500 };
    this.#recentIds = new RecentIds(requireInteger("maxRecentIds", options.maxRecentIds ?? 100_000, 1));
  }

  async open(): Promise<void> {
    if (this.#open !== undefined) return;
    const admin = this.#kafka.admin();
    try {
      const prepared = admin.connect().then(() => this.#prepareTopics(admin));
      const partitionCount = await withDeadline(
        prepared,
        this.#startTimeoutMs,
        `no answer within ${this.#startTimeoutMs} ms`,
      );
      this.#open = { admin, sender: new PartitionSender(this.#kafka, this.#appendTimeoutMs), partitionCount };
    } catch (error) {
      admin.disconnect().catch(() => {});
      throw this.#explain(error);
    }
  }

  async #prepareTopics(admin: Admin): Promise<number> {
    const count = await ensureTopics(admin, Object.values(this.#topics), this.#wantedPartitions);
    // Few and far between, and read in the order in which they came.
    if (this.#deadLetterTopic !== undefined) await ensureTopics(admin, [this.#deadLetterTopic], 1);
    return count;
  }

  async append(records: readonly AppendRecord[]): Promise<readonly AppendVerdict[]> {
    const { sender, partitionCount } = this.#opened();
    const lots = new Map<string, Lot>();
    const verdicts = records.map((record): AppendVerdict | Promise<void> => {
      const { type, streamId, eventId, value } = record;
      const partition = partitionOf(streamId, partitionCount);
      const place = `${type}/${partition}`;
      let lot = lots.get(place);
      if (lot === undefined) lots.set(place, (lot = createLot(this.#topics[type], partition)));
      const earlier = this.#recentIds.claim(streamId, eventId, lot.arrival);
      if (earlier !== undefined) return earlier;
      lot.records.push({ key: streamId, value });
      return "appended";
    });
    for (const lot of lots.values()) lot.settle(sender.send(lot.topic, lot.partition, lot.records));
    try {
      await Promise.all([...lots.values()].map((lot) => lot.arrival));
      // A duplicate is told once the first one is in the log; until then nobody knows whether it will be.
      return await Promise.all(
        verdicts.map(async (verdict) =>
          typeof verdict === "string" ? verdict : verdict.then(() => "duplicate" as const),
        ),
      );
    } catch (error) {
      throw this.#explain(error);
    }
  }

  async appendAgain(records: readonly ReplayRecord[]): Promise<void> {
    const { sender, partitionCount } = this.#opened();
    const headers = { [REPLAY_HEADER]: "1" };
    const sent = records.map(({ topic, partition, streamId, bytes }) => {
      const target = streamId === undefined ? partition % partitionCount : partitionOf(streamId, partitionCount);
      return sender.send(this.#topics[topic], target, [{ key: streamId ?? null, value: Buffer.from(bytes), headers }]);
    });
    await this.#settle(sent);
  }

  async publishDeadLetters(letters: readonly StoredDeadLetter[]): Promise<void> {
    const { sender } = this.#opened();
    const topic = this.#deadLetterTopic;
    if (topic === undefined) return;
    await this.#settle(letters.map((letter) => sender.send(topic, 0, [toMessage(letter, this.#topics[letter.topic])])));
  }

  async #settle(sent: readonly Promise<void>[]): Promise<void> {
    try {
      await Promise.all(sent);
    } catch (error) {
      throw this.#explain(error);
    }
  }

  async consume(consumer: LogConsumer): Promise<Consumption> {
    const { admin } = this.#opened();
    if (this.#consumption?.isRunning === true) throw new Error("the event log is being consumed already");
    const consumption = new KafkaConsumption({
      kafka: this.#kafka,
      admin,
      groupId: this.#groupId,
      topics: this.#topics,
      times: this.#times,
      onMissingOffsets: this.#onMissingOffsets,
      onLog: this.#onLog,
      consumer,
    });
    this.#consumption = consumption;
    try {
      await consumption.start(Math.max(this.#startTimeoutMs, JOIN_SESSIONS * this.#times.sessionMs));
    } catch (error) {
      throw this.#explain(error);
    }
    return consumption;
  }

  async ends(partitions: readonly LogPartition[]): Promise<readonly number[]> {
    const { admin } = this.#opened();
    try {
      const ranges = new OffsetRanges(admin, this.#topics).read(partitions);
      return (await withDeadline(ranges, PING_MS, `no answer within ${PING_MS} ms`)).map(({ high }) => high);
    } catch (error) {
      throw this.#explain(error);
    }
  }

  async ping(): Promise<void> {
    const { admin } = this.#opened();
    try {
      await withDeadline(admin.describeCluster(), PING_MS, `no answer within ${PING_MS} ms`);
    } catch (error) {
      throw this.#explain(error);
    }
  }

  async close(): Promise<void> {
    if (this.#open === undefined) return;
    const { admin, sender } = this.#open;
    this.#open = undefined;
    await this.#consumption?.stop();
    await sender.close();
    await withDeadline(admin.disconnect(), CLOSE_MS, "closing takes too long").catch(() => {});
  }

  #opened(): OpenLog {
    if (this.#open === undefined) throw new StorageError("not_open", "the event log is not open");
    return this.#open;
  }

  #explain(error: unknown): unknown {
    const isKafkas = error instanceof Error && (error.name.startsWith("KafkaJS") || error instanceof DeadlineError);
    if (!isKafkas) return error;
    return new StorageError(
      "unavailable",
      `Kafka at ${this.#address} cannot be used: ${error.message}; check that it runs and that KAFKA_BOOTSTRAP_SERVERS is right`,
      { cause: error },
    );
  }
}

/** The bytes as they were, with everything that is known about them beside. */
function toMessage(letter: StoredDeadLetter, topic: string): KeyedValue {
  return {
    key: formatPlace(letter),
    value: Buffer.from(letter.bytes),
    headers: {
      "telemetra-topic": topic,
      "telemetra-partition": String(letter.partition),
      "telemetra-offset": String(letter.offset),
      "telemetra-code": letter.code,
      "telemetra-detail": letter.detail,
      "telemetra-written-at": formatInstant(letter.writtenAtMs),
    },
  };
}

interface OpenLog {
  readonly admin: Admin;
  readonly sender: PartitionSender;
  readonly partitionCount: number;
}

/** The records of one append that go to the same partition. */
interface Lot {
  readonly topic: string;
  readonly partition: number;
  readonly records: KeyedValue[];
  readonly arrival: Promise<void>;
  readonly settle: (sending: Promise<void>) => void;
}

function createLot(topic: string, partition: number): Lot {
  let settle!: (sending: Promise<void>) => void;
  const arrival = new Promise<void>((resolve) => (settle = resolve));
  // It is awaited only after all lots are on their way.
  arrival.catch(() => {});
  return { topic, partition, records: [], arrival, settle };
}
