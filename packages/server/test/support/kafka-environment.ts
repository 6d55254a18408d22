import { randomUUID } from "node:crypto";
import { kafkaTopics } from "./adapter-config.js";

/** Settings of a service over Kafka and PostgreSQL, with topics and a group of its own. */
export function kafkaEnvironment(brokers: string, databaseUrl: string): Record<string, string> {
  const topics = kafkaTopics(`t${randomUUID().slice(0, 8)}`);
  return {
    KAFKA_BOOTSTRAP_SERVERS: brokers,
    KAFKA_GROUP_ID: topics.chat,
    KAFKA_TOPIC_CHAT: topics.chat,
    KAFKA_TOPIC_VIEWER: topics.viewer,
    KAFKA_TOPIC_TRANSACTIONS: topics.transaction,
    KAFKA_TOPIC_STREAM_META: topics.stream_meta,
    KAFKA_TOPIC_DEAD_LETTERS: `${topics.chat}.dead_letters`,
    DATABASE_URL: databaseUrl,
  };
}
