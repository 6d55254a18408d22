import { randomUUID } from "node:crypto";
import { join } from "node:path";
import { expect, it } from "vitest";
import { describeWithKafka, describeWithPostgres } from "../../../../test/support/real-services.js";
import { expectedWindows } from "../integration/expected-windows.js";
import { counted, replayThroughService } from "../integration/replay-through-service.js";
import { kafkaTopics } from "../support/adapter-config.js";
import { createPostgresDatabase } from "../support/postgres-database.js";

const RECORDING = join(import.meta.dirname, "../../../../examples/data/chat-recording.txt.gz");

describeWithKafka("the service over Kafka", (brokers) => {
  describeWithPostgres("and PostgreSQL", (databaseUrl) => {
    it("F2, F5, F18: shows the true counts, distinct chatters and emotes of every window of a recording", async () => {
      const database = await createPostgresDatabase(databaseUrl);
      const topics = kafkaTopics(`t${randomUUID().slice(0, 8)}`);
      try {
        const rows = await replayThroughService(RECORDING, "demo", {
          KAFKA_BOOTSTRAP_SERVERS: brokers,
          KAFKA_GROUP_ID: topics.chat,
          KAFKA_TOPIC_CHAT: topics.chat,
          KAFKA_TOPIC_VIEWER: topics.viewer,
          KAFKA_TOPIC_TRANSACTIONS: topics.transaction,
          KAFKA_TOPIC_STREAM_META: topics.stream_meta,
          DATABASE_URL: database.connectionString,
        });
        expect(counted(rows)).toEqual(expectedWindows(RECORDING));
      } finally {
        await database.drop();
      }
    }, 120_000);
  });
});
