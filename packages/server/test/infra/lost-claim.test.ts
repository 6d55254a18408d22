import { it } from "vitest";
import { describeWithKafka, describeWithPostgres } from "../../../../test/support/real-services.js";
import { silentLogger } from "../../src/logger.js";
import { databaseForTest } from "../support/database-for-test.js";
import { kafkaEnvironment } from "../support/kafka-environment.js";
import { freshViewers, startService } from "../support/running-service.js";
import { until } from "../support/until.js";

const PATIENCE = { timeoutMs: 30_000 };

/** A claim of a former owner may reach the database after that of the present one, which then is refused. */
describeWithPostgres("a service whose partitions were claimed by somebody who does not read them", (databaseUrl) => {
  const check = async (environment: (address: string) => Record<string, string>): Promise<void> => {
    const database = await databaseForTest(databaseUrl);
    const warnings: string[] = [];
    const logger = { ...silentLogger, warn: (_facts: object, sentence: string) => void warnings.push(sentence) };
    const service = await startService({ env: environment(database.connectionString), logger });
    const stored = async (): Promise<number> =>
      (await database.query<{ count: number }>("SELECT count(*)::int AS count FROM viewer_timeseries"))[0]!.count;
    await service.send([freshViewers()]);
    await until(async () => (await stored()) === 1, PATIENCE);
    await database.query("UPDATE log_positions SET epoch = epoch + 1, owner = 'a former owner'");
    await service.send([freshViewers()]);
    await until(() => warnings.some((sentence) => /another owner now/.test(sentence)), PATIENCE);
    await service.send([freshViewers()]);
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
