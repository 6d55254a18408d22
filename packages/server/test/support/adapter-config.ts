import { createPostgresResultStore } from "../../src/adapters/postgres/postgres-result-store.js";
import { openSqliteDatabase } from "../../src/adapters/sqlite/database.js";
import { createSqliteEventLog } from "../../src/adapters/sqlite/sqlite-event-log.js";
import { createSqliteResultStore } from "../../src/adapters/sqlite/sqlite-result-store.js";
import type { EventLog } from "../../src/ports/event-log.js";
import type { ResultStore } from "../../src/ports/result-store.js";

/** Names an adapter and its storage in JSON, so that another process can open the same. */
export type LogConfig = { readonly adapter: "sqlite"; readonly dataDir: string };
export type StoreConfig =
  | { readonly adapter: "sqlite"; readonly dataDir: string; readonly isShared?: boolean }
  | { readonly adapter: "postgres"; readonly connectionString: string };

export interface Opened<T> {
  readonly port: T;
  close(): Promise<void>;
}

export async function openLog(config: LogConfig): Promise<Opened<EventLog>> {
  const db = await openSqliteDatabase({ dataDir: config.dataDir });
  const port = createSqliteEventLog(db, { pruneIntervalMs: Infinity });
  await port.open();
  return {
    port,
    async close() {
      await port.close();
      db.close();
    },
  };
}

export async function openStore(config: StoreConfig, clock: () => number = Date.now): Promise<Opened<ResultStore>> {
  if (config.adapter === "postgres") {
    const port = createPostgresResultStore({ connectionString: config.connectionString, clock });
    return openOrClose(port, () => port.close());
  }
  const { dataDir, isShared = false } = config;
  const db = await openSqliteDatabase({ dataDir, isShared });
  const port = createSqliteResultStore(db, { clock });
  return openOrClose(port, async () => {
    await port.close();
    db.close();
  });
}

async function openOrClose<T extends { open(): Promise<void> }>(
  port: T,
  close: () => Promise<void>,
): Promise<Opened<T>> {
  try {
    await port.open();
  } catch (error) {
    await close();
    throw error;
  }
  return { port, close };
}
