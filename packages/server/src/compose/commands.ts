import { hasSqliteDatabase } from "../adapters/sqlite/database.js";
import type { Config } from "../config/load-config.js";
import { StartError } from "../http/server.js";
import { createLifecycle } from "../lifecycle.js";
import type { Logger } from "../logger.js";
import type { DeadLetterDesk } from "../service.js";
import { openAdapters, openSqliteOnce, openStore } from "./open-adapters.js";

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
