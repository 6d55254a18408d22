import { expect, vi } from "vitest";
import type { MetricRow } from "@telemetra/core";
import { startService } from "../support/running-service.js";
import { expectedWindows } from "./expected-windows.js";

/**
 * Plays a recording of one stream through log, engine, database and REST, and returns every row that REST shows, oldest
 * first.
 *
 * @param env which services to use; embedded without
 */
export async function replayThroughService(
  file: string,
  streamId: string,
  env: Readonly<Record<string, string>> = {},
): Promise<MetricRow[]> {
  const service = await startService({ env, flags: { replayFile: file, replaySpeed: "100000" } });
  await vi.waitFor(async () => {
    const streams = await service.get<{ stream_id: string; is_live: boolean }[]>("/api/v1/streams");
    expect(streams).toMatchObject([{ stream_id: streamId, is_live: false }]);
  }, 40_000);
  return vi.waitFor(async () => {
    const page = await service.get<MetricRow[]>(`/api/v1/streams/${streamId}/metrics?limit=1000`);
    expect(page.every((row) => row.is_final)).toBe(true);
    expect(page).toHaveLength(expectedWindows(file).length);
    return page.toReversed();
  }, 40_000);
}

/** What an independent count of the file knows of a row. */
export function counted(rows: readonly MetricRow[]): object[] {
  return rows.map(({ window_start, chat_count, unique_chatters, top_emotes }) => {
    const emotes = top_emotes.map(({ name, count }) => ({ name, count }));
    return { window_start, chat_count, unique_chatters, top_emotes: emotes };
  });
}
