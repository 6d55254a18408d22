import { createKafkaEventLog } from "../adapters/kafka/kafka-event-log.js";
import { createLocalHub } from "../adapters/local/local-hub.js";
import { createMemorySnapshotCache } from "../adapters/memory/memory-snapshot-cache.js";
import { createPostgresResultStore } from "../adapters/postgres/postgres-result-store.js";
import { openSqliteDatabase, type SqliteDatabase } from "../adapters/sqlite/database.js";
import { createSqliteEventLog } from "../adapters/sqlite/sqlite-event-log.js";
import { createSqliteResultStore } from "../adapters/sqlite/sqlite-result-store.js";
import type { Config } from "../config/load-config.js";
import { StartError } from "../http/server.js";
import type { Defer } from "../lifecycle.js";
import type { Logger } from "../logger.js";
import type { EventLog } from "../ports/event-log.js";
import type { Hub } from "../ports/hub.js";
import type { ResultStore } from "../ports/result-store.js";
import type { SnapshotCache } from "../ports/snapshot-cache.js";

/** The four ports with the adapters that the configuration asks for. */
export interface Adapters {
  readonly log: EventLog;
  readonly store: ResultStore;
  readonly cache: SnapshotCache;
  readonly hub: Hub;
}

const HOUR_MS = 3_600_000;

/** A URL per port switches it (design §2); what has none is embedded, and the embedded log and store share one file. */
export async function openAdapters(config: Config, logger: Logger, defer: Defer): Promise<Adapters> {
  refuseServices(config);
  const openSqlite = openSqliteOnce(config, defer);
  const log =
    config.kafkaBootstrapServers === undefined
      ? createSqliteEventLog(await openSqlite(), {
          dedupeMs: config.dedupHours * HOUR_MS,
          onError: (error) => logger.error({ err: error }, "the event log could not be cleaned up"),
        })
      : createKafkaEventLog({
          brokers: config.kafkaBootstrapServers,
          groupId: config.kafkaGroupId,
          topics: {
            chat: config.kafkaTopicChat,
            viewer: config.kafkaTopicViewer,
            transaction: config.kafkaTopicTransactions,
            stream_meta: config.kafkaTopicStreamMeta,
          },
          deadLetterTopic: config.kafkaTopicDeadLetters,
          onMissingOffsets: config.kafkaMissingOffsets,
          onLog: (level, message, details) => logger[level]({ kafka: details }, message),
        });
  defer("event log", () => log.close());
  const store = await openStore(config, logger, defer, openSqlite);
  const cache = createMemorySnapshotCache();
  defer("cache", () => cache.close());
  const hub = createLocalHub({
    onError: (error, streamId) => logger.warn({ err: error, stream_id: streamId }, "a subscriber was dropped"),
  });
  defer("hub", () => hub.close());
  return { log, store, cache, hub };
}

export async function openStore(
  config: Config,
  logger: Logger,
  defer: Defer,
  openSqlite: () => Promise<SqliteDatabase>,
): Promise<ResultStore> {
  const store =
    config.databaseUrl === undefined
      ? createSqliteResultStore(await openSqlite())
      : createPostgresResultStore({
          connectionString: config.databaseUrl,
          onError: (error) => logger.warn({ err: error }, "a database connection broke and is replaced"),
        });
  defer("result store", () => store.close());
  return store;
}

/** @param isShared whether another process may use the file at the same time */
export function openSqliteOnce(config: Config, defer: Defer, isShared = false): () => Promise<SqliteDatabase> {
  return once(async () => {
    const db = await openSqliteDatabase(config.ephemeral ? {} : { dataDir: config.dataDir, isShared });
    defer("database file", () => db.close());
    return db;
  });
}

function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => (made ??= make());
}

/** Running beside a service that somebody named, without using it, would be the worst answer. */
function refuseServices(config: Config): void {
  if (config.redisUrl === undefined) return;
  throw new StartError("REDIS_URL is set, but this version keeps cache and fan-out in its own process: unset it");
}
