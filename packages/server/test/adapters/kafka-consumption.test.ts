import { EVENT_TYPES, type EventType } from "@telemetra/core";
import type { Admin, Consumer, EachBatchPayload, Kafka } from "kafkajs";
import { expect, it, vi } from "vitest";
import { KafkaConsumption } from "../../src/adapters/kafka/kafka-consumption.js";
import { kafkaTopics } from "../support/adapter-config.js";
import { recordingConsumer } from "../support/recording-consumer.js";

const topics = kafkaTopics("t");

/** A group with one partition of each topic, whose records come when the test says so. */
class FakeGroup {
  readonly #ends = new Map(Object.values(topics).map((topic) => [topic, 0]));
  readonly #listeners = new Map<string, (event: object) => void>();
  #eachBatch: (payload: EachBatchPayload) => Promise<void> = () => Promise.resolve();

  readonly admin = {
    fetchTopicOffsets: (topic: string) =>
      Promise.resolve([{ partition: 0, low: "0", high: String(this.#ends.get(topic)) }]),
  } as unknown as Admin;

  readonly kafka = {
    consumer: () =>
      ({
        events: { GROUP_JOIN: "join", FETCH: "fetch", CRASH: "crash" },
        on: (name: string, listener: (event: object) => void) => void this.#listeners.set(name, listener),
        connect: () => Promise.resolve(),
        subscribe: () => Promise.resolve(),
        run: ({ eachBatch }: { eachBatch: (payload: EachBatchPayload) => Promise<void> }) => {
          this.#eachBatch = eachBatch;
          const memberAssignment = Object.fromEntries(Object.values(topics).map((topic) => [topic, [0]]));
          this.#listeners.get("join")?.({ payload: { memberAssignment } });
          return Promise.resolve();
        },
        pause: () => {},
        resume: () => {},
        seek: () => {},
        commitOffsets: () => Promise.resolve(),
        disconnect: () => Promise.resolve(),
      }) as unknown as Consumer,
  } as unknown as Kafka;

  append(type: EventType): void {
    this.#ends.set(topics[type], (this.#ends.get(topics[type]) ?? 0) + 1);
  }

  /** Brings the newest record of a topic. */
  bring(type: EventType, appendedAtMs: number): Promise<void> {
    const topic = topics[type];
    const high = this.#ends.get(topic) ?? 0;
    const offset = String(high - 1);
    const batch = {
      topic,
      partition: 0,
      highWatermark: String(high),
      messages: [{ offset, timestamp: String(appendedAtMs), value: Buffer.from(`"${type}"`), headers: {} }],
      firstOffset: () => offset,
      lastOffset: () => offset,
    };
    return this.#eachBatch({
      batch,
      heartbeat: () => Promise.resolve(),
      isRunning: () => true,
      isStale: () => false,
      resolveOffset: () => {},
    } as unknown as EachBatchPayload);
  }
}

it("W4: asks again for the end of a partition whose record comes while the ends are told, and is not the newest", async () => {
  const group = new FakeGroup();
  const recorder = recordingConsumer();
  let brought: Promise<void> | undefined;
  const consumption = new KafkaConsumption({
    kafka: group.kafka,
    admin: group.admin,
    groupId: "g",
    topics,
    times: { sessionMs: 6_000, heartbeatMs: 500 },
    onMissingOffsets: "stop",
    onLog: () => {},
    consumer: {
      ...recorder,
      async onBatch(batch) {
        await recorder.onBatch(batch);
        // The viewer record was unread when its end was asked for, and comes before all ends are told.
        if (batch.topic === "transaction" && batch.asOfMs > 1_000) brought ??= group.bring("viewer", 1_000);
      },
    },
  });
  await consumption.start(5_000);
  group.append("chat");
  group.append("viewer");
  await group.bring("chat", 1_000);
  await vi.waitFor(() => expect(brought).toBeDefined());
  await brought;
  await vi.waitFor(() => {
    for (const type of EVENT_TYPES) {
      const newest = recorder.batches.filter(({ topic }) => topic === type).at(-1);
      expect(newest, type).toMatchObject({ isAtEnd: true });
      expect(newest?.asOfMs, type).toBeGreaterThan(1_000);
    }
  });
  await consumption.stop();
});
