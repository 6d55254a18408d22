import { expect, it, onTestFinished } from "vitest";
import { startKafka } from "../../../../scripts/services/kafka.mjs";
import { describeWithKafka, describeWithPostgres } from "../../../../test/support/real-services.js";
import { databaseForTest } from "../support/database-for-test.js";
import { kafkaEnvironment } from "../support/kafka-environment.js";
import { openLive } from "../support/live-client.js";
import { freshViewers, startService } from "../support/running-service.js";
import { until } from "../support/until.js";

const PATIENCE = { timeoutMs: 60_000 };

/** With a broker of its own, which may be killed. */
describeWithKafka("a service whose Kafka goes away", () => {
  describeWithPostgres("with PostgreSQL", (databaseUrl) => {
    it("R7: says so, calls its numbers stale, and goes on by itself when the broker is back", async () => {
      const database = await databaseForTest(databaseUrl);
      const cluster = await startKafka({ brokers: 1 });
      onTestFinished(() => cluster.stop());
      const env = kafkaEnvironment(cluster.bootstrapServers, database.connectionString);
      const service = await startService({ env: { ...env, WS_INTERVAL_MS: "200", WS_DRAIN_MS: "0" } });
      await service.send([freshViewers()]);
      await until(async () => (await service.stored("viewer")) === 1, PATIENCE);
      const live = await openLive(service, "alpha");
      onTestFinished(() => live.socket.terminate());
      await until(async () => (await service.health()).status === "ok", PATIENCE);
      await until(() => live.ofType("metrics").at(-1)?.stale === undefined, PATIENCE);

      await cluster.brokers[0]!.kill();
      await until(() => live.ofType("metrics").at(-1)?.stale === true, PATIENCE);
      await until(
        async () => (await service.health()).reasons.some((reason) => /has not answered for \d+ s/.test(reason)),
        PATIENCE,
      );
      expect(await service.health()).toMatchObject({ status: "degraded", database: "ok", kafka: "unavailable" });
      expect(await service.status("/ready")).toBe(200);
      expect(await service.status("/metrics")).toBe(200);

      await cluster.brokers[0]!.start();
      await until(async () => (await service.post([freshViewers()])).status === 202, PATIENCE);
      await until(async () => (await service.stored("viewer")) >= 2, PATIENCE);
      await until(() => live.ofType("metrics").at(-1)?.stale === undefined, PATIENCE);
      await until(async () => (await service.health()).status === "ok", PATIENCE);
    }, 180_000);
  });
});
