import { parseInstant } from "@telemetra/core";
import type { CommitBatch } from "../../ports/result-store.js";

export const HOUR_MS = 3_600_000;
export const DAY_MS = 24 * HOUR_MS;

/** Roll-ups outlive what they were made of by this much: a year can be compared with the one before. */
export const ROLLUP_KEEP_MS = 400 * DAY_MS;

/** An hour of a stream whose roll-up a commit makes out of date. */
export interface TouchedHour {
  readonly streamId: string;
  readonly hourStartMs: number;
  /** Chat events of the commit that fall into it. */
  readonly messages: number;
}

/**
 * The hours (UTC) that a commit brings something for. Events and moments belong to the hour of their time stamp, windows
 * to the one they end in: a window that ends as the clock strikes belongs to the hour before.
 */
export function collectTouchedHours(batch: CommitBatch): readonly TouchedHour[] {
  const streams = new Map<string, Map<number, number>>();
  const touch = (streamId: string, atMs: number, messages: number): void => {
    let hours = streams.get(streamId);
    if (hours === undefined) streams.set(streamId, (hours = new Map()));
    const hourStartMs = startOfHour(atMs);
    hours.set(hourStartMs, (hours.get(hourStartMs) ?? 0) + messages);
  };
  for (const { type, stream_id, timestamp } of batch.events) {
    if (type !== "stream_meta") touch(stream_id, timestamp, type === "chat" ? 1 : 0);
  }
  for (const row of batch.rows) if (row.is_final) touch(row.stream_id, parseInstant(row.window_end)! - 1, 0);
  for (const moment of batch.moments) touch(moment.stream_id, parseInstant(moment.timestamp)!, 0);
  return [...streams].flatMap(([streamId, hours]) =>
    [...hours].map(([hourStartMs, messages]) => ({ streamId, hourStartMs, messages })),
  );
}

function startOfHour(atMs: number): number {
  return Math.floor(atMs / HOUR_MS) * HOUR_MS;
}
