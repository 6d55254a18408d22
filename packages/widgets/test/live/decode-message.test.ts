import { compileSchema, liveMessageSchema } from "@telemetra/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decodeHistory, decodeMessage, decodeMoments } from "../../src/live/decode-message.js";
import { someMetrics, someMoment } from "../support/frames.js";

const decode = (value: unknown) => decodeMessage(JSON.stringify(value));

describe("decodeMessage", () => {
  it("hands a complete frame through unchanged", () => {
    const frame = someMetrics({ top_emotes: [{ name: "GG", count: 3 }], recent_moments: [someMoment()] });
    expect(decode(frame)).toEqual(frame);
  });

  it("keeps unknown numbers unknown: null, missing and nonsense are never 0", () => {
    for (const value of [null, undefined, "7", Number.NaN, true, {}]) {
      expect(decode({ ...someMetrics(), viewer_count: value, chat_rate: value })).toMatchObject({
        viewer_count: null,
        chat_rate: null,
      });
    }
  });

  it("leaves out emotes without a name or a count", () => {
    const top_emotes = [{ name: "GG", count: 2, url: 7 }, { name: "", count: 1 }, { name: "no" }, null, "GG"];
    expect(decode({ ...someMetrics(), top_emotes })).toMatchObject({ top_emotes: [{ name: "GG", count: 2 }] });
  });

  it("keeps a moment of a kind that it does not know", () => {
    const moment = { ...someMoment(), moment_type: "eclipse", severity: 7 };
    const decoded = decode({ type: "moment", stream_id: "s", epoch: "1", offset: 2, phase: "closed", moment });
    expect(decoded).toMatchObject({ phase: "closed", moment: { moment_type: "eclipse", severity: 1 } });
  });

  it("refuses frames without their essentials", () => {
    expect(decode({ ...someMetrics(), timestamp: "yesterday" })).toBeUndefined();
    expect(decode({ type: "moment", moment: {} })).toBeUndefined();
    expect(decodeMessage(new ArrayBuffer(2))).toBeUndefined();
  });

  it("never throws, and what it lets through fits the schema of the wire", () => {
    const check = compileSchema(liveMessageSchema);
    const frame = fc.record(
      {
        type: fc.constantFrom("connected", "metrics", "pong", "error", "confetti"),
        timestamp: fc.oneof(fc.constant("2026-01-01T00:00:00.000Z"), fc.jsonValue()),
        viewer_count: fc.oneof(fc.nat(), fc.jsonValue()),
        top_emotes: fc.jsonValue(),
        recent_moments: fc.oneof(fc.jsonValue(), fc.constant([someMoment()])),
        offset: fc.nat(),
        interval_ms: fc.integer({ min: 1 }),
      },
      { requiredKeys: ["type", "offset", "interval_ms"] },
    );
    fc.assert(
      fc.property(frame, (value) => {
        const decoded = decode(value);
        // Numbers outside their range are the server's to answer for; shapes are ours.
        if (decoded === undefined || decoded.type === "metrics") return;
        expect(check(decoded, "")).toBeUndefined();
      }),
    );
    fc.assert(fc.property(fc.anything(), (value) => void decodeMessage(value)));
  });
});

describe("decodeHistory", () => {
  it("leaves out provisional rows, whose window is still open, and rows without a place in time", () => {
    const row = { timestamp: "2026-01-01T00:00:00.000Z", chat_rate: 1, viewer_count: 5, is_final: true };
    const rows = [row, { ...row, is_final: false }, { ...row, timestamp: null }, { ...row, chat_rate: null }, null];
    expect(decodeHistory(rows)).toEqual([{ timestamp: row.timestamp, chat_rate: 1, viewer_count: 5 }]);
    expect(decodeHistory({ error: "not_found" })).toEqual([]);
  });
});

describe("decodeMoments", () => {
  it("reads a list of moments and nothing else", () => {
    expect(decodeMoments([someMoment(), {}, null])).toEqual([someMoment()]);
    expect(decodeMoments(undefined)).toEqual([]);
  });
});
