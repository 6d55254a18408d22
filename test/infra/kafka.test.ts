import { randomUUID } from "node:crypto";
import { Kafka, logLevel } from "kafkajs";
import { expect, onTestFinished, test } from "vitest";
import { describeWithKafka } from "../support/real-services.js";

interface ReadRecord {
  readonly key: string | undefined;
  readonly value: string | undefined;
  readonly headers: Readonly<Record<string, string>>;
}

describeWithKafka("a real Kafka", (address) => {
  test("gives back keys, values and headers in any script, in the order of their partition", async () => {
    const topic = `smoke.${randomUUID()}`;
    const kafka = new Kafka({ brokers: address.split(","), logLevel: logLevel.NOTHING });
    const sent: ReadRecord[] = Array.from({ length: 50 }, (_, index) => ({
      key: `stream-ключ-${index}`,
      value: `Poggers 🎉 ${"日本語".repeat(index)} \u0000 é`,
      headers: { origin: `überall-${index}`, empty: "" },
    }));

    const admin = kafka.admin();
    await admin.connect();
    await admin.createTopics({ topics: [{ topic, numPartitions: 1 }] });
    onTestFinished(async () => {
      await admin.deleteTopics({ topics: [topic] });
      await admin.disconnect();
    });
    const producer = kafka.producer({ idempotent: true, maxInFlightRequests: 1 });
    await producer.connect();
    onTestFinished(() => producer.disconnect());
    await producer.send({
      topic,
      acks: -1,
      messages: sent.map(({ key = null, value = null, headers }) => ({ key, value, headers })),
    });

    expect(await readRecords(kafka, topic, sent.length)).toEqual(sent);
  });

  test("refuses a record for a topic that nobody created", async () => {
    const kafka = new Kafka({ brokers: address.split(","), logLevel: logLevel.NOTHING, retry: { retries: 0 } });
    const producer = kafka.producer({ allowAutoTopicCreation: false });
    await producer.connect();
    onTestFinished(() => producer.disconnect());

    await expect(producer.send({ topic: `absent.${randomUUID()}`, messages: [{ value: "lost" }] })).rejects.toThrow(
      /does not host this topic/,
    );
  });
});

async function readRecords(kafka: Kafka, topic: string, count: number): Promise<ReadRecord[]> {
  // The default wait of 5 s would delay each join and leave by as much.
  const consumer = kafka.consumer({ groupId: `${topic}.readers`, maxWaitTimeInMs: 250 });
  await consumer.connect();
  onTestFinished(() => consumer.disconnect());
  await consumer.subscribe({ topic, fromBeginning: true });
  const records: ReadRecord[] = [];
  await new Promise<void>((resolve, reject) => {
    consumer
      .run({
        eachMessage: async ({ message }) => {
          const headers = Object.entries(message.headers ?? {}).map(([name, value]) => [name, String(value)]);
          records.push({
            key: message.key?.toString(),
            value: message.value?.toString(),
            headers: Object.fromEntries(headers) as Record<string, string>,
          });
          if (records.length === count) resolve();
        },
      })
      .catch(reject);
  });
  return records;
}
