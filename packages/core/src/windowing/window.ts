/** `[startMs, endMs)` in event time. */
export interface Window {
  readonly startMs: number;
  readonly endMs: number;
}

/** The greatest multiple of `stepMs` that is at most `instantMs`, also before the epoch. */
export function floorTo(instantMs: number, stepMs: number): number {
  return Math.floor(instantMs / stepMs) * stepMs;
}
