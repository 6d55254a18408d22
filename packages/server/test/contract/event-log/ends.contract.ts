import { expect, it, vi } from "vitest";
import { makeAppend } from "../../support/records.js";
import { recordingConsumer } from "../../support/recording-consumer.js";
import { PATIENCE, pendingPartitions, readAll, type LogBench } from "./log-bench.js";

/** Where the log ends, and when a consumer hears that nothing more is waiting. */
export function endsContract(bench: LogBench): void {
  it("hands over a record that is appended while somebody waits for it", async () => {
    const log = await bench.open();
    const consumer = recordingConsumer();
    const consumption = await log.consume(consumer);
    await vi.waitFor(() => expect(pendingPartitions(consumer)).toEqual([]), PATIENCE);
    for (let number = 0; number < 3; number++) {
      await log.append([makeAppend(String(number))]);
      await vi.waitFor(() => expect(consumer.values()).toHaveLength(number + 1), PATIENCE);
    }
    await consumption.stop();
  });

  it("says when nothing more is waiting, in an empty partition too", async () => {
    const log = await bench.open();
    await log.append([makeAppend("1")]);
    const { assigned, batches } = await readAll(log, 1);
    for (const { topic, partition } of assigned) {
      const ours = batches.filter((batch) => batch.topic === topic && batch.partition === partition);
      expect(ours.map((batch) => batch.isAtEnd).at(-1)).toBe(true);
    }
  });

  it("tells the end of every other partition again after records came, as of an instant after them", async () => {
    const log = await bench.open();
    const consumer = recordingConsumer();
    const consumption = await log.consume(consumer);
    await vi.waitFor(() => expect(pendingPartitions(consumer)).toEqual([]), PATIENCE);
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
    const log = await bench.open();
    await log.append(Array.from({ length: 3_000 }, (_, at) => makeAppend(String(at))));
    const { batches } = await readAll(log, 3_000);
    for (const batch of batches.filter((one) => one.topic === "chat" && one.records.length > 0)) {
      expect(batch.isAtEnd).toBe(batch.nextOffset === 3_000);
    }
  });

  it("tells where each partition ends, without reading it", async () => {
    const log = await bench.open();
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
}
