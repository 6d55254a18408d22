import { InvalidOptionError, requireInteger, requireNumber } from "../errors.js";
import type { FindMoments } from "../moments/moment-finder.js";
import { EVENT_TYPES, type EventType } from "../records/event.js";
import type { Scorer } from "../sentiment/create-scorer.js";
import { resolveWatermark, type WatermarkOptions } from "../time/input-clock.js";
import { hopping, type AlignedShape } from "../windowing/aligned-shape.js";
import type { BaselineOptions } from "./count-history.js";
import type { EngineSnapshot } from "./engine-snapshot.js";

/** What can be set of an engine; everything has a default. */
export interface EngineOptions extends WatermarkOptions, BaselineOptions {
  /** Length of a window. 100 to 86400000 ms, default 60000 ms. */
  readonly windowMs?: number;
  /** Distance between two windows' starts. 100 ms to `windowMs`, default 10000 ms, or `windowMs` when that is less. */
  readonly hopMs?: number;
  /** How long after its end a window is corrected by late events. 0 to 86400000 ms, default 30000 ms. */
  readonly allowedLatenessMs?: number;
  /** Emit rows of open windows on each slide, marked `is_final: false`. Default false. */
  readonly earlyResults?: boolean;
  /** Event time without any event after which a stream's life ends (F1). 1000 to 86400000 ms, default 300000 ms. */
  readonly streamTimeoutMs?: number;
  /** An event this far ahead of the clock is refused (W6). At least 0, default 300000 ms. */
  readonly maxFutureMs?: number;
  /** Scores messages; false for no sentiment at all. Default: the chat scorer; none in `@telemetra/core/engine`. */
  readonly scorer?: Scorer | false;
  /** Finds moments; false for none at all. Default: `findMoments`; none in `@telemetra/core/engine`. */
  readonly moments?: FindMoments | false;
  /**
   * Kinds of events that are read from a log and hold every stream back until `inputProgress` reported the end of it (F3).
   * Default none: an input counts from its first event on.
   */
  readonly inputs?: readonly EventType[];
  /**
   * Streams kept at once; those whose life is over make room first, then an event of a new stream is refused. At least
   * 1, default 50000.
   */
  readonly maxStreams?: number;
  /** Event ids remembered per stream. At least 2, default 200000. */
  readonly maxEventIds?: number;
  /** Distinct emote names per slice of a stream. At least 1, default 10000. */
  readonly maxEmotes?: number;
  /** What `snapshot()` of an engine with the same window options returned. Default: nothing is known yet. */
  readonly snapshot?: EngineSnapshot;
}

/** Slices are at most this long: moments are detected on slices, not on closed windows (W10). */
const MAX_SLICE_MS = 2_000;
/** But a window of many hours is not cut into more of them than this. */
const MAX_SLICES = 5_000;

export interface ResolvedOptions {
  readonly shape: AlignedShape;
  readonly watermark: Required<WatermarkOptions>;
  readonly allowedLatenessMs: number;
  readonly earlyResults: boolean;
  readonly streamTimeoutMs: number;
  readonly maxFutureMs: number;
  readonly anomalyThreshold: number;
  readonly minSamples: number;
  readonly baselineMs: number;
  readonly scorer: Scorer | undefined;
  readonly moments: FindMoments | undefined;
  readonly inputs: readonly EventType[];
  readonly maxStreams: number;
  readonly maxEventIds: number;
  readonly maxEmotes: number;
}

const HOUR_MS = 3_600_000;
/** As much of the past as half an hour is for windows of a minute. */
const MIN_BASELINE_MS = 1_800_000;
const BASELINE_WINDOWS = 30;

/** @throws InvalidOptionError for the first option that cannot be used, with its value and the allowed range */
export function resolveEngineOptions(options: EngineOptions): ResolvedOptions {
  for (const input of options.inputs ?? []) {
    if (!EVENT_TYPES.includes(input)) throw new InvalidOptionError("inputs", input, `of ${EVENT_TYPES.join(", ")}`);
  }
  const sizeMs = requireInteger("windowMs", options.windowMs ?? 60_000, 100, 24 * HOUR_MS);
  const hopMs = requireInteger("hopMs", options.hopMs ?? Math.min(10_000, sizeMs), 100, sizeMs);
  const shape = hopping({ sizeMs, hopMs, maxSliceMs: Math.max(MAX_SLICE_MS, sizeMs / MAX_SLICES) });
  return Object.freeze({
    shape,
    watermark: resolveWatermark(options),
    allowedLatenessMs: requireInteger("allowedLatenessMs", options.allowedLatenessMs ?? 30_000, 0, 24 * HOUR_MS),
    earlyResults: options.earlyResults ?? false,
    streamTimeoutMs: requireInteger("streamTimeoutMs", options.streamTimeoutMs ?? 300_000, 1_000, 24 * HOUR_MS),
    maxFutureMs: requireInteger("maxFutureMs", options.maxFutureMs ?? 300_000, 0),
    anomalyThreshold: requireNumber("anomalyThreshold", options.anomalyThreshold ?? 3, 0, 100),
    minSamples: requireInteger("minSamples", options.minSamples ?? 12, 2, 10_000),
    baselineMs: requireInteger(
      "baselineMs",
      options.baselineMs ?? Math.max(MIN_BASELINE_MS, BASELINE_WINDOWS * shape.sizeMs),
      shape.sizeMs,
      30 * 24 * HOUR_MS,
    ),
    scorer: options.scorer === false ? undefined : options.scorer,
    moments: options.moments === false ? undefined : options.moments,
    inputs: Object.freeze([...(options.inputs ?? [])]),
    maxStreams: requireInteger("maxStreams", options.maxStreams ?? 50_000, 1),
    maxEventIds: requireInteger("maxEventIds", options.maxEventIds ?? 200_000, 2),
    maxEmotes: requireInteger("maxEmotes", options.maxEmotes ?? 10_000, 1),
  });
}
