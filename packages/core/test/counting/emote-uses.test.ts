import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { EmoteUses } from "../../src/counting/emote-uses.js";
import { NameTable } from "../../src/counting/name-table.js";

describe("EmoteUses", () => {
  it("W11: counts what a map would count, up to its limit of names, in the order in which they came", () => {
    const uses = fc.array(
      fc.record({ name: fc.nat(60).map((one) => `emote ${one}`), count: fc.integer({ min: 1, max: 3 }) }),
      {
        maxLength: 300,
      },
    );
    fc.assert(
      fc.property(uses, fc.integer({ min: 1, max: 50 }), (all, limit) => {
        const names = new NameTable();
        const emotes = new EmoteUses(names);
        const expected = new Map<string, number>();
        for (const { name, count } of all) {
          const hasPlace = expected.has(name) || expected.size < limit;
          expect(emotes.add(name, count, undefined, limit)).toBe(hasPlace);
          if (hasPlace) expected.set(name, (expected.get(name) ?? 0) + count);
        }
        expect([...emotes].map(([name, count]) => [name, count])).toEqual([...expected]);
        expect([emotes.size, names.size]).toEqual([expected.size, expected.size]);
        emotes.release();
        expect(names.size).toBe(0);
      }),
    );
  });

  it("takes of several pictures the one with the smallest address, whatever came first", () => {
    for (const urls of [
      ["b", "a", "c"],
      ["a", "c", "b"],
    ]) {
      const emotes = new EmoteUses(new NameTable());
      emotes.add("other", 1, undefined, 9);
      for (const url of [...urls, undefined]) emotes.add("LUL", 1, url, 9);
      expect([...emotes]).toEqual([
        ["other", 1, undefined],
        ["LUL", 4, "a"],
      ]);
    }
  });

  it("W11: looks through no list for an emote beyond the limit, however long the list", () => {
    const emotes = new EmoteUses(new NameTable());
    for (let name = 0; name < 10_000; name++) emotes.add(`${name}`, 1, undefined, 10_000);
    // To look through the list each time would take longer than a test may.
    let refused = 0;
    for (let round = 0; round < 1_000_000; round++) {
      if (!emotes.add(round % 2 === 0 ? "beyond" : "9999", 1, undefined, 10_000)) refused += 1;
    }
    expect(refused).toBe(500_000);
  });
});
