import { requireInteger, InvalidOptionError } from "../errors.js";
import { floorTo } from "./window.js";

/** Windows that follow each other. */
export interface TumblingOptions {
  /** Length of a window, 1 ms to 7 days. */
  readonly sizeMs: number;
  /** Slices are cut until they are at most this long. At least 1 ms, default: no cut. */
  readonly maxSliceMs?: number;
}

/** Windows that overlap. */
export interface HoppingOptions extends TumblingOptions {
  /** Distance between two starts, 1 to `sizeMs`. */
  readonly hopMs: number;
}

/**
 * Windows of one size, one every hop, aligned to the epoch (rule W1). A tumbling window is one whose hop is its size.
 * `sliceMs` is the length of the pieces that overlapping windows share (rule W2).
 */
export interface AlignedShape {
  /** Told apart from a session by this. */
  readonly kind: "aligned";
  /** Length of a window. */
  readonly sizeMs: number;
  /** Distance between two starts, at most `sizeMs`. */
  readonly hopMs: number;
  /** Length of a slice; divides both. */
  readonly sliceMs: number;
}

const WEEK_MS = 604_800_000;
const MAX_SLICES = 10_000;

/**
 * Windows that overlap: one of `sizeMs` begins every `hopMs`.
 *
 * @throws InvalidOptionError for what is outside its range, or makes more than 10,000 slices of a window
 */
export function hopping(options: HoppingOptions): AlignedShape {
  const { sizeMs, hopMs, maxSliceMs = Infinity } = options;
  requireInteger("sizeMs", sizeMs, 1, WEEK_MS);
  requireInteger("hopMs", hopMs, 1, sizeMs);
  if (!(maxSliceMs >= 1)) throw new InvalidOptionError("maxSliceMs", maxSliceMs, "at least 1");
  const sliceMs = largestDivisorUpTo(gcd(sizeMs, hopMs), maxSliceMs);
  if (sizeMs / sliceMs > MAX_SLICES) {
    const allowed = `such that a window has at most ${MAX_SLICES} slices of gcd(size, hop) = ${sliceMs} ms`;
    throw new InvalidOptionError("hopMs", hopMs, allowed);
  }
  return Object.freeze({ kind: "aligned", sizeMs, hopMs, sliceMs });
}

/**
 * Windows that follow each other without overlap.
 *
 * @throws InvalidOptionError for what is outside its range
 */
export function tumbling(options: TumblingOptions): AlignedShape {
  return hopping({ ...options, hopMs: options.sizeMs });
}

/** Start of the oldest window that holds the instant. */
export function firstWindowStart(shape: AlignedShape, instantMs: number): number {
  return floorTo(instantMs - shape.sizeMs, shape.hopMs) + shape.hopMs;
}

/** Start of the newest window that holds the instant. */
export function lastWindowStart(shape: AlignedShape, instantMs: number): number {
  return floorTo(instantMs, shape.hopMs);
}

function gcd(a: number, b: number): number {
  return b === 0 ? a : gcd(b, a % b);
}

function largestDivisorUpTo(whole: number, limit: number): number {
  if (whole <= limit) return whole;
  for (let parts = Math.ceil(whole / limit); parts <= whole; parts++) {
    if (whole % parts === 0) return whole / parts;
  }
  return 1;
}
