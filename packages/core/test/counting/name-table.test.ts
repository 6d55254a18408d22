import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { NameTable } from "../../src/counting/name-table.js";

describe("NameTable", () => {
  it("gives each name one number for as long as somebody holds it, and forgets it with the last", () => {
    const names = fc.constantFrom("a", "b", "c", "__proto__", "ä", "");
    const step = fc.record({ name: names, isTaken: fc.boolean() });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const table = new NameTable();
        const held = new Map<string, { id: number; holders: number }>();
        for (const { name, isTaken } of steps) {
          const known = held.get(name);
          expect(table.idOf(name)).toBe(known?.id);
          if (isTaken) {
            const id = table.take(name);
            if (known !== undefined) expect(id).toBe(known.id);
            held.set(name, { id, holders: (known?.holders ?? 0) + 1 });
          } else if (known !== undefined) {
            table.release(known.id);
            if (known.holders === 1) held.delete(name);
            else held.set(name, { id: known.id, holders: known.holders - 1 });
          }
        }
        expect(table.size).toBe(held.size);
        expect(new Set([...held.values()].map(({ id }) => id)).size).toBe(held.size);
        for (const [name, { id }] of held) expect(table.nameOf(id)).toBe(name);
      }),
    );
  });

  it("keeps a number that is held once more", () => {
    const table = new NameTable();
    const id = table.take("a");
    table.hold(id);
    table.release(id);
    expect([table.idOf("a"), table.size]).toEqual([id, 1]);
    table.release(id);
    expect([table.idOf("a"), table.size]).toEqual([undefined, 0]);
  });

  it("tells each name one place in a sum, and another in the next", () => {
    const table = new NameTable();
    const [a, b, c] = ["a", "b", "c"].map((name) => table.take(name)) as [number, number, number];
    const placesOf = (ids: readonly number[]): number[] => {
      let met = 0;
      table.beginSum();
      return ids.map((id) => {
        const place = table.placeInSum(id, met);
        if (place === met) met += 1;
        return place;
      });
    };
    expect(placesOf([a, b, b, c, a])).toEqual([0, 1, 1, 2, 0]);
    expect(placesOf([c, a, c])).toEqual([0, 1, 0]);
  });
});
