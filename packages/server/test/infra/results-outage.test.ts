import { randomUUID } from "node:crypto";
import { expect, it, onTestFinished } from "vitest";
import { describeWithKafka, describeWithPostgres } from "../../../../test/support/real-services.js";
import { compose } from "../../src/compose/compose.js";
import { loadConfig } from "../../src/config/load-config.js";
import { silentLogger } from "../../src/logger.js";
import type { HealthReport } from "../../src/http/health.js";
import type { StreamStats } from "../../src/ports/result-store.js";
import { kafkaEnvironment } from "../support/kafka-environment.js";
import { openLive } from "../support/live-client.js";
import { createPostgresDatabase } from "../support/postgres-database.js";
import { startTcpProxy } from "../support/tcp-proxy.js";
import { until } from "../support/until.js";

const PATIENCE = { timeoutMs: 30_000 };

describeWithPostgres("a service whose PostgreSQL goes away", (databaseUrl) => {
  const check = async (environment: (address: string) => Record<string, string>): Promise<void> => {
    const database = await createPostgresDatabase(databaseUrl);
    onTestFinished(() => database.drop());
    const address = new URL(database.connectionString);
    const proxy = await startTcpProxy(address.hostname, Number(address.port));
    onTestFinished(() => proxy.close());
    address.host = `127.0.0.1:${proxy.port}`;
    const flags = { ephemeral: "true", port: "0", source: "none" };
    const env = { ...environment(address.href), WS_INTERVAL_MS: "100", WS_DRAIN_MS: "0" };
    const service = compose(loadConfig({ env, flags }).config, silentLogger);
    onTestFinished(() => service.stop());
    const { port } = await service.start();
    const url = `http://127.0.0.1:${port}`;
    const get = async <T>(path: string): Promise<T> => (await (await fetch(url + path)).json()) as T;
    const post = async (count: number): Promise<void> => {
      const events = Array.from({ length: count }, () => ({
        type: "transaction",
        event_id: randomUUID(),
        timestamp: Date.now(),
        stream_id: "alpha",
        user_id: "u",
        username: "u",
        transaction_type: "donation",
        amount: 1,
        currency: "EUR",
      }));
      const headers = { "Content-Type": "application/json" };
      const response = await fetch(`${url}/api/v1/events`, { method: "POST", headers, body: JSON.stringify(events) });
      expect(await response.json()).toMatchObject({ accepted: count });
    };
    const stored = async (): Promise<number | undefined> =>
      (await get<Partial<StreamStats>>("/api/v1/streams/alpha/stats")).events?.transaction;
    const report = (): Promise<HealthReport> => get<HealthReport>("/api/v1/health");

    await post(10);
    await until(async () => (await stored()) === 10, PATIENCE);
    const live = await openLive({ port }, "alpha");
    onTestFinished(() => live.socket.terminate());
    await until(() => live.ofType("metrics").at(-1)?.stale === undefined, PATIENCE);

    proxy.freeze();
    proxy.reset();
    await post(10);
    await until(() => live.ofType("metrics").at(-1)?.stale === true, PATIENCE);
    await until(
      async () => (await report()).reasons.some((reason) => /results are not written/.test(reason)),
      PATIENCE,
    );
    const during = await report();
    expect(during.status).toBe("error");
    expect(JSON.stringify(during)).not.toContain(String(proxy.port));
    expect((await fetch(`${url}/ready`)).status).toBe(503);
    expect((await fetch(`${url}/liveness`)).status).toBe(200);
    await until(
      async () => (await report()).lag.some(({ topic, records }) => topic === "transaction" && records === 10),
      PATIENCE,
    );
    expect(await (await fetch(`${url}/metrics`)).text()).toMatch(
      /telemetra_log_lag_records\{topic="transaction",partition="\d+"\} 10\n/,
    );

    proxy.thaw();
    proxy.reset();
    await until(async () => (await stored()) === 20, PATIENCE);
    await until(() => live.ofType("metrics").at(-1)?.stale === undefined, PATIENCE);
    await until(async () => (await report()).status === "ok", PATIENCE);
    expect(await report()).toMatchObject({ reasons: [] });
    await until(
      async () => (await report()).lag.every(({ records, seconds }) => records === 0 && seconds === 0),
      PATIENCE,
    );
    expect((await fetch(`${url}/ready`)).status).toBe(200);
  };

  it("R4: says so, calls its numbers stale, loses nothing and catches up, over the embedded log", async () => {
    await check((address) => ({ DATABASE_URL: address }));
  }, 120_000);

  describeWithKafka("over Kafka", (brokers) => {
    it("R4: does the same", async () => {
      await check((address) => kafkaEnvironment(brokers, address));
    }, 120_000);
  });
});
