import { randomUUID } from "node:crypto";
import { expect, it, onTestFinished } from "vitest";
import { describeWithKafka, describeWithPostgres } from "../../../../test/support/real-services.js";
import { compose } from "../../src/compose/compose.js";
import { loadConfig } from "../../src/config/load-config.js";
import { silentLogger } from "../../src/logger.js";
import { kafkaEnvironment } from "../support/kafka-environment.js";
import { createPostgresDatabase } from "../support/postgres-database.js";
import { until } from "../support/until.js";

const PATIENCE = { timeoutMs: 30_000 };

/** A claim of a former owner may reach the database after that of the present one, which then is refused. */
describeWithPostgres("a service whose partitions were claimed by somebody who does not read them", (databaseUrl) => {
  const check = async (environment: (address: string) => Record<string, string>): Promise<void> => {
    const database = await createPostgresDatabase(databaseUrl);
    onTestFinished(() => database.drop());
    const warnings: string[] = [];
    const logger = { ...silentLogger, warn: (_facts: object, sentence: string) => void warnings.push(sentence) };
    const flags = { ephemeral: "true", port: "0", source: "none" };
    const service = compose(loadConfig({ env: environment(database.connectionString), flags }).config, logger);
    onTestFinished(() => service.stop());
    const { port } = await service.start();
    const url = `http://127.0.0.1:${port}`;
    const post = async (): Promise<void> => {
      const event = {
        type: "viewer",
        event_id: randomUUID(),
        timestamp: Date.now(),
        stream_id: "alpha",
        viewer_count: 5,
      };
      const headers = { "Content-Type": "application/json" };
      const answer = await fetch(`${url}/api/v1/events`, { method: "POST", headers, body: JSON.stringify(event) });
      expect(answer.status).toBe(202);
    };
    const stored = async (): Promise<number> =>
      (await database.query<{ count: number }>("SELECT count(*)::int AS count FROM viewer_timeseries"))[0]!.count;
    await post();
    await until(async () => (await stored()) === 1, PATIENCE);
    await database.query("UPDATE log_positions SET epoch = epoch + 1, owner = 'a former owner'");
    await post();
    await until(() => warnings.some((sentence) => /another owner now/.test(sentence)), PATIENCE);
    await post();
    await until(async () => (await stored()) === 3, PATIENCE);
  };

  it("takes them over again and loses nothing, over the embedded log", async () => {
    await check((address) => ({ DATABASE_URL: address }));
  }, 90_000);

  describeWithKafka("over Kafka", (brokers) => {
    it("takes them over again and loses nothing", async () => {
      await check((address) => kafkaEnvironment(brokers, address));
    }, 90_000);
  });
});
