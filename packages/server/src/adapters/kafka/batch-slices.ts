import { isUtf8 } from "node:buffer";
import type { Batch, KafkaMessage } from "kafkajs";
import type { LogBatch, LogPartition, LogRecord } from "../../ports/event-log.js";

export type BatchSlice = Omit<LogBatch, keyof LogPartition>;

/** Marks records that were put back from the dead letters. */
export const REPLAY_HEADER = "telemetra-replay";

/** A slice is one transaction of the result store. */
const MAX_SLICE_RECORDS = 4_000;
const MAX_SLICE_BYTES = 2 * 1024 * 1024;

/**
 * What one fetch brought of a partition, in pieces that are handed over one by one. Records below `fromOffset` were
 * handed over before and are left out.
 *
 * @param nowMs when the batch was fetched
 */
export function sliceBatch(
  batch: Pick<Batch, "messages" | "highWatermark" | "lastOffset">,
  fromOffset: number,
  nowMs: number,
): Omit<LogBatch, keyof LogPartition>[] {
  const slices: { records: LogRecord[]; bytes: number }[] = [];
  for (const message of batch.messages) {
    const offset = Number(message.offset);
    if (offset < fromOffset) continue;
    const bytes = message.value?.length ?? 0;
    let slice = slices.at(-1);
    if (slice === undefined || slice.records.length === MAX_SLICE_RECORDS || slice.bytes + bytes > MAX_SLICE_BYTES) {
      slices.push((slice = { records: [], bytes: 0 }));
    }
    slice.records.push(toRecord(message, offset, nowMs));
    slice.bytes += bytes;
  }
  return slices.map(({ records }, at) => {
    // Behind the last record there may be offsets that are no records; they are read with it.
    const isLast = at === slices.length - 1;
    const nextOffset = isLast
      ? Math.max(Number(batch.lastOffset()), records.at(-1)!.offset) + 1
      : records.at(-1)!.offset + 1;
    // Where the partition ended when it was asked is known, but not since when: the next probe of its end tells.
    const asOfMs = records.at(-1)!.appendedAtMs;
    return { records, nextOffset, isAtEnd: nextOffset >= Number(batch.highWatermark), asOfMs };
  });
}

function toRecord({ value, timestamp, headers }: KafkaMessage, offset: number, nowMs: number): LogRecord {
  return {
    offset,
    value: value?.toString("utf8") ?? "",
    // Clocks of producers differ; what is here was appended before now, whatever they say.
    appendedAtMs: Math.min(Number(timestamp), nowMs),
    ...(value === null || isUtf8(value) ? {} : { bytes: value }),
    ...(headers?.[REPLAY_HEADER] === undefined ? {} : { isReplay: true }),
  };
}
