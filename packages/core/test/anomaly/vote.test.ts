import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Detector, DetectorFactory } from "../../src/anomaly/detector.js";
import { createMaxDetector, createMinDetector, createVoteDetector } from "../../src/anomaly/vote.js";
import { createZScoreDetector } from "../../src/anomaly/z-score.js";
import { feed, gaussians } from "./support/series.js";

/** Scores each sample by a table, whatever its value. */
function scripted(scores: readonly number[]): DetectorFactory {
  return (): Detector => {
    let index = 0;
    return {
      update: () => {
        const score = scores[index++] ?? 0;
        return { score, isAnomaly: score > 0.5, statistic: score, baseline: null, upper: null, lower: null };
      },
      snapshot: () => ({ kind: "scripted", version: 1, state: index }),
    };
  };
}

const tables = fc.array(
  fc.tuple(
    fc.double({ min: 0, max: 1, noNaN: true }),
    fc.double({ min: 0, max: 1, noNaN: true }),
    fc.double({ min: 0, max: 1, noNaN: true }),
  ),
  {
    minLength: 1,
    maxLength: 20,
  },
);

describe("vote", () => {
  it("takes the k-th highest score, and is an anomaly when k say so", () => {
    fc.assert(
      fc.property(tables, fc.integer({ min: 1, max: 3 }), (table, votes) => {
        const factories = [0, 1, 2].map((column) => scripted(table.map((row) => row[column] ?? 0)));
        const detections = feed(createVoteDetector(factories, votes), Array<number>(table.length).fill(0));
        detections.forEach(({ score, isAnomaly }, at) => {
          const row = table[at] ?? [0, 0, 0];
          expect(score).toBe([...row].sort((a, b) => b - a)[votes - 1]);
          expect(isAnomaly).toBe(row.filter((each) => each > 0.5).length >= votes);
        });
      }),
    );
  });

  it("is the maximum for one vote and the minimum for all of them", () => {
    const factories = [scripted([0.2, 0.9]), scripted([0.6, 0.7])];
    expect(feed(createMaxDetector(factories), [0, 0]).map(({ score }) => score)).toEqual([0.6, 0.9]);
    expect(feed(createMinDetector(factories), [0, 0]).map(({ score }) => score)).toEqual([0.2, 0.7]);
  });

  it("tells every part of every sample, however the vote goes", () => {
    const factory: DetectorFactory = (snapshot) => createZScoreDetector({ windowSamples: 9 }, snapshot);
    const together = createMinDetector([factory, scripted([])]);
    const alone = factory();
    const values = gaussians(40, 71);
    feed(together, values);
    feed(alone, values);
    expect((together.snapshot().state as unknown[])[0]).toEqual(alone.snapshot());
  });

  it("refuses more votes than detectors, none, and the snapshot of another number of them", () => {
    const factory: DetectorFactory = (snapshot) => createZScoreDetector({}, snapshot);
    expect(() => createVoteDetector([factory], 2)).toThrow("votes is 2, but must be a whole number from 1 to 1");
    expect(() => createMaxDetector([])).toThrow("factories.length is 0");
    const snapshot = createMaxDetector([factory]).snapshot();
    expect(() => createMaxDetector([factory, factory], snapshot)).toThrow('snapshot is "of 1 detectors"');
  });
});
