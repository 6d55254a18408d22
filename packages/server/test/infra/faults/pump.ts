import { setTimeout as delay } from "node:timers/promises";
import { encodeEvent, parseEvent, type EventInput, type EventType } from "@telemetra/core";
import { Kafka, logLevel, type Producer } from "kafkajs";
import { createKafkaClient } from "../../../src/adapters/kafka/kafka-client.js";
import { partitionOf } from "../../../src/adapters/kafka/partition-of.js";
import { PartitionSender } from "../../../src/adapters/kafka/partition-sender.js";
import type { Ledger } from "../../ledger/ledger.js";
import type { LedgerEvents } from "../../ledger/ledger-events.js";

export interface PumpOptions {
  readonly brokers: readonly string[];
  readonly topics: Readonly<Record<EventType, string>>;
  readonly partitions: number;
  readonly source: LedgerEvents;
  readonly ledger: Ledger;
  readonly eventsPerSecond: number;
}

const STEP_MS = 40;
/** Topics are written to side by side: what goes out together has to be near enough in event time to come in any order. */
const MAX_STEP_EVENTS = 100;
const SEND_MS = 15_000;

/**
 * Writes events to Kafka as fast as they come, not as fast as they are taken: whatever waited while a broker was away
 * follows at once. A send that failed is made again, so some records are in the log twice.
 */
export class Pump {
  readonly #options: PumpOptions;
  readonly #sender: PartitionSender;
  readonly #producer: Producer;
  #running: Promise<void> | undefined;
  #isStopping = false;
  #startedMs = 0;
  #stoppedMs: number | undefined;
  /** Records that are in the log. */
  sent = 0;

  constructor(options: PumpOptions) {
    this.#options = options;
    this.#sender = new PartitionSender(
      createKafkaClient("pump", options.brokers, () => {}),
      SEND_MS,
    );
    this.#producer = new Kafka({ brokers: [...options.brokers], logLevel: logLevel.NOTHING }).producer();
  }

  start(): void {
    this.#startedMs = performance.now();
    this.#running = this.#run();
    this.#running.catch(() => {});
  }

  get eventsPerSecond(): number {
    return this.sent / (((this.#stoppedMs ?? performance.now()) - this.#startedMs) / 1_000);
  }

  /** Sends what is left of the show, and the end of every stream after it. */
  async finish(): Promise<void> {
    const { source } = this.#options;
    await this.pause();
    for (const rest of [source.takeRest(), source.ends()]) await this.send(rest);
  }

  /** Resolves when nothing is on its way. */
  async pause(): Promise<void> {
    this.#isStopping = true;
    await this.#running;
    this.#stoppedMs ??= performance.now();
  }

  async close(): Promise<void> {
    this.#isStopping = true;
    await this.#running?.catch(() => {});
    await Promise.all([this.#sender.close(), this.#producer.disconnect()]);
  }

  /** Events that count. */
  async send(events: readonly EventInput[]): Promise<void> {
    this.#options.ledger.add(events);
    await this.sendRecords(
      events.map((event) => ({ topic: event.type, streamId: event.stream_id, value: encoded(event) })),
    );
  }

  /** Anything, without a word to the ledger. */
  async sendRecords(records: readonly { topic: EventType; streamId: string; value: string }[]): Promise<void> {
    const lots = new Map<string, { topic: EventType; partition: number; lot: { key: string; value: string }[] }>();
    for (const { topic, streamId, value } of records) {
      const partition = partitionOf(streamId, this.#options.partitions);
      const place = `${topic}/${partition}`;
      let known = lots.get(place);
      if (known === undefined) lots.set(place, (known = { topic, partition, lot: [] }));
      known.lot.push({ key: streamId, value });
    }
    await Promise.all([...lots.values()].map(({ topic, partition, lot }) => this.#sendLot(topic, partition, lot)));
    this.sent += records.length;
  }

  /** One request with exactly these bytes. */
  async sendBytes(topic: EventType, streamId: string, values: readonly (Buffer | null)[]): Promise<void> {
    const { topics, partitions } = this.#options;
    await this.#producer.connect();
    const partition = partitionOf(streamId, partitions);
    const messages = values.map((value) => ({ key: streamId, value, partition }));
    await this.#producer.send({ topic: topics[topic], acks: -1, messages });
    this.sent += values.length;
  }

  async #sendLot(topic: EventType, partition: number, lot: readonly { key: string; value: string }[]): Promise<void> {
    for (;;) {
      try {
        await this.#sender.send(this.#options.topics[topic], partition, lot);
        return;
      } catch {
        await delay(100);
      }
    }
  }

  async #run(): Promise<void> {
    const { source, eventsPerSecond } = this.#options;
    let taken = 0;
    while (!this.#isStopping) {
      const due = Math.floor(((performance.now() - this.#startedMs) / 1_000) * eventsPerSecond) - taken;
      const step = Math.min(due, MAX_STEP_EVENTS);
      if (step > 0) {
        taken += step;
        await this.send(source.take(step));
      }
      if (due <= MAX_STEP_EVENTS) await delay(STEP_MS);
    }
  }
}

export function encoded(event: EventInput): string {
  const parsed = parseEvent(event);
  if (!parsed.ok) throw new Error(parsed.error.detail);
  return encodeEvent(parsed.event);
}
