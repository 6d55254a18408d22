/**
 * The bare engine: rows of windows. Sentiment and moments come from the options `scorer` and `moments`, or there are none.
 * For pages that must stay small; `createEngine` of `@telemetra/core` brings both along.
 */
export {
  createEngine,
  Engine,
  type EngineCounters,
  type EngineEvents,
  type LimitError,
  type PushResult,
} from "./analytics/engine.js";
export type { EngineSnapshot } from "./analytics/engine-snapshot.js";
export type { EngineOptions } from "./analytics/engine-options.js";
