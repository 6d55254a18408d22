import { randomUUID } from "node:crypto";
import { expect, it, onTestFinished } from "vitest";
import { startKafka } from "../../../../scripts/services/kafka.mjs";
import { describeWithKafka, describeWithPostgres } from "../../../../test/support/real-services.js";
import { compose } from "../../src/compose/compose.js";
import { loadConfig } from "../../src/config/load-config.js";
import type { HealthReport } from "../../src/http/health.js";
import { silentLogger } from "../../src/logger.js";
import { kafkaEnvironment } from "../support/kafka-environment.js";
import { openLive } from "../support/live-client.js";
import { createPostgresDatabase } from "../support/postgres-database.js";
import { until } from "../support/until.js";

const PATIENCE = { timeoutMs: 60_000 };

/** With a broker of its own, which may be killed. */
describeWithKafka("a service whose Kafka goes away", () => {
  describeWithPostgres("with PostgreSQL", (databaseUrl) => {
    it("R7: says so, calls its numbers stale, and goes on by itself when the broker is back", async () => {
      const database = await createPostgresDatabase(databaseUrl);
      onTestFinished(() => database.drop());
      const cluster = await startKafka({ brokers: 1 });
      onTestFinished(() => cluster.stop());
      const env = {
        ...kafkaEnvironment(cluster.bootstrapServers, database.connectionString),
        WS_INTERVAL_MS: "200",
        WS_DRAIN_MS: "0",
      };
      const service = compose(loadConfig({ env, flags: { port: "0", source: "none" } }).config, silentLogger);
      onTestFinished(() => service.stop());
      const { port } = await service.start();
      const url = `http://127.0.0.1:${port}`;
      const post = async (): Promise<Response> => {
        const event = {
          type: "viewer",
          event_id: randomUUID(),
          timestamp: Date.now(),
          stream_id: "alpha",
          viewer_count: 5,
        };
        const headers = { "Content-Type": "application/json" };
        return fetch(`${url}/api/v1/events`, { method: "POST", headers, body: JSON.stringify(event) });
      };
      const report = async (): Promise<HealthReport> =>
        (await (await fetch(`${url}/api/v1/health`)).json()) as HealthReport;
      const viewers = async (): Promise<number | undefined> => {
        const stats = (await (await fetch(`${url}/api/v1/streams/alpha/stats`)).json()) as {
          events?: { viewer: number };
        };
        return stats.events?.viewer;
      };
      expect((await post()).status).toBe(202);
      await until(async () => (await viewers()) === 1, PATIENCE);
      const live = await openLive({ port }, "alpha");
      onTestFinished(() => live.socket.terminate());
      await until(async () => (await report()).status === "ok", PATIENCE);
      await until(() => live.ofType("metrics").at(-1)?.stale === undefined, PATIENCE);

      await cluster.brokers[0]!.kill();
      await until(() => live.ofType("metrics").at(-1)?.stale === true, PATIENCE);
      await until(
        async () => (await report()).reasons.some((reason) => /has not answered for \d+ s/.test(reason)),
        PATIENCE,
      );
      expect(await report()).toMatchObject({ status: "degraded", database: "ok", kafka: "unavailable" });
      expect((await fetch(`${url}/ready`)).status).toBe(200);
      expect((await fetch(`${url}/metrics`)).status).toBe(200);

      await cluster.brokers[0]!.start();
      await until(async () => (await post()).status === 202, PATIENCE);
      await until(async () => ((await viewers()) ?? 0) >= 2, PATIENCE);
      await until(() => live.ofType("metrics").at(-1)?.stale === undefined, PATIENCE);
      await until(async () => (await report()).status === "ok", PATIENCE);
    }, 180_000);
  });
});
