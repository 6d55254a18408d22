import { randomUUID } from "node:crypto";
import { EVENT_TYPES } from "@telemetra/core";
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from "vitest";
import { startKafka } from "../../../../scripts/services/kafka.mjs";
import { describeWithKafka } from "../../../../test/support/real-services.js";
import {
  createKafkaEventLog,
  type KafkaEventLog,
  type KafkaEventLogOptions,
} from "../../src/adapters/kafka/kafka-event-log.js";
import {
  OffsetOutOfRangeError,
  type Consumption,
  type LogConsumer,
  type LogGap,
  type LogPartition,
} from "../../src/ports/event-log.js";
import { kafkaOptions, kafkaTopics, type KafkaLogConfig } from "../support/adapter-config.js";
import { startChild } from "../support/child-program.js";
import { deleteKafkaTopics, withKafkaAdmin } from "../support/kafka-topics.js";
import { makeAppend } from "../support/records.js";
import { recordingConsumer, type RecordingConsumer } from "../support/recording-consumer.js";

const PATIENCE = { timeout: 30_000, interval: 20 };
const PARTITIONS = 4;

describeWithKafka("the Kafka adapter", (address) => {
  let config: KafkaLogConfig;
  let logs: KafkaEventLog[];

  beforeEach(() => {
    logs = [];
    config = {
      adapter: "kafka",
      brokers: address.split(","),
      prefix: `t${randomUUID().slice(0, 8)}`,
      partitions: PARTITIONS,
    };
  });
  afterEach(async () => {
    await Promise.all(logs.map((log) => log.close()));
    await deleteKafkaTopics(config);
  });

  async function open(options: Partial<KafkaEventLogOptions> = {}): Promise<KafkaEventLog> {
    const log = createKafkaEventLog({ ...kafkaOptions(config), ...options });
    logs.push(log);
    await log.open();
    return log;
  }
  /** One record for each of many streams, so that every partition of the topic has some. */
  const spread = (count: number, name = "e"): ReturnType<typeof makeAppend>[] =>
    Array.from({ length: count }, (_, at) =>
      makeAppend(`${name}${at}`, { streamId: `s${at}`, value: `"${name}${at}"` }),
    );
  const isComplete = ({ assigned }: RecordingConsumer, partitions: number): boolean =>
    assigned.length === partitions * EVENT_TYPES.length;

  describe("topics", () => {
    it("are made by whoever is first, with the partitions that were asked for", async () => {
      await Promise.all([open(), open(), open()]);
      const topics = Object.values(kafkaTopics(config.prefix));
      const { topics: described } = await withKafkaAdmin(config.brokers, (admin) =>
        admin.fetchTopicMetadata({ topics }),
      );
      expect(described.map(({ partitions }) => partitions.length)).toEqual(topics.map(() => PARTITIONS));
    });

    it("keep the partitions that they have", async () => {
      const topics = Object.values(kafkaTopics(config.prefix)).map((topic) => ({ topic, numPartitions: 2 }));
      await withKafkaAdmin(config.brokers, (admin) => admin.createTopics({ topics, waitForLeaders: false }));
      const log = await open();
      const consumer = recordingConsumer();
      await log.consume(consumer);
      await vi.waitFor(() => expect(isComplete(consumer, 2)).toBe(true), PATIENCE);
    });

    it("are refused when a stream would not have the same partition in all of them", async () => {
      const topics = [{ topic: kafkaTopics(config.prefix).chat, numPartitions: 2 }];
      await withKafkaAdmin(config.brokers, (admin) => admin.createTopics({ topics, waitForLeaders: false }));
      await expect(open()).rejects.toThrow(
        /the topics need the same number of partitions, but (?=.*t\w+\.chat has 2).*t\w+\.viewer has 4/,
      );
    });
  });

  it("says in one line within its time that no broker answers", async () => {
    const log = createKafkaEventLog({ ...kafkaOptions(config), brokers: ["127.0.0.1:1"], startTimeoutMs: 700 });
    await expect(log.open()).rejects.toMatchObject({
      code: "unavailable",
      message:
        "Kafka at 127.0.0.1:1 cannot be used: no answer within 700 ms; check that it runs and that KAFKA_BOOTSTRAP_SERVERS is right",
    });
  });

  describe("a group", () => {
    it("shares the partitions, each with all its topics, and gives them back when a member leaves", async () => {
      const [one, two] = [await open(), await open()];
      const [first, second] = [recordingConsumer(), recordingConsumer()];
      await one.consume(first);
      await vi.waitFor(() => expect(isComplete(first, PARTITIONS)).toBe(true), PATIENCE);
      const consumption = await two.consume(second);
      await vi.waitFor(() => expect([isComplete(first, 2), isComplete(second, 2)]).toEqual([true, true]), PATIENCE);
      for (const { assigned } of [first, second]) {
        const numbersOf = (topic: string): readonly number[] =>
          assigned.filter((place) => place.topic === topic).map(({ partition }) => partition);
        for (const type of EVENT_TYPES) expect(numbersOf(type)).toEqual(numbersOf("chat"));
      }
      expect(first.revoked.length).toBeGreaterThanOrEqual(PARTITIONS * EVENT_TYPES.length);
      await one.append(spread(40));
      await vi.waitFor(
        () => expect([...first.values(), ...second.values()].toSorted()).toEqual(valuesOf(spread(40))),
        PATIENCE,
      );
      expect(second.values().length).toBeGreaterThan(0);
      await consumption.stop();
      await vi.waitFor(() => expect(first.values().toSorted()).toEqual(valuesOf(spread(40))), PATIENCE);
    });

    it("has all partitions again soon after a member was killed", async () => {
      const log = await open();
      const consumer = recordingConsumer();
      await log.consume(consumer);
      const child = startChild("consume-until-killed.ts", { config });
      await child.untilLines(1);
      await vi.waitFor(() => expect(isComplete(consumer, 2)).toBe(true), PATIENCE);
      await child.kill();
      await log.append(spread(40));
      await vi.waitFor(() => expect(consumer.values().toSorted()).toEqual(valuesOf(spread(40))), PATIENCE);
    });

    it("does not give up a member that is busy for longer than its session", async () => {
      const log = await open({ times: { sessionMs: 2_000, heartbeatMs: 200 } });
      await log.append([makeAppend("1")]);
      const recorder = recordingConsumer();
      let assignments = 0;
      let assignmentsBefore = 0;
      await log.consume({
        ...recorder,
        onAssigned(partitions, signal) {
          assignments++;
          return recorder.onAssigned(partitions, signal);
        },
        async onBatch(batch) {
          if (batch.records.length > 0) {
            assignmentsBefore ||= assignments;
            await new Promise((resolve) => setTimeout(resolve, 5_000));
          }
          await recorder.onBatch(batch);
        },
      });
      await vi.waitFor(() => expect(recorder.values()).toHaveLength(1), PATIENCE);
      await log.append([makeAppend("2")]);
      await vi.waitFor(() => expect(recorder.values()).toHaveLength(2), PATIENCE);
      expect(assignments).toBe(assignmentsBefore);
    });

    it("keeps to its new partitions when the consumer says of the old ones that it has lost its place", async () => {
      const [first, second] = await Promise.all([open(), open()]);
      const [one, other] = [recordingConsumer(), recordingConsumer()];
      const asked = Promise.withResolvers<void>();
      const answer = Promise.withResolvers<"reassign">();
      await first.consume({
        ...one,
        // The answer about the end of a partition comes only when the group has given out the partitions anew.
        async onBatch(batch) {
          if (one.values().length === 0 || batch.records.length > 0) return one.onBatch(batch);
          asked.resolve();
          return answer.promise;
        },
      });
      await vi.waitFor(() => expect(isComplete(one, PARTITIONS)).toBe(true), PATIENCE);
      await first.append(spread(1));
      await asked.promise;
      await second.consume(other);
      await vi.waitFor(() => expect(isComplete(other, PARTITIONS / 2)).toBe(true), PATIENCE);
      answer.resolve("reassign");
      await vi.waitFor(() => expect(one.revoked.length).toBeGreaterThan(0), PATIENCE);
      await vi.waitFor(() => expect(isComplete(one, PARTITIONS / 2)).toBe(true), PATIENCE);
      const places = [...one.assigned, ...other.assigned].map(({ topic, partition }) => `${topic}/${partition}`);
      expect(new Set(places).size).toBe(PARTITIONS * EVENT_TYPES.length);
    });

    it("commits its offsets for others to see", async () => {
      const log = await open();
      await log.append(Array.from({ length: 10 }, (_, at) => makeAppend(String(at))));
      await log.consume(recordingConsumer());
      await vi.waitFor(async () => {
        const committed = await withKafkaAdmin(config.brokers, (admin) =>
          admin.fetchOffsets({ groupId: `${config.prefix}.group`, topics: [kafkaTopics(config.prefix).chat] }),
        );
        expect(committed[0]!.partitions.map(({ offset }) => offset)).toContain("10");
      }, PATIENCE);
    });
  });

  describe("records that are gone", () => {
    /** Twenty records in one partition, of which the first ten are deleted. */
    async function loseTen(): Promise<LogPartition> {
      const log = await open();
      await log.append(Array.from({ length: 20 }, (_, at) => makeAppend(String(at))));
      const topic = kafkaTopics(config.prefix).chat;
      return withKafkaAdmin(config.brokers, async (admin) => {
        const offsets = await vi.waitFor(() => admin.fetchTopicOffsets(topic), PATIENCE);
        const { partition } = offsets.find(({ high }) => high === "20")!;
        await admin.deleteTopicRecords({ topic, partitions: [{ partition, offset: "10" }] });
        return { topic: "chat", partition };
      });
    }

    it("end the consumption", async () => {
      await loseTen();
      const consumed = (await open()).consume(recordingConsumer());
      await expect(consumed.then(({ done }) => done)).rejects.toThrow(OffsetOutOfRangeError);
      await expect(consumed.then(({ done }) => done)).rejects.toThrow(
        /keeps offsets 10 to 20, but reading was to start at 0/,
      );
    });

    /** Fifteen of twenty records are deleted while the consumer is busy with one before them. */
    async function loseWhileReading(
      log: KafkaEventLog,
      recorder: RecordingConsumer & Pick<LogConsumer, "onGap">,
    ): Promise<Consumption> {
      await log.append([makeAppend("first")]);
      const begun = deferred();
      const release = deferred();
      const consumption = await log.consume({
        ...recorder,
        async onBatch(batch) {
          if (batch.records.length > 0) {
            begun.resolve();
            await release.promise;
          }
          return recorder.onBatch(batch);
        },
      });
      await begun.promise;
      await log.append(Array.from({ length: 20 }, (_, at) => makeAppend(String(at))));
      const topic = kafkaTopics(config.prefix).chat;
      await withKafkaAdmin(config.brokers, async (admin) => {
        const offsets = await vi.waitFor(() => admin.fetchTopicOffsets(topic), PATIENCE);
        const { partition } = offsets.find(({ high }) => high === "21")!;
        await admin.deleteTopicRecords({ topic, partitions: [{ partition, offset: "16" }] });
      });
      release.resolve();
      return consumption;
    }

    it("end the consumption too when they go while it reads", async () => {
      const recorder = recordingConsumer();
      const { done } = await loseWhileReading(await open(), recorder);
      await expect(done).rejects.toThrow(
        /keeps offsets 16 to 21, but reading was to start at 1: .*KAFKA_MISSING_OFFSETS/,
      );
      expect(recorder.values()).toHaveLength(1);
    });

    it("are told to the consumer when they go while it reads and that was asked for", async () => {
      const gaps: LogGap[] = [];
      const recorder = { ...recordingConsumer(), onGap: (gap: LogGap) => void gaps.push(gap) };
      await loseWhileReading(await open({ onMissingOffsets: "continue" }), recorder);
      await vi.waitFor(() => expect(recorder.records()).toHaveLength(6), PATIENCE);
      expect(recorder.records().map(({ offset }) => offset)).toEqual([0, 16, 17, 18, 19, 20]);
      expect(gaps).toMatchObject([{ topic: "chat", fromOffset: 1, toOffset: 16 }]);
    });

    it("are reported, and left behind, when that was asked for", async () => {
      const { partition } = await loseTen();
      const messages: string[] = [];
      const gaps: LogGap[] = [];
      const log = await open({ onMissingOffsets: "continue", onLog: (_level, message) => messages.push(message) });
      const consumer = recordingConsumer();
      await log.consume({ ...consumer, onGap: (gap) => gaps.push(gap) });
      await vi.waitFor(() => expect(consumer.records()).toHaveLength(10), PATIENCE);
      expect(gaps).toEqual([{ topic: "chat", partition, fromOffset: 0, toOffset: 10 }]);
      expect(consumer.records().map(({ offset }) => offset)).toEqual(Array.from({ length: 10 }, (_, at) => 10 + at));
      expect(messages.join("\n")).toContain(`partition ${partition} of ${config.prefix}.chat keeps offsets 10 to 20`);
    });

    it.each(["stop", "continue"] as const)(
      "end it always when the offset lies past the end (%s)",
      async (onMissingOffsets) => {
        const log = await open({ onMissingOffsets });
        await log.append([makeAppend("1")]);
        const start = log.consume(recordingConsumer(({ topic }) => (topic === "chat" ? 5 : 0)));
        await expect(start.then(({ done }) => done)).rejects.toThrow(/but reading was to start at 5/);
      },
    );
  });
});

/** With a broker of its own, which may be killed. */
describeWithKafka("the Kafka adapter and a broker in trouble", () => {
  const setUp = async (
    options: Partial<KafkaEventLogOptions> = {},
    brokers = 1,
  ): Promise<{ cluster: Cluster; log: KafkaEventLog }> => {
    const cluster = await startKafka({ brokers });
    onTestFinished(() => cluster.stop());
    const config: KafkaLogConfig = {
      adapter: "kafka",
      brokers: cluster.bootstrapServers.split(","),
      prefix: "own",
      partitions: 2,
    };
    const log = createKafkaEventLog({ ...kafkaOptions(config), ...options });
    await log.open();
    onTestFinished(() => log.close());
    return { cluster, log };
  };
  type Cluster = Awaited<ReturnType<typeof startKafka>>;

  /** Appends and consumes all the while, and then compares. */
  const expectNothingLost = async (
    log: KafkaEventLog,
    trouble: (untilMore: () => Promise<void>) => Promise<void>,
  ): Promise<void> => {
    const consumer = recordingConsumer();
    await log.consume(consumer);
    const acknowledged: string[] = [];
    let isDone = false;
    const appending = (async () => {
      for (let number = 0; !isDone; number++) {
        const records = Array.from({ length: 12 }, (_, part) =>
          makeAppend(`${number}-${part}`, { streamId: `s${part}`, value: `"${number}-${part}"` }),
        );
        await log.append(records);
        acknowledged.push(...records.map(({ value }) => value));
      }
    })();
    const untilMore = (): Promise<void> => {
      const before = acknowledged.length;
      return vi.waitFor(() => expect(acknowledged.length).toBeGreaterThan(before + 500), PATIENCE);
    };
    await untilMore();
    await trouble(untilMore);
    await untilMore();
    isDone = true;
    await appending;
    await vi.waitFor(() => {
      const kept = new Set(consumer.values());
      expect(acknowledged.filter((value) => !kept.has(value))).toEqual([]);
    }, PATIENCE);
  };

  it("loses no record that was acknowledged, and goes on by itself, when the broker is killed and comes back", async () => {
    const { cluster, log } = await setUp({ appendTimeoutMs: 60_000 });
    await expectNothingLost(log, async () => {
      await cluster.brokers[0]!.kill();
      await cluster.brokers[0]!.start();
    });
  }, 120_000);

  it("loses no record that was acknowledged while the brokers of a cluster are killed in turn", async () => {
    const { cluster, log } = await setUp({ appendTimeoutMs: 60_000 }, 3);
    await expectNothingLost(log, async (untilMore) => {
      for (const [at, broker] of cluster.brokers.entries()) {
        await broker.kill(at === 1 ? "SIGTERM" : "SIGKILL");
        await untilMore();
        await broker.start();
        await untilMore();
      }
    });
  }, 180_000);

  it("closes in time although the broker is away and a record waits for it", async () => {
    const { cluster, log } = await setUp({ appendTimeoutMs: 1_000 });
    const consumer = recordingConsumer();
    const consumption = await log.consume(consumer);
    await cluster.brokers[0]!.kill();
    const waiting = log.append([makeAppend("1")]).catch((error: unknown) => error);
    const before = performance.now();
    await log.close();
    expect(performance.now() - before).toBeLessThan(6_000);
    await consumption.done;
    expect(await waiting).toMatchObject({ code: "unavailable" });
  }, 60_000);

  it("refuses an append in time while the broker is away, and takes the same records when it is back", async () => {
    const { cluster, log } = await setUp({ appendTimeoutMs: 1_500 });
    await log.append([makeAppend("before", { value: '"before"' })]);
    await cluster.brokers[0]!.kill();
    const records = ["a", "b"].map((id) => makeAppend(id, { value: `"${id}"` }));
    const failed = log.append(records);
    // A repeat of what is on its way must not be told as a duplicate before the first has arrived.
    const repeated = log.append([makeAppend("a")]);
    for (const append of [failed, repeated]) {
      await expect(append).rejects.toMatchObject({
        code: "unavailable",
        message: expect.stringContaining("no acknowledgement by Kafka within 1500 ms") as string,
      });
    }
    await expect(log.ping()).rejects.toMatchObject({ code: "unavailable" });
    await cluster.brokers[0]!.start();
    await vi.waitFor(async () => expect(await log.append(records)).toEqual(["appended", "appended"]), PATIENCE);
    const consumer = recordingConsumer();
    await log.consume(consumer);
    await vi.waitFor(
      () => expect(consumer.values()).toEqual(expect.arrayContaining(['"before"', '"a"', '"b"'])),
      PATIENCE,
    );
  }, 120_000);
});

function deferred(): { readonly promise: Promise<void>; readonly resolve: () => void } {
  let resolve!: () => void;
  const promise = new Promise<void>((done) => (resolve = done));
  return { promise, resolve };
}

function valuesOf(records: readonly { readonly value: string }[]): readonly string[] {
  return records.map((record) => record.value).toSorted();
}
