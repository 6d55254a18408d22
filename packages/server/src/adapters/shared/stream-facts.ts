import type { StreamEvent, StreamMetaEvent } from "@telemetra/core";

/**
 * What a store knows of a stream, each fact with the event time it dates from. Facts are folded by event time and not
 * by arrival, so events that come again, or late, change nothing that is newer.
 */
export interface StreamFacts {
  title: string | null;
  title_at: number | null;
  game_category: string | null;
  category_at: number | null;
  viewer_count: number | null;
  viewer_count_at: number | null;
  /** Newest event other than a `stream_end`. */
  last_event_at: number | null;
  /** End of the newest life that has ended. */
  ended_at: number | null;
  /** First event of the newest life. */
  opened_at: number | null;
  /** `started_at` of the newest `stream_start` that brought one, and when that event happened. */
  declared_start: number | null;
  declared_at: number | null;
}

/** What REST shows of the facts. */
export interface StreamView {
  readonly title: string | null;
  readonly game_category: string | null;
  readonly started_at: number | null;
  readonly is_live: boolean;
  readonly viewer_count: number | null;
}

export const UNKNOWN_STREAM: Readonly<StreamFacts> = Object.freeze({
  title: null,
  title_at: null,
  game_category: null,
  category_at: null,
  viewer_count: null,
  viewer_count_at: null,
  last_event_at: null,
  ended_at: null,
  opened_at: null,
  declared_start: null,
  declared_at: null,
});

/** The facts after some more events of the stream, in any order; the very object when nothing changed. */
export function foldStreamFacts(facts: Readonly<StreamFacts>, events: readonly StreamEvent[]): Readonly<StreamFacts> {
  const next = { ...facts };
  for (const event of inTimeOrder(events)) {
    if (event.type === "stream_meta" && event.event_type === "stream_end") endLife(next, event.timestamp);
    else addActivity(next, event.timestamp);
    if (event.type === "viewer") addViewers(next, event.timestamp, event.viewer_count);
    if (event.type === "stream_meta") addMeta(next, event);
  }
  const isSame = (Object.keys(next) as (keyof StreamFacts)[]).every((key) => next[key] === facts[key]);
  return isSame ? facts : next;
}

/** The facts after a life that ended without a `stream_end` (F1). */
export function foldEndOfLife(facts: Readonly<StreamFacts>, endedAtMs: number): Readonly<StreamFacts> {
  if (facts.ended_at !== null && facts.ended_at >= endedAtMs) return facts;
  const next = { ...facts };
  endLife(next, endedAtMs);
  return next;
}

export function viewStream(facts: Readonly<StreamFacts>): StreamView {
  const { last_event_at, ended_at, opened_at, declared_start, declared_at } = facts;
  const isDeclared = declared_at !== null && (opened_at === null || declared_at >= opened_at);
  return {
    title: facts.title,
    game_category: facts.game_category,
    started_at: isDeclared ? declared_start : opened_at,
    is_live: last_event_at !== null && (ended_at === null || last_event_at > ended_at),
    viewer_count: facts.viewer_count,
  };
}

/** A life ends after everything else of the same instant. */
function inTimeOrder(events: readonly StreamEvent[]): readonly StreamEvent[] {
  const isOrdered = events.every((event, at) => at === 0 || events[at - 1]!.timestamp < event.timestamp);
  if (isOrdered) return events;
  const rank = (event: StreamEvent): number =>
    event.type === "stream_meta" && event.event_type === "stream_end" ? 1 : 0;
  return events.toSorted((left, right) => left.timestamp - right.timestamp || rank(left) - rank(right));
}

function addActivity(facts: StreamFacts, atMs: number): void {
  facts.last_event_at = Math.max(facts.last_event_at ?? atMs, atMs);
  if (facts.ended_at !== null && atMs <= facts.ended_at) return;
  const isNewLife = facts.opened_at === null || (facts.ended_at !== null && facts.opened_at <= facts.ended_at);
  facts.opened_at = isNewLife ? atMs : Math.min(facts.opened_at ?? atMs, atMs);
}

function endLife(facts: StreamFacts, atMs: number): void {
  if (facts.ended_at !== null && facts.ended_at >= atMs) return;
  facts.ended_at = atMs;
  facts.opened_at ??= atMs;
  // The end came after events of the next life; of those the newest one is all that is known here.
  if (facts.last_event_at !== null && facts.last_event_at > atMs && facts.opened_at <= atMs) {
    facts.opened_at = facts.last_event_at;
  }
}

/** The newest count; the larger when two tie (F4). */
function addViewers(facts: StreamFacts, atMs: number, count: number): void {
  if (isNewer(atMs, count, facts.viewer_count_at, facts.viewer_count)) {
    facts.viewer_count = count;
    facts.viewer_count_at = atMs;
  }
}

function addMeta(facts: StreamFacts, event: StreamMetaEvent): void {
  const { timestamp: atMs, new_title: title, new_category: category } = event;
  if (title !== undefined && isNewer(atMs, title, facts.title_at, facts.title)) {
    facts.title = title;
    facts.title_at = atMs;
  }
  if (category !== undefined && isNewer(atMs, category, facts.category_at, facts.game_category)) {
    facts.game_category = category;
    facts.category_at = atMs;
  }
  if (event.event_type !== "stream_start" || event.started_at === undefined) return;
  if (isNewer(atMs, event.started_at, facts.declared_at, facts.declared_start)) {
    facts.declared_start = event.started_at;
    facts.declared_at = atMs;
  }
}

/** Among values of the same instant the largest counts, so that the order of arrival does not. */
function isNewer<T extends number | string>(
  atMs: number,
  value: T,
  knownAtMs: number | null,
  known: T | null,
): boolean {
  return knownAtMs === null || known === null || atMs > knownAtMs || (atMs === knownAtMs && value > known);
}
