import { hostname } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { EngineOptions, Moment, MomentPhase } from "@telemetra/core";
import type { Config } from "../config/load-config.js";
import { createApp } from "../http/app.js";
import { createHealth } from "../http/health.js";
import { closeServer, createHttpServer, listen } from "../http/server.js";
import { createLifecycle, type Defer } from "../lifecycle.js";
import type { Logger } from "../logger.js";
import { createMetrics } from "../metrics.js";
import { createPipelineMetrics } from "../pipeline-metrics.js";
import { createIngest } from "../pipeline/event-ingest.js";
import { startDeadLetterFeed, type DeadLetterFeed } from "../pipeline/dead-letter-feed.js";
import { createLag } from "../pipeline/lag.js";
import { Pipeline } from "../pipeline/pipeline.js";
import { OffsetOutOfRangeError, type Consumption } from "../ports/event-log.js";
import type { LiveView } from "../ports/live-view.js";
import type { Service } from "../service.js";
import { version } from "../version.js";
import { attachLiveGateway } from "../ws/gateway.js";
import { openAdapters } from "./open-adapters.js";
import { startSources } from "./sources.js";
import { startUpkeep } from "./upkeep.js";

const HTTP_CLOSE_MS = 5_000;
/** The log answers its reader several times a second; a change of members of the group takes some seconds. */
const LOG_SILENCE_MS = 10_000;

/**
 * Puts the service together: adapters → pipeline → HTTP and sockets → sources. Starting goes in that order, stopping the
 * other way round.
 */
export function compose(config: Config, logger: Logger): Service {
  return createLifecycle((defer, stopping) => start(config, logger, defer, stopping), {
    logger,
    stopTimeoutMs: config.shutdownTimeoutMs,
  });
}

async function start(config: Config, logger: Logger, defer: Defer, stopping: AbortSignal): Promise<{ port: number }> {
  const metrics = createMetrics();
  const { log, store, cache, hub } = await openAdapters(config, logger, defer);
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
  startUpkeep(config, store, logger, defer);
  await startSources(config, log, logger, defer);
  health.markStarted();
  return { port };
}

function describeSilence(silentForMs: number): readonly string[] {
  if (silentForMs <= LOG_SILENCE_MS || silentForMs === Infinity) return [];
  return [`the event log has not answered for ${Math.round(silentForMs / 1_000)} s`];
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

/** The built widgets, wherever npm put them. */
function findWidgets(): string {
  return join(dirname(fileURLToPath(import.meta.resolve("@telemetra/widgets/package.json"))), "dist");
}
