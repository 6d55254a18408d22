import { describe, expect, it } from "vitest";
import { createRefractoryDetector, InvalidOptionError, type DetectorSnapshot } from "@telemetra/core";
import { runExample } from "../run-example.js";
import { createFrozenDetector } from "./frozen-detector.js";

it("tells three hiccups, the lower level and the hanging encoder, each once", async () => {
  const { printed, expected } = await runExample("03-custom-detector");
  expect(printed).toBe(expected);
  expect(printed.match(/ {2}hiccup {3}2300 kbit\/s/g)).toHaveLength(3);
  expect(printed.match(/ {2}trouble /g)).toHaveLength(2);
});

describe("a detector of one's own", () => {
  const feed = (values: readonly number[], detector = createFrozenDetector({ repeats: 3 })) =>
    values.map((value) => detector.update(value, 0).isAnomaly);

  it("alarms from the third equal sample in a row on, and not before", () => {
    expect(feed([1, 1, 1, 1, 2, 2, 3])).toEqual([false, false, true, true, false, false, false]);
  });

  it("goes on from its snapshot, inside a combinator too", () => {
    const create = (snapshot?: DetectorSnapshot) =>
      createRefractoryDetector((inner) => createFrozenDetector({ repeats: 3 }, inner), {}, snapshot);
    const detector = create();
    expect(feed([5, 5], detector)).toEqual([false, false]);
    const restored = create(JSON.parse(JSON.stringify(detector.snapshot())) as DetectorSnapshot);
    expect(feed([5, 5], restored)).toEqual([true, false]);
  });

  it("cannot be continued from the snapshot of another", () => {
    const snapshot = createFrozenDetector().snapshot();
    expect(() => createRefractoryDetector((inner) => createFrozenDetector({}, inner), {}, snapshot)).toThrow(
      InvalidOptionError,
    );
  });
});
