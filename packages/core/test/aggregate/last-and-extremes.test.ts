import { describe, expect, expectTypeOf, it } from "vitest";
import {
  combine,
  count,
  countDistinct,
  last,
  max,
  min,
  quantile,
  select,
  type Aggregator,
  type DistinctCount,
} from "@telemetra/core/aggregate";

function finish<In, Out>(aggregator: Aggregator<In, object, Out>, values: readonly In[]): Out {
  const accumulator = aggregator.create();
  for (const value of values) aggregator.add(accumulator, value);
  return aggregator.finish(accumulator);
}

const newest = last(
  ([atMs]: readonly [number, string]) => atMs,
  ([, value]) => value,
);

describe("last", () => {
  it("F4: takes the newest by event time, whenever it arrives", () => {
    expect(
      finish(newest, [
        [2, "newest"],
        [1, "older"],
      ]),
    ).toBe("newest");
    expect(
      finish(newest, [
        [1, "older"],
        [2, "newest"],
      ]),
    ).toBe("newest");
  });

  it("F4: takes the larger of two that tie", () => {
    expect(
      finish(newest, [
        [1, "a"],
        [1, "b"],
      ]),
    ).toBe("b");
    expect(
      finish(newest, [
        [1, "b"],
        [1, "a"],
      ]),
    ).toBe("b");
  });

  it("is null without an event, and leaves out an event without a time", () => {
    expect(finish(newest, [])).toBeNull();
    expect(finish(newest, [[NaN, "never"]])).toBeNull();
    expect(
      finish(newest, [
        [1, "known"],
        [NaN, "never"],
      ]),
    ).toBe("known");
  });
});

describe("min and max", () => {
  it("are null without a number, and leave out NaN", () => {
    expect(finish(min(), [])).toBeNull();
    expect(finish(max(), [NaN])).toBeNull();
    expect([finish(min(), [NaN, 2, 1]), finish(max(), [1, 2, NaN])]).toEqual([1, 2]);
  });

  it("know one zero", () => {
    expect(finish(min(), [0, -0])).toBe(0);
    expect(finish(max(), [-0])).toBe(0);
  });
});

describe("combine", () => {
  interface Reading {
    readonly plate: string;
    readonly speed: number;
  }
  const aggregator = combine({
    vehicles: count(),
    plates: select((reading: Reading) => reading.plate, countDistinct()),
    speed: select((reading: Reading) => reading.speed, quantile(1)),
  });

  it("holds every result under its name", () => {
    const readings = [
      { plate: "AB 1", speed: 48 },
      { plate: "CD 2", speed: 61 },
      { plate: "AB 1", speed: 50 },
    ];
    expect(finish(aggregator, readings)).toEqual({ vehicles: 3, plates: { count: 2, isExact: true }, speed: 61 });
  });

  it("has the types of its parts", () => {
    type Result = { vehicles: number; plates: DistinctCount; speed: number | null };
    expectTypeOf(aggregator).toEqualTypeOf<Aggregator<Reading, object[], Result>>();
  });
});
