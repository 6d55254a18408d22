import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { RatePoint } from "../../src/live/rate-history.js";
import { tempoOf } from "../../src/render/pulse-tempo.js";
import { isAbove, usualRatio, viewerTrend } from "../../src/render/trend.js";

const point = (timeMs: number, viewerCount: number | null): RatePoint => ({ timeMs, chatRate: 1, viewerCount });

describe("viewerTrend", () => {
  it("compares with a minute before", () => {
    expect(viewerTrend([point(0, 100), point(30_000, 500), point(60_000, 138)])).toBe(38);
  });

  it("is unknown while either end is, or when the other end is too long ago", () => {
    expect(viewerTrend([])).toBeUndefined();
    expect(viewerTrend([point(0, null), point(60_000, 5)])).toBeUndefined();
    expect(viewerTrend([point(0, 100), point(600_000, 138)])).toBeUndefined();
  });
});

describe("usualRatio", () => {
  it("is the rate as a multiple of its baseline, unknown without one", () => {
    expect(usualRatio(4.2, 2.1)).toBe(2);
    expect(usualRatio(0, 2)).toBe(0);
    for (const [rate, usual] of [
      [null, 2],
      [2, null],
      [2, 0],
    ] as const)
      expect(usualRatio(rate, usual)).toBeUndefined();
  });
});

describe("isAbove", () => {
  it("needs both numbers", () => {
    expect([isAbove(2, 1), isAbove(1, 1), isAbove(null, 1), isAbove(1, null)]).toEqual([true, false, false, false]);
  });
});

describe("tempoOf", () => {
  it("has no pulse for a silent or unknown chat", () => {
    for (const rate of [null, undefined, 0]) expect(tempoOf(rate)).toBeUndefined();
  });

  it("beats faster the faster the chat is", () => {
    const positive = fc.double({ min: 1e-6, max: 1e6, noNaN: true });
    fc.assert(
      fc.property(positive, positive, (left, right) => {
        const [slow, fast] = left < right ? [left, right] : [right, left];
        expect(tempoOf(fast)?.intervalMs).toBeLessThanOrEqual(tempoOf(slow)?.intervalMs ?? 0);
      }),
    );
  });

  it("moves less than a tenth of the time, at any rate", () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-6, max: 1e6, noNaN: true }), (rate) => {
        const { intervalMs, beatMs } = tempoOf(rate) ?? { intervalMs: 0, beatMs: 0 };
        expect(beatMs / intervalMs).toBeLessThan(0.1);
        expect(intervalMs).toBeGreaterThanOrEqual(1_500);
        expect(intervalMs).toBeLessThanOrEqual(6_000);
      }),
    );
  });
});
