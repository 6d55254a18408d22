import { randomUUID } from "node:crypto";
import { Kafka, logLevel, type KafkaMessage } from "kafkajs";
import { expect, it, onTestFinished, vi } from "vitest";
import { describeWithKafka, describeWithPostgres } from "../../../../test/support/real-services.js";
import { databaseForTest } from "../support/database-for-test.js";
import { kafkaEnvironment } from "../support/kafka-environment.js";
import type { PostgresDatabase } from "../support/postgres-database.js";
import { startService, type RunningService } from "../support/running-service.js";
import { usePrograms, type Outcome } from "../support/use-programs.js";

const PATIENCE = { timeout: 30_000, interval: 50 };

interface Listed {
  readonly place: string;
  readonly code: string;
  readonly value?: string;
  readonly value_base64?: string;
  readonly replayed_at: string | null;
}

const programs = usePrograms();

describeWithKafka("dead letters over Kafka", (brokers) => {
  describeWithPostgres("and PostgreSQL", (databaseUrl) => {
    const kafka = new Kafka({ brokers: brokers.split(","), logLevel: logLevel.NOTHING });

    /** A running service, and `telemetra dlq` with the settings of that service. */
    async function setUp(settings: Readonly<Record<string, string>> = {}): Promise<{
      readonly database: PostgresDatabase;
      readonly env: Record<string, string>;
      readonly service: RunningService;
      readonly dlq: (...args: readonly string[]) => Promise<Outcome>;
      readonly list: () => Promise<Listed[]>;
    }> {
      const database = await databaseForTest(databaseUrl);
      const env = { ...kafkaEnvironment(brokers, database.connectionString), ...settings };
      const dlq = (...args: readonly string[]): Promise<Outcome> => programs.run(["dlq", ...args], { env });
      const list = async (): Promise<Listed[]> => {
        const lines = (await dlq("list", "--json")).out.split("\n").filter((line) => line !== "");
        return lines.map((line) => JSON.parse(line) as Listed);
      };
      return { database, env, service: await startService({ env }), dlq, list };
    }

    async function produce(topic: string, ...values: readonly (string | Buffer)[]): Promise<void> {
      const producer = kafka.producer();
      await producer.connect();
      await producer.send({ topic, messages: values.map((value) => ({ key: "alpha", value })) });
      await producer.disconnect();
    }

    /** What is in a topic, and what comes there later. */
    async function readTopic(topic: string): Promise<readonly KafkaMessage[]> {
      const messages: KafkaMessage[] = [];
      const consumer = kafka.consumer({ groupId: randomUUID(), maxWaitTimeInMs: 200 });
      onTestFinished(() => consumer.disconnect());
      await consumer.connect();
      await consumer.subscribe({ topic, fromBeginning: true });
      await consumer.run({ eachMessage: async ({ message }) => void messages.push(message) });
      return messages;
    }

    /** As any producer may write it: the topic says that it is a transaction. */
    const donation = (event_id: string, { timestamp = Date.now(), amount = 5 } = {}): string =>
      JSON.stringify({
        event_id,
        timestamp,
        stream_id: "alpha",
        user_id: "u",
        username: "u",
        transaction_type: "donation",
        amount,
        currency: "EUR",
      });

    it("are told to their topic byte by byte, listed, and put back once", async () => {
      const { env, service, dlq, list } = await setUp();
      const broken = Buffer.from([0x7b, 0xff, 0xfe, 0x00]);
      const future = donation("future", { timestamp: Date.now() + 600_000 });
      await produce(env["KAFKA_TOPIC_CHAT"]!, broken, "[]");
      await produce(env["KAFKA_TOPIC_TRANSACTIONS"]!, donation("now"), future);
      const told = await readTopic(env["KAFKA_TOPIC_DEAD_LETTERS"]!);
      await vi.waitFor(() => expect(told).toHaveLength(3), PATIENCE);
      const byCode = new Map(told.map((message) => [String(message.headers?.["telemetra-code"]), message]));
      expect([...byCode.keys()].toSorted()).toEqual(["future_timestamp", "invalid_json", "not_an_object"]);
      const { key, value, headers } = byCode.get("invalid_json")!;
      expect(value).toEqual(broken);
      expect(String(key)).toMatch(/^chat\/\d+\/0$/);
      expect(String(headers?.["telemetra-topic"])).toBe(env["KAFKA_TOPIC_CHAT"]);
      expect(String(headers?.["telemetra-offset"])).toBe("0");
      expect(String(headers?.["telemetra-detail"])).toBe("not readable as JSON");

      const listed = await list();
      expect(listed.map(({ code }) => code).toSorted()).toEqual([...byCode.keys()].toSorted());
      expect(listed.find(({ code }) => code === "invalid_json")?.value_base64).toBe(broken.toString("base64"));

      // What cannot be read comes back as a new dead letter, with the same bytes, from where it was put.
      const unreadable = listed.find(({ code }) => code === "invalid_json")!;
      expect(await dlq("replay", unreadable.place)).toMatchObject({
        code: 0,
        out: "1 dead letter was put back into the log.\n",
      });
      await vi.waitFor(() => expect(told).toHaveLength(4), PATIENCE);
      expect(told.at(-1)!.value).toEqual(broken);
      const again = await dlq("replay", unreadable.place);
      expect([again.code, again.complaints.join("\n")]).toEqual([
        1,
        expect.stringMatching(/was put back at \S+Z already: add --force/),
      ]);
      expect(await service.metrics()).toContain('telemetra_dead_letters_total{code="invalid_json"} 2');
    }, 90_000);

    it("are taken in when they are fine by now, and once only, however often they are put back", async () => {
      const { env, service, dlq, list } = await setUp({ MAX_FUTURE_MS: "1000" });
      const comesMs = Date.now() + 4_000;
      await produce(env["KAFKA_TOPIC_TRANSACTIONS"]!, donation("now"), donation("future", { timestamp: comesMs }));
      await vi.waitFor(async () => expect(await list()).toHaveLength(1), PATIENCE);
      await vi.waitFor(() => expect(Date.now()).toBeGreaterThan(comesMs - 500), PATIENCE);
      expect(await dlq("replay", "--code", "future_timestamp")).toMatchObject({ code: 0 });
      await vi.waitFor(async () => expect(await service.stored("transaction")).toBe(2), PATIENCE);
      expect(await dlq("replay", "--code", "future_timestamp", "--force")).toMatchObject({ code: 0 });
      const lag = async (): Promise<number> =>
        (await service.health()).lag.reduce((sum, { records }) => sum + records, 0);
      await vi.waitFor(async () => expect(await lag()).toBe(0), PATIENCE);
      expect(await service.stored("transaction")).toBe(2);
      expect(await list()).toHaveLength(1);
    }, 90_000);

    it("R9: hold what the database refuses among a thousand, which is stored once that is mended and it is put back", async () => {
      const { database, env, service, dlq, list } = await setUp();
      await database.query(`ALTER TABLE transactions ADD CONSTRAINT no_large_amounts CHECK (amount <= 100)`);
      const values = Array.from({ length: 1_000 }, (_, at) => donation(`d${at}`, { amount: at === 371 ? 900 : 1 }));
      await produce(env["KAFKA_TOPIC_TRANSACTIONS"]!, ...values);
      const count = async (): Promise<number> =>
        (await database.query<{ count: number }>("SELECT count(*)::int AS count FROM transactions"))[0]!.count;
      await vi.waitFor(async () => expect(await count()).toBe(999), PATIENCE);
      const [letter, ...others] = await list();
      expect(others).toEqual([]);
      expect(letter).toMatchObject({ code: "refused_by_database", value: values[371] });
      expect(await service.health()).toMatchObject({ status: "ok" });

      await database.query("ALTER TABLE transactions DROP CONSTRAINT no_large_amounts");
      expect(await dlq("replay", "--all")).toMatchObject({ code: 0 });
      await vi.waitFor(async () => expect(await count()).toBe(1_000), PATIENCE);
    }, 90_000);
  });
});
