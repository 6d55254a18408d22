import type { StreamEvent } from "@telemetra/core";
import type { CommitBatch } from "../../ports/result-store.js";
import { foldEndOfLife, foldStreamFacts, type StreamFacts } from "./stream-facts.js";

/** What a commit brings about one stream itself. */
export interface StreamNews {
  readonly events: StreamEvent[];
  endedAtMs?: number;
}

/** By stream, every stream that the commit speaks of: also those of which it brings results alone. */
export function collectStreamNews(batch: CommitBatch): ReadonlyMap<string, StreamNews> {
  const news = new Map<string, StreamNews>();
  const of = (streamId: string): StreamNews => {
    let known = news.get(streamId);
    if (known === undefined) news.set(streamId, (known = { events: [] }));
    return known;
  };
  for (const event of batch.events) of(event.stream_id).events.push(event);
  for (const row of batch.rows) if (row.is_final) of(row.stream_id);
  for (const moment of batch.moments) of(moment.stream_id);
  for (const { streamId, endedAtMs } of batch.endedLives ?? []) {
    const stream = of(streamId);
    stream.endedAtMs = Math.max(stream.endedAtMs ?? endedAtMs, endedAtMs);
  }
  return news;
}

/** False when a stream that is known cannot change by it. */
export function bringsFacts({ events, endedAtMs }: StreamNews): boolean {
  return events.length > 0 || endedAtMs !== undefined;
}

/** The facts after the news; the very object when nothing changed. */
export function foldStreamNews(facts: Readonly<StreamFacts>, { events, endedAtMs }: StreamNews): Readonly<StreamFacts> {
  const folded = foldStreamFacts(facts, events);
  return endedAtMs === undefined ? folded : foldEndOfLife(folded, endedAtMs);
}
