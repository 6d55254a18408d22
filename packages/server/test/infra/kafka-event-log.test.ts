import { randomUUID } from "node:crypto";
import { describeWithKafka } from "../../../../test/support/real-services.js";
import { eventLogContract } from "../contract/event-log.contract.js";
import type { KafkaLogConfig } from "../support/adapter-config.js";
import { deleteKafkaTopics } from "../support/kafka-topics.js";

describeWithKafka("Kafka", (address) => {
  eventLogContract(
    "KafkaEventLog",
    async () => {
      const prefix = `t${randomUUID().slice(0, 8)}`;
      const config: KafkaLogConfig = { adapter: "kafka", brokers: address.split(","), prefix, partitions: 3 };
      return { config, dispose: () => deleteKafkaTopics(config) };
    },
    { remembersIdsAcrossRestarts: false },
  );
});
