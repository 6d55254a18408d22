import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseEvent } from "@telemetra/core";
import { readBySchema } from "../../src/events/parse-event.js";
import { ParsedChat, ParsedViewer } from "../../src/events/parsed-event.js";
import { anyRecord, validRecord, type SentRecord } from "./arbitrary-records.js";

const RUNS = Number(process.env["TELEMETRA_PROPERTY_RUNS"] ?? 3_000);

describe("reading at a glance", () => {
  it("comes to the very result that the schema comes to, for valid and spoiled records", () => {
    const seen = { glanced: 0, accepted: 0, refused: 0 };
    fc.assert(
      fc.property(fc.oneof(anyRecord, validRecord), (record) => {
        const found = parseEvent(record);
        const thorough = readBySchema(record, record["type"]);
        expect(found).toEqual(thorough);
        if (!found.ok) seen.refused += 1;
        else if (found.event instanceof ParsedChat || found.event instanceof ParsedViewer) seen.glanced += 1;
        else seen.accepted += 1;
        // Absent is absent in both, not there and undefined.
        if (found.ok && thorough.ok)
          expect(Object.keys(found.event).sort()).toEqual(Object.keys(thorough.event).sort());
      }),
      { numRuns: RUNS },
    );
    // All three ways were taken, or the comparison would prove nothing.
    expect(Math.min(...Object.values(seen))).toBeGreaterThan(RUNS / 20);
  });

  it.each<[string, SentRecord]>([
    ["a usual message", {}],
    ["emotes by name", { emotes: ["LUL", "LUL"] }],
    [
      "emotes as a log holds them",
      { emotes: [{ name: "LUL" }, { name: "Kappa", id: "25", url: "https://e.example/25" }] },
    ],
    ["every optional field", { badges: ["vip"], is_subscriber: true, is_moderator: false, reply_to: "e0" }],
    ["nulls where fields are optional", { emotes: null, badges: null, is_subscriber: null, reply_to: null }],
    ["emoji and unknown fields", { message: "모자 😀", color: "#fff" }],
    ["epoch milliseconds", { timestamp: 5 }],
  ])("recognises a chat event with %s", (_, more) => {
    const record = {
      type: "chat",
      event_id: "e1",
      timestamp: "2026-01-31T12:34:56.789Z",
      stream_id: "s",
      user_id: "u",
      username: "U",
      message: "hello",
      ...more,
    };
    const result = parseEvent(record);
    expect(result.ok && result.event).toBeInstanceOf(ParsedChat);
  });

  it("recognises a viewer event", () => {
    const common = { type: "viewer", event_id: "e1", timestamp: 5, stream_id: "s", viewer_count: 3 };
    for (const record of [
      common,
      { ...common, unique_viewers: 2, peak_viewers: 9 },
      { ...common, peak_viewers: null },
    ]) {
      const result = parseEvent(record);
      expect(result.ok && result.event).toBeInstanceOf(ParsedViewer);
    }
  });
});
