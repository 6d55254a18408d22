import { describe, expect, it } from "vitest";
import { fingerprint, hashString } from "../../src/aggregate/hash.js";

describe("hashString", () => {
  it("gives the same halves on every machine", () => {
    expect(hashString("")).toEqual([2_462_723_854, 3_413_276_431]);
    expect(hashString("viewer-1")).toEqual([2_317_817_874, 1_514_910_513]);
    expect(hashString("모자 😀", 7)).toEqual([2_298_618_416, 3_912_677_639]);
  });

  it("spreads neighbouring ids over all bits of both halves", () => {
    const ones = Array.from({ length: 64 }, () => 0);
    const total = 20_000;
    for (let index = 0; index < total; index++) {
      const halves = hashString(`viewer-${index}`);
      for (let bit = 0; bit < 64; bit++) ones[bit]! += (halves[bit >> 5]! >>> (bit & 31)) & 1;
    }
    // Five standard deviations of a fair coin.
    for (const count of ones) expect(Math.abs(count - total / 2)).toBeLessThan(5 * Math.sqrt(total / 4));
  });

  it("tells apart what differs in length, order, letter case or seed", () => {
    const hashes = ["", "\0", "\0\0", "a", "A", "ab", "ba", "aa"].map((text) => hashString(text).join());
    expect(new Set([...hashes, hashString("a", 1).join()]).size).toBe(9);
  });

  it("has no more collisions of one half among 300,000 ids than chance", () => {
    const seen = new Set<number>();
    let collisions = 0;
    for (let index = 0; index < 300_000; index++) {
      const [high] = hashString(`u${index}`);
      if (seen.has(high)) collisions += 1;
      seen.add(high);
    }
    // n²/2m = 10.5 expected in 32 bits; five standard deviations more.
    expect(collisions).toBeLessThan(27);
  });
});

describe("fingerprint", () => {
  it("is a whole number from 1 to 2^52, the same on every machine", () => {
    expect([fingerprint(""), fingerprint("viewer-1")]).toEqual([2_582_353_128_765_224, 2_430_408_195_417_276]);
    for (let index = 0; index < 1_000; index++) {
      const made = fingerprint(`viewer-${index}`);
      expect(Number.isInteger(made) && made >= 1 && made <= 2 ** 52).toBe(true);
    }
  });
});
