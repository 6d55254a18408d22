import type { ClosedWindow, RetractedWindow, WindowShape } from "@telemetra/core/windowing";

export interface Reading {
  readonly id: number;
  readonly key: string;
  readonly atMs: number;
  readonly plate: string;
  readonly speed: number;
}

export interface Summary {
  readonly count: number;
  readonly plates: number;
  readonly speed: number;
  readonly fastest: number | null;
}

export type NaiveWindow = Omit<ClosedWindow<Summary>, "revision">;

/**
 * The windows of a set of readings, computed the obvious way: per key, look at every possible window and at every
 * reading. It shares no code with the operator and has no slices, watermarks, merging or order of arrival.
 */
export function naiveWindows(readings: readonly Reading[], shape: WindowShape, keepAliveMs = 0): NaiveWindow[] {
  const keys = [...new Set(readings.map(({ key }) => key))].sort();
  return keys.flatMap((key) => {
    const own = readings.filter((reading) => reading.key === key).sort((a, b) => a.atMs - b.atMs);
    const spans = shape.kind === "session" ? sessionsOf(own, shape.gapMs) : alignedOf(own, shape, keepAliveMs);
    return spans.map(([startMs, endMs]) => {
      const value = summaryOf(own.filter(({ atMs }) => atMs >= startMs && atMs < endMs));
      return { key, startMs, endMs, value };
    });
  });
}

export function summaryOf(readings: readonly Reading[]): Summary {
  return {
    count: readings.length,
    plates: new Set(readings.map(({ plate }) => plate)).size,
    speed: readings.reduce((all, { speed }) => all + speed * 10, 0) / 10,
    fastest: readings.length === 0 ? null : Math.max(...readings.map(({ speed }) => speed)),
  };
}

/** What is left of everything that was emitted: the highest revision of each window that was not retracted. */
export function survivors(
  emitted: readonly (ClosedWindow<Summary> | (RetractedWindow & { readonly isRetracted: true }))[],
): NaiveWindow[] {
  const standing = new Map<string, NaiveWindow>();
  for (const result of emitted) {
    const place = `${result.key} ${result.startMs}`;
    if ("isRetracted" in result) standing.delete(place);
    else standing.set(place, { key: result.key, startMs: result.startMs, endMs: result.endMs, value: result.value });
  }
  return [...standing.values()].sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : a.startMs - b.startMs));
}

function sessionsOf(readings: readonly Reading[], gapMs: number): [startMs: number, endMs: number][] {
  const sessions: [number, number][] = [];
  for (const { atMs } of readings) {
    const current = sessions.at(-1);
    if (current !== undefined && atMs < current[1]) current[1] = atMs + gapMs;
    else sessions.push([atMs, atMs + gapMs]);
  }
  return sessions;
}

function alignedOf(
  readings: readonly Reading[],
  { sizeMs, hopMs }: { readonly sizeMs: number; readonly hopMs: number },
  keepAliveMs: number,
): [startMs: number, endMs: number][] {
  const first = readings[0];
  const last = readings.at(-1);
  if (first === undefined || last === undefined) return [];
  const spans: [number, number][] = [];
  const fromMs = Math.floor((first.atMs - 2 * sizeMs) / hopMs) * hopMs;
  for (let startMs = fromMs; startMs <= last.atMs + keepAliveMs; startMs += hopMs) {
    const holds = readings.some(({ atMs }) => atMs >= startMs && atMs < startMs + sizeMs);
    const isAlive = keepAliveMs > 0 && readings.some(({ atMs }) => atMs < startMs && startMs <= atMs + keepAliveMs);
    if (holds || isAlive) spans.push([startMs, startMs + sizeMs]);
  }
  return spans;
}
