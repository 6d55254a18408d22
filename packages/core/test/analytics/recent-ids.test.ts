import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fingerprint } from "../../src/aggregate/hash.js";
import { RecentIds } from "../../src/analytics/recent-ids.js";

const HORIZON_MS = 1_000;

function add(ids: RecentIds, id: string): boolean {
  return ids.add(fingerprint(id));
}

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
            if (nowMs - atMs < HORIZON_MS) expect(add(ids, id), `${id} of ${atMs} at ${nowMs}`).toBe(false);
            else cameAt.delete(id);
          }
          expect(add(ids, `id ${index}`)).toBe(true);
          cameAt.set(`id ${index}`, nowMs);
        }
      }),
    );
  });

  it("W7: forgets an id in the end", () => {
    const ids = new RecentIds(HORIZON_MS, 10);
    ids.advance(0);
    add(ids, "a");
    ids.advance(HORIZON_MS);
    expect(add(ids, "a")).toBe(false);
    ids.advance(2 * HORIZON_MS);
    expect(add(ids, "a")).toBe(true);
  });

  it("W11: holds no more than it may, and still knows the newest half", () => {
    const ids = new RecentIds(HORIZON_MS, 10);
    for (let index = 0; index < 1_000; index++) {
      add(ids, `id ${index}`);
      const { young, old } = ids.snapshot();
      expect(young.length + old.length).toBeLessThanOrEqual(10);
    }
    for (let index = 995; index < 1_000; index++) expect(add(ids, `id ${index}`)).toBe(false);
    expect(add(ids, "id 980")).toBe(true);
  });

  it("W7: takes no id for another among a million that count up or look random", () => {
    const ids = new RecentIds(HORIZON_MS, 3_000_000);
    let known = 0;
    for (let index = 0; index < 500_000; index++) {
      if (!add(ids, `message-${index}`)) known += 1;
      if (!add(ids, `${Math.imul(index, 0x9e3779b1) >>> 0}-4c1a-${index}-b00b-${index * 7}`)) known += 1;
    }
    expect(known).toBe(0);
    expect([add(ids, "message-0"), add(ids, "message-499999")]).toEqual([false, false]);
  });

  it("W7, W11: remembers ids that were made to crowd in one place, and is not slowed down by them", () => {
    const crowd: string[] = [];
    // Of a table that holds as many as these, all want the same slot.
    for (let index = 0; crowd.length < 600; index++) {
      if (Math.floor(fingerprint(`id ${index}`) / 2 ** 20) % 1_024 === 7) crowd.push(`id ${index}`);
    }
    const ids = new RecentIds(HORIZON_MS, 10_000);
    ids.advance(0);
    expect(crowd.every((id) => add(ids, id))).toBe(true);
    expect(crowd.some((id) => add(ids, id))).toBe(false);
    ids.advance(HORIZON_MS);
    expect(crowd.some((id) => add(ids, id))).toBe(false);
    ids.advance(2 * HORIZON_MS);
    expect(crowd.every((id) => add(ids, id))).toBe(true);
  });

  it("goes on from a snapshot, generations and all", () => {
    const ids = new RecentIds(HORIZON_MS, 100);
    ids.advance(0);
    add(ids, "old");
    ids.advance(HORIZON_MS);
    add(ids, "young");
    const restored = new RecentIds(HORIZON_MS, 100);
    restored.restore(JSON.parse(JSON.stringify(ids.snapshot())) as ReturnType<RecentIds["snapshot"]>);
    restored.advance(2 * HORIZON_MS);
    expect([add(restored, "young"), add(restored, "old")]).toEqual([false, true]);
  });
});
