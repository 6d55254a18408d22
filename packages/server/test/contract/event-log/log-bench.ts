import { afterEach, beforeEach, expect, vi } from "vitest";
import type { EventLog, LogBatch, LogPartition } from "../../../src/ports/event-log.js";
import { openLog, type LogConfig, type Opened } from "../../support/adapter-config.js";
import { recordingConsumer, type RecordingConsumer } from "../../support/recording-consumer.js";

/** An empty log of its own for one test. */
export interface EventLogHarness {
  readonly config: LogConfig;
  /** Removes the storage. */
  dispose(): Promise<void>;
}

/** An empty log under test, which may be opened again. */
export interface LogBench {
  readonly config: LogConfig;
  open(): Promise<EventLog>;
  /** Closes whatever is open before. */
  reopen(): Promise<EventLog>;
}

export const PATIENCE = { timeout: 20_000, interval: 10 };

/** Gives each test of a group an empty log of its own, which goes with the test. */
export function useLogBench(createHarness: () => Promise<EventLogHarness>): LogBench {
  let harness: EventLogHarness;
  const opened: Opened<EventLog>[] = [];
  const closeAll = async (): Promise<void> => {
    await Promise.all(opened.splice(0).map((log) => log.close()));
  };

  beforeEach(async () => {
    harness = await createHarness();
  });
  afterEach(async () => {
    await closeAll();
    await harness.dispose();
  });

  const bench: LogBench = {
    get config() {
      return harness.config;
    },
    async open() {
      const log = await openLog(harness.config);
      opened.push(log);
      return log.port;
    },
    async reopen() {
      await closeAll();
      return bench.open();
    },
  };
  return bench;
}

/** Everything in the log, by one consumption from the beginning. */
export async function readAll(log: EventLog, count: number): Promise<RecordingConsumer> {
  const consumer = recordingConsumer();
  const consumption = await log.consume(consumer);
  await vi.waitFor(() => {
    expect(consumer.records().length).toBeGreaterThanOrEqual(count);
    expect(pendingPartitions(consumer)).toEqual([]);
  }, PATIENCE);
  await consumption.stop();
  return consumer;
}

/** Partitions of which the end has not been reached yet. */
export function pendingPartitions({
  assigned,
  batches,
}: {
  readonly assigned: readonly LogPartition[];
  readonly batches: readonly LogBatch[];
}): readonly LogPartition[] {
  if (assigned.length === 0) throw new Error("no partition was assigned yet");
  return assigned.filter(({ topic, partition }) => {
    const last = batches.findLast((batch) => batch.topic === topic && batch.partition === partition);
    return last?.isAtEnd !== true;
  });
}
