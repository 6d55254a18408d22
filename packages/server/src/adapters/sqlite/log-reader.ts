import { setImmediate as nextTurn } from "node:timers/promises";
import type { EventType } from "@telemetra/core";
import {
  OffsetOutOfRangeError,
  type LogBatch,
  type LogConsumer,
  type LogPartition,
  type LogRecord,
} from "../../ports/event-log.js";
import type { SqliteDatabase } from "./database.js";

const MAX_BATCH_RECORDS = 1_000;
const MAX_BATCH_BYTES = 1024 * 1024;

/** One pass after another over the partitions, so that a backlog in one topic does not hold up the others. */
export class LogReader {
  readonly #db: SqliteDatabase;
  readonly #consumer: LogConsumer;
  readonly #asOf: () => number;
  #cursors: { readonly partition: LogPartition; nextOffset: number; isToldEnd: boolean }[] = [];
  readonly #stopping = new AbortController();
  #isDone = false;
  #running: Promise<void> | undefined;
  #wake: (() => void) | undefined;

  constructor(db: SqliteDatabase, consumer: LogConsumer, asOf: () => number) {
    this.#db = db;
    this.#consumer = consumer;
    this.#asOf = asOf;
  }

  get isRunning(): boolean {
    return !this.#isDone;
  }

  /** @throws OffsetOutOfRangeError */
  async assign(partitions: readonly LogPartition[]): Promise<void> {
    const offsets = await this.#consumer.onAssigned(partitions, this.#stopping.signal);
    this.#cursors = [];
    partitions.forEach((partition, at) => {
      const nextOffset = offsets[at] ?? 0;
      const { oldest, head } = this.#db.read(() => readRange(this.#db, partition.topic));
      if (nextOffset < oldest || nextOffset > head) {
        throw new OffsetOutOfRangeError(
          `the log keeps offsets ${oldest} to ${head} of topic ${partition.topic}, but reading was to start at ${nextOffset}: ` +
            "the log and the results are not of the same age",
        );
      }
      this.#cursors.push({ partition, nextOffset, isToldEnd: false });
    });
  }

  run(): Promise<void> {
    this.#running = this.#loop()
      .catch((error: unknown) => {
        // Whoever asked for the stop does not wait for what it broke off.
        if (!this.#stopping.signal.aborted) throw error;
      })
      .finally(() => this.end());
    return this.#running;
  }

  end(): void {
    this.#isDone = true;
  }

  wake(): void {
    this.#wake?.();
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    this.wake();
    await this.#running?.catch(() => {});
  }

  async #loop(): Promise<void> {
    for (;;) {
      let isIdle = true;
      for (const cursor of this.#cursors) {
        if (this.#stopping.signal.aborted) return;
        // Reading and appending do not interleave, so the instant is exact.
        const batch = this.#db.read(() => readBatch(this.#db, cursor.partition, cursor.nextOffset, this.#asOf()));
        if (batch.records.length === 0 && cursor.isToldEnd) continue;
        isIdle = false;
        if ((await this.#consumer.onBatch(batch)) === "reassign") {
          await this.#reassign();
          break;
        }
        cursor.nextOffset = batch.nextOffset;
        // Whoever waits for the others needs to hear from them again.
        if (batch.records.length > 0) for (const other of this.#cursors) other.isToldEnd = false;
        cursor.isToldEnd = batch.isAtEnd;
        // A consumer that never really waits must not keep requests and timers from their turn.
        await nextTurn();
      }
      if (this.#stopping.signal.aborted) return;
      if (isIdle) await new Promise<void>((resolve) => (this.#wake = resolve));
      this.#wake = undefined;
    }
  }

  async #reassign(): Promise<void> {
    const partitions = this.#cursors.map(({ partition }) => partition);
    await this.#consumer.onRevoked(partitions);
    await this.assign(partitions);
  }
}

/** Offset of the next record of each topic that has any. */
export function readHeads(db: SqliteDatabase): Map<EventType, number> {
  const rows = db.prepare("SELECT topic, next_offset FROM event_log_heads").all() as unknown as {
    readonly topic: EventType;
    readonly next_offset: number;
  }[];
  return new Map(rows.map((row) => [row.topic, row.next_offset]));
}

function readRange(db: SqliteDatabase, topic: EventType): { readonly oldest: number; readonly head: number } {
  const head = readHeads(db).get(topic) ?? 0;
  const row = db.prepare('SELECT min("offset") AS oldest FROM event_log WHERE topic = ?').get(topic);
  return { oldest: (row?.["oldest"] as number | null | undefined) ?? head, head };
}

type LogRow = Pick<LogRecord, "offset" | "value" | "appendedAtMs"> & { readonly isReplay: 0 | 1 };

function readBatch(db: SqliteDatabase, partition: LogPartition, fromOffset: number, asOfMs: number): LogBatch {
  const rows = db
    .prepare(
      'SELECT "offset", value, written_at AS appendedAtMs, is_replay AS isReplay FROM event_log WHERE topic = ? AND "offset" >= ? ORDER BY "offset" LIMIT ?',
    )
    .iterate(partition.topic, fromOffset, MAX_BATCH_RECORDS) as unknown as Iterable<LogRow>;
  const records: LogRecord[] = [];
  let bytes = 0;
  for (const { offset, value, appendedAtMs, isReplay } of rows) {
    bytes += Buffer.byteLength(value);
    if (bytes > MAX_BATCH_BYTES && records.length > 0) break;
    records.push({ offset, value, appendedAtMs, ...(isReplay === 1 ? { isReplay: true } : {}) });
  }
  const nextOffset = records.length === 0 ? fromOffset : records.at(-1)!.offset + 1;
  const head = readHeads(db).get(partition.topic) ?? 0;
  const isAtEnd = nextOffset >= head;
  return { ...partition, records, nextOffset, isAtEnd, asOfMs: isAtEnd ? asOfMs : records.at(-1)!.appendedAtMs };
}
