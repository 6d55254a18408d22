import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, renameSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { run } from "../lib/programs.mjs";
import { freePort } from "./free-port.mjs";
import { removeFolder, startGuarded } from "./guarded-process.mjs";
import { kafkaArtifacts } from "./kafka/artifacts.mjs";

/** @typedef {import("./kafka/artifacts.mjs").KafkaArtifacts} KafkaArtifacts */
/** @typedef {{ id: number, port: number, controllerPort: number }} Node */

const PROPERTIES_FILE = "server.properties";

/** Small and quick to start: a test broker lives for seconds and serves a handful of clients. */
const JVM = [
  "-XX:+UseSerialGC",
  "-XX:TieredStopAtLevel=1",
  "-XX:-UsePerfData",
  "-Xshare:auto",
  "-Xlog:disable",
  "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
  "-Dorg.slf4j.simpleLogger.log.kafka.server.KafkaRaftServer=info",
];

/** @type {import("./service.mjs").ServiceRecipe} */
export const kafka = {
  name: "Kafka",
  variable: "KAFKA_BOOTSTRAP_SERVERS",
  async start() {
    const artifacts = await kafkaArtifacts();
    if ("reason" in artifacts) return artifacts;
    const cluster = await startKafka({ artifacts });
    return { address: cluster.bootstrapServers, stop: cluster.stop };
  },
};

/**
 * @typedef {object} Broker
 * @property {string} address
 * @property {(signal?: NodeJS.Signals) => Promise<void>} kill Ends it, by default without a chance to tidy up.
 * @property {() => Promise<void>} start Starts it again, with its old address and data.
 *
 * @typedef {object} KafkaCluster
 * @property {string} bootstrapServers
 * @property {readonly Broker[]} brokers
 * @property {() => Promise<void>} stop Ends all brokers and removes their data.
 */

/**
 * A Kafka of our own with throw-away data, in KRaft mode: each broker is a controller too.
 *
 * With three brokers everything is replicated three times and needs two to be acknowledged, so that one may be killed.
 *
 * @param {{ brokers?: number, artifacts?: KafkaArtifacts, heapMb?: number }} [options]
 * @returns {Promise<KafkaCluster>}
 */
export async function startKafka({ brokers: count = 1, artifacts: given, heapMb = count > 1 ? 128 : 256 } = {}) {
  const artifacts = given ?? (await kafkaArtifacts());
  if ("reason" in artifacts) throw new Error(artifacts.reason);
  const archive = await classArchive(artifacts);
  const folder = mkdtempSync(join(tmpdir(), "telemetra-kafka-"));
  const clusterId = newClusterId();
  /** @type {Node[]} */
  const nodes = [];
  for (let id = 1; id <= count; id++) nodes.push({ id, port: await freePort(), controllerPort: await freePort() });

  const brokers = nodes.map((node) =>
    createBroker({
      folder: join(folder, String(node.id)),
      address: `127.0.0.1:${node.port}`,
      properties: { ...commonProperties(count), ...nodeProperties(node, nodes) },
      format: (cwd) => formatStorage(artifacts, clusterId, cwd),
      command: {
        java: artifacts.java,
        args: [`-Xmx${heapMb}m`, ...JVM, archive, ...mainClass(artifacts, "kafka.Kafka")],
      },
    }),
  );
  const stop = async () => {
    await Promise.all(brokers.map((broker) => broker.kill()));
    removeFolder(folder);
  };
  try {
    await Promise.all(brokers.map((broker) => broker.start()));
  } catch (error) {
    await stop();
    throw error;
  }
  return { bootstrapServers: brokers.map((broker) => broker.address).join(","), brokers, stop };
}

/**
 * @param {object} plan
 * @param {string} plan.folder
 * @param {string} plan.address
 * @param {Record<string, string | number>} plan.properties
 * @param {(cwd: string) => Promise<unknown>} plan.format
 * @param {{ java: string, args: string[] }} plan.command
 * @returns {Broker}
 */
function createBroker({ folder, address, properties, format, command }) {
  /** @type {import("./guarded-process.mjs").GuardedProcess | undefined} */
  let running;
  return {
    address,
    async start() {
      if (!existsSync(folder)) {
        mkdirSync(folder);
        const lines = Object.entries(properties).map(([name, value]) => `${name}=${value}\n`);
        writeFileSync(join(folder, PROPERTIES_FILE), lines.join(""));
        await format(folder);
      }
      running = await startGuarded(command.java, [...command.args, PROPERTIES_FILE], {
        folder,
        data: dirname(folder),
        ready: /Kafka Server started/,
        stopSignal: "SIGKILL",
      });
    },
    async kill(signal = "SIGKILL") {
      await running?.end(signal);
      running = undefined;
    },
  };
}

/**
 * @param {Node} node
 * @param {Node[]} nodes
 */
function nodeProperties({ id, port, controllerPort }, nodes) {
  return {
    "node.id": id,
    listeners: `PLAINTEXT://127.0.0.1:${port},CONTROLLER://127.0.0.1:${controllerPort}`,
    "controller.quorum.voters": nodes.map((node) => `${node.id}@127.0.0.1:${node.controllerPort}`).join(","),
  };
}

/** @param {number} brokerCount */
function commonProperties(brokerCount) {
  const replicas = brokerCount;
  const needed = Math.min(2, brokerCount);
  return {
    "process.roles": "broker,controller",
    "controller.listener.names": "CONTROLLER",
    "log.dirs": "data",
    "auto.create.topics.enable": "false",
    "default.replication.factor": replicas,
    "min.insync.replicas": needed,
    "offsets.topic.replication.factor": replicas,
    "transaction.state.log.replication.factor": replicas,
    "transaction.state.log.min.isr": needed,
    "share.coordinator.state.topic.replication.factor": replicas,
    "share.coordinator.state.topic.min.isr": needed,
    // Few partitions of its own, few threads and small buffers: less to start.
    "offsets.topic.num.partitions": 4,
    "transaction.state.log.num.partitions": 4,
    "share.coordinator.state.topic.num.partitions": 1,
    "num.io.threads": 2,
    "num.network.threads": 2,
    "background.threads": 2,
    "group.coordinator.threads": 1,
    "share.coordinator.threads": 1,
    "log.cleaner.dedupe.buffer.size": 4 * 1024 * 1024,
    // A restarted broker waits for the end of its old session, a group for late joiners.
    "broker.session.timeout.ms": brokerCount > 1 ? 2000 : 3000,
    "broker.heartbeat.interval.ms": 500,
    "controller.quorum.election.timeout.ms": 500,
    "controller.quorum.fetch.timeout.ms": 1000,
    "group.initial.rebalance.delay.ms": 0,
    "group.min.session.timeout.ms": 500,
  };
}

/**
 * @param {KafkaArtifacts} artifacts
 * @param {string} clusterId
 * @param {string} cwd
 */
function formatStorage(artifacts, clusterId, cwd) {
  const tool = mainClass(artifacts, "kafka.tools.StorageTool");
  return run(artifacts.java, ["-Xmx64m", ...JVM, ...tool, "format", "-t", clusterId, "-c", PROPERTIES_FILE], { cwd });
}

/**
 * The Java option that reads the broker's classes ready-parsed from an archive: it halves the time to start. Java
 * writes the archive at the clean end of a broker, so the first start on a machine is made twice.
 *
 * @param {KafkaArtifacts} artifacts
 * @returns {Promise<string>}
 */
async function classArchive(artifacts) {
  const file = join(artifacts.cache, "broker.jsa");
  if (!existsSync(file)) await writeClassArchive(artifacts, file);
  return `-XX:SharedArchiveFile=${file}`;
}

/**
 * @param {KafkaArtifacts} artifacts
 * @param {string} file
 */
async function writeClassArchive(artifacts, file) {
  const folder = mkdtempSync(join(tmpdir(), "telemetra-kafka-"));
  const node = { id: 1, port: await freePort(), controllerPort: await freePort() };
  const unfinished = `${file}.${process.pid}`;
  const options = ["-Xmx256m", ...JVM, `-XX:ArchiveClassesAtExit=${unfinished}`];
  const broker = createBroker({
    folder: join(folder, "1"),
    address: `127.0.0.1:${node.port}`,
    properties: { ...commonProperties(1), ...nodeProperties(node, [node]) },
    format: (cwd) => formatStorage(artifacts, newClusterId(), cwd),
    command: { java: artifacts.java, args: [...options, ...mainClass(artifacts, "kafka.Kafka")] },
  });
  await broker.start();
  await broker.kill("SIGTERM");
  removeFolder(folder);
  if (existsSync(unfinished)) renameSync(unfinished, file);
}

/**
 * @param {KafkaArtifacts} artifacts
 * @param {string} name
 */
function mainClass({ classPath }, name) {
  return ["-cp", classPath, name];
}

/** Kafka reads a leading dash as an option. */
function newClusterId() {
  return `t${randomBytes(16).toString("base64url").slice(1)}`;
}
