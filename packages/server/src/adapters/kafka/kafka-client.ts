import { Kafka, logLevel } from "kafkajs";
import { calmRequestQueue } from "./request-queue.js";

/** What the client has to say about connections and groups, for the log of the service. */
export type KafkaLogSink = (
  level: "warn" | "error",
  message: string,
  details: Readonly<Record<string, unknown>>,
) => void;

const CONNECTION_MS = 2_000;
const REQUEST_MS = 10_000;
/** Said of every producer; ours are replaced after a failure instead. */
const EXPECTED = /^Limiting retries for the idempotent producer/;

/** A client that never gives up on brokers that are away: whoever waits for it brings a deadline. */
export function createKafkaClient(clientId: string, brokers: readonly string[], onLog: KafkaLogSink): Kafka {
  calmRequestQueue();
  return new Kafka({
    clientId,
    brokers: [...brokers],
    connectionTimeout: CONNECTION_MS,
    requestTimeout: REQUEST_MS,
    retry: { initialRetryTime: 50, maxRetryTime: 500, retries: 100_000, restartOnFailure: async () => true },
    logLevel: logLevel.WARN,
    logCreator:
      () =>
      ({ namespace, log: { message, logger: _logger, timestamp: _timestamp, ...details } }) => {
        // Whatever it calls an error it tries again: what cannot be mended comes back as a rejection.
        if (!EXPECTED.test(message)) onLog("warn", message, { part: namespace, ...details });
      },
  });
}
