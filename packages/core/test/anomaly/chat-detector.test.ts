import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createChatDetector } from "../../src/anomaly/chat-detector.js";
import { alarms, feed, poissons } from "./support/series.js";

const median = (values: readonly number[]): number => {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const [below = NaN, at = NaN] = [sorted[middle - 1], sorted[middle]];
  return sorted.length % 2 === 1 ? at : (below + at) / 2;
};

describe("chat detector", () => {
  it("has its bounds where the definition puts them, from the counts before the judged one", () => {
    const counts = fc.array(fc.integer({ min: 0, max: 200 }), { maxLength: 60 });
    fc.assert(
      fc.property(counts, fc.integer({ min: 2, max: 20 }), (values, windowSamples) => {
        const detector = createChatDetector({
          windowSamples,
          minSamples: 2,
          ratio: 3,
          deviations: 4,
          direction: "both",
        });
        feed(detector, values).forEach((detection, at) => {
          if (at < 2) return expect(detection.baseline).toBeNull();
          const usual = median(values.slice(Math.max(0, at - windowSamples), at));
          const noise = 4 * Math.sqrt(Math.max(1, usual));
          const upper = Math.max(3 * usual, usual + noise + 4);
          const lower = Math.min(usual / 3, usual - noise);
          expect(detection.baseline).toBe(usual);
          expect(detection.upper).toBeCloseTo(upper, 9);
          if (lower > 0) expect(detection.lower).toBeCloseTo(lower, 9);
          else expect(detection.lower).toBeNull();
          const count = values[at] ?? NaN;
          if (Math.abs(count - upper) > 1e-6 && Math.abs(count - lower) > 1e-6) {
            expect(detection.isAnomaly).toBe(count > upper || count < lower);
          }
        });
      }),
    );
  });

  it("scores the larger of two counts higher", () => {
    fc.assert(
      fc.property(fc.nat(500), fc.nat(500), fc.integer({ min: 0, max: 40 }), (a, b, mean) => {
        const { score: scoreA } = feed(createChatDetector(), [...poissons(30, mean, 1), a]).at(-1) ?? { score: NaN };
        const { score: scoreB } = feed(createChatDetector(), [...poissons(30, mean, 1), b]).at(-1) ?? { score: NaN };
        if (a <= b) expect(scoreA).toBeLessThanOrEqual(scoreB);
      }),
    );
  });

  it.each([0.1, 0.5, 2, 5, 20, 100])("hardly ever alarms on steady chat of %d messages per slice", (mean) => {
    // Eight hours of 10-s slices.
    expect(alarms(createChatDetector(), poissons(2880, mean, 111)).length).toBeLessThanOrEqual(2);
  });

  it.each([0.3, 2, 20])(
    "finds a burst to four times the usual plus ten over %d messages per slice at its first slice",
    (mean) => {
      const values = poissons(400, mean, 112).map((count, index) =>
        index >= 300 && index < 306 ? 4 * mean + 10 + count : count,
      );
      const found = alarms(createChatDetector(), values).filter((at) => at >= 120);
      expect(found).toContain(300);
      expect(found.every((at) => at >= 300 && at < 306)).toBe(true);
    },
  );

  it("goes on finding bursts in a chat that is full of them", () => {
    const values = poissons(600, 10, 113).map((count, index) => (index % 6 === 0 ? count + 50 : count));
    const found = alarms(createChatDetector(), values).filter((at) => at >= 120);
    expect(found).toEqual(values.flatMap((_, index) => (index >= 120 && index % 6 === 0 ? [index] : [])));
  });

  it("takes a raid that stays for the new usual after half a window", () => {
    const values = [...poissons(200, 5, 114), ...poissons(200, 60, 115)];
    const found = alarms(createChatDetector(), values);
    expect(found[0]).toBe(200);
    expect(found.at(-1)).toBeLessThan(270);
  });

  it("finds a lull when asked for one, and only in a chat that is busy enough to fall silent", () => {
    const silent = (mean: number) => [...poissons(200, mean, 116), 0, 0, 0];
    const lulls = (mean: number) => alarms(createChatDetector({ direction: "down" }), silent(mean));
    expect(lulls(40)).toEqual([200, 201, 202]);
    expect(lulls(4)).toEqual([]);
    expect(alarms(createChatDetector(), silent(40))).toEqual([]);
  });

  it("honours minSamples", () => {
    const detections = feed(createChatDetector({ minSamples: 30 }), poissons(60, 5, 117));
    expect(detections.findIndex(({ baseline }) => baseline !== null)).toBe(30);
  });

  it("refuses options outside their range", () => {
    expect(() => createChatDetector({ ratio: 1 })).toThrow("ratio is 1, but must be a number from");
    expect(() => createChatDetector({ deviations: -1 })).toThrow(
      "deviations is -1, but must be a number from 0 to 100",
    );
  });
});
