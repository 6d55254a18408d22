import type { LogBatch, LogConsumer, LogPartition, LogRecord } from "../../src/ports/event-log.js";

/** A consumer that keeps all it is given of its present assignment; the one before ends with `onRevoked`. */
export interface RecordingConsumer extends LogConsumer {
  readonly assigned: LogPartition[];
  readonly revoked: LogPartition[];
  readonly batches: LogBatch[];
  /** All records so far, of one topic or of all. */
  readonly records: (topic?: LogPartition["topic"]) => readonly (LogRecord & LogPartition)[];
  readonly values: (topic?: LogPartition["topic"]) => readonly string[];
}

/** @param startAt the offset to start a partition from; 0 when not given */
export function recordingConsumer(startAt: (partition: LogPartition) => number = () => 0): RecordingConsumer {
  const assigned: LogPartition[] = [];
  const revoked: LogPartition[] = [];
  const batches: LogBatch[] = [];
  const records: RecordingConsumer["records"] = (topic) =>
    batches
      .filter((batch) => topic === undefined || batch.topic === topic)
      .flatMap((batch) =>
        batch.records.map((record) => ({ ...record, topic: batch.topic, partition: batch.partition })),
      );
  return {
    assigned,
    revoked,
    batches,
    records,
    values: (topic) => records(topic).map((record) => record.value),
    onAssigned: async (partitions) => {
      assigned.push(...partitions);
      return partitions.map(startAt);
    },
    onRevoked: async (partitions) => {
      revoked.push(...partitions);
      assigned.length = 0;
      batches.length = 0;
    },
    onBatch: async (batch) => void batches.push(batch),
  };
}
