import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { CloudLayout, type CloudItem, type PlacedItem } from "../../src/render/cloud-layout.js";
import { seededRandom } from "../../src/demo/seeded-random.js";

const AREAS = [
  [600, 400],
  [400, 600],
  [900, 220],
] as const;

function items(count: number): CloudItem[] {
  return Array.from({ length: count }, (_, index) => ({
    key: `e${index}`,
    weight: 100 / (1 + index / 2),
    aspectRatio: index % 5 === 0 ? 2.4 : 1,
  }));
}

function overlapCount(placed: readonly PlacedItem[]): number {
  let count = 0;
  for (const [index, left] of placed.entries()) {
    for (const right of placed.slice(index + 1)) {
      const isApart =
        Math.abs(left.x - right.x) * 2 >= left.width + right.width ||
        Math.abs(left.y - right.y) * 2 >= left.height + right.height;
      if (!isApart) count += 1;
    }
  }
  return count;
}

function meanMove(before: readonly PlacedItem[], after: readonly PlacedItem[]): number {
  const places = new Map(before.map((item) => [item.key, item]));
  const moves = after.flatMap((item) => {
    const old = places.get(item.key);
    return old === undefined ? [] : [Math.hypot(old.x - item.x, old.y - item.y)];
  });
  return moves.reduce((sum, move) => sum + move, 0) / Math.max(1, moves.length);
}

describe("CloudLayout", () => {
  const setups = AREAS.flatMap(([width, height]) => [10, 20, 40].map((count) => ({ width, height, count })));

  it.each(setups)(
    "$count items in $width×$height: ±10 % of weight for 100 updates moves ≤ 4 px, overlaps 0",
    (setup) => {
      const { width, height, count } = setup;
      const random = seededRandom(count);
      const layout = new CloudLayout();
      const base = items(count);
      let before = layout.update(base, width, height);
      expect(before.length).toBeGreaterThanOrEqual(count * 0.85);
      let moved = 0;
      for (let update = 0; update < 100; update++) {
        const jittered = base.map((item) => ({ ...item, weight: item.weight * (0.9 + 0.2 * random()) }));
        const after = layout.update(jittered, width, height);
        expect(overlapCount(after)).toBe(0);
        moved += meanMove(before, after);
        before = after;
      }
      expect(moved / 100).toBeLessThanOrEqual(4);
    },
  );

  it.each(setups)(
    "$count items in $width×$height: weights that wander ±10 % a step move ≤ 4 px on average",
    (setup) => {
      const { width, height, count } = setup;
      const random = seededRandom(count);
      const layout = new CloudLayout();
      let wandering = items(count);
      let before = layout.update(wandering, width, height);
      let moved = 0;
      for (let update = 0; update < 100; update++) {
        wandering = wandering.map((item) => ({ ...item, weight: item.weight * (0.9 + 0.2 * random()) }));
        const after = layout.update(wandering, width, height);
        expect(overlapCount(after)).toBe(0);
        moved += meanMove(before, after);
        before = after;
      }
      expect(moved / 100).toBeLessThanOrEqual(4);
    },
  );

  it("places inside the area, without overlap, the heavier the larger, whatever comes", () => {
    const anyItem = fc.record({
      key: fc.string({ minLength: 1, maxLength: 4 }),
      weight: fc.integer({ min: 1, max: 5_000 }),
      aspectRatio: fc.double({ min: 0.3, max: 12, noNaN: true }),
    });
    const anyItems = fc.uniqueArray(anyItem, { selector: ({ key }) => key, maxLength: 24 });
    fc.assert(
      fc.property(fc.array(anyItems, { minLength: 1, maxLength: 4 }), (updates) => {
        const layout = new CloudLayout();
        for (const update of updates) {
          const placed = layout.update(update, 600, 400);
          expect(overlapCount(placed)).toBe(0);
          for (const { x, y, width, height } of placed) {
            expect(x - width / 2).toBeGreaterThanOrEqual(-0.01);
            expect(x + width / 2).toBeLessThanOrEqual(600.01);
            expect(y - height / 2).toBeGreaterThanOrEqual(-0.01);
            expect(y + height / 2).toBeLessThanOrEqual(400.01);
            expect(height).toBeGreaterThanOrEqual(23.9);
          }
        }
      }),
      { numRuns: 60 },
    );
  });

  it("keeps everybody in place when one leaves and another comes", () => {
    const layout = new CloudLayout();
    const before = layout.update(items(10), 600, 400);
    const changed = [...items(10).filter(({ key }) => key !== "e4"), { key: "new", weight: 30, aspectRatio: 1 }];
    const after = layout.update(changed, 600, 400);
    expect(meanMove(before, after)).toBe(0);
    expect(after.some(({ key }) => key === "new")).toBe(true);
  });

  it("draws a weight four times as large twice as high", () => {
    const [large, small] = new CloudLayout().update(
      [
        { key: "a", weight: 400, aspectRatio: 1 },
        { key: "b", weight: 100, aspectRatio: 1 },
      ],
      600,
      400,
    );
    expect((large?.height ?? 0) / (small?.height ?? 1)).toBeCloseTo(2, 5);
  });

  it("places nothing without an area, and nothing without weight", () => {
    expect(new CloudLayout().update(items(3), 0, 400)).toEqual([]);
    expect(new CloudLayout().update([{ key: "a", weight: 0, aspectRatio: 1 }], 600, 400)).toEqual([]);
  });
});
