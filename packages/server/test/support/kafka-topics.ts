import { Kafka, logLevel, type Admin } from "kafkajs";
import { kafkaTopics, type KafkaLogConfig } from "./adapter-config.js";

/** Does something with an administrator of its own. */
export async function withKafkaAdmin<T>(brokers: readonly string[], work: (admin: Admin) => Promise<T>): Promise<T> {
  const admin = new Kafka({ brokers: [...brokers], logLevel: logLevel.NOTHING }).admin();
  await admin.connect();
  try {
    return await work(admin);
  } finally {
    await admin.disconnect();
  }
}

/** Deletes the topics of a configuration, those that were made. */
export async function deleteKafkaTopics({ brokers, prefix }: KafkaLogConfig): Promise<void> {
  await withKafkaAdmin(brokers, async (admin) => {
    const existing = new Set(await admin.listTopics());
    const topics = Object.values(kafkaTopics(prefix)).filter((topic) => existing.has(topic));
    if (topics.length > 0) await admin.deleteTopics({ topics });
  });
}
