import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { RatePoint } from "../../src/live/rate-history.js";
import {
  areaPath,
  linePath,
  rateAt,
  scaleMax,
  timeMarks,
  visibleRuns,
  xOf,
  yOf,
  type ChartFrame,
} from "../../src/render/chart-geometry.js";
import { chartPins } from "../../src/render/chart-pins.js";
import { someMoment } from "../support/frames.js";

const NOW_MS = 600_000;
const FRAME: ChartFrame = { width: 300, height: 100, nowMs: NOW_MS, spanMs: 300_000, maxRate: 10 };
const point = (timeMs: number, chatRate: number | null): RatePoint => ({ timeMs, chatRate, viewerCount: null });

describe("axes", () => {
  it("puts now at the right edge and the span's start at the left", () => {
    expect([xOf(FRAME, NOW_MS), xOf(FRAME, NOW_MS - 150_000), xOf(FRAME, NOW_MS - 300_000)]).toEqual([300, 150, 0]);
  });

  it("puts 0 at the foot and the scale's maximum at the top, and draws nothing outside", () => {
    expect([yOf(FRAME, 0), yOf(FRAME, 5), yOf(FRAME, 10), yOf(FRAME, 99)]).toEqual([100, 50, 0, 0]);
  });

  it.each([
    [5, 7, [4, 3, 2, 1]],
    [10, 11, [9, 8, 7, 6, 5, 4, 3, 2, 1]],
    [10, 5, [8, 6, 4, 2]],
    [10, 2, [5]],
    [2, 5, [1.5, 1, 0.5]],
  ])("marks %d minutes with room for %d marks", (minutes, room, marks) => {
    expect(timeMarks(minutes, room)).toEqual(marks);
  });
});

describe("runs and paths", () => {
  it("joins neighbours and cuts at unknown rates and at gaps", () => {
    const history = [
      point(NOW_MS - 60_000, 1),
      point(NOW_MS - 50_000, 2),
      point(NOW_MS - 48_000, null),
      point(NOW_MS - 40_000, 3),
      point(NOW_MS - 10_000, 4),
    ];
    expect(visibleRuns(history, FRAME).map((run) => run.map(({ chatRate }) => chatRate))).toEqual([[1, 2], [3], [4]]);
  });

  it("keeps one point before the left edge, so that the line enters the picture", () => {
    const history = [-320, -310, -290].map((seconds) => point(NOW_MS + seconds * 1000, 1));
    expect(visibleRuns(history, FRAME)[0]?.map(({ timeMs }) => timeMs - NOW_MS)).toEqual([-310_000, -290_000]);
  });

  it("draws a line, an area down to the foot, and a dot for a lonely point", () => {
    const runs = visibleRuns([point(NOW_MS - 20_000, 5), point(NOW_MS, 10)], FRAME);
    expect(linePath(runs, FRAME)).toBe("M280 50L300 0");
    expect(areaPath(runs, FRAME)).toBe("M280 50L300 0V100H280Z");
    const lonely = visibleRuns([point(NOW_MS, 5)], FRAME);
    expect(linePath(lonely, FRAME)).toBe("M300 50h0");
    expect(areaPath(lonely, FRAME)).toBe("");
  });

  it("writes only numbers, whatever the history", () => {
    const anyPoint = fc.record({
      timeMs: fc.integer({ min: 0, max: NOW_MS }),
      chatRate: fc.option(fc.double({ min: 0, max: 1e6, noNaN: true })),
      viewerCount: fc.constant(null),
    });
    fc.assert(
      fc.property(fc.array(anyPoint, { maxLength: 50 }), (points) => {
        const sorted = [...points].sort((left, right) => left.timeMs - right.timeMs);
        const runs = visibleRuns(sorted, FRAME);
        expect(linePath(runs, FRAME) + areaPath(runs, FRAME)).toMatch(/^[MLVHZh0-9 .-]*$/);
      }),
    );
  });
});

describe("rateAt", () => {
  const history = [point(0, 2), point(10_000, 4), point(20_000, null), point(90_000, 6)];

  it("reads between neighbours and exactly at points", () => {
    expect([rateAt(history, 0), rateAt(history, 5_000), rateAt(history, 90_000)]).toEqual([2, 3, 6]);
  });

  it("knows nothing in gaps, outside and beside unknown rates", () => {
    for (const timeMs of [-1, 15_000, 50_000, 90_001]) expect(rateAt(history, timeMs)).toBeUndefined();
  });
});

describe("scaleMax", () => {
  it("leaves room above the highest value and is a round number", () => {
    expect([0, 0.05, 4.2, 9, 88].map((highest) => scaleMax(0, highest))).toEqual([0.2, 0.2, 5, 15, 100]);
  });

  it("does not breathe: it shrinks only when the drawing would fill less than half", () => {
    const max = scaleMax(0, 9);
    expect([8, 7.5, 7.2].map((highest) => scaleMax(max, highest))).toEqual([max, max, max]);
    expect(scaleMax(max, 3)).toBeLessThan(max);
  });

  it("holds everything drawn, from any scale before", () => {
    const rate = fc.double({ min: 0, max: 1e7, noNaN: true });
    fc.assert(
      fc.property(rate, rate, (previous, highest) => {
        expect(scaleMax(previous, highest)).toBeGreaterThan(highest);
      }),
    );
  });
});

describe("chartPins", () => {
  const momentAt = (secondsAgo: number, severity = 0.5, moment_id = `m${secondsAgo}`, endedAgo: number | null = null) =>
    someMoment({
      moment_id,
      severity,
      timestamp: new Date(NOW_MS - secondsAgo * 1000).toISOString(),
      ended_at: endedAgo === null ? null : new Date(NOW_MS - endedAgo * 1000).toISOString(),
    });
  const history = [point(NOW_MS - 300_000, 5), point(NOW_MS - 280_000, 5), point(NOW_MS, 5)];

  it("pins a moment at its onset, on the line, with its episode up to now while it goes on", () => {
    expect(chartPins([momentAt(290)], history, FRAME, 20)).toMatchObject([{ x: 10, y: 50, endX: 300 }]);
    expect(chartPins([momentAt(290, 0.5, "m", 200)], history, FRAME, 20)).toMatchObject([{ endX: 100 }]);
  });

  it("leaves out what is outside the picture", () => {
    expect(chartPins([momentAt(301), momentAt(-5)], history, FRAME, 20)).toEqual([]);
  });

  it("keeps the more severe of two pins that would touch", () => {
    const pins = chartPins([momentAt(100, 0.2, "weak"), momentAt(110, 0.9, "strong")], history, FRAME, 20);
    expect(pins.map(({ moment }) => moment.moment_id)).toEqual(["strong"]);
  });
});
