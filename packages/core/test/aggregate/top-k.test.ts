import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { topK } from "@telemetra/core/aggregate";
import { HeavyHitters } from "../../src/aggregate/heavy-hitters.js";
import { seededRandom } from "../support/seeded-random.js";

/** Draws of keys by Zipf's law, as emotes are used: the rank is the power of the vocabulary that a coin names. */
function zipfKeys(seed: number, draws: number, vocabulary: number): string[] {
  const random = seededRandom(seed);
  return Array.from({ length: draws }, () => `emote ${Math.floor(vocabulary ** random())}`);
}

function countsOf(keys: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  return counts;
}

function hittersOf(keys: readonly string[], maxKeys: number): HeavyHitters {
  const hitters = new HeavyHitters(maxKeys);
  for (const key of keys) hitters.add(key);
  return hitters;
}

/** Every promise of the sketch, checked against the true counts. */
function expectBound(hitters: HeavyHitters, keys: readonly string[], maxKeys: number): void {
  const truth = countsOf(keys);
  const kept = hitters.top(Infinity);
  expect(hitters.total).toBe(keys.length);
  expect(hitters.maxError).toBeLessThanOrEqual(keys.length / (maxKeys / 2));
  expect(kept.length).toBeLessThanOrEqual(maxKeys);
  for (const { key, count } of kept) {
    expect(count).toBeLessThanOrEqual(truth.get(key)!);
    expect(count).toBeGreaterThanOrEqual(truth.get(key)! - hitters.maxError);
  }
  const names = new Set(kept.map(({ key }) => key));
  for (const [key, count] of truth) if (count > hitters.maxError) expect(names, `${key} is kept`).toContain(key);
}

describe("topK", () => {
  it("F5: orders by count, then by UTF-16 code unit", () => {
    const aggregator = topK({ k: 3 });
    const accumulator = aggregator.create();
    for (const name of ["b", "a", "B", "😀", "a", "b", "\ufffd"]) aggregator.add(accumulator, name);
    expect(aggregator.finish(accumulator)).toEqual({
      entries: [
        { key: "a", count: 2 },
        { key: "b", count: 2 },
        { key: "B", count: 1 },
      ],
      maxError: 0,
      total: 7,
    });
  });

  it("refuses fewer keys than twice the entries", () => {
    expect(() => topK({ k: 10, maxKeys: 19 })).toThrow("maxKeys is 19, but must be a whole number from 20 to 1000000");
  });
});

describe("HeavyHitters", () => {
  it("is exact while there are at most maxKeys keys", () => {
    const keys = zipfKeys(1, 5_000, 64);
    const hitters = hittersOf(keys, 64);
    expect(hitters.maxError).toBe(0);
    expect(new Map(hitters.top(Infinity).map(({ key, count }) => [key, count]))).toEqual(countsOf(keys));
  });

  it("never counts too much, and too little by at most 2·N / maxKeys, for any keys in any order", () => {
    const keys = fc.array(fc.nat(30).map(String), { maxLength: 300 });
    fc.assert(
      fc.property(keys, fc.constantFrom(4, 5, 9, 16), (drawn, maxKeys) => {
        expectBound(hittersOf(drawn, maxKeys), drawn, maxKeys);
      }),
    );
  });

  it("keeps the bound when summaries are merged in any grouping", () => {
    const keys = fc.array(fc.array(fc.nat(30).map(String), { maxLength: 60 }), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(keys, fc.boolean(), (parts, fromTheEnd) => {
        const hitters = parts.map((part) => hittersOf(part, 8));
        const merge = (into: HeavyHitters, from: HeavyHitters) => {
          into.merge(from);
          return into;
        };
        const merged = fromTheEnd ? hitters.reduceRight(merge) : hitters.reduce(merge);
        expectBound(merged, parts.flat(), 8);
      }),
    );
  });

  it("finds the ten most used of 20,000 emotes in 2,048 places", () => {
    const keys = zipfKeys(2, 60_000, 20_000);
    const truth = [...countsOf(keys)].sort(([keyA, a], [keyB, b]) => b - a || (keyA < keyB ? -1 : 1));
    const hitters = hittersOf(keys, 2_048);
    expectBound(hitters, keys, 2_048);
    expect(hitters.top(10).map(({ key }) => key)).toEqual(truth.slice(0, 10).map(([key]) => key));
  });

  it("W11: holds no more keys than it may when every key is new", () => {
    const hitters = new HeavyHitters(100);
    for (let index = 0; index < 10_000; index++) {
      hitters.add(`key ${index}`);
      expect(hitters.top(Infinity).length).toBeLessThanOrEqual(100);
    }
  });
});
