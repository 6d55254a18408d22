import { setTimeout as delay } from "node:timers/promises";
import type { Admin } from "kafkajs";
import { StorageError } from "../../ports/storage-error.js";

/** As many copies as are usual for data that must not be lost, if there are as many brokers. */
const MAX_REPLICAS = 3;
const METADATA_RETRY_MS = 50;
const METADATA_ATTEMPTS = 200;

/**
 * Makes the topics that are missing. All of them need the same number of partitions, because a stream has the same
 * partition number in each.
 *
 * @param partitionCount for topics that are made now
 * @returns the number of partitions that the topics have
 * @throws StorageError `unavailable` when the topics have different numbers of partitions
 */
export async function ensureTopics(admin: Admin, topics: readonly string[], partitionCount: number): Promise<number> {
  const existing = new Set(await admin.listTopics());
  const missing = topics.filter((topic) => !existing.has(topic));
  if (missing.length > 0) {
    const { brokers } = await admin.describeCluster();
    const replicationFactor = Math.min(MAX_REPLICAS, brokers.length);
    const configEntries = [
      // One clock for all topics, so that what was appended first can be told.
      { name: "message.timestamp.type", value: "LogAppendTime" },
      // One copy may be lost, or be restarted, without a record being lost or a writer being stopped.
      ...(replicationFactor < 3 ? [] : [{ name: "min.insync.replicas", value: "2" }]),
    ];
    await admin.createTopics({
      // They are waited for below: this would give up on a topic that is not known everywhere yet.
      waitForLeaders: false,
      topics: missing.map((topic) => ({ topic, numPartitions: partitionCount, replicationFactor, configEntries })),
    });
  }
  const counts = await partitionCounts(admin, topics);
  const [count] = counts.values();
  if (count === undefined || new Set(counts.values()).size > 1) {
    const list = [...counts].map(([name, partitions]) => `${name} has ${partitions}`).join(", ");
    throw new StorageError(
      "unavailable",
      `the topics need the same number of partitions, but ${list}: add partitions to those that have fewer, before anything is written`,
    );
  }
  return count;
}

/** A topic that was made a moment ago is not known to every broker at once. */
async function partitionCounts(admin: Admin, topics: readonly string[]): Promise<ReadonlyMap<string, number>> {
  for (let attempt = 1; ; attempt++) {
    try {
      const { topics: described } = await admin.fetchTopicMetadata({ topics: [...topics] });
      const haveLeaders = described.every(({ partitions }) => partitions.every(({ leader }) => leader >= 0));
      if (haveLeaders) return new Map(described.map(({ name, partitions }) => [name, partitions.length]));
    } catch (error) {
      const mayPass = error instanceof Error && "retriable" in error && error.retriable === true;
      if (!mayPass || attempt === METADATA_ATTEMPTS) throw error;
    }
    await delay(METADATA_RETRY_MS);
  }
}
