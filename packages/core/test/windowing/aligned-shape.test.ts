import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { firstWindowStart, hopping, lastWindowStart, tumbling } from "../../src/windowing/aligned-shape.js";
import { floorTo } from "../../src/windowing/window.js";

const sizes = fc
  .constantFrom(1, 7, 10, 60, 90, 1_000, 9_000)
  .chain((sizeMs) => fc.record({ sizeMs: fc.constant(sizeMs), hopMs: fc.integer({ min: 1, max: sizeMs }) }));
const instants = fc.integer({ min: -200_000, max: 200_000 });

/*
 * Windows of 60 every 10, and what holds the instant x:
 *
 *        x=10
 *   [-50 | 10)            no: windows are half-open
 *    [-40 |   20)         the oldest
 *         ⋮
 *         [10         70) the newest
 */
describe("the windows that hold an instant", () => {
  const shape = hopping({ sizeMs: 60, hopMs: 10 });

  it("W1: are half-open: an edge belongs to the window that begins there", () => {
    expect([firstWindowStart(shape, 9), lastWindowStart(shape, 9)]).toEqual([-50, 0]);
    expect([firstWindowStart(shape, 10), lastWindowStart(shape, 10)]).toEqual([-40, 10]);
    expect([firstWindowStart(shape, 11), lastWindowStart(shape, 11)]).toEqual([-40, 10]);
  });

  it("W1: are aligned to the epoch, also before it", () => {
    expect([firstWindowStart(shape, -1), lastWindowStart(shape, -1)]).toEqual([-60, -10]);
    expect(floorTo(-1, 10)).toBe(-10);
    expect(floorTo(-10, 10)).toBe(-10);
  });

  it("W1: are exactly those between the first and the last start, for any size and hop", () => {
    fc.assert(
      fc.property(sizes, instants, ({ sizeMs, hopMs }, instantMs) => {
        const shape = hopping({ sizeMs, hopMs });
        const first = firstWindowStart(shape, instantMs);
        const last = lastWindowStart(shape, instantMs);
        const holds = (startMs: number) => startMs <= instantMs && instantMs < startMs + shape.sizeMs;
        expect([holds(first), holds(last)]).toEqual([true, true]);
        expect([holds(first - hopMs), holds(last + hopMs)]).toEqual([false, false]);
        expect(first % hopMs === 0 && last % hopMs === 0).toBe(true);
      }),
    );
  });
});

describe("shapes", () => {
  it("W2: slices divide size and hop, and are no longer than asked", () => {
    fc.assert(
      fc.property(sizes, fc.integer({ min: 1, max: 3_000 }), ({ sizeMs, hopMs }, maxSliceMs) => {
        const { sliceMs } = hopping({ sizeMs, hopMs, maxSliceMs });
        expect([sizeMs % sliceMs, hopMs % sliceMs]).toEqual([0, 0]);
        expect(sliceMs).toBeLessThanOrEqual(maxSliceMs);
      }),
    );
  });

  it("W2: slices are the longest that do", () => {
    expect(hopping({ sizeMs: 60_000, hopMs: 10_000 })).toMatchObject({ sliceMs: 10_000 });
    expect(hopping({ sizeMs: 60_000, hopMs: 10_000, maxSliceMs: 2_000 })).toMatchObject({ sliceMs: 2_000 });
    expect(hopping({ sizeMs: 60_000, hopMs: 25_000 })).toMatchObject({ sliceMs: 5_000 });
    expect(hopping({ sizeMs: 7, hopMs: 3 })).toMatchObject({ sliceMs: 1 });
  });

  it("a tumbling window is one whose hop is its size", () => {
    expect(tumbling({ sizeMs: 300_000 })).toEqual(hopping({ sizeMs: 300_000, hopMs: 300_000 }));
  });

  it("refuses what makes no window, with the value", () => {
    expect(() => tumbling({ sizeMs: 0 })).toThrow("sizeMs is 0, but must be a whole number from 1 to 604800000");
    expect(() => hopping({ sizeMs: 10, hopMs: 11 })).toThrow("hopMs is 11, but must be a whole number from 1 to 10");
    expect(() => hopping({ sizeMs: 10.5, hopMs: 1 })).toThrow(/sizeMs is 10.5/);
    expect(() => hopping({ sizeMs: 604_800_000, hopMs: 7 })).toThrow(/at most 10000 slices/);
  });
});
