import { createKafkaEventLog } from "../../src/adapters/kafka/kafka-event-log.js";
import { createPostgresResultStore } from "../../src/adapters/postgres/postgres-result-store.js";
import { silentLogger } from "../../src/logger.js";
import { Pipeline } from "../../src/pipeline/pipeline.js";
import type { CommitBatch, ResultStore } from "../../src/ports/result-store.js";
import { EVENT_TYPES } from "@telemetra/core";
import type { KafkaEventLogOptions } from "../../src/adapters/kafka/kafka-event-log.js";

export interface BareFigures {
  readonly events: number;
  readonly batches: number;
  readonly rows: number;
  readonly seconds: number;
  readonly eventsPerSecond: number;
}

/** What one run of the pipeline commits, kept in memory. */
export async function recordCommits(
  log: KafkaEventLogOptions,
  connectionString: string,
  events: number,
): Promise<readonly CommitBatch[]> {
  const batches: CommitBatch[] = [];
  const store = createPostgresResultStore({ connectionString });
  await store.open();
  let taken = 0;
  let announce = (): void => {};
  const isEnough = new Promise<void>((resolve) => (announce = resolve));
  const recording: ResultStore = new Proxy(store, {
    get(target, name) {
      if (name === "commit") {
        return async (batch: CommitBatch) => {
          await target.commit(batch);
          // States are taken as they are now: the engine goes on with its own.
          batches.push(structuredClone(batch));
          taken += batch.events.length;
          if (taken >= events) announce();
        };
      }
      const value: unknown = Reflect.get(target, name, target);
      return typeof value === "function" ? (value.bind(target) as unknown) : value;
    },
  });
  const eventLog = createKafkaEventLog(log);
  await eventLog.open();
  const pipeline = new Pipeline({
    store: recording,
    engine: {},
    logger: silentLogger,
    owner: "bench",
    onMoment: async () => {},
    now: Date.now,
  });
  const consumption = await eventLog.consume(pipeline);
  pipeline.start();
  await isEnough;
  const stopped = consumption.stop();
  await pipeline.stop();
  await stopped;
  await eventLog.close();
  await store.close();
  return batches;
}

/** Commits the same batches to an empty database, one after the other, and does nothing else. */
export async function commitAgain(
  batches: readonly CommitBatch[],
  connectionString: string,
  partitions: number,
): Promise<BareFigures> {
  const store = createPostgresResultStore({ connectionString });
  await store.open();
  const places = EVENT_TYPES.flatMap((topic) =>
    Array.from({ length: partitions }, (_, partition) => ({ topic, partition })),
  );
  const epochs = new Set((await store.claim(places, "bench")).map(({ epoch }) => epoch));
  if (epochs.size !== 1) throw new Error("the database is not empty");
  const [epoch] = epochs;
  const startMs = performance.now();
  for (const batch of batches) {
    await store.commit({ ...batch, positions: batch.positions.map((position) => ({ ...position, epoch: epoch! })) });
  }
  const seconds = (performance.now() - startMs) / 1_000;
  await store.close();
  const events = sum(batches, (batch) => batch.events.length);
  const rows = sum(batches, rowsOf);
  return { events, batches: batches.length, rows, seconds, eventsPerSecond: events / seconds };
}

/** Rows that a commit writes: of raw events, windows, moments and states. */
function rowsOf({ events, rows, moments, states }: CommitBatch): number {
  const raw = events.filter(({ type }) => type === "viewer" || type === "transaction").length;
  return raw + rows.length + moments.length + states.length;
}

function sum(batches: readonly CommitBatch[], of: (batch: CommitBatch) => number): number {
  return batches.reduce((total, batch) => total + of(batch), 0);
}
