import type { Marathon } from "./marathon.js";

/** Rows `[from, to)`. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

export interface Truth {
  /** Chat at three times the usual or more. */
  readonly bursts: readonly Span[];
  /** Those with a surge of donations or tweets within five minutes: something happened, by another witness. */
  readonly corroborated: readonly Span[];
  /** Per row: nothing happens, by day or night. */
  readonly isQuiet: readonly boolean[];
  /** Per row: quiet, and night where most of the audience is (US Pacific, midnight to six in winter). */
  readonly isQuietNight: readonly boolean[];
}

/** Rows at the start that are not judged: every detector has a baseline by then. */
export const SKIPPED_ROWS = 240;
/** Rows apart from each other by no more than this belong to one episode. */
export const EPISODE_GAP = 10;

const BURST = 3;
const UNREST = 2;
const CORROBORATION_ROWS = 5;
const REST_ROWS = 15;
const NIGHT_HOURS_UTC = [8, 14] as const;
/** A median below this counts as this: three times a handful is no burst. Per minute. */
const USUAL_FLOOR = { chats: 10, tweets: 5, donations: 3 };
/** Below this many messages a minute there is no audience to be quiet. */
const AUDIENCE = 5;

/**
 * What happened, told from both sides of each minute, as no live detector can: the mean of three minutes against the
 * median of the two hours around them.
 */
export function truthOf({ timesMs, chats, tweets, donations }: Marathon): Truth {
  const chat = levels(chats, USUAL_FLOOR.chats);
  const donated = levels(donations, USUAL_FLOOR.donations).multiples;
  const tweeted = levels(tweets, USUAL_FLOOR.tweets).multiples;
  const bursts = episodes(chat.multiples.map((multiple) => multiple >= BURST)).filter(
    (burst) => burst.from >= SKIPPED_ROWS,
  );
  const isSurge = donated.map((multiple, row) => multiple >= BURST || (tweeted[row] ?? 0) >= BURST);
  const isUnrest = chat.multiples.map((multiple, row) => multiple >= UNREST || (donated[row] ?? 0) >= UNREST);
  const isQuiet = timesMs.map(
    (_, row) =>
      row >= SKIPPED_ROWS &&
      (chat.usual[row] ?? 0) >= AUDIENCE &&
      !isUnrest.slice(Math.max(0, row - REST_ROWS), row + REST_ROWS + 1).includes(true),
  );
  return {
    bursts,
    corroborated: bursts.filter(({ from, to }) =>
      isSurge.slice(Math.max(0, from - CORROBORATION_ROWS), to + CORROBORATION_ROWS).includes(true),
    ),
    isQuiet,
    isQuietNight: isQuiet.map((quiet, row) => {
      const hour = new Date(timesMs[row] ?? NaN).getUTCHours();
      return quiet && hour >= NIGHT_HOURS_UTC[0] && hour < NIGHT_HOURS_UTC[1];
    }),
  };
}

/** Runs of true rows, joined across gaps of up to `EPISODE_GAP`. */
export function episodes(rows: readonly boolean[]): Span[] {
  const spans: Span[] = [];
  rows.forEach((isIn, row) => {
    if (!isIn) return;
    const last = spans.at(-1);
    if (last !== undefined && row - last.to < EPISODE_GAP) spans[spans.length - 1] = { from: last.from, to: row + 1 };
    else spans.push({ from: row, to: row + 1 });
  });
  return spans;
}

function levels(counts: readonly number[], floor: number): { usual: number[]; multiples: number[] } {
  const usual = counts.map((_, row) => median(counts.slice(Math.max(0, row - 60), row + 61)));
  const multiples = counts.map((_, row) => {
    const three = counts.slice(Math.max(0, row - 1), row + 2);
    return three.reduce((sum, count) => sum + count, 0) / three.length / Math.max(floor, usual[row] ?? 0);
  });
  return { usual, multiples };
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[sorted.length >> 1] ?? 0;
}
