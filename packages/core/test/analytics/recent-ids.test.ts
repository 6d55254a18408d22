import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { RecentIds } from "../../src/analytics/recent-ids.js";

const HORIZON_MS = 1_000;

describe("RecentIds", () => {
  it("W7: remembers an id for at least the horizon of event time, however time moves on", () => {
    const steps = fc.array(fc.integer({ min: 0, max: 700 }), { maxLength: 40 });
    fc.assert(
      fc.property(steps, (advances) => {
        const ids = new RecentIds(HORIZON_MS, 1_000);
        let nowMs = 0;
        ids.advance(nowMs);
        const cameAt = new Map<string, number>();
        for (const [index, step] of advances.entries()) {
          nowMs += step;
          ids.advance(nowMs);
          for (const [id, atMs] of cameAt) {
            if (nowMs - atMs < HORIZON_MS) expect(ids.add(id), `${id} of ${atMs} at ${nowMs}`).toBe(false);
            else cameAt.delete(id);
          }
          expect(ids.add(`id ${index}`)).toBe(true);
          cameAt.set(`id ${index}`, nowMs);
        }
      }),
    );
  });

  it("W7: forgets an id in the end", () => {
    const ids = new RecentIds(HORIZON_MS, 10);
    ids.advance(0);
    ids.add("a");
    ids.advance(HORIZON_MS);
    expect(ids.add("a")).toBe(false);
    ids.advance(2 * HORIZON_MS);
    expect(ids.add("a")).toBe(true);
  });

  it("W11: holds no more than it may, and still knows the newest half", () => {
    const ids = new RecentIds(HORIZON_MS, 10);
    for (let index = 0; index < 1_000; index++) {
      ids.add(`id ${index}`);
      const { young, old } = ids.snapshot();
      expect(young.length + old.length).toBeLessThanOrEqual(10);
    }
    for (let index = 995; index < 1_000; index++) expect(ids.add(`id ${index}`)).toBe(false);
    expect(ids.add("id 980")).toBe(true);
  });

  it("goes on from a snapshot, generations and all", () => {
    const ids = new RecentIds(HORIZON_MS, 100);
    ids.advance(0);
    ids.add("old");
    ids.advance(HORIZON_MS);
    ids.add("young");
    const restored = new RecentIds(HORIZON_MS, 100);
    restored.restore(JSON.parse(JSON.stringify(ids.snapshot())) as ReturnType<RecentIds["snapshot"]>);
    restored.advance(2 * HORIZON_MS);
    expect([restored.add("young"), restored.add("old")]).toEqual([false, true]);
  });
});
