import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addPoint, fillHoles, HISTORY_MS, MAX_POINT_COUNT, type RatePoint } from "../../src/live/rate-history.js";

const point = (timeMs: number, chatRate: number | null = 1): RatePoint => ({ timeMs, chatRate, viewerCount: null });
const times = (history: readonly RatePoint[]) => history.map(({ timeMs }) => timeMs);

describe("addPoint", () => {
  it("stays sorted, without two points at one time, within its bounds, whatever the order", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 2 * HISTORY_MS }), { maxLength: 200 }), (arrivals) => {
        let history: readonly RatePoint[] = [];
        for (const timeMs of arrivals) history = addPoint(history, point(timeMs));
        const sorted = [...new Set(times(history))].sort((left, right) => left - right);
        expect(times(history)).toEqual(sorted);
        expect((history.at(-1)?.timeMs ?? 0) - (history[0]?.timeMs ?? 0)).toBeLessThanOrEqual(HISTORY_MS);
      }),
    );
  });

  it("replaces a point of the same time, and keeps the array when nothing changed", () => {
    const history = addPoint(addPoint([], point(1)), point(2));
    expect(addPoint(history, point(2))).toBe(history);
    expect(addPoint(history, point(2, 9)).at(-1)?.chatRate).toBe(9);
  });

  it("keeps a bounded number of points however fast the stream's clock runs", () => {
    let history: readonly RatePoint[] = [];
    for (let timeMs = 0; timeMs < 3 * MAX_POINT_COUNT; timeMs++) history = addPoint(history, point(timeMs));
    expect(history).toHaveLength(MAX_POINT_COUNT);
  });
});

describe("fillHoles", () => {
  it("fills the time before the first live point and gaps between them, and nothing else", () => {
    const live = [100_000, 101_500, 103_000, 160_000, 161_500].map((timeMs) => point(timeMs, 5));
    const stored = Array.from({ length: 20 }, (_, index) => point(index * 10_000, 1));
    const filled = fillHoles(live, stored);
    expect(filled.filter(({ chatRate }) => chatRate === 5)).toEqual(live);
    expect(times(filled.filter(({ chatRate }) => chatRate === 1))).toEqual([
      0, 10_000, 20_000, 30_000, 40_000, 50_000, 60_000, 70_000, 80_000, 90_000, 110_000, 120_000, 130_000, 140_000,
      150_000, 180_000, 190_000,
    ]);
  });

  it("keeps the array when there is nothing to fill", () => {
    const live = [point(1_000), point(2_000)];
    expect(fillHoles(live, [point(1_500)])).toBe(live);
  });
});
