/** `[startMs, endMs)` in event time. */
export interface Window {
  /** The first instant inside, epoch ms. */
  readonly startMs: number;
  /** The first instant behind it, epoch ms. */
  readonly endMs: number;
}

/** The greatest multiple of `stepMs` that is at most `instantMs`, also before the epoch. */
export function floorTo(instantMs: number, stepMs: number): number {
  return Math.floor(instantMs / stepMs) * stepMs;
}
