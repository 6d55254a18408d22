/** The service as a library: `compose` puts it together from a configuration; the ports are what an own adapter implements. */
export { migrate, withDeadLetters } from "./compose/commands.js";
export { compose } from "./compose/compose.js";
export { ConfigError, loadConfig, type Config, type ConfigInput, type LoadedConfig } from "./config/load-config.js";
export { createLogger, silentLogger, type Logger, type LogLevel } from "./logger.js";
export type { DeadLetterQuery, DeadLetters, LogPlace, StoredDeadLetter } from "./ports/dead-letters.js";
export type {
  AppendRecord,
  AppendVerdict,
  Consumption,
  EventLog,
  LogBatch,
  LogConsumer,
  LogGap,
  LogPartition,
  LogRecord,
  NeededFrom,
  ReplayRecord,
} from "./ports/event-log.js";
export type { Frame, Hub, HubSubscription, Lane, Place, SubscribeOptions } from "./ports/hub.js";
export type { Ingest, IngestReport, Rejection } from "./ports/ingest.js";
export type { LiveView } from "./ports/live-view.js";
export type {
  CommitBatch,
  DeadLetter,
  Page,
  PartitionClaim,
  Position,
  RangeQuery,
  RefusedEvent,
  ResultStore,
  StreamRecord,
  StreamState,
  StreamStats,
} from "./ports/result-store.js";
export {
  RefusedDataError,
  remedyFor,
  StorageError,
  type Remedy,
  type StorageErrorCode,
} from "./ports/storage-error.js";
export type { SnapshotCache } from "./ports/snapshot-cache.js";
export type { DeadLetterDesk, Service } from "./service.js";
export { version } from "./version.js";
