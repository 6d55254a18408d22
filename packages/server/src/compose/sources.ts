import { replaySource, simulatedSource, type EventSource } from "@telemetra/producer";
import type { Config } from "../config/load-config.js";
import type { Defer } from "../lifecycle.js";
import type { Logger } from "../logger.js";
import { startFeed } from "../pipeline/feed.js";
import type { EventLog } from "../ports/event-log.js";

/** Every source goes through the log, like everybody else's events. A source with nothing to give fails the start. */
export async function startSources(config: Config, log: EventLog, logger: Logger, defer: Defer): Promise<void> {
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
