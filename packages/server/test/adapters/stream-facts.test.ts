import type { StreamEvent } from "@telemetra/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { foldEndOfLife, foldStreamFacts, UNKNOWN_STREAM, viewStream } from "../../src/adapters/shared/stream-facts.js";
import { makeChat, makeMeta, makeViewers } from "../support/records.js";

const arbitraryEvent: fc.Arbitrary<StreamEvent> = fc
  .record({
    kind: fc.constantFrom("chat", "viewer", "start", "end", "title", "category"),
    timestamp: fc.integer({ min: 0, max: 20 }),
    value: fc.integer({ min: 0, max: 3 }),
  })
  .map(({ kind, timestamp, value }) => {
    if (kind === "chat") return makeChat({ timestamp });
    if (kind === "viewer") return makeViewers({ timestamp, viewer_count: value });
    if (kind === "start") return makeMeta({ timestamp, started_at: value, new_title: `title ${value}` });
    if (kind === "end") return makeMeta({ timestamp, event_type: "stream_end" });
    if (kind === "title") return makeMeta({ timestamp, event_type: "title_change", new_title: `title ${value}` });
    return makeMeta({ timestamp, event_type: "category_change", new_category: `category ${value}` });
  });

describe("foldStreamFacts", () => {
  it("comes to the same whatever the order of the events of one call", () => {
    fc.assert(
      fc.property(fc.array(arbitraryEvent, { maxLength: 12 }), fc.infiniteStream(fc.nat()), (events, ranks) => {
        const shuffled = events
          .map((event) => ({ event, rank: ranks.next().value as number }))
          .toSorted((a, b) => a.rank - b.rank)
          .map(({ event }) => event);
        expect(foldStreamFacts(UNKNOWN_STREAM, shuffled)).toEqual(foldStreamFacts(UNKNOWN_STREAM, events));
      }),
    );
  });

  it("gives the very object back when events come again, all of them or some", () => {
    fc.assert(
      fc.property(fc.array(arbitraryEvent, { maxLength: 12 }), fc.nat(), (events, from) => {
        const facts = foldStreamFacts(UNKNOWN_STREAM, events);
        expect(foldStreamFacts(facts, events)).toBe(facts);
        expect(foldStreamFacts(facts, events.slice(from % (events.length + 1)))).toBe(facts);
      }),
    );
  });

  it("comes to the same in parts as at once when they arrive in the order of time", () => {
    fc.assert(
      fc.property(fc.array(arbitraryEvent, { maxLength: 12 }), fc.nat({ max: 12 }), (events, cut) => {
        const isEnd = (event: StreamEvent): number =>
          event.type === "stream_meta" && event.event_type === "stream_end" ? 1 : 0;
        const ordered = events.toSorted((a, b) => a.timestamp - b.timestamp || isEnd(a) - isEnd(b));
        const inParts = foldStreamFacts(foldStreamFacts(UNKNOWN_STREAM, ordered.slice(0, cut)), ordered.slice(cut));
        expect(inParts).toEqual(foldStreamFacts(UNKNOWN_STREAM, ordered));
      }),
    );
  });

  it("F1: a stream_end of the same instant ends what happened in it", () => {
    const facts = foldStreamFacts(UNKNOWN_STREAM, [
      makeMeta({ timestamp: 5, event_type: "stream_end" }),
      makeChat({ timestamp: 5 }),
    ]);
    expect(viewStream(facts)).toMatchObject({ is_live: false, started_at: 5 });
  });

  it("shows the declared start of this life and not of the one before", () => {
    const first = foldStreamFacts(UNKNOWN_STREAM, [
      makeMeta({ timestamp: 100, started_at: 90 }),
      makeMeta({ timestamp: 200, event_type: "stream_end" }),
    ]);
    expect(viewStream(first).started_at).toBe(90);
    expect(viewStream(foldStreamFacts(first, [makeChat({ timestamp: 300 })])).started_at).toBe(300);
  });

  it("keeps a declared start that lies before the end of the life before, as after a reconnect", () => {
    const ended = foldStreamFacts(UNKNOWN_STREAM, [
      makeChat({ timestamp: 100 }),
      makeMeta({ timestamp: 200, event_type: "stream_end" }),
    ]);
    const again = foldStreamFacts(ended, [makeMeta({ timestamp: 210, started_at: 95 }), makeChat({ timestamp: 220 })]);
    expect(viewStream(again)).toMatchObject({ is_live: true, started_at: 95 });
  });

  it("opens the newer life at its newest event when the end of the one before arrives after it", () => {
    const facts = foldStreamFacts(UNKNOWN_STREAM, [makeChat({ timestamp: 10 }), makeChat({ timestamp: 30 })]);
    const ended = foldStreamFacts(facts, [makeMeta({ timestamp: 20, event_type: "stream_end" })]);
    expect(viewStream(ended)).toMatchObject({ is_live: true, started_at: 30 });
  });
});

describe("foldEndOfLife", () => {
  it("ends the life once and is not undone by events from before", () => {
    const facts = foldStreamFacts(UNKNOWN_STREAM, [makeChat({ timestamp: 10 })]);
    const ended = foldEndOfLife(facts, 300);
    expect(viewStream(ended)).toMatchObject({ is_live: false, started_at: 10 });
    expect(foldEndOfLife(ended, 300)).toBe(ended);
    expect(viewStream(foldStreamFacts(ended, [makeChat({ timestamp: 250 })])).is_live).toBe(false);
    expect(viewStream(foldStreamFacts(ended, [makeChat({ timestamp: 301 })]))).toMatchObject({
      is_live: true,
      started_at: 301,
    });
  });
});
