import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { NameTable } from "../../src/counting/name-table.js";

describe("NameTable", () => {
  it("keeps for every slice what a list of its names would keep, and forgets what no slice holds", () => {
    const names = fc.constantFrom("a", "b", "c", "__proto__", "ä", "");
    const step = fc.oneof(
      { weight: 5, arbitrary: fc.record({ index: fc.integer({ min: -2, max: 3 }), name: names }) },
      { weight: 1, arbitrary: fc.record({ release: fc.integer({ min: -2, max: 3 }) }) },
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), fc.constantFrom(1, 2), (steps, width) => {
        const table = new NameTable();
        const slices = new Map<number, { ids: number[]; expected: string[] }>();
        for (const one of steps) {
          if ("release" in one) {
            // Slices are forgotten oldest first.
            for (const [index, { ids }] of [...slices].sort(([a], [b]) => a - b)) {
              if (index > one.release) continue;
              table.release(ids, width);
              slices.delete(index);
            }
            continue;
          }
          const slice = slices.get(one.index) ?? { ids: [], expected: [] };
          slices.set(one.index, slice);
          const known = slice.expected.indexOf(one.name);
          expect(table.find(one.index, slice.ids, width, one.name)).toBe(known === -1 ? -1 : known * width);
          if (known === -1) slice.expected.push(one.name);
          const place = table.placeIn(one.index, slice.ids, width, one.name);
          expect(place).toBe(slice.expected.indexOf(one.name) * width);
          // What a list keeps beside its names may look like a name's number.
          if (width === 2) slice.ids[place + 1] = one.index + 2;
        }
        for (const { ids, expected } of slices.values()) {
          const names = ids.filter((_, at) => at % width === 0).map((id) => table.nameOf(id));
          expect(names).toEqual(expected);
        }
        expect(table.size).toBe(new Set([...slices.values()].flatMap(({ expected }) => expected)).size);
      }),
    );
  });

  it("W11: looks through no list for a name that no newer slice holds, however long the list", () => {
    const table = new NameTable();
    const list: number[] = [];
    table.placeIn(0, [], 1, "of an older slice");
    for (let name = 0; name < 10_000; name++) table.placeIn(1, list, 1, `${name}`);
    let reads = 0;
    const watched = new Proxy(list, { get: (target, key) => ((reads += 1), Reflect.get(target, key) as unknown) });
    const names = ["never seen", "of an older slice", "9999"];
    expect(names.map((name) => table.find(1, watched, 1, name))).toEqual([-1, -1, 9999]);
    expect(reads).toBe(0);
  });

  it("counts a name once in a sum, however many slices hold it", () => {
    const table = new NameTable();
    const [first, second]: [number[], number[]] = [[], []];
    for (const name of ["a", "b"]) table.placeIn(0, first, 1, name);
    for (const name of ["b", "c"]) table.placeIn(1, second, 1, name);
    for (let round = 0; round < 2; round++) {
      table.beginSum();
      const places: number[] = [];
      let met = 0;
      for (const id of [...first, ...second]) {
        const place = table.placeInSum(id, met);
        if (place === met) met += 1;
        places.push(place);
      }
      expect([met, places]).toEqual([3, [0, 1, 1, 2]]);
    }
  });
});
