import type { EventType } from "@telemetra/core";
import { createKafkaEventLog, type KafkaEventLogOptions } from "../../src/adapters/kafka/kafka-event-log.js";
import { createPostgresResultStore } from "../../src/adapters/postgres/postgres-result-store.js";
import { openSqliteDatabase } from "../../src/adapters/sqlite/database.js";
import { createSqliteEventLog } from "../../src/adapters/sqlite/sqlite-event-log.js";
import { createSqliteResultStore } from "../../src/adapters/sqlite/sqlite-result-store.js";
import type { EventLog } from "../../src/ports/event-log.js";
import type { ResultStore } from "../../src/ports/result-store.js";

/** Names an adapter and its storage in JSON, so that another process can open the same. */
export type LogConfig = { readonly adapter: "sqlite"; readonly dataDir: string } | KafkaLogConfig;
export type StoreConfig =
  | { readonly adapter: "sqlite"; readonly dataDir: string; readonly isShared?: boolean }
  | { readonly adapter: "postgres"; readonly connectionString: string };

export interface KafkaLogConfig {
  readonly adapter: "kafka";
  readonly brokers: readonly string[];
  /** Begins the names of its topics and its group. */
  readonly prefix: string;
  readonly partitions: number;
}

export interface Opened<T> {
  readonly port: T;
  close(): Promise<void>;
}

export async function openLog(config: LogConfig): Promise<Opened<EventLog>> {
  if (config.adapter === "kafka") {
    const port = createKafkaEventLog(kafkaOptions(config));
    return openOrClose(port, () => port.close());
  }
  const db = await openSqliteDatabase({ dataDir: config.dataDir });
  const port = createSqliteEventLog(db, { pruneIntervalMs: Infinity });
  return openOrClose(port, async () => {
    await port.close();
    db.close();
  });
}

/** Names of its own, and short times: a dead member is noticed after 3 s. */
export function kafkaOptions({ brokers, prefix, partitions }: KafkaLogConfig): KafkaEventLogOptions {
  return {
    brokers,
    groupId: `${prefix}.group`,
    topics: kafkaTopics(prefix),
    partitions,
    times: { sessionMs: 3_000, heartbeatMs: 300 },
  };
}

export function kafkaTopics(prefix: string): Readonly<Record<EventType, string>> {
  return {
    chat: `${prefix}.chat`,
    viewer: `${prefix}.viewer`,
    transaction: `${prefix}.transactions`,
    stream_meta: `${prefix}.stream_meta`,
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
