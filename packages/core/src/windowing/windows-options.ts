import type { Aggregator } from "../aggregate/aggregator.js";
import { InvalidOptionError, requireInteger } from "../errors.js";
import { resolveWatermark, type WatermarkOptions } from "../time/input-clock.js";
import type { AlignedShape } from "./aligned-shape.js";
import type { SessionShape } from "./session-windows.js";
import type { WindowsSnapshot } from "./windows.js";

/** What `tumbling`, `hopping` and `session` make. */
export type WindowShape = AlignedShape | SessionShape;

/** What windows are made of: a shape, an aggregator, the time of an event; the rest has defaults. */
export interface WindowsOptions<In, Out> extends WatermarkOptions {
  /** Made by `tumbling`, `hopping` or `session`. */
  readonly shape: WindowShape;
  /** What is made of a window's events. */
  readonly aggregator: Aggregator<NoInfer<In>, object, Out>;
  /** When an event happened, epoch ms; fractions are cut. An event without a finite time is refused. */
  readonly timeOf: (event: In) => number;
  /** Whose window an event belongs to; each key has windows and a watermark of its own. Default: one key, `""`. */
  readonly keyOf?: (event: In) => string;
  /** How long after its end a window is corrected by late events. 0 to 86400000 ms, default 30000 ms. */
  readonly allowedLatenessMs?: number;
  /**
   * Aligned windows only: how long after its last event a key goes on having windows, with nothing in them.
   * 0 to 86400000 ms, default 0: a window without events does not exist.
   */
  readonly keepAliveMs?: number;
  /** An event this far ahead of the clock is refused, once `advanceTo` has told the time. At least 0, default 300000 ms. */
  readonly maxFutureMs?: number;
  /**
   * Keys kept at once; those with nothing open make room first, then an event of a new key is refused. At least 1,
   * default 50000.
   */
  readonly maxKeys?: number;
  /** What `snapshot()` of an operator with the same shape and aggregator returned. Default: nothing is known yet. */
  readonly snapshot?: WindowsSnapshot;
}

export interface ResolvedWindowsOptions<In, Out> {
  readonly shape: WindowShape;
  readonly aggregator: Aggregator<In, object, Out>;
  readonly timeOf: (event: In) => number;
  readonly keyOf: (event: In) => string;
  readonly watermark: Required<WatermarkOptions>;
  readonly allowedLatenessMs: number;
  readonly keepAliveMs: number;
  readonly maxFutureMs: number;
  readonly maxKeys: number;
}

const DAY_MS = 86_400_000;
/** Slices or sessions of a key that may have to be kept at once. */
const MAX_KEPT = 100_000;

/** @throws InvalidOptionError for the first option that cannot be used, with its value and the allowed range */
export function resolveWindowsOptions<In, Out>(options: WindowsOptions<In, Out>): ResolvedWindowsOptions<In, Out> {
  const { shape } = options;
  const watermark = resolveWatermark(options);
  const keepAliveMs = requireInteger("keepAliveMs", options.keepAliveMs ?? 0, 0, DAY_MS);
  if (shape.kind === "session" && keepAliveMs > 0) {
    throw new InvalidOptionError("keepAliveMs", keepAliveMs, "0 for sessions: there is no session without an event");
  }
  const allowedLatenessMs = requireInteger("allowedLatenessMs", options.allowedLatenessMs ?? 30_000, 0, DAY_MS);
  const [lengthMs, pieceMs] = shape.kind === "session" ? [2 * shape.gapMs, shape.gapMs] : [shape.sizeMs, shape.sliceMs];
  if ((lengthMs + allowedLatenessMs + watermark.maxOutOfOrdernessMs) / pieceMs > MAX_KEPT) {
    const allowed = `so short that a key keeps at most ${MAX_KEPT} slices or sessions of ${pieceMs} ms`;
    throw new InvalidOptionError("allowedLatenessMs", allowedLatenessMs, allowed);
  }
  return Object.freeze({
    shape,
    aggregator: options.aggregator,
    timeOf: options.timeOf,
    keyOf: options.keyOf ?? (() => ""),
    watermark,
    allowedLatenessMs,
    keepAliveMs,
    maxFutureMs: requireInteger("maxFutureMs", options.maxFutureMs ?? 300_000, 0),
    maxKeys: requireInteger("maxKeys", options.maxKeys ?? 50_000, 1),
  });
}
