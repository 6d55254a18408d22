import type { ChatLog, Line } from "./chat-log.js";
import type { Planted } from "./plant.js";
import type { Seen } from "./watch.js";

/** A moment may be told this long after the planted end, and begin this long before the planted onset. */
const SLACK_MS = 10_000;
const EARLY_MS = 15_000;
/** What the log brings by itself this close by is not ours to judge. */
const NEIGHBOUR_MS = 30_000;

export interface Verdict {
  /** The moment that tells of the plant, in time or not. */
  readonly found: Seen | undefined;
  readonly isInTime: boolean;
  /** Moments that neither the plant nor a burst in the log itself explains. */
  readonly unexplained: number;
}

/** Whether the log alone has a moment where something was planted: such a place decides nothing. */
export function isTaken({ onsetMs, endMs }: Planted, natural: readonly Seen[]): boolean {
  return natural.some((seen) => seen.onsetMs < endMs + NEIGHBOUR_MS && seen.endMs > onsetMs - NEIGHBOUR_MS);
}

/** @param bursts of the log itself, as somebody finds them who has the whole of it */
export function judge({ onsetMs, endMs }: Planted, seen: readonly Seen[], bursts: readonly Span[]): Verdict {
  const isOurs = (one: Seen): boolean => one.onsetMs >= onsetMs - EARLY_MS && one.onsetMs <= endMs;
  const found = seen.find(isOurs);
  const isInTime = found !== undefined && found.detectedMs <= endMs + SLACK_MS;
  const isExplained = (one: Seen): boolean => isOurs(one) || bursts.some((burst) => overlaps(burst, one));
  return { found, isInTime, unexplained: seen.filter((one) => !isExplained(one)).length };
}

export interface Span {
  readonly fromMs: number;
  readonly toMs: number;
}

const GRID_MS = 2_000;
const LOOK_MS = 10_000;
const AROUND_MS = 300_000;

/**
 * Bursts as somebody finds them who has the whole log: ten seconds in which at least `ratio` times the people wrote that
 * do in the ten minutes around, and at least `people` more.
 */
export function burstsIn({ lines }: ChatLog, ratio: number, people: number): Span[] {
  const first = lines[0]?.atMs ?? 0;
  const last = lines.at(-1)?.atMs ?? 0;
  const counts: number[] = [];
  for (let atMs = first; atMs + LOOK_MS <= last; atMs += GRID_MS) counts.push(chattersIn(lines, atMs, atMs + LOOK_MS));
  const reach = AROUND_MS / GRID_MS;
  const spans: Span[] = [];
  counts.forEach((count, index) => {
    const around = counts.slice(Math.max(0, index - reach), index + reach + 1).sort((a, b) => a - b);
    const usual = around[around.length >> 1] ?? 0;
    if (count < usual * ratio || count < usual + people) return;
    const span = { fromMs: first + index * GRID_MS, toMs: first + index * GRID_MS + LOOK_MS };
    const before = spans.at(-1);
    if (before !== undefined && span.fromMs <= before.toMs) spans[spans.length - 1] = { ...before, toMs: span.toMs };
    else spans.push(span);
  });
  return spans;
}

export function overlaps(span: Span, seen: Seen): boolean {
  return seen.onsetMs < span.toMs + EARLY_MS && seen.endMs > span.fromMs - EARLY_MS;
}

function chattersIn(lines: readonly Line[], fromMs: number, toMs: number): number {
  const people = new Set<string>();
  for (const { atMs, user } of lines) if (atMs >= fromMs && atMs < toMs) people.add(user);
  return people.size;
}
