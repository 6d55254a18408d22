import { randomUUID } from "node:crypto";
import { setTimeout as delay } from "node:timers/promises";
import { EVENT_TYPES } from "@telemetra/core";
import pg from "pg";
import { createKafkaEventLog } from "../../../src/adapters/kafka/kafka-event-log.js";
import { freePort } from "../../../../../scripts/services/free-port.mjs";
import { Ledger, compareEntries, type Differences, type Entries } from "../../ledger/ledger.js";
import { LedgerEvents, type LedgerEventsOptions } from "../../ledger/ledger-events.js";
import { kafkaTopics, type KafkaLogConfig } from "../../support/adapter-config.js";
import { startChild, type ChildProgram } from "../../support/child-program.js";
import { withKafkaAdmin } from "../../support/kafka-topics.js";
import { createPostgresDatabase, type PostgresDatabase } from "../../support/postgres-database.js";
import { runProgram, type RunningProgram } from "../../support/program.js";
import { makeTempFolder } from "../../support/temp-folder.js";
import { until } from "../../support/until.js";
import type { Measurement } from "./measurement.js";
import { readPostgresLedger } from "./postgres-ledger.js";
import { Pump } from "./pump.js";

export interface RigOptions {
  readonly brokers: string;
  readonly databaseServer: string;
  readonly source?: Partial<LedgerEventsOptions>;
  readonly eventsPerSecond?: number;
}

/** A process of the service. */
export interface ServiceProcess {
  readonly program: RunningProgram;
  readonly url: string;
}

/** From the end of a fault to the first results after it, and until no more than a second's events are waiting. */
export interface Recovery {
  readonly firstCommitMs?: number | undefined;
  readonly caughtUpMs?: number | undefined;
}

const PARTITIONS = 6;
const EVENTS_PER_SECOND = 2_200;
/** Event time runs much faster than the clock, so that windows close and moments come while the faults happen. */
const START_MS = Date.UTC(2026, 0, 1, 18, 0, 7, 313);
const POLL_MS = 40;
/** What was committed before a fault is seen a little later. */
const SETTLE_MS = 150;
const FINISH_MS = 90_000;

/**
 * A show over Kafka and PostgreSQL, with topics, group and database of its own: events come all the time, processes of
 * the service are started and ended by the test, and at the end everything is compared with the ledger.
 */
export class FullRig {
  readonly topics;
  readonly prefix = `t${randomUUID().slice(0, 8)}`;
  readonly pump: Pump;
  readonly ledger = new Ledger();
  readonly source: LedgerEvents;
  readonly database: PostgresDatabase;
  readonly #options: RigOptions;
  readonly #folder = makeTempFolder();
  readonly #processes = new Set<ServiceProcess>();
  /** What was said by those that ended without being told to. */
  readonly #lastWords: string[] = [];
  readonly #children = new Set<ChildProgram>();
  /** How many records were committed when, by the database. */
  readonly #progress: { readonly atMs: number; readonly committed: number; readonly sent: number }[] = [];
  #isWatching = true;
  #watching: Promise<void>;

  private constructor(options: RigOptions, database: PostgresDatabase) {
    this.#options = options;
    this.database = database;
    this.topics = kafkaTopics(this.prefix);
    this.source = new LedgerEvents({ seed: 7, startMs: START_MS, ...options.source });
    this.pump = new Pump({
      brokers: options.brokers.split(","),
      topics: this.topics,
      partitions: PARTITIONS,
      source: this.source,
      ledger: this.ledger,
      eventsPerSecond: options.eventsPerSecond ?? EVENTS_PER_SECOND,
    });
    this.#watching = this.#watch();
  }

  static async open(options: RigOptions): Promise<FullRig> {
    const database = await createPostgresDatabase(options.databaseServer);
    const rig = new FullRig(options, database);
    const log = createKafkaEventLog({
      brokers: options.brokers.split(","),
      topics: rig.topics,
      partitions: PARTITIONS,
    });
    await log.open();
    await log.close();
    return rig;
  }

  /** Where the log is, for programs of the test that read it. */
  get logConfig(): KafkaLogConfig {
    return { adapter: "kafka", brokers: this.#options.brokers.split(","), prefix: this.prefix, partitions: PARTITIONS };
  }

  async start(preload: readonly string[] = []): Promise<ServiceProcess> {
    const port = await freePort();
    const args = ["--source", "none", "--port", String(port), "--log-level", "warn"];
    const program = runProgram("src/main.ts", { cwd: this.#folder.path, args, env: this.#env(), preload });
    const service = { program, url: `http://127.0.0.1:${port}` };
    this.#processes.add(service);
    void program.exited.then((code) => {
      if (this.#processes.has(service))
        this.#lastWords.push(`a service ended by itself with ${code}: ${program.stderr()}`);
    });
    return service;
  }

  async untilServing({ url, program }: ServiceProcess): Promise<void> {
    let ended: number | NodeJS.Signals | undefined;
    void program.exited.then((code) => (ended = code));
    await until(
      async () => {
        if (ended !== undefined) throw new Error(`the service ended with ${ended}: ${program.stderr()}`);
        return (await statusOf(`${url}/ready`)) === 200;
      },
      { timeoutMs: 30_000, what: "a service that is ready" },
    );
  }

  startChild(program: string, args: object): ChildProgram {
    const more = { log: this.logConfig, connectionString: this.database.connectionString };
    const child = startChild(program, { ...more, ...args });
    this.#children.add(child);
    return child;
  }

  async kill(service: ServiceProcess): Promise<void> {
    this.#processes.delete(service);
    service.program.child.kill("SIGKILL");
    await service.program.exited;
  }

  /** Records that the database stands for, of all topics. */
  get committed(): number {
    return this.#progress.at(-1)?.committed ?? 0;
  }

  /** Waits until the committed records have grown by this many. */
  async untilCommitted(more: number, timeoutMs = 40_000): Promise<void> {
    const wanted = this.committed + more;
    await until(() => this.committed >= wanted, { timeoutMs, what: `${more} more records committed` });
  }

  async untilCaughtUp(timeoutMs = 60_000): Promise<void> {
    const since = performance.now();
    await until(() => this.#caughtUpAt(since) !== undefined, {
      timeoutMs,
      what: "no more than a second's events waiting",
    });
  }

  /** Waits until everything that is in the log now is committed, in every partition: one without an owner is not made up for by the others. */
  async untilAllCommitted(timeoutMs = 60_000): Promise<void> {
    const wanted = new Map<string, readonly string[]>();
    await this.#addEnds(wanted);
    await until(
      async () => {
        const rows = await this.database.query<{ topic: string; partition: number; next_offset: string }>(
          "SELECT topic, partition, next_offset FROM log_positions",
        );
        const stands = new Map(rows.map((row) => [`position ${row.topic}/${row.partition}`, Number(row.next_offset)]));
        return [...wanted].every(([place, [end]]) => (stands.get(place) ?? 0) >= Number(end));
      },
      { timeoutMs, what: "every partition as far as the log went" },
    );
  }

  /**
   * How long it took from an instant (of `performance.now()`) to the first commit after it, and until caught up; ms.
   *
   * @param untilMs what came later is not counted
   */
  recovery(sinceMs: number, untilMs = Infinity): Recovery {
    const settledMs = sinceMs + SETTLE_MS;
    const before = this.#progress.findLast(({ atMs }) => atMs <= settledMs)?.committed ?? 0;
    const first = this.#progress.find(({ atMs, committed }) => atMs > settledMs && committed > before)?.atMs;
    const caughtUp = this.#caughtUpAt(first ?? Infinity);
    const since = (atMs: number | undefined): number | undefined =>
      atMs === undefined || atMs > untilMs ? undefined : atMs - sinceMs;
    return { firstCommitMs: since(first), caughtUpMs: since(caughtUp) };
  }

  /** Lets the show end, waits until everything has arrived, and compares; rejects when a process ended by itself. */
  async finish(
    times: number,
    recoveries: readonly {
      readonly firstCommitMs?: number | undefined;
      readonly caughtUpMs?: number | undefined;
    }[] = [],
    notes: readonly string[] = [],
  ): Promise<Measurement> {
    const { eventsPerSecond } = this.pump;
    await this.pump.finish();
    const expected = new Map(this.ledger.expected());
    await this.#addEnds(expected);
    const client = new pg.Client({ connectionString: this.database.connectionString });
    await client.connect();
    let differences: Differences = { lost: Infinity, duplicated: 0, changed: 0, examples: [] };
    try {
      await until(() => this.committed >= this.pump.sent, { timeoutMs: FINISH_MS, what: "the end of the log" }).catch(
        () => {},
      );
      const deadlineMs = performance.now() + 30_000;
      do {
        await delay(300);
        differences = compareEntries(expected, await this.#found(client));
      } while (differences.lost + differences.changed > 0 && performance.now() < deadlineMs);
      const { lost, duplicated, changed, examples } = differences;
      if (lost + duplicated + changed > 0) {
        differences = { ...differences, examples: [...examples, ...(await this.#situation())] };
      }
    } finally {
      await client.end();
    }
    if (this.#lastWords.length > 0) throw new Error(this.#lastWords.join("\n"));
    const { windows, moments } = this.ledger.size;
    return {
      times,
      events: this.ledger.events,
      eventsPerSecond: Math.round(eventsPerSecond),
      windows,
      moments,
      differences,
      firstCommitMs: recoveries.flatMap(({ firstCommitMs }) => firstCommitMs ?? []),
      caughtUpMs: recoveries.flatMap(({ caughtUpMs }) => caughtUpMs ?? []),
      notes,
    };
  }

  async close(): Promise<void> {
    await this.pump.close();
    for (const service of this.#processes) {
      service.program.child.kill("SIGCONT");
      await this.kill(service);
    }
    for (const child of this.#children) await child.kill();
    this.#isWatching = false;
    await this.#watching;
    await this.database.drop();
    this.#folder.remove();
  }

  /** Why something may be missing: how far the database stands, and what each service says of itself. */
  async #situation(): Promise<string[]> {
    const services = [...this.#processes].map(async ({ url, program }) => {
      const health = await fetch(`${url}/api/v1/health`, { signal: AbortSignal.timeout(5_000) })
        .then((response) => response.text())
        .catch((error: unknown) => `no answer (${String(error)})`);
      return `${url}: ${health}; it wrote: ${program.stderr()}${program.stdout()}`;
    });
    return [`${this.committed} of ${this.pump.sent} records are committed`, ...(await Promise.all(services))];
  }

  #env(): Record<string, string> {
    return {
      KAFKA_BOOTSTRAP_SERVERS: this.#options.brokers,
      KAFKA_GROUP_ID: `${this.prefix}.group`,
      KAFKA_TOPIC_CHAT: this.topics.chat,
      KAFKA_TOPIC_VIEWER: this.topics.viewer,
      KAFKA_TOPIC_TRANSACTIONS: this.topics.transaction,
      KAFKA_TOPIC_STREAM_META: this.topics.stream_meta,
      DATABASE_URL: this.database.connectionString,
    };
  }

  /** The next offset of each partition is the end of its log. */
  async #addEnds(expected: Map<string, readonly string[]>): Promise<void> {
    await withKafkaAdmin(this.#options.brokers.split(","), async (admin) => {
      for (const topic of EVENT_TYPES) {
        for (const { partition, high } of await admin.fetchTopicOffsets(this.topics[topic])) {
          expected.set(`position ${topic}/${partition}`, [high]);
        }
      }
    });
  }

  async #found(client: pg.Client): Promise<Entries> {
    const entries = new Map(await readPostgresLedger(client));
    const { rows } = await client.query<{ topic: string; partition: number; next_offset: string }>(
      "SELECT topic, partition, next_offset FROM log_positions",
    );
    for (const { topic, partition, next_offset } of rows) entries.set(`position ${topic}/${partition}`, [next_offset]);
    return entries;
  }

  #caughtUpAt(sinceMs: number): number | undefined {
    const within = this.#options.eventsPerSecond ?? EVENTS_PER_SECOND;
    return this.#progress.find(({ atMs, committed, sent }) => atMs > sinceMs && sent - committed <= within)?.atMs;
  }

  async #watch(): Promise<void> {
    let client: pg.Client | undefined;
    while (this.#isWatching) {
      await delay(POLL_MS);
      try {
        if (client === undefined) {
          client = new pg.Client({ connectionString: this.database.connectionString, query_timeout: 2_000 });
          client.on("error", () => {});
          await client.connect();
        }
        const { sent } = this.pump;
        const { rows } = await client.query<{ sum: number | null }>(
          "SELECT sum(next_offset)::float8 AS sum FROM log_positions",
        );
        this.#progress.push({ atMs: performance.now(), committed: rows[0]?.sum ?? 0, sent });
      } catch {
        // No database, or no tables yet.
        const broken = client;
        client = undefined;
        await broken?.end().catch(() => {});
      }
    }
    await client?.end().catch(() => {});
  }
}

export async function statusOf(url: string): Promise<number | undefined> {
  const response = await fetch(url, { signal: AbortSignal.timeout(5_000) }).catch(() => undefined);
  return response?.status;
}
