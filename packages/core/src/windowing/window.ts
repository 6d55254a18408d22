import { requireInteger, InvalidOptionError } from "../errors.js";

/** `[startMs, endMs)` in event time. */
export interface Window {
  readonly startMs: number;
  readonly endMs: number;
}

/**
 * Windows of one size, one every hop, aligned to the epoch (rule W1). A tumbling window is one whose hop is its size.
 * `sliceMs` is the length of the pieces that overlapping windows share (rule W2).
 */
export interface WindowShape {
  readonly sizeMs: number;
  readonly hopMs: number;
  readonly sliceMs: number;
}

const DAY_MS = 86_400_000;

/**
 * @param sizeMs length of a window, 1 ms to 7 days
 * @param hopMs distance between two starts, 1 to `sizeMs`
 * @param maxSliceMs slices are the gcd of size and hop, cut finer until they are at most this long; default no cut
 * @throws InvalidOptionError
 */
export function hopping(sizeMs: number, hopMs: number, maxSliceMs = Infinity): WindowShape {
  requireInteger("sizeMs", sizeMs, 1, 7 * DAY_MS);
  requireInteger("hopMs", hopMs, 1, sizeMs);
  const shared = gcd(sizeMs, hopMs);
  const sliceMs = largestDivisorUpTo(shared, maxSliceMs);
  if (sizeMs / sliceMs > 10_000) {
    throw new InvalidOptionError(
      "hopMs",
      hopMs,
      `such that a window has at most 10000 slices of gcd(size, hop) = ${sliceMs} ms`,
    );
  }
  return Object.freeze({ sizeMs, hopMs, sliceMs });
}

/** Windows that follow each other without overlap. @throws InvalidOptionError */
export function tumbling(sizeMs: number, maxSliceMs = Infinity): WindowShape {
  return hopping(sizeMs, sizeMs, maxSliceMs);
}

/** Start of the oldest window that holds the instant. */
export function firstWindowStart(shape: WindowShape, instantMs: number): number {
  return floorTo(instantMs - shape.sizeMs, shape.hopMs) + shape.hopMs;
}

/** Start of the newest window that holds the instant. */
export function lastWindowStart(shape: WindowShape, instantMs: number): number {
  return floorTo(instantMs, shape.hopMs);
}

/** The greatest multiple of `stepMs` that is at most `instantMs`, also before the epoch. */
export function floorTo(instantMs: number, stepMs: number): number {
  return Math.floor(instantMs / stepMs) * stepMs;
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
