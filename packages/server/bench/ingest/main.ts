import { randomUUID } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import { cpus, loadavg } from "node:os";
import { dirname, join } from "node:path";
import { parseArgs } from "node:util";
import { format } from "prettier";
import { startKafka } from "../../../../scripts/services/kafka.mjs";
import { startOwnPostgres } from "../../../../scripts/services/postgres.mjs";
import { createKafkaEventLog } from "../../src/adapters/kafka/kafka-event-log.js";
import { kafkaTopics } from "../../test/support/adapter-config.js";
import { createPostgresDatabase } from "../../test/support/postgres-database.js";
import { commitAgain, recordCommits } from "./bare-loop.js";
import { measureService, type ServiceFigures } from "./measure-service.js";
import { ingestPage, type IngestReport } from "./page.js";
import { writeBacklog } from "./workload.js";

const HELP = `npm run bench:ingest [-- <options>]: events a second from Kafka into PostgreSQL, one process.

  --quick            10 s and fewer numbers of streams instead of 60 s
  --streams <n>      only this number of streams
  --seconds <n>      how long the main measurement takes
  --profile          write a CPU profile of the service
  --save             keep the figures (packages/server/bench/results/ingest.json) and write
                     docs/reference/performance-ingest.md with them
  --help             this text`;

const ROOT = join(import.meta.dirname, "../../../..");
const RESULTS = join(ROOT, "packages/server/bench/results/ingest.json");
const PAGE = join(ROOT, "docs/reference/performance-ingest.md");
const PARTITIONS = 16;
const MAIN_STREAMS = 1_000;
/** Written beforehand for each second: more than is worked off. */
const BACKLOG_PER_SECOND = 60_000;
const BARE_EVENTS = 300_000;

const { values: options } = parseArgs({
  options: {
    quick: { type: "boolean", default: false },
    streams: { type: "string" },
    seconds: { type: "string" },
    profile: { type: "boolean", default: false },
    save: { type: "boolean", default: false },
    help: { type: "boolean", default: false },
  },
});
if (options.help) console.log(HELP);
else await main();

async function main(): Promise<void> {
  const seconds = Number(options.seconds ?? (options.quick ? 10 : 60));
  const loadBefore = loadavg()[0]!;
  // As durable as they are out of the box: what is committed is on the disk.
  const durable = { fsync: "on", full_page_writes: "on" };
  const [kafka, postgres] = await Promise.all([startKafka({ heapMb: 512 }), startOwnPostgres(durable)]);
  try {
    const services = { brokers: kafka.bootstrapServers, databaseServer: postgres.url };
    if (options.streams !== undefined) {
      await measured(services, Number(options.streams), seconds);
      await measureBare(services, Number(options.streams));
      return;
    }
    const main = await measured(services, MAIN_STREAMS, seconds);
    const bare = await measureBare(services, MAIN_STREAMS);
    const curve: IngestReport["curve"][number][] = [];
    for (const streams of options.quick ? [10, 10_000] : [10, 100, 1_000, 10_000]) {
      curve.push({ streams, ...withoutSamples(await measured(services, streams, 10)) });
    }
    const report: IngestReport = {
      date: new Date().toISOString().slice(0, 10),
      node: process.version,
      cpu: `${cpus().length} × ${cpus()[0]?.model ?? "unknown"}`,
      loadBefore,
      loadAfter: loadavg()[0]!,
      streams: MAIN_STREAMS,
      main,
      bare,
      curve,
    };
    if (!options.save) return;
    mkdirSync(dirname(RESULTS), { recursive: true });
    writeFileSync(RESULTS, await format(JSON.stringify(report), { parser: "json", printWidth: 120 }));
    writeFileSync(PAGE, await format(ingestPage(report), { parser: "markdown", printWidth: 120 }));
    console.log(`written: ${PAGE}`);
  } finally {
    await Promise.all([kafka.stop(), postgres.stop()]);
  }
}

interface Services {
  readonly brokers: string;
  readonly databaseServer: string;
}

async function prepared({ brokers, databaseServer }: Services, streams: number, events: number) {
  const database = await createPostgresDatabase(databaseServer);
  const prefix = `b${randomUUID().slice(0, 8)}`;
  const topics = kafkaTopics(prefix);
  const logOptions = { brokers: brokers.split(","), groupId: `${prefix}.group`, topics, partitions: PARTITIONS };
  const log = createKafkaEventLog(logOptions);
  await log.open();
  await log.close();
  await writeBacklog({ brokers: logOptions.brokers, topics, partitions: PARTITIONS, streams, events });
  const env = {
    KAFKA_BOOTSTRAP_SERVERS: brokers,
    KAFKA_GROUP_ID: logOptions.groupId,
    KAFKA_TOPIC_CHAT: topics.chat,
    KAFKA_TOPIC_VIEWER: topics.viewer,
    KAFKA_TOPIC_TRANSACTIONS: topics.transaction,
    KAFKA_TOPIC_STREAM_META: topics.stream_meta,
    DATABASE_URL: database.connectionString,
  };
  return { database, logOptions, env };
}

async function measured(services: Services, streams: number, seconds: number): Promise<ServiceFigures> {
  const backlog = BACKLOG_PER_SECOND * seconds;
  const { database, env } = await prepared(services, streams, backlog);
  try {
    const profile = options.profile ? ["--cpu-prof"] : [];
    const figures = await measureService(env, database.connectionString, backlog, seconds, profile);
    const { eventsPerSecond, cpu, peakRssMb } = figures;
    console.log(
      `${streams} streams: ${Math.round(eventsPerSecond).toLocaleString("en-US")} events/s for ${figures.seconds.toFixed(1)} s, ` +
        `${cpu.toFixed(2)} cores, up to ${Math.round(peakRssMb)} MB`,
    );
    return figures;
  } finally {
    await database.drop();
  }
}

async function measureBare(services: Services, streams: number) {
  const { database, logOptions } = await prepared(services, streams, BARE_EVENTS);
  const empty = await createPostgresDatabase(services.databaseServer);
  try {
    const batches = await recordCommits(logOptions, database.connectionString, BARE_EVENTS * 0.9);
    const figures = await commitAgain(batches, empty.connectionString, PARTITIONS);
    console.log(
      `the same commits alone: ${Math.round(figures.eventsPerSecond).toLocaleString("en-US")} events/s ` +
        `(${figures.batches} commits, ${figures.rows} rows, ${figures.seconds.toFixed(1)} s)`,
    );
    return figures;
  } finally {
    await database.drop();
    await empty.drop();
  }
}

function withoutSamples({ samples: _samples, ...figures }: ServiceFigures): Omit<ServiceFigures, "samples"> {
  return figures;
}
