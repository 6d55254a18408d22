/**
 * The pipeline over Kafka and PostgreSQL, whose process dies right after a commit, before anything else can happen, or
 * freezes right before one. Writes a line for each.
 */
import { writeSync } from "node:fs";
import { createKafkaEventLog } from "../../../src/adapters/kafka/kafka-event-log.js";
import { createPostgresResultStore } from "../../../src/adapters/postgres/postgres-result-store.js";
import { silentLogger } from "../../../src/logger.js";
import { Pipeline } from "../../../src/pipeline/pipeline.js";
import { FencedError, type ResultStore } from "../../../src/ports/result-store.js";
import { kafkaOptions, type KafkaLogConfig } from "../adapter-config.js";

interface Arguments {
  readonly log: KafkaLogConfig;
  readonly connectionString: string;
  /** Number of the commit with events that is its last. */
  readonly dieAfter?: number;
  /** Every so many commits with events it stops itself before one. */
  readonly freezeEvery?: number;
}

const { log: config, connectionString, dieAfter, freezeEvery } = JSON.parse(process.argv[2]!) as Arguments;
const store = createPostgresResultStore({ connectionString });
await store.open();
let commits = 0;

const commit: ResultStore["commit"] = async (batch) => {
  if (batch.events.length === 0) return store.commit(batch);
  commits += 1;
  const isFrozen = freezeEvery !== undefined && commits % freezeEvery === 0;
  if (isFrozen) {
    const { partition } = batch.positions[0]!;
    writeSync(1, `freezing ${partition}\n`);
    process.kill(process.pid, "SIGSTOP");
  }
  try {
    await store.commit(batch);
    if (isFrozen) writeSync(1, "accepted\n");
  } catch (error) {
    if (isFrozen) writeSync(1, error instanceof FencedError ? "fenced\n" : `${String(error)}\n`);
    throw error;
  }
  if (commits !== dieAfter) return;
  writeSync(1, "committed\n");
  process.kill(process.pid, "SIGKILL");
};

const faulty: ResultStore = new Proxy(store, {
  get(target, name) {
    if (name === "commit") return commit;
    const value: unknown = Reflect.get(target, name, target);
    return typeof value === "function" ? value.bind(target) : value;
  },
});
const log = createKafkaEventLog({ ...kafkaOptions(config), times: { sessionMs: 2_000, heartbeatMs: 300 } });
await log.open();
const pipeline = new Pipeline({
  store: faulty,
  engine: {},
  logger: silentLogger,
  owner: `child ${process.pid}`,
  onMoment: async () => {},
  now: Date.now,
});
await log.consume(pipeline);
pipeline.start();
