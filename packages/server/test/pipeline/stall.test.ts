import { describe, expect, it } from "vitest";
import { EVENT_TYPES } from "@telemetra/core";
import { Shard } from "../../src/pipeline/shard.js";

const NOON_MS = Date.UTC(2026, 0, 1, 12);

/** A shard that has read all there is: one message, and empty topics. */
function caughtUp(): Shard {
  const shard = new Shard(0, { scorer: false });
  const base = { event_id: "c", timestamp: NOON_MS, stream_id: "s", user_id: "u", username: "u", message: "hello" };
  const value = JSON.stringify({ type: "chat", ...base });
  for (const topic of EVENT_TYPES) shard.take({ topic, partition: 0, epoch: 1, nextOffset: 0, lowOffset: 0 });
  for (const topic of EVENT_TYPES) {
    const records = topic === "chat" ? [{ offset: 0, value, appendedAtMs: NOON_MS }] : [];
    const batch = { topic, partition: 0, records, nextOffset: records.length, isAtEnd: true, asOfMs: NOON_MS + 1 };
    shard.process(batch, NOON_MS);
  }
  shard.drain();
  return shard;
}

describe("a shard whose reader stood still", () => {
  it("F3: takes nobody for idle before the topics have been quiet for the idle timeout again", () => {
    const shard = caughtUp();
    shard.holdAll(NOON_MS + 600_000);
    shard.advanceTo(NOON_MS + 609_999);
    expect(shard.drain()).toBeUndefined();
  });

  it("W5: closes windows by the clock again although no log reports its end a second time", () => {
    const shard = caughtUp();
    shard.holdAll(NOON_MS + 600_000);
    shard.advanceTo(NOON_MS + 610_000);
    expect(shard.drain()?.commit.rows.length).toBeGreaterThan(0);
  });
});
