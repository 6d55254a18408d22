export { InvalidOptionError } from "./errors.js";
export { encodeEvent } from "./events/encode-event.js";
export {
  EVENT_ERROR_CODES,
  parseEvent,
  parseEventJson,
  type EventError,
  type EventErrorCode,
  type ParseResult,
} from "./events/parse-event.js";
export {
  EVENT_TYPES,
  eventSchemas,
  STREAM_META_TYPES,
  streamId as streamIdSchema,
  TRANSACTION_TYPES,
  type ChatEvent,
  type ChatInput,
  type Emote,
  type EventInput,
  type EventType,
  type StreamEvent,
  type StreamMetaEvent,
  type StreamMetaInput,
  type TransactionEvent,
  type TransactionInput,
  type ViewerEvent,
  type ViewerInput,
} from "./records/event.js";
export {
  CLOSE_CODES,
  liveMessageSchema,
  type ConnectedMessage,
  type LiveMessage,
  type LiveSnapshot,
  type MetricsMessage,
  type MomentMessage,
} from "./records/live-message.js";
export { metricRowSchema, type EmoteCount, type MetricRow, type Revenue } from "./records/metric-row.js";
export { momentSchema, MOMENT_TYPES, type Moment, type MomentPhase, type MomentType } from "./records/moment.js";
export { compileSchema, type SchemaIssue } from "./schema/compile-schema.js";
export type { Infer, JsonSchema, Schema } from "./schema/schema.js";
export { formatInstant, parseInstant, parseRfc3339 } from "./time/instant.js";
export { createEngine } from "./default-engine.js";
export {
  Engine,
  type EngineCounters,
  type EngineEvents,
  type LimitError,
  type PushResult,
} from "./analytics/engine.js";
export type { EngineSnapshot } from "./analytics/engine-snapshot.js";
export type { EngineOptions } from "./analytics/engine-options.js";
export { findMoments } from "./moments/stream-moments.js";
export type { FindMoments, MomentFinder, StreamView } from "./moments/moment-finder.js";
export {
  createScorer,
  explainMessage,
  scoreMessage,
  type DefaultScorerOptions,
  type ScoreMessageOptions,
} from "./sentiment/default-scorer.js";
export type { SentimentMode } from "./sentiment/compile-lexicon.js";
export type { Scorer, ScorerOptions } from "./sentiment/create-scorer.js";
export type { Lexicon } from "./sentiment/lexicon.js";
export type {
  ExplainedScore,
  ExplainedToken,
  MessageScore,
  ScoreExplanation,
  SentimentLabel,
  SentimentThresholds,
  TokenKind,
} from "./sentiment/message-score.js";
export type { SentimentRule } from "./sentiment/rating.js";
export type { Detection, Detector, DetectorFactory, DetectorSnapshot, Direction } from "./anomaly/detector.js";
export type { BandOptions } from "./anomaly/band.js";
export { createChatDetector, type ChatDetectorOptions } from "./anomaly/chat-detector.js";
export { createCusumDetector, type CusumOptions } from "./anomaly/cusum.js";
export { createDefaultDetector, type DefaultDetectorOptions } from "./anomaly/default-detector.js";
export { createEwmaBandDetector, type EwmaBandOptions } from "./anomaly/ewma-band.js";
export { createNoveltyDetector, type NoveltyOptions } from "./anomaly/novelty.js";
export { createRefractoryDetector, type RefractoryOptions } from "./anomaly/refractory.js";
export { createRobustZScoreDetector, type RobustZScoreOptions } from "./anomaly/robust-z-score.js";
export { createSeasonalDetector, type SeasonalOptions } from "./anomaly/seasonal.js";
export { createSpotDetector, type SpotOptions } from "./anomaly/spot.js";
export { createMaxDetector, createMinDetector, createVoteDetector } from "./anomaly/vote.js";
export { createZScoreDetector, type ZScoreOptions } from "./anomaly/z-score.js";
