import { EVENT_TYPES, type EventType } from "@telemetra/core";
import { openSqliteDatabase, type SqliteDatabase } from "../../src/adapters/sqlite/database.js";
import { createSqliteResultStore } from "../../src/adapters/sqlite/sqlite-result-store.js";
import type { Logger } from "../../src/logger.js";
import { Pipeline, type PipelineOptions } from "../../src/pipeline/pipeline.js";
import type { LogPartition } from "../../src/ports/event-log.js";
import type { ResultStore } from "../../src/ports/result-store.js";
import { silentLogger } from "../../src/logger.js";
import { faultyStore, type StoreCall } from "./faulty-store.js";

export interface LogLine {
  readonly level: "info" | "warn" | "error";
  readonly facts: Readonly<Record<string, unknown>>;
  readonly sentence: string;
}

/** A pipeline over a real store that fails as a test wants, driven by hand in place of a log. */
export interface PipelineBench {
  readonly pipeline: Pipeline;
  readonly store: ResultStore;
  readonly db: SqliteDatabase;
  readonly lines: readonly LogLine[];
  /** Replaced by a test; what it throws is what the call rejects with. */
  fault: (call: StoreCall, ...parameters: readonly unknown[]) => void;
  nowMs: number;
  /** Takes all topics of these partition numbers. */
  assign(...partitions: readonly number[]): Promise<readonly number[]>;
  /** Where the next record of each topic goes, by `topic/partition`; a test that goes on after another sets it. */
  readonly offsets: Map<string, number>;
  /** Hands over values of one topic of a partition; the other topics are at their ends. */
  feed(topic: EventType, values: readonly unknown[], partition?: number): Promise<"reassign" | void>;
  close(): Promise<void>;
}

export const NOON_MS = Date.UTC(2026, 0, 2, 12);

/** @param given an open store, which stays open; one of its own otherwise */
export async function openPipelineBench(
  options: Partial<PipelineOptions> = {},
  given?: ResultStore,
): Promise<PipelineBench> {
  const db = await openSqliteDatabase();
  const own = createSqliteResultStore(db);
  await own.open();
  const store = given ?? own;
  const lines: LogLine[] = [];
  const say =
    (level: LogLine["level"]) =>
    (facts: object, sentence: string): void =>
      void lines.push({ level, facts: facts as LogLine["facts"], sentence });
  const logger: Logger = { ...silentLogger, info: say("info"), warn: say("warn"), error: say("error") };
  const offsets = new Map<string, number>();
  let appendedAtMs = 0;
  const bench: PipelineBench = {
    offsets,
    store,
    db,
    lines,
    fault: () => {},
    nowMs: NOON_MS,
    pipeline: new Pipeline({
      store: faultyStore(store, (...call) => bench.fault(...call)),
      engine: {},
      logger,
      owner: "test",
      onMoment: async () => {},
      now: () => bench.nowMs,
      retryDelayMs: () => 5,
      ...options,
    }),
    assign: (...partitions) => bench.pipeline.onAssigned(placesOf(partitions), new AbortController().signal),
    async feed(topic, values, partition = 0) {
      appendedAtMs++;
      let verdict: "reassign" | void = undefined;
      for (const one of EVENT_TYPES) {
        const key = `${one}/${partition}`;
        const from = offsets.get(key) ?? 0;
        const own = one === topic ? values : [];
        const records = own.map((value, at) => ({
          offset: from + at,
          value: typeof value === "string" ? value : JSON.stringify(value),
          appendedAtMs,
        }));
        const nextOffset = from + own.length;
        offsets.set(key, nextOffset);
        const asOfMs = appendedAtMs + 0.5;
        verdict =
          (await bench.pipeline.onBatch({ topic: one, partition, records, nextOffset, isAtEnd: true, asOfMs })) ??
          verdict;
      }
      return verdict;
    },
    async close() {
      await bench.pipeline.stop();
      await own.close();
      db.close();
    },
  };
  return bench;
}

export function placesOf(partitions: readonly number[]): readonly LogPartition[] {
  return partitions.flatMap((partition) => EVENT_TYPES.map((topic) => ({ topic, partition })));
}
