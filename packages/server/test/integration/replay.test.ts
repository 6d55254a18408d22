import { existsSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, it, vi } from "vitest";
import type { MetricRow } from "@telemetra/core";
import { compose } from "../../src/compose.js";
import { loadConfig } from "../../src/config/load-config.js";
import { silentLogger } from "../../src/logger.js";
import type { Service } from "../../src/service.js";
import { expectedWindows } from "./expected-windows.js";

const ROOT = join(import.meta.dirname, "../../../..");
const SHARED = process.env["TELEMETRA_SHARED"] ?? join(ROOT, "../shared");
const RECORDING = join(ROOT, "examples/data/chat-recording.txt.gz");

let service: Service | undefined;
afterEach(async () => {
  await service?.stop();
  service = undefined;
});

/** Plays the file through log, engine, database and REST, and returns every row that REST shows. */
async function replay(file: string, streamId: string): Promise<MetricRow[]> {
  const flags = { ephemeral: "true", port: "0", replayFile: file, replaySpeed: "100000", source: "none" };
  const { config } = loadConfig({ env: {}, flags });
  service = compose(config, silentLogger);
  const { port } = await service.start();
  const get = async <T>(path: string): Promise<T> => {
    const response = await fetch(`http://127.0.0.1:${port}${path}`);
    expect(response.status, path).toBe(200);
    return (await response.json()) as T;
  };
  await vi.waitFor(async () => {
    const streams = await get<{ stream_id: string; is_live: boolean }[]>("/api/v1/streams");
    expect(streams).toMatchObject([{ stream_id: streamId, is_live: false }]);
  }, 30_000);
  const rows: MetricRow[] = [];
  await vi.waitFor(async () => {
    const page = await get<MetricRow[]>(`/api/v1/streams/${streamId}/metrics?limit=1000`);
    expect(page.length).toBeGreaterThan(0);
    expect(page.every((row) => row.is_final)).toBe(true);
    rows.splice(0, rows.length, ...page.toReversed());
    expect(rows).toHaveLength(expectedWindows(file).length);
  }, 30_000);
  return rows;
}

function counted(rows: readonly MetricRow[]): object[] {
  return rows.map(({ window_start, chat_count, unique_chatters, top_emotes }) => {
    return {
      window_start,
      chat_count,
      unique_chatters,
      top_emotes: top_emotes.map(({ name, count }) => ({ name, count })),
    };
  });
}

describe("a recorded chat through log, engine, database and REST", () => {
  it("F2, F5, F18: shows the true counts, distinct chatters and emotes of every window of the file", async () => {
    const expected = expectedWindows(RECORDING);
    expect(expected.reduce((sum, window) => sum + window.chat_count, 0)).toBeGreaterThan(6_000);
    expect(counted(await replay(RECORDING, "demo"))).toEqual(expected);
  }, 60_000);

  // The whole file is not ours to ship with its names in it; a clone without it checks the recording above.
  it.runIf(existsSync(SHARED))(
    "F18: the whole original file too, where it is there",
    async () => {
      const file = join(SHARED, "data/twitch-irc-raw/xqcow-2019-09-15.txt.gz");
      const expected = expectedWindows(file);
      expect(expected).toHaveLength(52);
      expect(counted(await replay(file, "xqcow"))).toEqual(expected);
    },
    60_000,
  );
});
