import { expect, it, onTestFinished } from "vitest";
import { describeWithKafka, describeWithPostgres } from "../../../../test/support/real-services.js";
import { databaseForTest } from "../support/database-for-test.js";
import { kafkaEnvironment } from "../support/kafka-environment.js";
import { openLive } from "../support/live-client.js";
import { freshDonations, startService } from "../support/running-service.js";
import { startTcpProxy } from "../support/tcp-proxy.js";
import { until } from "../support/until.js";

const PATIENCE = { timeoutMs: 30_000 };

describeWithPostgres("a service whose PostgreSQL goes away", (databaseUrl) => {
  const check = async (environment: (address: string) => Record<string, string>): Promise<void> => {
    const database = await databaseForTest(databaseUrl);
    const address = new URL(database.connectionString);
    const proxy = await startTcpProxy(address.hostname, Number(address.port));
    onTestFinished(() => proxy.close());
    address.host = `127.0.0.1:${proxy.port}`;
    const service = await startService({
      env: { ...environment(address.href), WS_INTERVAL_MS: "100", WS_DRAIN_MS: "0" },
    });

    await service.send(freshDonations(10));
    await until(async () => (await service.stored("transaction")) === 10, PATIENCE);
    const live = await openLive(service, "alpha");
    onTestFinished(() => live.socket.terminate());
    await until(() => live.ofType("metrics").at(-1)?.stale === undefined, PATIENCE);

    proxy.freeze();
    proxy.reset();
    await service.send(freshDonations(10));
    await until(() => live.ofType("metrics").at(-1)?.stale === true, PATIENCE);
    await until(
      async () => (await service.health()).reasons.some((reason) => /results are not written/.test(reason)),
      PATIENCE,
    );
    const during = await service.health();
    expect(during.status).toBe("error");
    expect(JSON.stringify(during)).not.toContain(String(proxy.port));
    expect(await service.status("/ready")).toBe(503);
    expect(await service.status("/liveness")).toBe(200);
    await until(
      async () => (await service.health()).lag.some(({ topic, records }) => topic === "transaction" && records === 10),
      PATIENCE,
    );
    expect(await service.metrics()).toMatch(/telemetra_log_lag_records\{topic="transaction",partition="\d+"\} 10\n/);

    proxy.thaw();
    proxy.reset();
    await until(async () => (await service.stored("transaction")) === 20, PATIENCE);
    await until(() => live.ofType("metrics").at(-1)?.stale === undefined, PATIENCE);
    await until(async () => (await service.health()).status === "ok", PATIENCE);
    expect(await service.health()).toMatchObject({ reasons: [] });
    await until(
      async () => (await service.health()).lag.every(({ records, seconds }) => records === 0 && seconds === 0),
      PATIENCE,
    );
    expect(await service.status("/ready")).toBe(200);
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
