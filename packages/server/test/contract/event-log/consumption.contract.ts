import { EVENT_TYPES } from "@telemetra/core";
import { expect, it, vi } from "vitest";
import type { LogBatch } from "../../../src/ports/event-log.js";
import { makeAppend } from "../../support/records.js";
import { recordingConsumer } from "../../support/recording-consumer.js";
import { PATIENCE, readAll, type LogBench } from "./log-bench.js";

/** A consumer gets one batch at a time until it is stopped, fails or has lost its place. */
export function consumptionContract(bench: LogBench): void {
  it("hands over one batch at a time", async () => {
    const log = await bench.open();
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
    const log = await bench.open();
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

  it("assigns everything anew when the consumer has lost its place", async () => {
    const log = await bench.open();
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
    const log = await bench.open();
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
    const log = await bench.open();
    await log.append([makeAppend("1")]);
    const failure = new Error("the consumer cannot go on");
    const consumption = await log.consume({ ...recordingConsumer(), onBatch: () => Promise.reject(failure) });
    await expect(consumption.done).rejects.toBe(failure);
    expect((await readAll(log, 1)).values()).toHaveLength(1);
  });

  it("refuses a second consumption at the same time and allows one after", async () => {
    const log = await bench.open();
    const consumption = await log.consume(recordingConsumer());
    await expect(log.consume(recordingConsumer())).rejects.toThrow(/already/);
    await consumption.stop();
    await (await log.consume(recordingConsumer())).stop();
  });

  it("answers a ping while it is open and refuses work when it is closed", async () => {
    const log = await bench.open();
    await log.ping();
    await log.close();
    await expect(log.ping()).rejects.toThrow(/not open/);
    await expect(log.append([makeAppend("1")])).rejects.toThrow(/not open/);
    await expect(log.consume(recordingConsumer())).rejects.toThrow(/not open/);
  });
}

function deferred(): { readonly promise: Promise<void>; readonly resolve: () => void } {
  let resolve!: () => void;
  const promise = new Promise<void>((done) => (resolve = done));
  return { promise, resolve };
}
