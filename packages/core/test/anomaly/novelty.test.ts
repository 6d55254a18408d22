import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createDefaultDetector } from "../../src/anomaly/default-detector.js";
import { createNoveltyDetector } from "../../src/anomaly/novelty.js";
import { seededRandom } from "../support/seeded-random.js";
import { alarms, feed, gaussians } from "./support/series.js";

/** Noise with an end: after a few hundred samples nothing of it is new. */
function uniforms(count: number, seed: number): number[] {
  const random = seededRandom(seed);
  return Array.from({ length: count }, () => 4 * random() - 2);
}

/** The definition in plain steps: every state in a list, every list walked whole. */
function naiveNovelties(values: readonly number[], memory: number, maxStates: number, ratio: number): number[] {
  let states: { at: readonly number[]; since: number; met: number }[] = [];
  let [low, high] = [values[0] ?? 0, values[0] ?? 0];
  let [middle, slow] = [low, low];
  const rangeOf = () => Math.max(high - low, 0.01 * Math.max(Math.abs(low), Math.abs(high)));
  return values.map((sample, index) => {
    const reach = rangeOf() === 0 ? Infinity : 64 * rangeOf();
    const value = Math.min(high + reach, Math.max(low - reach, sample));
    const step = high === low ? Infinity : rangeOf();
    const leak = (high - low) / memory;
    const ends = [value > high ? Math.min(value, high + step) : Math.max(value, high - leak)];
    ends.push(value < low ? Math.max(value, low - step) : Math.min(value, low + leak));
    [high = NaN, low = NaN] = ends;
    const count = index + 1;
    middle += (value - middle) / Math.min(8, count);
    slow += (value - slow) / Math.min(64, count);
    states = states.filter(({ met }) => count - met <= memory);
    const at = [value, middle, slow];
    const distanceTo = (state: { at: readonly number[] }) =>
      Math.max(...state.at.map((each, axis) => Math.abs(each - (at[axis] ?? NaN))));
    const nearest = Math.min(...states.map(distanceTo));
    const nearestKnown = Math.min(...states.filter(({ since }) => since < count - 1).map(distanceTo));
    const range = rangeOf();
    if (nearest > (ratio / 2) * range) {
      if (states.length === maxStates) {
        const oldest = Math.min(...states.map(({ met }) => met));
        states = states.filter(({ met }) => met !== oldest);
      }
      states.push({ at, since: count, met: count });
    } else {
      const met = states.find((state) => distanceTo(state) === nearest);
      if (met !== undefined) met.met = count;
    }
    return range === 0 ? 0 : Math.min(1, nearestKnown / range);
  });
}

describe("novelty", () => {
  it("equals the definition with every state kept in a list", () => {
    fc.assert(
      fc.property(fc.integer(), fc.constantFrom(64, 100), fc.constantFrom(16, 40), (seed, memory, maxStates) => {
        const noise = gaussians(300, seed);
        const values = noise.map((value, index) => value + (index % 90 === 60 ? 30 : 0) + index / 100);
        const naive = naiveNovelties(values, memory, maxStates, 0.07);
        const options = { memorySamples: memory, maxStates, minSamples: 2 };
        feed(createNoveltyDetector(options), values).forEach(({ statistic }, at) => {
          if (at < 2) expect(statistic).toBeNull();
          else expect(statistic).toBeCloseTo(naive[at] ?? NaN, 9);
        });
      }),
      { numRuns: 40 },
    );
  });

  it("does not depend on unit or sign: powers of two give identical scores", () => {
    const values = gaussians(400, 91).map((value, index) => value + (index === 300 ? 15 : 0));
    const scores = feed(createDefaultDetector(), values).map(({ score }) => score);
    for (const factor of [2 ** -40, 2 ** 30, -1, -8]) {
      const scaled = feed(
        createDefaultDetector(),
        values.map((value) => value * factor),
      );
      expect(scaled.map(({ score }) => score)).toEqual(scores);
    }
  });

  it("does not depend on the origin when the range has no floor", () => {
    const values = gaussians(400, 92);
    const options = { rangeFloorRatio: 0 };
    const moved = feed(
      createNoveltyDetector(options),
      values.map((value) => value + 1024),
    );
    feed(createNoveltyDetector(options), values).forEach(({ statistic }, at) => {
      expect(moved[at]?.statistic ?? -1).toBeCloseTo(statistic ?? -1, 9);
    });
  });

  it("finds a planted spike, up or down, and nothing else in noise", () => {
    for (const size of [9, -9]) {
      const values = uniforms(1500, 93).map((value, index) => (index === 1200 ? size : value));
      expect(alarms(createDefaultDetector(), values).filter((at) => at >= 1000)).toEqual([1200]);
    }
  });

  it("finds a level shift once, at its first sample", () => {
    const values = uniforms(1500, 94).map((value, index) => value + (index >= 1200 ? 12 : 0));
    expect(alarms(createDefaultDetector(), values).filter((at) => at >= 1000)).toEqual([1200]);
  });

  it("finds a slow drift out of the range it knows", () => {
    const values = uniforms(2000, 95).map((value, index) => value + Math.max(0, index - 1200) / 20);
    const found = alarms(createDefaultDetector(), values).filter((at) => at >= 1000);
    expect(found.length).toBeGreaterThan(0);
    expect(found[0]).toBeGreaterThan(1200);
    expect(found[0]).toBeLessThan(1400);
  });

  it("finds an ordinary value at an unusual moment", () => {
    // 0 and 10 in blocks of 50: a single 10 in the middle of the zeros is new, though both values are known well.
    const values = Array.from({ length: 1500 }, (_, index) => (Math.floor(index / 50) % 2 === 0 ? 0 : 10));
    values[1225] = 10;
    expect(alarms(createDefaultDetector(), values).filter((at) => at >= 1000)).toEqual([1225]);
  });

  it("recovers from an early outlier of any size", () => {
    for (const outlier of [1e3, 1e9, 1e90]) {
      const values = uniforms(1500, 96).map((value, index) => (index === 80 ? outlier : index === 1200 ? 15 : value));
      expect(alarms(createDefaultDetector(), values)).toContain(1200);
    }
  });

  it("takes a flicker of a near-constant series for nothing, and the step that follows for something", () => {
    const values = Array.from({ length: 400 }, (_, index) =>
      index === 350 ? 101 : 100 + 0.03 * (index % 7 === 0 ? 1 : 0),
    );
    expect(alarms(createDefaultDetector(), values)).toEqual([350]);
    expect(alarms(createDefaultDetector({ rangeFloorRatio: 0 }), values)).toEqual([350]);
    expect(alarms(createDefaultDetector({ rangeFloor: 50 }), values)).toEqual([]);
  });

  it("raises one alarm per episode, and scores only what is newer still", () => {
    const values = uniforms(1500, 97).map(
      (value, index) => value + (index >= 1200 && index < 1230 ? 12 + index - 1200 : 0),
    );
    const detections = feed(createDefaultDetector(), values);
    expect(detections.flatMap(({ isAnomaly }, at) => (isAnomaly && at >= 1000 ? [at] : []))).toEqual([1200]);
    const episode = detections
      .slice(1200, 1264)
      .map(({ score }) => score)
      .filter((score) => score > 0);
    expect(episode).toEqual([...episode].sort((a, b) => a - b));
  });

  it("opens another episode for a sample three times as new as the last alarm", () => {
    const spikes = (first: number, second: number) =>
      uniforms(1500, 90).map((value, index) => (index === 1200 ? first : index === 1220 ? second : value));
    const found = (first: number, second: number) =>
      alarms(createDefaultDetector(), spikes(first, second)).filter((at) => at >= 1000);
    expect(found(3, 12)).toEqual([1200, 1220]);
    expect(found(8, 12)).toEqual([1200]);
  });

  it("alarms twice or three times while noise is new to it, then hardly ever", () => {
    const found = Array.from({ length: 20 }, (_, seed) => alarms(createDefaultDetector(), gaussians(6000, seed)));
    const early = found.flat().filter((at) => at < 1000).length / found.length;
    const late = found.flat().filter((at) => at >= 2000).length / found.length;
    expect(early).toBeLessThan(4);
    expect(late).toBeLessThan(1);
  });

  it("honours minSamples", () => {
    const detections = feed(createDefaultDetector({ minSamples: 100 }), gaussians(150, 98));
    expect(detections.findIndex(({ statistic }) => statistic !== null)).toBe(100);
  });

  it("forgets a state that was not met for memorySamples, and keeps no more than maxStates", () => {
    const random = seededRandom(99);
    const values = Array.from({ length: 3000 }, () => random());
    const detector = createNoveltyDetector({ maxStates: 20, memorySamples: 128 });
    feed(detector, values);
    const { metAt } = detector.snapshot().state as { metAt: number[] };
    expect(metAt.length).toBeLessThanOrEqual(20);
    for (const met of metAt) expect(met).toBeGreaterThanOrEqual(3000 - 128);
  });

  it.each([
    [{ noveltyRatio: 0 }, "noveltyRatio is 0, but must be a number from 0.001 to 1"],
    [{ maxStates: 8 }, "maxStates is 8, but must be a whole number from 16 to 8192"],
    [{ memorySamples: 10 }, "memorySamples is 10"],
    [{ holdSamples: 0 }, "holdSamples is 0"],
    [{ rangeFloor: -1 }, "rangeFloor is -1"],
  ])("refuses %j", (options, message) => {
    expect(() => createDefaultDetector(options)).toThrow(message);
  });
});
