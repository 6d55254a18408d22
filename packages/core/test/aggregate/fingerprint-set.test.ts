import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { FingerprintSet } from "../../src/aggregate/fingerprint-set.js";

/** Some that any table takes well, and some that all want the same slot of any table. */
const fingerprints = fc.oneof(
  fc.integer({ min: 1, max: 2 ** 52 }),
  fc.integer({ min: 1, max: 60 }),
  fc.constantFrom(1, 2 ** 52, 2 ** 20, 2 ** 52 - 1),
);

function setOf(values: readonly number[]): FingerprintSet {
  const set = new FingerprintSet();
  for (const value of values) set.add(value);
  return set;
}

const sorted = (values: Iterable<number>) => [...values].sort((a, b) => a - b);

describe("FingerprintSet", () => {
  it("holds what a set holds, and tells what is new, also where all crowd into one slot", () => {
    const drawn = fc.array(fingerprints, { maxLength: 200 });
    fc.assert(
      fc.property(drawn, (values) => {
        const set = new FingerprintSet();
        const expected = new Set<number>();
        for (const value of values) {
          expect(set.add(value)).toBe(!expected.has(value));
          expected.add(value);
          expect(set.size).toBe(expected.size);
        }
        expect(sorted(set)).toEqual(sorted(expected));
      }),
    );
  });

  it("takes in another set, which stays as it is", () => {
    const drawn = fc.array(fingerprints, { maxLength: 100 });
    fc.assert(
      fc.property(drawn, drawn, (a, b) => {
        const into = setOf(a);
        const from = setOf(b);
        into.addAll(from);
        expect(sorted(into)).toEqual(sorted(new Set([...a, ...b])));
        expect(sorted(from)).toEqual(sorted(new Set(b)));
      }),
    );
  });

  it("W11: thousands that want the same slot cost no more than a few steps each", () => {
    // Every one of them looks at 32 slots and then asks a set; without that bound this would be 10 billion steps.
    const set = new FingerprintSet();
    for (let value = 1; value <= 150_000; value++) set.add(value);
    expect(set.size).toBe(150_000);
    expect([set.add(1), set.add(150_000), set.add(150_001)]).toEqual([false, false, true]);
  });
});
