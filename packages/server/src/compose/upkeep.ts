import type { Config } from "../config/load-config.js";
import type { Defer } from "../lifecycle.js";
import type { Logger } from "../logger.js";
import type { ResultStore } from "../ports/result-store.js";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** What is done beside the events: old results are deleted each hour, roll-ups refreshed each minute. */
export function startUpkeep(config: Config, store: ResultStore, logger: Logger, defer: Defer): void {
  const deleteOld = async (): Promise<void> => {
    try {
      await store.deleteWrittenBefore(Date.now() - config.chatRetentionDays * DAY_MS);
    } catch (error) {
      logger.error({ err: error }, "old results could not be deleted; tried again in an hour");
    }
  };
  // What a failed pass leaves out of date stays marked, and the next one takes it in.
  const refreshRollups = async (): Promise<void> => {
    try {
      await store.refreshRollups();
    } catch (error) {
      logger.warn({ err: error }, "hourly and daily roll-ups could not be refreshed; tried again in a minute");
    }
  };
  const timers = [
    // Soon after the start, too: a service that is started anew each day would never come to it.
    setTimeout(() => void deleteOld(), 5 * MINUTE_MS),
    setInterval(() => void deleteOld(), HOUR_MS),
    setInterval(() => void refreshRollups(), MINUTE_MS),
  ];
  for (const timer of timers) timer.unref();
  defer("upkeep", () => timers.forEach((timer) => clearTimeout(timer)));
}
