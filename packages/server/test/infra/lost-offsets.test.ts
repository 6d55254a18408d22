import { expect, it, vi } from "vitest";
import { describeWithKafka, describeWithPostgres } from "../../../../test/support/real-services.js";
import { databaseForTest } from "../support/database-for-test.js";
import { kafkaEnvironment } from "../support/kafka-environment.js";
import { withKafkaAdmin } from "../support/kafka-topics.js";
import { freshDonations, startService } from "../support/running-service.js";

const PATIENCE = { timeout: 30_000, interval: 50 };

describeWithKafka("a service over Kafka whose records were deleted before it read them", (brokers) => {
  describeWithPostgres("with PostgreSQL", (databaseUrl) => {
    /** Ten donations are stored; ten more come while the service is down, of which five are deleted. */
    async function loseFive(): Promise<Record<string, string>> {
      const database = await databaseForTest(databaseUrl);
      const env = kafkaEnvironment(brokers, database.connectionString);
      const service = await startService({ env });
      await service.send(freshDonations(10));
      await vi.waitFor(async () => expect(await service.stored("transaction")).toBe(10), PATIENCE);
      // Into the log, and not into the database: it is away from now on.
      await database.query("ALTER TABLE log_positions RENAME TO log_positions_away");
      await service.send(freshDonations(10));
      await service.stop();
      await database.query("ALTER TABLE log_positions_away RENAME TO log_positions");
      const topic = env["KAFKA_TOPIC_TRANSACTIONS"]!;
      await withKafkaAdmin(brokers.split(","), async (admin) => {
        const offsets = await vi.waitFor(() => admin.fetchTopicOffsets(topic), PATIENCE);
        const { partition } = offsets.find(({ high }) => high === "20")!;
        await admin.deleteTopicRecords({ topic, partitions: [{ partition, offset: "15" }] });
      });
      return env;
    }

    it("does not start, and says in one line what is gone and what to do", async () => {
      const env = await loseFive();
      await expect(startService({ env })).rejects.toThrow(
        /^partition \d+ of \S+ keeps offsets 15 to 20, but reading was to start at \d+: .*set KAFKA_MISSING_OFFSETS=continue/,
      );
    }, 90_000);

    it("goes on without them when that was asked for, and says so in health and metrics", async () => {
      const env = await loseFive();
      const service = await startService({ env: { ...env, KAFKA_MISSING_OFFSETS: "continue" } });
      await vi.waitFor(async () => expect(await service.stored("transaction")).toBe(15), PATIENCE);
      await service.send(freshDonations(3));
      await vi.waitFor(async () => expect(await service.stored("transaction")).toBe(18), PATIENCE);
      const report = await service.health();
      expect(report.status).toBe("degraded");
      expect(report.reasons).toEqual([
        expect.stringMatching(/^records \d+ to 15 of partition \d+ of transaction were gone before they were read$/),
      ]);
      expect(await service.metrics()).toContain("telemetra_log_gaps_total 1");
      expect(await service.status("/ready")).toBe(200);
    }, 90_000);
  });
});
