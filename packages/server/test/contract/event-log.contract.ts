import { EVENT_TYPES } from "@telemetra/core";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import {
  OffsetOutOfRangeError,
  type AppendRecord,
  type EventLog,
  type LogBatch,
  type LogPartition,
} from "../../src/ports/event-log.js";
import { openLog, type LogConfig, type Opened } from "../support/adapter-config.js";
import { startChild } from "../support/child-program.js";
import { makeAppend } from "../support/records.js";
import { recordingConsumer } from "../support/recording-consumer.js";

/** An empty log of its own for one test. */
export interface EventLogHarness {
  readonly config: LogConfig;
  /** Removes the storage. */
  dispose(): Promise<void>;
}

export interface EventLogTraits {
  /** Whether a repeated id is told after a restart too. */
  readonly remembersIdsAcrossRestarts: boolean;
}

const PATIENCE = { timeout: 20_000, interval: 10 };

/** Every promise of the `EventLog` port as a test; any adapter can be put to it. */
export function eventLogContract(
  name: string,
  createHarness: () => Promise<EventLogHarness>,
  traits: EventLogTraits,
): void {
  describe(`${name} keeps the EventLog contract`, { timeout: 30_000 }, () => {
    let harness: EventLogHarness;
    let opened: Opened<EventLog>[];

    beforeEach(async () => {
      opened = [];
      harness = await createHarness();
    });
    afterEach(async () => {
      await Promise.all(opened.map((log) => log.close()));
      await harness.dispose();
    });

    async function open(): Promise<EventLog> {
      const log = await openLog(harness.config);
      opened.push(log);
      return log.port;
    }
    async function reopen(): Promise<EventLog> {
      await Promise.all(opened.splice(0).map((log) => log.close()));
      return open();
    }
    /** Everything in the log, by one consumption from the beginning. */
    async function readAll(log: EventLog, count: number): Promise<ReturnType<typeof recordingConsumer>> {
      const consumer = recordingConsumer();
      const consumption = await log.consume(consumer);
      await vi.waitFor(() => {
        expect(consumer.records().length).toBeGreaterThanOrEqual(count);
        expect(pendingPartitions(consumer.assigned, consumer.batches)).toEqual([]);
      }, PATIENCE);
      await consumption.stop();
      return consumer;
    }

    it("keeps acknowledged records when it is closed and opened again", async () => {
      const log = await open();
      await log.append([makeAppend("1"), makeAppend("2", { type: "viewer" })]);
      const { values } = await readAll(await reopen(), 2);
      expect([values("chat"), values("viewer")]).toEqual([['{"event_id":"1"}'], ['{"event_id":"2"}']]);
    });

    it("keeps every acknowledged record when the process that appended is killed", async () => {
      const child = startChild("append-until-killed.ts", { config: harness.config, streamId: "alpha" });
      await child.untilLines(150);
      await child.kill();
      const acknowledged = [...child.lines];
      const { values } = await readAll(await open(), acknowledged.length);
      const kept = values().map((value) => JSON.parse(value) as string);
      expect(acknowledged.filter((id) => !kept.includes(id))).toEqual([]);
      expect(new Set(kept).size).toBe(kept.length);
    });

    it("gives the records of one stream and kind in the order in which they were appended", async () => {
      const log = await open();
      const streams = ["alpha", "beta", "gamma", "delta"];
      const appended = Array.from({ length: 400 }, (_, number) =>
        makeAppend(String(number), {
          streamId: streams[number % streams.length]!,
          type: EVENT_TYPES[Math.floor(number / 7) % EVENT_TYPES.length]!,
          value: JSON.stringify({ number, streamId: streams[number % streams.length] }),
        }),
      );
      const chunks = Array.from({ length: 40 }, (_, at) => appended.slice(at * 10, at * 10 + 10));
      await Promise.all(chunks.map((chunk) => log.append(chunk)));
      const { records } = await readAll(log, appended.length);
      for (const type of EVENT_TYPES) {
        for (const streamId of streams) {
          const isOurs = (value: string): boolean => (JSON.parse(value) as { streamId: string }).streamId === streamId;
          const read = records(type).filter((record) => isOurs(record.value));
          const wanted = appended.filter((record) => record.type === type && record.streamId === streamId);
          expect(read.map((record) => record.value)).toEqual(wanted.map((record) => record.value));
          expect(wanted.length).toBeGreaterThan(0);
        }
      }
    });

    it("puts all events of a stream into the same partition number of every topic", async () => {
      const log = await open();
      const streams = Array.from({ length: 20 }, (_, at) => `stream-${at}`);
      await log.append(
        streams.flatMap((streamId) =>
          EVENT_TYPES.map((type) => makeAppend(`${streamId}-${type}`, { streamId, type, value: `"${streamId}"` })),
        ),
      );
      const { records } = await readAll(log, streams.length * EVENT_TYPES.length);
      for (const streamId of streams) {
        const ours = records().filter((record) => record.value === `"${streamId}"`);
        expect(ours).toHaveLength(EVENT_TYPES.length);
        expect(new Set(ours.map((record) => record.partition)).size).toBe(1);
      }
    });

    it("assigns every partition of every topic to a lone consumer", async () => {
      const log = await open();
      const { assigned } = await readAll(log, 0);
      const numbersOf = (topic: string): readonly number[] =>
        assigned
          .filter((partition) => partition.topic === topic)
          .map((partition) => partition.partition)
          .toSorted((left, right) => left - right);
      expect(numbersOf("chat")).toEqual(Array.from({ length: assigned.length / EVENT_TYPES.length }, (_, at) => at));
      for (const type of EVENT_TYPES) expect(numbersOf(type)).toEqual(numbersOf("chat"));
    });

    it("starts from any offset that is kept and gives every record from there exactly once", async () => {
      const log = await open();
      await log.append(Array.from({ length: 30 }, (_, at) => makeAppend(String(at))));
      const all = (await readAll(log, 30)).records("chat");
      const { partition } = all[0]!;
      expect(all.map((record) => record.offset)).toEqual(all.map((_, at) => at));
      for (const from of [0, 1, 17, 29, 30]) {
        const consumer = recordingConsumer((place) =>
          place.topic === "chat" && place.partition === partition ? from : 0,
        );
        const consumption = await log.consume(consumer);
        await vi.waitFor(() => expect(pendingPartitions(consumer.assigned, consumer.batches)).toEqual([]), PATIENCE);
        await consumption.stop();
        expect(consumer.records("chat")).toEqual(all.slice(from));
      }
    });

    it("refuses to start where no record is, and says so", async () => {
      const log = await open();
      await log.append([makeAppend("1")]);
      const consumed = log.consume(recordingConsumer(({ topic }) => (topic === "chat" ? 999 : 0)));
      const failure = consumed.then(({ done }) => done);
      await expect(failure).rejects.toThrow(OffsetOutOfRangeError);
      await expect(failure).rejects.toThrow(/999/);
    });

    it("hands over batches in offset order that follow each other without a gap", async () => {
      const log = await open();
      await Promise.all(
        Array.from({ length: 25 }, (_, chunk) =>
          log.append(Array.from({ length: 100 }, (_, at) => makeAppend(`${chunk}-${at}`, { streamId: `s${at % 5}` }))),
        ),
      );
      const { batches, assigned } = await readAll(log, 2_500);
      for (const { topic, partition } of assigned) {
        let expected = 0;
        for (const batch of batches.filter((one) => one.topic === topic && one.partition === partition)) {
          const offsets = batch.records.map((record) => record.offset);
          expect(offsets).toEqual(offsets.map((_, at) => expected + at));
          expected += offsets.length;
          expect(batch.nextOffset).toBe(expected);
        }
      }
    });

    it("tells a repeated event id within one call and does not append it again", async () => {
      const log = await open();
      expect(await log.append([makeAppend("1"), makeAppend("2"), makeAppend("1", { value: '"other"' })])).toEqual([
        "appended",
        "appended",
        "duplicate",
      ]);
      expect((await readAll(log, 2)).values()).toEqual(['{"event_id":"1"}', '{"event_id":"2"}']);
    });

    it("tells a repeated event id of another call, made before or at the same time, and of another kind", async () => {
      const log = await open();
      const [first, second] = await Promise.all([log.append([makeAppend("1")]), log.append([makeAppend("1")])]);
      expect([first, second].flat().toSorted()).toEqual(["appended", "duplicate"]);
      expect(await log.append([makeAppend("1", { type: "viewer" }), makeAppend("3")])).toEqual([
        "duplicate",
        "appended",
      ]);
      expect((await readAll(log, 2)).values()).toHaveLength(2);
    });

    it("takes the same event id of another stream for another event", async () => {
      const log = await open();
      expect(await log.append([makeAppend("1"), makeAppend("1", { streamId: "beta" })])).toEqual([
        "appended",
        "appended",
      ]);
    });

    it("gives a verdict for each record of any list of appends, in order", async () => {
      const log = await open();
      const seen = new Set<string>();
      let round = 0;
      await fc.assert(
        fc.asyncProperty(
          fc.array(fc.array(fc.integer({ min: 0, max: 8 }), { maxLength: 6 }), { maxLength: 6 }),
          async (calls) => {
            round++;
            const lists = calls.map((ids) => ids.map((id) => makeAppend(`${round}-${id}`)));
            const verdicts = await Promise.all(lists.map((list) => log.append(list)));
            lists.forEach((list, at) => {
              expect(verdicts[at]).toEqual(list.map((record) => verdictFor(seen, record)));
            });
          },
        ),
        { numRuns: 15 },
      );
    });

    if (traits.remembersIdsAcrossRestarts) {
      it("tells a repeated event id after a restart", async () => {
        const log = await open();
        await log.append([makeAppend("1")]);
        expect(await (await reopen()).append([makeAppend("1"), makeAppend("2")])).toEqual(["duplicate", "appended"]);
      });
    }

    it("gives back exactly the text that was appended", async () => {
      const log = await open();
      const texts = [
        '{"a":"\\u0000 \\"quoted\\""}',
        '"Grüße 🎉 \u2028"',
        `"${"x".repeat(20_000)}"`,
        "not JSON at all",
        "",
      ];
      await log.append(texts.map((value, at) => makeAppend(String(at), { value })));
      expect((await readAll(log, texts.length)).values()).toEqual(texts);
    });

    it("hands over a record that is appended while somebody waits for it", async () => {
      const log = await open();
      const consumer = recordingConsumer();
      const consumption = await log.consume(consumer);
      await vi.waitFor(() => expect(pendingPartitions(consumer.assigned, consumer.batches)).toEqual([]), PATIENCE);
      for (let number = 0; number < 3; number++) {
        await log.append([makeAppend(String(number))]);
        await vi.waitFor(() => expect(consumer.values()).toHaveLength(number + 1), PATIENCE);
      }
      await consumption.stop();
    });

    it("says when nothing more is waiting, in an empty partition too", async () => {
      const log = await open();
      await log.append([makeAppend("1")]);
      const { assigned, batches } = await readAll(log, 1);
      for (const { topic, partition } of assigned) {
        const ours = batches.filter((batch) => batch.topic === topic && batch.partition === partition);
        expect(ours.map((batch) => batch.isAtEnd).at(-1)).toBe(true);
      }
    });

    it("tells the end of every other partition again after records came, as of an instant after them", async () => {
      const log = await open();
      const consumer = recordingConsumer();
      const consumption = await log.consume(consumer);
      await vi.waitFor(() => expect(pendingPartitions(consumer.assigned, consumer.batches)).toEqual([]), PATIENCE);
      await log.append([makeAppend("1")]);
      await vi.waitFor(() => {
        const [record] = consumer.batches.flatMap(({ records }) => records);
        expect(record).toBeDefined();
        for (const { topic, partition } of consumer.assigned) {
          const ours = consumer.batches.filter((batch) => batch.topic === topic && batch.partition === partition);
          expect(Math.max(...ours.map(({ asOfMs }) => asOfMs)), topic).toBeGreaterThan(record!.appendedAtMs);
        }
      }, PATIENCE);
      await consumption.stop();
    });

    it("does not say that nothing more is waiting before the last record", async () => {
      const log = await open();
      await log.append(Array.from({ length: 3_000 }, (_, at) => makeAppend(String(at))));
      const { batches } = await readAll(log, 3_000);
      for (const batch of batches.filter((one) => one.topic === "chat" && one.records.length > 0)) {
        expect(batch.isAtEnd).toBe(batch.nextOffset === 3_000);
      }
    });

    it("hands over one batch at a time", async () => {
      const log = await open();
      await log.append(
        EVENT_TYPES.flatMap((type) => Array.from({ length: 20 }, (_, at) => makeAppend(`${type}${at}`, { type }))),
      );
      const recorder = recordingConsumer();
      let inHand = 0;
      let most = 0;
      const consumption = await log.consume({
        ...recorder,
        async onBatch(batch) {
          most = Math.max(most, ++inHand);
          await new Promise((resolve) => setTimeout(resolve, 5));
          inHand--;
          await recorder.onBatch(batch);
        },
      });
      await vi.waitFor(() => expect(recorder.values()).toHaveLength(80), PATIENCE);
      await consumption.stop();
      expect(most).toBe(1);
    });

    it("finishes the batch in hand when it is stopped and hands over nothing more", async () => {
      const log = await open();
      await log.append([makeAppend("1")]);
      const begun = deferred();
      const release = deferred();
      const finished: LogBatch[] = [];
      const consumption = await log.consume({
        ...recordingConsumer(),
        async onBatch(batch) {
          if (batch.records.length === 0) return;
          begun.resolve();
          await release.promise;
          finished.push(batch);
        },
      });
      await begun.promise;
      let isStopped = false;
      const stopped = consumption.stop().then(() => (isStopped = true));
      await log.append([makeAppend("2")]);
      expect(isStopped).toBe(false);
      release.resolve();
      await stopped;
      await consumption.done;
      expect(finished.flatMap((batch) => batch.records.map((record) => record.offset))).toEqual([0]);
    });

    it("keeps what results still need, and goes on from there, when it is told what they do not need", async () => {
      const log = await open();
      await log.append(Array.from({ length: 5 }, (_, at) => makeAppend(String(at))));
      const { records } = await readAll(log, 5);
      const { topic, partition } = records()[0]!;
      log.committed?.([{ topic, partition, lowOffset: 3 }]);
      const startAt = (place: LogPartition): number => (place.topic === topic && place.partition === partition ? 3 : 0);
      const consumer = recordingConsumer(startAt);
      const consumption = await log.consume(consumer);
      await vi.waitFor(() => expect(consumer.records().map(({ offset }) => offset)).toEqual([3, 4]), PATIENCE);
      await consumption.stop();
    });

    it("puts records in once more, whatever their ids, in order and marked", async () => {
      const log = await open();
      await log.append([makeAppend("1"), makeAppend("2")]);
      const first = await readAll(log, 2);
      const { topic, partition } = first.records()[0]!;
      const again = ['{"event_id":"2"}', "{broken", "NUL \0 and 🎉"].map((value) => ({
        topic,
        partition,
        bytes: Buffer.from(value),
      }));
      await log.appendAgain([{ ...again[0]!, streamId: "alpha" }, ...again.slice(1)]);
      const { records } = await readAll(await reopen(), 5);
      expect(records().map(({ value, isReplay }) => [value, isReplay ?? false])).toEqual([
        ['{"event_id":"1"}', false],
        ['{"event_id":"2"}', false],
        ['{"event_id":"2"}', true],
        ["{broken", true],
        ["NUL \0 and 🎉", true],
      ]);
      expect(new Set(records().map((record) => record.partition)).size).toBe(1);
    });

    it("tells where each partition ends, without reading it", async () => {
      const log = await open();
      await log.append([makeAppend("1"), makeAppend("2"), makeAppend("3", { type: "viewer" })]);
      const { assigned, batches } = await readAll(log, 3);
      const read = assigned.map(
        ({ topic, partition }) =>
          batches.findLast((batch) => batch.topic === topic && batch.partition === partition)!.nextOffset,
      );
      expect(read.toSorted((left, right) => right - left).slice(0, 3)).toEqual([2, 1, 0]);
      expect(await log.ends(assigned)).toEqual(read);
      expect(await log.ends([])).toEqual([]);
    });

    it("assigns everything anew when the consumer has lost its place", async () => {
      const log = await open();
      await log.append(Array.from({ length: 5 }, (_, at) => makeAppend(String(at))));
      const recorder = recordingConsumer();
      let lost = 0;
      const consumption = await log.consume({
        ...recorder,
        async onBatch(batch) {
          if (lost === 0 && batch.records.length > 0) {
            lost++;
            return "reassign";
          }
          return recorder.onBatch(batch);
        },
      });
      await vi.waitFor(() => expect(recorder.values()).toHaveLength(5), PATIENCE);
      expect(recorder.revoked.length).toBeGreaterThan(0);
      const places = recorder.assigned.map(({ topic, partition }) => `${topic}/${partition}`);
      expect(places).toHaveLength(new Set(places).size);
      await log.append([makeAppend("later")]);
      await vi.waitFor(() => expect(recorder.values()).toHaveLength(6), PATIENCE);
      await consumption.stop();
    });

    it("tells a consumer that takes its time to start when it is stopped", async () => {
      const log = await open();
      const recorder = recordingConsumer();
      let isLost = false;
      let isTold = false;
      const waiting = deferred();
      await log.append([makeAppend("1")]);
      const consumption = await log.consume({
        ...recorder,
        async onBatch(batch) {
          isLost ||= batch.records.length > 0;
          return isLost ? "reassign" : recorder.onBatch(batch);
        },
        async onAssigned(partitions, signal) {
          if (!isLost) return recorder.onAssigned(partitions, signal);
          waiting.resolve();
          await new Promise<void>((resolve) => signal.addEventListener("abort", () => resolve()));
          isTold = true;
          throw signal.reason;
        },
      });
      await waiting.promise;
      await consumption.stop();
      await consumption.done;
      expect(isTold).toBe(true);
    });

    it("ends the consumption with the error of the consumer", async () => {
      const log = await open();
      await log.append([makeAppend("1")]);
      const failure = new Error("the consumer cannot go on");
      const consumption = await log.consume({ ...recordingConsumer(), onBatch: () => Promise.reject(failure) });
      await expect(consumption.done).rejects.toBe(failure);
      expect((await readAll(log, 1)).values()).toHaveLength(1);
    });

    it("refuses a second consumption at the same time and allows one after", async () => {
      const log = await open();
      const consumption = await log.consume(recordingConsumer());
      await expect(log.consume(recordingConsumer())).rejects.toThrow(/already/);
      await consumption.stop();
      await (await log.consume(recordingConsumer())).stop();
    });

    it("answers a ping while it is open and refuses work when it is closed", async () => {
      const log = await open();
      await log.ping();
      await log.close();
      await expect(log.ping()).rejects.toThrow(/not open/);
      await expect(log.append([makeAppend("1")])).rejects.toThrow(/not open/);
      await expect(log.consume(recordingConsumer())).rejects.toThrow(/not open/);
    });
  });
}

/** Partitions of which the end has not been reached yet. */
function pendingPartitions(assigned: readonly LogPartition[], batches: readonly LogBatch[]): readonly LogPartition[] {
  if (assigned.length === 0) throw new Error("no partition was assigned yet");
  return assigned.filter(({ topic, partition }) => {
    const last = batches.findLast((batch) => batch.topic === topic && batch.partition === partition);
    return last?.isAtEnd !== true;
  });
}

function verdictFor(seen: Set<string>, record: AppendRecord): string {
  if (seen.has(record.eventId)) return "duplicate";
  seen.add(record.eventId);
  return "appended";
}

function deferred(): { readonly promise: Promise<void>; readonly resolve: () => void } {
  let resolve!: () => void;
  const promise = new Promise<void>((done) => (resolve = done));
  return { promise, resolve };
}
