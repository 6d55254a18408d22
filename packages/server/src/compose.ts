import { hostname } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { EngineOptions, Moment, MomentPhase } from "@telemetra/core";
import { replaySource, simulatedSource, type EventSource } from "@telemetra/producer";
import { createKafkaEventLog } from "./adapters/kafka/kafka-event-log.js";
import { createLocalHub } from "./adapters/local/local-hub.js";
import { createMemorySnapshotCache } from "./adapters/memory/memory-snapshot-cache.js";
import { createPostgresResultStore } from "./adapters/postgres/postgres-result-store.js";
import { hasSqliteDatabase, openSqliteDatabase, type SqliteDatabase } from "./adapters/sqlite/database.js";
import { createSqliteEventLog } from "./adapters/sqlite/sqlite-event-log.js";
import { createSqliteResultStore } from "./adapters/sqlite/sqlite-result-store.js";
import type { Config } from "./config/load-config.js";
import { createApp } from "./http/app.js";
import { createHealth } from "./http/health.js";
import { closeServer, createHttpServer, listen, StartError } from "./http/server.js";
import { createLifecycle, type Defer } from "./lifecycle.js";
import type { Logger } from "./logger.js";
import { createMetrics } from "./metrics.js";
import { createPipelineMetrics } from "./pipeline-metrics.js";
import { createIngest } from "./pipeline/event-ingest.js";
import { startDeadLetterFeed, type DeadLetterFeed } from "./pipeline/dead-letter-feed.js";
import { startFeed } from "./pipeline/feed.js";
import { createLag } from "./pipeline/lag.js";
import { Pipeline } from "./pipeline/pipeline.js";
import { OffsetOutOfRangeError, type Consumption, type EventLog } from "./ports/event-log.js";
import type { Hub } from "./ports/hub.js";
import type { LiveView } from "./ports/live-view.js";
import type { ResultStore } from "./ports/result-store.js";
import type { SnapshotCache } from "./ports/snapshot-cache.js";
import type { DeadLetterDesk, Service } from "./service.js";
import { version } from "./version.js";
import { attachLiveGateway } from "./ws/gateway.js";

/** The four ports with the adapters that the configuration asks for. */
interface Adapters {
  readonly log: EventLog;
  readonly store: ResultStore;
  readonly cache: SnapshotCache;
  readonly hub: Hub;
}

const HOUR_MS = 3_600_000;
const RETENTION_INTERVAL_MS = HOUR_MS;
const ROLLUP_INTERVAL_MS = 60_000;
const HTTP_CLOSE_MS = 5_000;
/** The log answers its reader several times a second; a change of members of the group takes some seconds. */
const LOG_SILENCE_MS = 10_000;

/**
 * Puts the service together: adapters → pipeline → HTTP and sockets → sources. The only place that names concrete
 * adapters. Starting goes in that order, stopping the other way round.
 */
export function compose(config: Config, logger: Logger): Service {
  return createLifecycle((defer, stopping) => start(config, logger, defer, stopping), {
    logger,
    stopTimeoutMs: config.shutdownTimeoutMs,
  });
}

/** Brings the database to the schema of this version, and lets go of it. */
export async function migrate(config: Config, logger: Logger): Promise<void> {
  const opening = createLifecycle(
    async (defer) => {
      const { store, log } = await openAdapters(config, logger, defer);
      await store.open();
      await log.open();
    },
    { logger, stopTimeoutMs: config.shutdownTimeoutMs },
  );
  await opening.start();
  await opening.stop();
}

/** Beside a running service one may look; to put something back into the embedded log, the data folder must be free. */
export async function withDeadLetters<T>(
  config: Config,
  logger: Logger,
  access: "look" | "replay",
  work: (desk: DeadLetterDesk) => Promise<T>,
): Promise<T> {
  requireData(config);
  let result!: T;
  const opening = createLifecycle(
    async (defer) => {
      const { store, log } =
        access === "look"
          ? { store: await openStore(config, logger, defer, openSqliteOnce(config, defer, true)), log: undefined }
          : await openAdapters(config, logger, defer);
      await store.open();
      await log?.open();
      const notOpen = (): never => {
        throw new Error("the log was not opened");
      };
      result = await work({ letters: store.deadLetters, log: () => log ?? notOpen() });
    },
    { logger, stopTimeoutMs: config.shutdownTimeoutMs },
  );
  try {
    await opening.start();
    return result;
  } finally {
    await opening.stop();
  }
}

/** Looking must not make a database where there is none. */
function requireData({ databaseUrl, dataDir, ephemeral }: Config): void {
  if (databaseUrl !== undefined) return;
  if (ephemeral) throw new StartError("with --ephemeral nothing is kept, so there are no dead letters to work on");
  if (!hasSqliteDatabase(dataDir)) {
    throw new StartError(`there is no database in ${dataDir}: name the folder of the service with --data-dir`);
  }
}

async function start(config: Config, logger: Logger, defer: Defer, stopping: AbortSignal): Promise<{ port: number }> {
  const metrics = createMetrics();
  const adapters = await openAdapters(config, logger, defer);
  const { log, store, cache, hub } = adapters;
  await store.open();
  await log.open();

  const pipeline = new Pipeline({
    store,
    engine: engineOptions(config),
    logger,
    owner: `${hostname()}:${process.pid}`,
    onMoment: async (moment: Moment, phase: MomentPhase) => {
      await hub.publish(moment.stream_id, "moments", (place) => {
        return { type: "moment", stream_id: moment.stream_id, ...place, phase, moment };
      });
    },
    onCommit: (batch) => {
      pipelineMetrics.noteCommit(batch);
      log.committed?.(batch.positions);
      if (batch.deadLetters.length > 0) deadLetterFeed?.wake();
    },
    onGap: () => pipelineMetrics.noteGap(),
    now: Date.now,
  });
  const lag = createLag({ log, places: () => pipeline.places(), now: Date.now });
  const pipelineMetrics = createPipelineMetrics({ registry: metrics.registry, lag, pipeline });
  let deadLetterFeed: DeadLetterFeed | undefined;
  let consumption: Consumption | undefined;
  let failure: Error | undefined;
  const logSilence = (): number => (failure === undefined ? (consumption?.silentForMs?.() ?? 0) : Infinity);
  const health = createHealth({
    troubles: () => [
      ...pipeline.troubles(),
      ...describeSilence(logSilence()),
      ...(failure instanceof OffsetOutOfRangeError ? [failure.message] : []),
    ],
    whyNotReady: () => (pipeline.isStanding ? "results of some partitions cannot be written" : undefined),
    lag: () => lag.read(),
    checks: {
      database: () => store.ping(),
      redis: async () => void (await Promise.all([cache.ping(), hub.ping()])),
      kafka: async () => {
        if (failure !== undefined) throw failure;
        await log.ping();
      },
    },
  });

  const ingest = createIngest({ log, now: Date.now, maxFutureMs: config.maxFutureMs });
  const server = createHttpServer((request, response) => void app(request, response));
  const liveView: LiveView = {
    live: (streamId) => pipeline.live(streamId),
    isStale: () => pipeline.isStale() || logSilence() > LOG_SILENCE_MS,
  };
  const gateway = attachLiveGateway(server, { hub, liveView, store, cache, config, logger, metrics });
  const app = createApp({
    store,
    ingest,
    health,
    liveHealth: () => gateway.health(),
    config,
    logger,
    metrics,
    version,
    widgetsDirectory: findWidgets(),
  });

  // Nothing is served before everything stands; whoever asks in between finds the port closed, not half a service.
  // The database may be away by now, and is waited for; whoever asks for a stop is not.
  const giveUp = (): void => void pipeline.stop();
  stopping.addEventListener("abort", giveUp);
  consumption = await log.consume(pipeline).finally(() => stopping.removeEventListener("abort", giveUp));
  consumption.done.catch((error: Error) => {
    failure = error;
    logger.error({ err: error }, "reading the event log ended; restart the service to go on from where it stood");
  });
  defer("pipeline", async () => {
    const stopped = consumption?.stop();
    await pipeline.stop();
    await stopped;
  });
  pipeline.start();
  if (log.publishDeadLetters !== undefined) {
    deadLetterFeed = startDeadLetterFeed({
      deadLetters: store.deadLetters,
      publish: (letters) => log.publishDeadLetters!(letters),
      partitions: () => [...new Set(pipeline.places().map(({ partition }) => partition))],
      logger,
    });
    defer("dead letters", () => deadLetterFeed?.stop());
  }

  const port = await listen(server, config);
  defer("http", () => closeServer(server, HTTP_CLOSE_MS));
  defer("live sockets", () => gateway.drain());
  defer("readiness", () => health.markDraining());
  startRetention(config, store, logger, defer);
  startRollups(store, logger, defer);
  await startSources(config, adapters, logger, defer);
  health.markStarted();
  return { port };
}

/** A URL per port switches it (design §2); what has none is embedded, and the embedded log and store share one file. */
async function openAdapters(config: Config, logger: Logger, defer: Defer): Promise<Adapters> {
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

async function openStore(
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
function openSqliteOnce(config: Config, defer: Defer, isShared = false): () => Promise<SqliteDatabase> {
  return once(async () => {
    const db = await openSqliteDatabase(config.ephemeral ? {} : { dataDir: config.dataDir, isShared });
    defer("database file", () => db.close());
    return db;
  });
}

function describeSilence(silentForMs: number): readonly string[] {
  if (silentForMs <= LOG_SILENCE_MS || silentForMs === Infinity) return [];
  return [`the event log has not answered for ${Math.round(silentForMs / 1_000)} s`];
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

function engineOptions(config: Config): EngineOptions {
  return {
    windowMs: config.chatWindowDurationSeconds * 1_000,
    hopMs: config.chatWindowSlideSeconds * 1_000,
    anomalyThreshold: config.anomalyDetectionThreshold,
    maxOutOfOrdernessMs: config.maxOutOfOrdernessMs,
    allowedLatenessMs: config.allowedLatenessMs,
    idleTimeoutMs: config.idleTimeoutMs,
    streamTimeoutMs: config.streamTimeoutMs,
    maxFutureMs: config.maxFutureMs,
  };
}

/** Every source goes through the log, like everybody else's events. A source with nothing to give fails the start. */
async function startSources(config: Config, { log }: Adapters, logger: Logger, defer: Defer): Promise<void> {
  for (const source of sourcesOf(config, logger)) {
    const feed = startFeed(source, log, logger);
    defer(source.name, () => feed.stop());
    await feed.ready;
    feed.done.catch((error: Error) => logger.error({ source: source.name, reason: error.message }, "source failed"));
  }
}

function sourcesOf(config: Config, logger: Logger): EventSource[] {
  const sources: EventSource[] = [];
  if (config.replayFile !== undefined) {
    sources.push(
      replaySource({
        file: config.replayFile,
        speed: config.replaySpeed,
        ...(config.replayShift === "now" ? { shift: "now" } : {}),
        onReport: (report) => logger.info({ report }, "replay"),
      }),
    );
  }
  if (config.source === "simulated") {
    sources.push(simulatedSource({ channels: config.producerChannels, rate: config.producerRatePerSec }));
  }
  return sources;
}

function startRetention(config: Config, store: ResultStore, logger: Logger, defer: Defer): void {
  const clean = async (): Promise<void> => {
    try {
      await store.deleteWrittenBefore(Date.now() - config.chatRetentionDays * 24 * HOUR_MS);
    } catch (error) {
      logger.error({ err: error }, "old results could not be deleted; tried again in an hour");
    }
  };
  const timer = setInterval(() => void clean(), RETENTION_INTERVAL_MS).unref();
  defer("retention", () => clearInterval(timer));
}

/** What a failed pass leaves out of date stays marked, and the next one takes it in. */
function startRollups(store: ResultStore, logger: Logger, defer: Defer): void {
  const refresh = async (): Promise<void> => {
    try {
      await store.refreshRollups();
    } catch (error) {
      logger.warn({ err: error }, "hourly and daily roll-ups could not be refreshed; tried again in a minute");
    }
  };
  const timer = setInterval(() => void refresh(), ROLLUP_INTERVAL_MS).unref();
  defer("roll-ups", () => clearInterval(timer));
}

/** The built widgets, wherever npm put them. */
function findWidgets(): string {
  return join(dirname(fileURLToPath(import.meta.resolve("@telemetra/widgets/package.json"))), "dist");
}
