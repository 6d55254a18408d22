import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { mergeByTime } from "../src/merge-by-time.js";
import { chatAt } from "./support/events.js";

const orderedTimes = fc.array(fc.nat({ max: 40 }), { maxLength: 12 }).map((times) => times.sort((a, b) => a - b));

describe("mergeByTime", () => {
  it("orders all events by time, and those of one instant by their sequence", () => {
    fc.assert(
      fc.property(fc.array(orderedTimes, { maxLength: 9 }), (lists) => {
        const sequences = lists.map((times, index) =>
          times.map((time, at) => chatAt(time, { stream_id: `s${index}`, event_id: `${index}/${at}` })),
        );
        const expected = sequences
          .flatMap((events, index) => events.map((event) => ({ event, index })))
          .sort((a, b) => a.event.timestamp - b.event.timestamp || a.index - b.index)
          .map(({ event }) => event.event_id);
        const merged = [...mergeByTime(sequences.map((events) => events.values()))];
        expect(merged.map((event) => event.event_id)).toEqual(expected);
      }),
    );
  });

  it("reads endless sequences only as far as asked", () => {
    const endless = function* (stepMs: number) {
      for (let time = 0; ; time += stepMs) yield chatAt(time);
    };
    const merged = mergeByTime([endless(3), endless(5)]);
    const times = Array.from({ length: 6 }, () => merged.next().value?.timestamp);
    expect(times).toEqual([0, 0, 3, 5, 6, 9]);
  });
});
