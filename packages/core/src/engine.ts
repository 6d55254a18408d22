/**
 * The engine without a lexicon: sentiment comes from the `scorer` option, or there is none.
 * For pages that must stay small; `@telemetra/core` itself brings the default scorer along.
 */
export {
  createEngine,
  Engine,
  type EngineCounters,
  type EngineEvents,
  type EngineSnapshot,
  type LimitError,
  type PushResult,
} from "./analytics/engine.js";
export type { EngineOptions } from "./analytics/engine-options.js";
