import { setTimeout as delay } from "node:timers/promises";
import { CompressionTypes, type Kafka, type Message, type Producer } from "kafkajs";
import { withDeadline } from "../shared/with-deadline.js";

const RETRY_MS = 100;
const DISCONNECT_MS = 2_000;
/** Longest pause of the client between two attempts. */
const MAX_RETRY_MS = 500;
const MAX_SEND_RECORDS = 2_000;
const MAX_SEND_BYTES = 512 * 1024;

interface Waiting {
  readonly messages: readonly Message[];
  readonly bytes: number;
  readonly deadline: number;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

interface Opening {
  readonly producer: Promise<Producer>;
  /** Whether it has found a broker, or cannot. */
  isSettled: boolean;
}

export interface KeyedValue {
  /** Null for a record that names no stream. */
  readonly key: string | null;
  readonly value: string | Buffer;
  readonly headers?: Readonly<Record<string, string>>;
}

/**
 * Sends to partitions, each by its own queue with one request on its way: their order is kept, and whatever waits
 * meanwhile goes out together.
 *
 * A request never holds more than one partition. The client remembers the answers of a request by broker, so a
 * partition whose leader moves while others of the same request are acknowledged would be taken for acknowledged too. And
 * after a request that was rejected the producer is replaced: the rejected batch may be in the log all the same, and
 * the old producer would give its sequence numbers to other records, which the broker then drops as repeats.
 */
export class PartitionSender {
  readonly #kafka: Kafka;
  readonly #timeoutMs: number;
  readonly #queues = new Map<string, Waiting[]>();
  readonly #running = new Set<Promise<void>>();
  #current: Opening;
  #isClosed = false;

  /** @param timeoutMs how long a record is tried to be sent */
  constructor(kafka: Kafka, timeoutMs: number) {
    this.#kafka = kafka;
    this.#timeoutMs = timeoutMs;
    this.#current = this.#open();
  }

  /** Resolves once all records are acknowledged by every replica that is in sync; rejects when some may not be. */
  async send(topic: string, partition: number, records: readonly KeyedValue[]): Promise<void> {
    if (this.#isClosed) throw new Error("the sender is closed");
    await Promise.all(splitBySize(records).map((piece) => this.#enqueue(topic, partition, piece)));
  }

  /** Sends what waits, then leaves. */
  async close(): Promise<void> {
    this.#isClosed = true;
    await Promise.all(this.#running);
    const disconnected = this.#current.producer.then((producer) => producer.disconnect());
    await withDeadline(disconnected, DISCONNECT_MS, "closing takes too long").catch(() => {});
  }

  #enqueue(topic: string, partition: number, records: readonly KeyedValue[]): Promise<void> {
    return new Promise((resolve, reject) => {
      const place = `${topic}/${partition}`;
      const messages = records.map((record) => ({ ...record, partition }));
      const deadline = performance.now() + this.#timeoutMs;
      const waiting: Waiting = { messages, bytes: sizeOf(records), deadline, resolve, reject };
      const queue = this.#queues.get(place);
      if (queue !== undefined) {
        queue.push(waiting);
        return;
      }
      this.#queues.set(place, [waiting]);
      const run = this.#drain(topic, place).finally(() => this.#running.delete(run));
      this.#running.add(run);
    });
  }

  async #drain(topic: string, place: string): Promise<void> {
    const queue = this.#queues.get(place)!;
    // Records of the same turn of the event loop go out in one request.
    await new Promise((resolve) => setImmediate(resolve));
    while (queue.length > 0) {
      const batch = takeBatch(queue);
      try {
        await this.#sendBatch(topic, batch);
        for (const { resolve } of batch) resolve();
      } catch (error) {
        for (const { reject } of batch) reject(error);
      }
    }
    this.#queues.delete(place);
  }

  async #sendBatch(topic: string, batch: readonly Waiting[]): Promise<void> {
    const messages = batch.flatMap((waiting) => waiting.messages);
    const deadline = batch[0]!.deadline;
    for (;;) {
      const current = this.#current;
      let isOver = false;
      try {
        const request = current.producer.then((producer) => {
          // Whoever wanted this has been told that it failed. The clock alone does not tell: timers may be early.
          if (isOver || performance.now() >= deadline) throw new Error("too late to be sent");
          return producer.send({ topic, acks: -1, compression: CompressionTypes.GZIP, messages });
        });
        const leftMs = deadline - performance.now();
        await withDeadline(request, leftMs, `no acknowledgement by Kafka within ${Math.round(this.#timeoutMs)} ms`);
        return;
      } catch (error) {
        isOver = true;
        // One that has not found a broker yet has sent nothing: it goes on looking.
        if (current === this.#current && current.isSettled) this.#replaceProducer();
        if (performance.now() + RETRY_MS >= deadline) throw error;
        await delay(RETRY_MS);
      }
    }
  }

  #replaceProducer(): void {
    const old = this.#current.producer;
    this.#current = this.#open();
    old.then((producer) => producer.disconnect()).catch(() => {});
  }

  #open(): Opening {
    const producer = this.#kafka.producer({
      idempotent: true,
      maxInFlightRequests: 1,
      allowAutoTopicCreation: false,
      // What nobody waits for any more is not sent for much longer, and a producer that was replaced comes to rest.
      retry: { retries: Math.ceil(this.#timeoutMs / MAX_RETRY_MS) },
      createPartitioner:
        () =>
        ({ message }) =>
          message.partition ?? 0,
    });
    const connected = producer.connect().then(() => producer);
    const opening: Opening = { producer: connected, isSettled: false };
    const settle = (): void => void (opening.isSettled = true);
    connected.then(settle, settle);
    return opening;
  }
}

/** As many of those that wait as fit into one request, at least one. */
function takeBatch(queue: Waiting[]): readonly Waiting[] {
  let records = 0;
  let bytes = 0;
  let end = 0;
  for (; end < queue.length; end++) {
    const next = queue[end]!;
    records += next.messages.length;
    bytes += next.bytes;
    if (end > 0 && (records > MAX_SEND_RECORDS || bytes > MAX_SEND_BYTES)) break;
  }
  return queue.splice(0, end);
}

/** Pieces that fit into one request each; a record that is too large alone is a piece of its own. */
function splitBySize(records: readonly KeyedValue[]): readonly (readonly KeyedValue[])[] {
  const pieces: KeyedValue[][] = [];
  let bytes = Infinity;
  for (const record of records) {
    const size = sizeOf([record]);
    const piece = pieces.at(-1);
    if (piece === undefined || piece.length >= MAX_SEND_RECORDS || bytes + size > MAX_SEND_BYTES) {
      pieces.push([record]);
      bytes = size;
    } else {
      piece.push(record);
      bytes += size;
    }
  }
  return pieces;
}

/** In bytes or UTF-16 units, which is near enough for a limit far below that of the broker. */
function sizeOf(records: readonly KeyedValue[]): number {
  return records.reduce((sum, { key, value }) => sum + (key?.length ?? 0) + value.length, 0);
}
