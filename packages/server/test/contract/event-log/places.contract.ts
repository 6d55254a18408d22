import { EVENT_TYPES } from "@telemetra/core";
import { expect, it, vi } from "vitest";
import { OffsetOutOfRangeError } from "../../../src/ports/event-log.js";
import { makeAppend } from "../../support/records.js";
import { recordingConsumer } from "../../support/recording-consumer.js";
import { PATIENCE, pendingPartitions, readAll, type LogBench } from "./log-bench.js";

/** Where records go, and from where they are read: partitions, offsets and their order. */
export function placesContract(bench: LogBench): void {
  it("gives the records of one stream and kind in the order in which they were appended", async () => {
    const log = await bench.open();
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
    const log = await bench.open();
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
    const log = await bench.open();
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
    const log = await bench.open();
    await log.append(Array.from({ length: 30 }, (_, at) => makeAppend(String(at))));
    const all = (await readAll(log, 30)).records("chat");
    const { partition } = all[0]!;
    expect(all.map((record) => record.offset)).toEqual(all.map((_, at) => at));
    for (const from of [0, 1, 17, 29, 30]) {
      const consumer = recordingConsumer((place) =>
        place.topic === "chat" && place.partition === partition ? from : 0,
      );
      const consumption = await log.consume(consumer);
      await vi.waitFor(() => expect(pendingPartitions(consumer)).toEqual([]), PATIENCE);
      await consumption.stop();
      expect(consumer.records("chat")).toEqual(all.slice(from));
    }
  });

  it("refuses to start where no record is, and says so", async () => {
    const log = await bench.open();
    await log.append([makeAppend("1")]);
    const consumed = log.consume(recordingConsumer(({ topic }) => (topic === "chat" ? 999 : 0)));
    const failure = consumed.then(({ done }) => done);
    await expect(failure).rejects.toThrow(OffsetOutOfRangeError);
    await expect(failure).rejects.toThrow(/999/);
  });

  it("hands over batches in offset order that follow each other without a gap", async () => {
    const log = await bench.open();
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
}
