import { join } from "node:path";
import { expect, it } from "vitest";
import { describeWithKafka, describeWithPostgres } from "../../../../test/support/real-services.js";
import { expectedWindows } from "../integration/expected-windows.js";
import { counted, replayThroughService } from "../integration/replay-through-service.js";
import { databaseForTest } from "../support/database-for-test.js";
import { kafkaEnvironment } from "../support/kafka-environment.js";

const RECORDING = join(import.meta.dirname, "../../../../examples/data/chat-recording.txt.gz");

describeWithKafka("the service over Kafka", (brokers) => {
  describeWithPostgres("and PostgreSQL", (databaseUrl) => {
    it("F2, F5, F18: shows the true counts, distinct chatters and emotes of every window of a recording", async () => {
      const database = await databaseForTest(databaseUrl);
      const env = kafkaEnvironment(brokers, database.connectionString);
      const rows = await replayThroughService(RECORDING, "demo", env);
      expect(counted(rows)).toEqual(expectedWindows(RECORDING));
    }, 120_000);
  });
});
