import { encodeEvent, parseEventJson, type StreamEvent } from "@telemetra/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { simulateStream, type SimulatedStreamOptions } from "@telemetra/producer";
import { EMOTES } from "../../src/simulate/emotes.js";
import { until } from "../support/events.js";

const START_MS = Date.UTC(2026, 0, 31, 20);
const MINUTE_MS = 60_000;

function simulate(minutes: number, options: Partial<SimulatedStreamOptions> = {}): StreamEvent[] {
  const stream = simulateStream({ streamId: "demo", seed: 1, startMs: START_MS, ...options });
  return until(stream, START_MS + minutes * MINUTE_MS);
}

/** Chat messages in each `[start, start + sizeMs)`. */
function countChat(events: readonly StreamEvent[], sizeMs: number, minutes: number): number[] {
  const counts = Array.from({ length: (minutes * MINUTE_MS) / sizeMs }, () => 0);
  for (const event of events) {
    if (event.type === "chat") counts[Math.floor((event.timestamp - START_MS) / sizeMs)]! += 1;
  }
  return counts;
}

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

describe("simulateStream", { timeout: 30_000 }, () => {
  it("gives the same events for the same options", () => {
    expect(simulate(10)).toEqual(simulate(10));
  });

  it("gives other events for another seed, stream or start", () => {
    const texts = (events: readonly StreamEvent[]) =>
      events.map((event) => (event.type === "chat" ? event.message : ""));
    expect(texts(simulate(2, { seed: 2 }))).not.toEqual(texts(simulate(2)));
    expect(texts(simulate(2, { streamId: "other" }))).not.toEqual(texts(simulate(2)));
    const ids = [
      simulate(2),
      simulate(2, { seed: 2 }),
      simulate(2, { streamId: "other" }),
      simulate(3, { startMs: START_MS + 1 }),
    ];
    const all = ids.flatMap((events) => events.map((event) => event.event_id));
    expect(new Set(all).size).toBe(all.length);
  });

  it("is ordered by time, begins at the start and makes only events that the schema takes, each with an id of its own", () => {
    fc.assert(
      fc.property(fc.integer(), fc.constantFrom(0.2, 0.8, 4, 30), (seed, rate) => {
        const events = simulate(8, { seed, rate });
        expect(events[0]?.timestamp).toBe(START_MS);
        const times = events.map((event) => event.timestamp);
        expect(times).toEqual(times.toSorted((a, b) => a - b));
        expect(new Set(events.map((event) => event.event_id)).size).toBe(events.length);
        for (const event of events) {
          const line = encodeEvent(event);
          const parsed = parseEventJson(line);
          if (!parsed.ok || encodeEvent(parsed.event) !== line) expect.fail(line);
        }
      }),
      { numRuns: 12 },
    );
  });

  it("has every kind of event, transaction and change within half an hour", () => {
    const kinds = simulate(30).map((event) =>
      event.type === "transaction"
        ? event.transaction_type
        : event.type === "stream_meta"
          ? event.event_type
          : event.type,
    );
    expect([...new Set(kinds)].sort()).toEqual(
      ["bits", "chat", "donation", "gift", "raid", "stream_start", "subscription", "title_change", "viewer"].sort(),
    );
  });

  it.each([0.8, 4, 12, 100])("talks at %s messages per second before the first highlight", (rate) => {
    // Enough seeds that chance moves the mean by no more than 2 %; the laugh in the opening adds a little.
    const seeds = Array.from({ length: Math.ceil(400 / (rate * 6)) }, (_, seed) => seed);
    const perSecond = mean(seeds.map((seed) => mean(countChat(simulate(1, { seed, rate }), MINUTE_MS, 1)) / 60));
    expect(perSecond / rate).toBeGreaterThan(0.92);
    expect(perSecond / rate).toBeLessThan(1.18);
  });

  it("makes people laugh visibly between 28 and 40 s, and shout for the first time between 90 and 115 s", () => {
    for (let seed = 0; seed < 20; seed++) {
      const perTwoSeconds = countChat(simulate(3, { seed, rate: 40 }), 2_000, 3);
      const usual = mean(perTwoSeconds.slice(0, 14));
      expect(Math.max(...perTwoSeconds.slice(14, 23))).toBeGreaterThan(1.4 * usual);
      expect(Math.max(...perTwoSeconds.slice(24, 44))).toBeLessThan(1.5 * usual);
      const onset = perTwoSeconds.findIndex((count) => count > 3 * usual);
      expect(onset * 2).toBeGreaterThanOrEqual(88);
      expect(onset * 2).toBeLessThanOrEqual(115);
    }
  });

  it("has a highlight every two or three minutes: chat at least doubles, or falls silent", () => {
    const minutes = 40;
    const rate = 12;
    const perTenSeconds = countChat(simulate(minutes, { rate }), 10_000, minutes);
    const isOutstanding = perTenSeconds.map((count) => count > 2 * 10 * rate || count < 0.6 * 10 * rate);
    const outstandingAt = isOutstanding.flatMap((yes, index) =>
      yes && isOutstanding[index - 1] !== true ? [index * 10] : [],
    );
    const gaps = outstandingAt.slice(1).map((at, index) => at - outstandingAt[index]!);
    expect(outstandingAt.length).toBeGreaterThan(minutes / 3);
    expect(Math.max(...gaps)).toBeLessThanOrEqual(240);
  });

  it("counts viewers at the start and every 15 s, and lets their number wander around the usual", () => {
    const viewers = simulate(30, { rate: 4 }).flatMap((event) => (event.type === "viewer" ? [event] : []));
    expect(viewers.map((event) => event.timestamp)).toEqual(viewers.map((_, index) => START_MS + index * 15_000));
    const counts = viewers.map((event) => event.viewer_count);
    expect(new Set(counts).size).toBeGreaterThan(50);
    expect(mean(counts)).toBeGreaterThan(0.85 * 160 * 4 ** 1.9);
    expect(mean(counts)).toBeLessThan(1.35 * 160 * 4 ** 1.9);
    for (const [index, event] of viewers.entries()) {
      expect(event.peak_viewers).toBe(Math.max(...counts.slice(0, index + 1)));
    }
  });

  it("shows a raid in every input: the announcement, more viewers, and chatters who were not there before", () => {
    const events = simulate(25, { rate: 8 });
    const raid = events.find((event) => event.type === "stream_meta" && event.event_type === "raid");
    if (raid?.type !== "stream_meta") throw new Error("no raid");
    expect(raid.raiders).toBeGreaterThan(0);
    expect(raid.from_stream_id).toMatch(/^[a-z_]+$/);
    const chat = events.flatMap((event) => (event.type === "chat" ? [event] : []));
    const before = new Set(chat.filter((event) => event.timestamp < raid.timestamp).map((event) => event.user_id));
    const during = chat.filter(({ timestamp }) => timestamp >= raid.timestamp && timestamp < raid.timestamp + 20_000);
    const strangers = during.filter((event) => !before.has(event.user_id));
    expect(strangers.length / during.length).toBeGreaterThan(0.5);
    const viewersNear = (fromMs: number, toMs: number) =>
      mean(
        events.flatMap((event) =>
          event.type === "viewer" &&
          event.timestamp >= raid.timestamp + fromMs &&
          event.timestamp < raid.timestamp + toMs
            ? [event.viewer_count]
            : [],
        ),
      );
    expect(viewersNear(15_000, 46_000)).toBeGreaterThan(1.08 * viewersNear(-31_000, 0));
  });

  it("has a few who write a lot and many who write little", () => {
    const counts = new Map<string, number>();
    for (const event of simulate(20, { rate: 12 })) {
      if (event.type === "chat") counts.set(event.username, (counts.get(event.username) ?? 0) + 1);
    }
    const sorted = [...counts.values()].sort((a, b) => b - a);
    const total = sorted.reduce((sum, count) => sum + count, 0);
    const busiestTenth = sorted.slice(0, Math.floor(sorted.length / 10)).reduce((sum, count) => sum + count, 0);
    expect(busiestTenth / total).toBeGreaterThan(0.4);
    expect(sorted[0]! / total).toBeLessThan(0.03);
  });

  it("lists the emotes of a message in their order and with repeats", () => {
    const names = new Set<string>(Object.values(EMOTES).flat());
    const chat = simulate(10).flatMap((event) => (event.type === "chat" ? [event] : []));
    for (const { message, emotes } of chat) {
      expect(emotes.map(({ name }) => name)).toEqual(message.split(" ").filter((word) => names.has(word)));
    }
    expect(chat.some(({ emotes }) => emotes.length > 1 && emotes[0]?.name === emotes[1]?.name)).toBe(true);
  });

  it("keeps ids within their limit for the longest stream id", () => {
    const streamId = "x".repeat(128);
    for (const event of simulate(1, { streamId })) expect(event.event_id.length).toBeLessThanOrEqual(128);
  });

  it.each([
    [{ seed: Number.NaN }, /seed is NaN/],
    [{ rate: 0 }, /rate is 0, but must be a number of messages per second above 0/],
    [{ rate: 1e6 }, /rate is 1000000/],
    [{ streamId: "not an id" }, /streamId is "not an id"/],
    [{ startMs: Number.NaN }, /startMs is NaN/],
  ])("refuses %j with the value in the message", (options, message) => {
    expect(() => simulateStream({ streamId: "demo", seed: 1, startMs: START_MS, ...options })).toThrow(message);
  });
});
