import { setTimeout as delay } from "node:timers/promises";
import type { EventType } from "@telemetra/core";
import type { Admin, Batch } from "kafkajs";
import type { LogPartition } from "../../ports/event-log.js";
import { withDeadline } from "../shared/with-deadline.js";

const RETRY_MS = 100;
/** A question that was on its way to a broker that died may never be answered. */
const ANSWER_MS = 5_000;
const SETTLE_ATTEMPTS = 20;

/** A partition keeps the records `[low, high)`. */
export interface OffsetRange {
  readonly low: number;
  readonly high: number;
}

/** Asks the brokers from where to where partitions go. */
export class OffsetRanges {
  readonly #admin: Admin;
  readonly #topics: Readonly<Record<EventType, string>>;

  constructor(admin: Admin, topics: Readonly<Record<EventType, string>>) {
    this.#admin = admin;
    this.#topics = topics;
  }

  async read(partitions: readonly LogPartition[]): Promise<readonly OffsetRange[]> {
    const found = new Map<string, OffsetRange>();
    for (const topic of new Set(partitions.map((partition) => partition.topic))) {
      const asked = this.#admin.fetchTopicOffsets(this.#topics[topic]);
      for (const { partition, low, high } of await withDeadline(asked, ANSWER_MS, "no offsets in time")) {
        found.set(keyOf({ topic, partition }), { low: Number(low), high: Number(high) });
      }
    }
    return partitions.map((partition) => found.get(keyOf(partition)) ?? { low: 0, high: 0 });
  }

  /**
   * Tries until the brokers answer; undefined when nobody wants to know any more. A leader that has just taken over may
   * not know for a moment how far its partition goes.
   *
   * @param offsets up to where each partition should go
   */
  async readSettled(
    partitions: readonly LogPartition[],
    offsets: readonly number[],
    isWanted: () => boolean,
  ): Promise<readonly OffsetRange[] | undefined> {
    for (let attempt = 1; isWanted(); attempt++) {
      const ranges = await this.read(partitions).catch(() => undefined);
      const isSettled = ranges?.every(({ high }, at) => (offsets[at] ?? 0) <= high) === true;
      if (isSettled || (ranges !== undefined && attempt >= SETTLE_ATTEMPTS)) return isWanted() ? ranges : undefined;
      await delay(RETRY_MS);
    }
    return undefined;
  }
}

/**
 * When the wanted record is gone, the client starts anew from the oldest and tells nobody. Offsets that were never given
 * to a record (transactions, compaction) look the same from here and are no loss.
 */
export function mayHaveLost(
  nextOffset: number,
  batch: Pick<Batch, "firstOffset" | "lastOffset" | "highWatermark">,
): boolean {
  const first = Number(batch.firstOffset() ?? batch.lastOffset());
  return first > nextOffset || Number(batch.highWatermark) < nextOffset;
}

export function keyOf({ topic, partition }: LogPartition): string {
  return `${topic}/${partition}`;
}
