import { EVENT_TYPES, encodeEvent, parseEvent, type EventInput, type EventType } from "@telemetra/core";
import type { LogBatch, LogPartition, LogRecord } from "../../src/ports/event-log.js";

/** One log per kind and partition, in memory: what is appended stays. */
export class SimulatedLog {
  readonly partitionCount: number;
  readonly #records = new Map<string, LogRecord[]>();

  constructor(partitionCount: number) {
    this.partitionCount = partitionCount;
  }

  partitions(): LogPartition[] {
    return EVENT_TYPES.flatMap((topic) =>
      Array.from({ length: this.partitionCount }, (_, partition) => ({ topic, partition })),
    );
  }

  append(event: EventInput): void {
    const parsed = parseEvent(event);
    if (!parsed.ok) throw new Error(parsed.error.detail);
    this.appendText(event.type, event.stream_id, encodeEvent(parsed.event));
  }

  appendText(topic: EventType, streamId: string, value: string): void {
    const records = this.#recordsOf({ topic, partition: this.partitionOf(streamId) });
    records.push({ offset: records.length, appendedAtMs: Date.now(), value });
  }

  partitionOf(streamId: string): number {
    return Number(/\d+$/.exec(streamId)?.[0] ?? 0) % this.partitionCount;
  }

  endOf(partition: LogPartition): number {
    return this.#recordsOf(partition).length;
  }

  read(partition: LogPartition, fromOffset: number, maxRecords: number): LogBatch {
    const all = this.#recordsOf(partition);
    const records = all.slice(fromOffset, fromOffset + maxRecords);
    const nextOffset = fromOffset + records.length;
    const isAtEnd = nextOffset >= all.length;
    return { ...partition, records, nextOffset, isAtEnd, asOfMs: isAtEnd ? Date.now() : records.at(-1)!.appendedAtMs };
  }

  #recordsOf({ topic, partition }: LogPartition): LogRecord[] {
    const key = `${topic}/${partition}`;
    let records = this.#records.get(key);
    if (records === undefined) this.#records.set(key, (records = []));
    return records;
  }
}
