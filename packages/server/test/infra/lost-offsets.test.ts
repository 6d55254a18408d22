import { randomUUID } from "node:crypto";
import { expect, it, onTestFinished, vi } from "vitest";
import { describeWithKafka, describeWithPostgres } from "../../../../test/support/real-services.js";
import { compose } from "../../src/compose/compose.js";
import { loadConfig } from "../../src/config/load-config.js";
import { silentLogger } from "../../src/logger.js";
import type { HealthReport } from "../../src/http/health.js";
import type { Service } from "../../src/service.js";
import { kafkaEnvironment } from "../support/kafka-environment.js";
import { withKafkaAdmin } from "../support/kafka-topics.js";
import { createPostgresDatabase } from "../support/postgres-database.js";

const PATIENCE = { timeout: 30_000, interval: 50 };

describeWithKafka("a service over Kafka whose records were deleted before it read them", (brokers) => {
  describeWithPostgres("with PostgreSQL", (databaseUrl) => {
    /** Ten donations are stored; ten more come while the service is down, of which five are deleted. */
    async function loseFive(): Promise<{
      readonly start: (more?: Record<string, string>) => Promise<{ service: Service; url: string }>;
    }> {
      const database = await createPostgresDatabase(databaseUrl);
      onTestFinished(() => database.drop());
      const env = kafkaEnvironment(brokers, database.connectionString);
      const start = async (more: Record<string, string> = {}) => {
        const service = compose(
          loadConfig({ env: { ...env, ...more }, flags: { port: "0", source: "none" } }).config,
          silentLogger,
        );
        onTestFinished(() => service.stop());
        const { port } = await service.start();
        return { service, url: `http://127.0.0.1:${port}` };
      };
      const first = await start();
      await post(first.url, 10);
      await vi.waitFor(async () => expect(await stored(first.url)).toBe(10), PATIENCE);
      // Into the log, and not into the database: it is away from now on.
      await database.query("ALTER TABLE log_positions RENAME TO log_positions_away");
      await post(first.url, 10);
      await first.service.stop();
      await database.query("ALTER TABLE log_positions_away RENAME TO log_positions");
      const topic = env["KAFKA_TOPIC_TRANSACTIONS"]!;
      await withKafkaAdmin(brokers.split(","), async (admin) => {
        const offsets = await vi.waitFor(() => admin.fetchTopicOffsets(topic), PATIENCE);
        const { partition } = offsets.find(({ high }) => high === "20")!;
        await admin.deleteTopicRecords({ topic, partitions: [{ partition, offset: "15" }] });
      });
      return { start };
    }

    async function post(url: string, count: number): Promise<void> {
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
      const answer = await fetch(`${url}/api/v1/events`, { method: "POST", headers, body: JSON.stringify(events) });
      expect(await answer.json()).toMatchObject({ accepted: count });
    }
    async function stored(url: string): Promise<number | undefined> {
      const stats = (await (await fetch(`${url}/api/v1/streams/alpha/stats`)).json()) as {
        events?: { transaction: number };
      };
      return stats.events?.transaction;
    }

    it("does not start, and says in one line what is gone and what to do", async () => {
      const { start } = await loseFive();
      await expect(start()).rejects.toThrow(
        /^partition \d+ of \S+ keeps offsets 15 to 20, but reading was to start at \d+: .*set KAFKA_MISSING_OFFSETS=continue/,
      );
    }, 90_000);

    it("goes on without them when that was asked for, and says so in health and metrics", async () => {
      const { start } = await loseFive();
      const { url } = await start({ KAFKA_MISSING_OFFSETS: "continue" });
      await vi.waitFor(async () => expect(await stored(url)).toBe(15), PATIENCE);
      await post(url, 3);
      await vi.waitFor(async () => expect(await stored(url)).toBe(18), PATIENCE);
      const report = (await (await fetch(`${url}/api/v1/health`)).json()) as HealthReport;
      expect(report.status).toBe("degraded");
      expect(report.reasons).toEqual([
        expect.stringMatching(/^records \d+ to 15 of partition \d+ of transaction were gone before they were read$/),
      ]);
      expect(await (await fetch(`${url}/metrics`)).text()).toContain("telemetra_log_gaps_total 1");
      expect((await fetch(`${url}/ready`)).status).toBe(200);
    }, 90_000);
  });
});
