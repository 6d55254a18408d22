import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { CountHistory } from "../../src/analytics/count-history.js";

const SIZE_MS = 60_000;
const HOP_MS = 10_000;
const HORIZON_MS = 600_000;

/** Mean and deviation by definition, over the windows that rule W9 allows. */
function oracle(counts: ReadonlyMap<number, number>, startMs: number, minSamples: number) {
  const newestMs = Math.max(...counts.keys());
  const used = [...counts]
    .filter(([otherMs]) => otherMs + SIZE_MS <= startMs && otherMs >= startMs - HORIZON_MS)
    .filter(([otherMs]) => otherMs >= newestMs - HORIZON_MS)
    .map(([, count]) => count);
  if (used.length < minSamples) return undefined;
  const mean = used.reduce((all, count) => all + count, 0) / used.length;
  const variance = used.reduce((all, count) => all + (count - mean) ** 2, 0) / (used.length - 1);
  return { mean, deviation: Math.max(1, Math.sqrt(mean), Math.sqrt(variance)) };
}

function historyOf(counts: readonly number[], minSamples = 3): CountHistory {
  const history = new CountHistory(HORIZON_MS, minSamples);
  counts.forEach((count, index) => history.record(index * HOP_MS, count));
  return history;
}

function before(history: CountHistory, startMs: number) {
  return history.before({ startMs, endMs: startMs + SIZE_MS });
}

describe("CountHistory", () => {
  it("W9: equals the definition for windows recorded in order, corrected and asked about anywhere", () => {
    const corrections = fc.array(fc.tuple(fc.nat(80), fc.nat(1_000)), { maxLength: 5 });
    fc.assert(
      fc.property(
        fc.array(fc.nat(1_000), { minLength: 1, maxLength: 80 }),
        corrections,
        fc.nat(90),
        fc.integer({ min: 2, max: 12 }),
        (counts, corrected, asked, minSamples) => {
          const history = historyOf(counts, minSamples);
          const known = new Map(counts.map((count, index) => [index * HOP_MS, count]));
          const oldestMs = Math.max(...known.keys()) - HORIZON_MS;
          for (const [index, count] of corrected) {
            const startMs = (index % counts.length) * HOP_MS;
            if (startMs < oldestMs) continue;
            history.record(startMs, count);
            known.set(startMs, count);
          }
          const found = before(history, asked * HOP_MS);
          const expected = oracle(known, asked * HOP_MS, minSamples);
          expect(found === undefined).toBe(expected === undefined);
          if (found === undefined || expected === undefined) return;
          expect(found.mean).toBeCloseTo(expected.mean, 9);
          expect(found.deviation).toBeCloseTo(expected.deviation, 6);
        },
      ),
    );
  });

  it("W9: leaves out every window that overlaps the judged one, so a spike is not compared with itself", () => {
    // The spike at 20 is in windows 15 to 20 as well; window 20 is judged against those up to 14.
    const counts = Array.from({ length: 21 }, (_, index) => (index >= 15 ? 500 : 10));
    const history = historyOf(counts);
    expect(before(history, 20 * HOP_MS)).toEqual({ mean: 10, deviation: Math.sqrt(10) });
    expect(before(history, 21 * HOP_MS)!.mean).toBeGreaterThan(10);
  });

  it("W9: takes the window that ended exactly where the judged one begins", () => {
    const history = historyOf([1, 2, 6]);
    expect(before(history, 2 * HOP_MS + SIZE_MS)?.mean).toBe(3);
    expect(before(history, 2 * HOP_MS + SIZE_MS - 1)).toBeUndefined();
  });

  it("W9: says nothing before there are enough samples", () => {
    expect(before(historyOf([5, 5], 3), SIZE_MS * 2)).toBeUndefined();
    expect(before(historyOf([5, 5, 5], 3), SIZE_MS * 2)).toEqual({ mean: 5, deviation: Math.sqrt(5) });
  });

  it("W9: has a scale floor of one message and of counting noise", () => {
    expect(before(historyOf([0, 0, 0]), SIZE_MS * 2)).toEqual({ mean: 0, deviation: 1 });
    expect(before(historyOf([100, 100, 100]), SIZE_MS * 2)).toEqual({ mean: 100, deviation: 10 });
  });

  it("W11: forgets windows beyond the horizon", () => {
    const history = historyOf(Array.from({ length: 500 }, () => 1));
    expect(history.snapshot().length).toBe(HORIZON_MS / HOP_MS + 1);
  });

  it("takes a window between two that it knows, as a late first event of it makes one", () => {
    const history = new CountHistory(HORIZON_MS, 3);
    for (const [index, count] of [
      [0, 1],
      [1, 2],
      [3, 4],
      [2, 3],
    ] as const)
      history.record(index * HOP_MS, count);
    expect(history.snapshot()).toEqual([0, 1, 2, 3].map((index) => [index * HOP_MS, index + 1]));
  });

  it("goes on from a snapshot", () => {
    const history = historyOf([3, 1, 4, 1, 5]);
    const restored = new CountHistory(HORIZON_MS, 3);
    restored.restore(JSON.parse(JSON.stringify(history.snapshot())) as [number, number][]);
    for (const one of [history, restored]) one.record(5 * HOP_MS, 9);
    expect(before(restored, 20 * HOP_MS)).toEqual(before(history, 20 * HOP_MS));
  });
});
