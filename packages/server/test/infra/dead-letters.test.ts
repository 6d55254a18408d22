import { randomUUID } from "node:crypto";
import { Kafka, logLevel, type KafkaMessage } from "kafkajs";
import { expect, it, onTestFinished, vi } from "vitest";
import { describeWithKafka, describeWithPostgres } from "../../../../test/support/real-services.js";
import { compose } from "../../src/compose/compose.js";
import { loadConfig } from "../../src/config/load-config.js";
import { silentLogger } from "../../src/logger.js";
import { kafkaEnvironment } from "../support/kafka-environment.js";
import { createPostgresDatabase } from "../support/postgres-database.js";
import { runProgram } from "../support/program.js";
import { makeTempFolder } from "../support/temp-folder.js";

const PATIENCE = { timeout: 30_000, interval: 50 };

interface Listed {
  readonly place: string;
  readonly code: string;
  readonly value?: string;
  readonly value_base64?: string;
  readonly replayed_at: string | null;
}

describeWithKafka("dead letters over Kafka", (brokers) => {
  describeWithPostgres("and PostgreSQL", (databaseUrl) => {
    async function setUp(extra: Readonly<Record<string, string>> = {}) {
      const database = await createPostgresDatabase(databaseUrl);
      onTestFinished(() => database.drop());
      const env = { ...kafkaEnvironment(brokers, database.connectionString), ...extra };
      const kafka = new Kafka({ brokers: brokers.split(","), logLevel: logLevel.NOTHING });
      const folder = makeTempFolder();
      onTestFinished(() => folder.remove());
      return {
        database,
        env,
        serve: async () => {
          const flags = { port: "0", source: "none" };
          const service = compose(loadConfig({ env, flags }).config, silentLogger);
          let isStopped = false;
          const stop = async (): Promise<void> => {
            if (!isStopped) await service.stop();
            isStopped = true;
          };
          onTestFinished(stop);
          const { port } = await service.start();
          return { url: `http://127.0.0.1:${port}`, stop };
        },
        produce: async (topic: string, key: string | null, ...values: readonly (string | Buffer)[]) => {
          const producer = kafka.producer();
          await producer.connect();
          await producer.send({ topic, messages: values.map((value) => ({ key, value })) });
          await producer.disconnect();
        },
        readTopic: async (topic: string): Promise<KafkaMessage[]> => {
          const messages: KafkaMessage[] = [];
          const consumer = kafka.consumer({ groupId: randomUUID(), maxWaitTimeInMs: 200 });
          onTestFinished(() => consumer.disconnect());
          await consumer.connect();
          await consumer.subscribe({ topic, fromBeginning: true });
          await consumer.run({ eachMessage: async ({ message }) => void messages.push(message) });
          return messages;
        },
        dlq: async (...args: readonly string[]): Promise<{ code: unknown; out: string; err: string }> => {
          const program = runProgram("src/main.ts", { cwd: folder.path, args: ["dlq", ...args], env });
          return { code: await program.exited, out: program.stdout(), err: program.stderr() };
        },
      };
    }

    const letters = (out: string): Listed[] =>
      out
        .split("\n")
        .filter((line) => line !== "")
        .map((line) => JSON.parse(line) as Listed);

    it("are told to their topic byte by byte, listed, and put back once", async () => {
      const { env, serve, produce, readTopic, dlq } = await setUp();
      const { url } = await serve();
      const broken = Buffer.from([0x7b, 0xff, 0xfe, 0x00]);
      const donation = {
        event_id: "d1",
        timestamp: Date.now(),
        stream_id: "alpha",
        user_id: "u",
        username: "u",
        transaction_type: "donation",
        amount: 5,
        currency: "EUR",
      };
      const future = JSON.stringify({ ...donation, event_id: "future", timestamp: Date.now() + 600_000 });
      await produce(env["KAFKA_TOPIC_CHAT"]!, "alpha", broken, "[]");
      await produce(env["KAFKA_TOPIC_TRANSACTIONS"]!, "alpha", JSON.stringify(donation), future);
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

      const listed = letters((await dlq("list", "--json")).out);
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
      expect([again.code, again.err]).toEqual([1, expect.stringMatching(/was put back at \S+Z already: add --force/)]);
      expect(await (await fetch(`${url}/metrics`)).text()).toContain(
        'telemetra_dead_letters_total{code="invalid_json"} 2',
      );
    }, 90_000);

    it("are taken in when they are fine by now, and once only, however often they are put back", async () => {
      const { env, serve, produce, dlq } = await setUp({ MAX_FUTURE_MS: "1000" });
      const first = await serve();
      const donation = (id: string, timestamp: number): string =>
        JSON.stringify({
          event_id: id,
          timestamp,
          stream_id: "alpha",
          user_id: "u",
          username: "u",
          transaction_type: "donation",
          amount: 5,
          currency: "EUR",
        });
      const comesMs = Date.now() + 4_000;
      await produce(
        env["KAFKA_TOPIC_TRANSACTIONS"]!,
        "alpha",
        donation("now", Date.now()),
        donation("future", comesMs),
      );
      await vi.waitFor(async () => expect(letters((await dlq("list", "--json")).out)).toHaveLength(1), PATIENCE);
      await vi.waitFor(() => expect(Date.now()).toBeGreaterThan(comesMs - 500), PATIENCE);
      expect(await dlq("replay", "--code", "future_timestamp")).toMatchObject({ code: 0 });
      const donations = async (): Promise<number> => {
        const stats = (await (await fetch(`${first.url}/api/v1/streams/alpha/stats`)).json()) as {
          events: { transaction: number };
        };
        return stats.events.transaction;
      };
      await vi.waitFor(async () => expect(await donations()).toBe(2), PATIENCE);
      expect(await dlq("replay", "--code", "future_timestamp", "--force")).toMatchObject({ code: 0 });
      const lag = async (): Promise<number> => {
        const report = (await (await fetch(`${first.url}/api/v1/health`)).json()) as { lag: { records: number }[] };
        return report.lag.reduce((sum, { records }) => sum + records, 0);
      };
      await vi.waitFor(async () => expect(await lag()).toBe(0), PATIENCE);
      expect(await donations()).toBe(2);
      expect(letters((await dlq("list", "--json")).out)).toHaveLength(1);
    }, 90_000);

    it("R9: hold what the database refuses among a thousand, which is stored once that is mended and it is put back", async () => {
      const { database, env, serve, produce, dlq } = await setUp();
      const { url } = await serve();
      await database.query(`ALTER TABLE transactions ADD CONSTRAINT no_large_amounts CHECK (amount <= 100)`);
      const values = Array.from({ length: 1_000 }, (_, at) =>
        JSON.stringify({
          event_id: `d${at}`,
          timestamp: Date.now(),
          stream_id: "alpha",
          user_id: "u",
          username: "u",
          transaction_type: "donation",
          amount: at === 371 ? 900 : 1,
          currency: "EUR",
        }),
      );
      await produce(env["KAFKA_TOPIC_TRANSACTIONS"]!, "alpha", ...values);
      const count = async (): Promise<number> =>
        (await database.query<{ count: number }>("SELECT count(*)::int AS count FROM transactions"))[0]!.count;
      await vi.waitFor(async () => expect(await count()).toBe(999), PATIENCE);
      const [letter, ...others] = letters((await dlq("list", "--json")).out);
      expect(others).toEqual([]);
      expect(letter).toMatchObject({ code: "refused_by_database", value: values[371] });
      expect(await (await fetch(`${url}/api/v1/health`)).json()).toMatchObject({ status: "ok" });

      await database.query("ALTER TABLE transactions DROP CONSTRAINT no_large_amounts");
      expect(await dlq("replay", "--all")).toMatchObject({ code: 0 });
      await vi.waitFor(async () => expect(await count()).toBe(1_000), PATIENCE);
    }, 90_000);
  });
});
