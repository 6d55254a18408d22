import { Engine } from "./analytics/engine.js";
import type { EngineOptions } from "./analytics/engine-options.js";
import { findMoments } from "./moments/stream-moments.js";
import { createScorer } from "./sentiment/default-scorer.js";

/**
 * Makes an engine that scores messages with the default lexicon and finds moments, unless `scorer` or `moments` say
 * otherwise. A page that must stay small imports `createEngine` from `@telemetra/core/engine` instead.
 *
 * @throws InvalidOptionError for an option that cannot be used, RangeError for a snapshot of another version or of
 * other windows
 */
export function createEngine(options: EngineOptions = {}): Engine {
  return new Engine({ ...options, scorer: options.scorer ?? createScorer(), moments: options.moments ?? findMoments });
}
