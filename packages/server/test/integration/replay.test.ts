import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { expectedWindows } from "./expected-windows.js";
import { counted, replayThroughService } from "./replay-through-service.js";

const ROOT = join(import.meta.dirname, "../../../..");
const SHARED = process.env["TELEMETRA_SHARED"] ?? join(ROOT, "../shared");
const RECORDING = join(ROOT, "examples/data/chat-recording.txt.gz");

describe("a recorded chat through log, engine, database and REST", () => {
  it("F2, F5, F18: shows the true counts, distinct chatters and emotes of every window of the file", async () => {
    const expected = expectedWindows(RECORDING);
    expect(expected.reduce((sum, window) => sum + window.chat_count, 0)).toBeGreaterThan(6_000);
    expect(counted(await replayThroughService(RECORDING, "demo"))).toEqual(expected);
  }, 60_000);

  // The whole file is not ours to ship with its names in it; a clone without it checks the recording above.
  it.runIf(existsSync(SHARED))(
    "F18: the whole original file too, where it is there",
    async () => {
      const file = join(SHARED, "data/twitch-irc-raw/xqcow-2019-09-15.txt.gz");
      const expected = expectedWindows(file);
      expect(expected).toHaveLength(52);
      expect(counted(await replayThroughService(file, "xqcow"))).toEqual(expected);
    },
    60_000,
  );
});
