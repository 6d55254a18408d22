/** One point of the charts: the trailing 60 s as of `timeMs`, which is on the stream's own clock. */
export interface RatePoint {
  readonly timeMs: number;
  /** Messages per second; null when unknown, which draws a gap. */
  readonly chatRate: number | null;
  readonly viewerCount: number | null;
}

/** How much of the past is kept, by the stream's clock. */
export const HISTORY_MS = 10 * 60_000;
/** Live frames come every 1.5 s; at most this many points are kept whatever the speed. */
export const MAX_POINT_COUNT = 800;
/** Two live points further apart than this leave a hole that stored windows (every 10 s) may fill. */
const HOLE_MS = 12_000;

/**
 * Adds one point, in order of time. A point at a time that is there already replaces it; what is older than
 * `HISTORY_MS` before the newest is dropped. Returns the same array when nothing changed.
 */
export function addPoint(history: readonly RatePoint[], point: RatePoint): readonly RatePoint[] {
  let index = history.length;
  while (index > 0 && (history[index - 1]?.timeMs ?? 0) >= point.timeMs) index--;
  const present = history[index];
  const replaces = present?.timeMs === point.timeMs;
  if (replaces && present.chatRate === point.chatRate && present.viewerCount === point.viewerCount) return history;
  return trim([...history.slice(0, index), point, ...history.slice(index + (replaces ? 1 : 0))]);
}

/**
 * Fills the holes of a live history with stored windows. Live points stay as they are: a stored window may count late
 * events that the frame of the same instant did not, and mixing both would draw teeth.
 */
export function fillHoles(history: readonly RatePoint[], stored: readonly RatePoint[]): readonly RatePoint[] {
  const filling = stored.filter(({ timeMs }) => isInHole(history, timeMs));
  if (filling.length === 0) return history;
  return trim([...history, ...filling].sort((left, right) => left.timeMs - right.timeMs));
}

function isInHole(history: readonly RatePoint[], timeMs: number): boolean {
  let before = -Infinity;
  for (const point of history) {
    if (point.timeMs >= timeMs) return point.timeMs > timeMs && point.timeMs - before > HOLE_MS;
    before = point.timeMs;
  }
  return timeMs - before > HOLE_MS;
}

function trim(points: readonly RatePoint[]): readonly RatePoint[] {
  const newestMs = points.at(-1)?.timeMs ?? 0;
  const first = points.findIndex(({ timeMs }) => timeMs >= newestMs - HISTORY_MS);
  return points.slice(Math.max(first, points.length - MAX_POINT_COUNT));
}
