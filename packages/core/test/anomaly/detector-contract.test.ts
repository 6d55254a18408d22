import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Detector, DetectorSnapshot } from "../../src/anomaly/detector.js";
import { InvalidOptionError } from "../../src/errors.js";
import { EVERY_DETECTOR } from "./support/detectors.js";
import { feed, gaussians, seriesArbitrary, STEP_MS } from "./support/series.js";

const QUIET = { score: 0, isAnomaly: false, statistic: null, baseline: null, upper: null, lower: null };
const overTheWire = (detector: Detector): DetectorSnapshot =>
  JSON.parse(JSON.stringify(detector.snapshot())) as DetectorSnapshot;

describe.each(EVERY_DETECTOR)("%s keeps the detector contract", (_name, create) => {
  it("continues identically from a snapshot taken anywhere", () => {
    fc.assert(
      fc.property(seriesArbitrary, fc.nat(), (values, cut) => {
        const at = cut % (values.length + 1);
        const whole = create();
        feed(whole, values.slice(0, at));
        const restored = create(overTheWire(whole));
        expect(feed(restored, values.slice(at), at)).toEqual(feed(whole, values.slice(at), at));
        expect(restored.snapshot()).toEqual(whole.snapshot());
      }),
    );
  });

  it("has JSON-safe detections with a score from 0 to 1, above 0.5 in every anomaly", () => {
    fc.assert(
      fc.property(seriesArbitrary, (values) => {
        for (const detection of feed(create(), values)) {
          expect(JSON.parse(JSON.stringify(detection)) as unknown).toStrictEqual({
            ...detection,
            ...signless(detection),
          });
          expect(detection.score).toBeGreaterThanOrEqual(0);
          expect(detection.score).toBeLessThanOrEqual(1);
          if (detection.isAnomaly) expect(detection.score).toBeGreaterThanOrEqual(0.5);
        }
      }),
    );
  });

  it("ignores values that are not finite or absurdly large, without a trace", () => {
    const values = gaussians(120, 5);
    const plain = create();
    const disturbed = create();
    values.forEach((value, index) => {
      for (const bad of [NaN, Infinity, -Infinity, 1e101, undefined as unknown as number]) {
        expect(disturbed.update(bad, index * STEP_MS)).toEqual(QUIET);
      }
      expect(disturbed.update(value, index * STEP_MS)).toEqual(plain.update(value, index * STEP_MS));
    });
    expect(disturbed.snapshot()).toEqual(plain.snapshot());
  });

  it("answers repeated, backward and unusable timestamps without throwing or breaking", () => {
    const detector = create();
    const timesMs = [0, 0, -5, NaN, Infinity, -Infinity, 1e300, 3, -1e300];
    gaussians(300, 6).forEach((value, index) => {
      const { score } = detector.update(value, timesMs[index % timesMs.length] ?? 0);
      expect(score).toBeGreaterThanOrEqual(0);
    });
    expect(JSON.stringify(detector.snapshot())).not.toContain("null,null");
    expect(Number.isFinite(create(overTheWire(detector)).update(0, 1).score)).toBe(true);
  });

  it("keeps a bounded state", () => {
    const detector = create();
    const sizes = [3000, 3000].map((count, index) => {
      feed(
        detector,
        gaussians(count, 7 + index).map((value) => Math.round(value * 1000) / 8),
        index * count,
      );
      return JSON.stringify(detector.snapshot()).length;
    });
    expect(sizes[1]).toBeLessThan((sizes[0] ?? 0) * 1.5);
  });

  it("never alarms on a constant series", () => {
    for (const constant of [0, 45, -1e9, 1e-9]) {
      const detections = feed(create(), Array<number>(400).fill(constant));
      expect(detections.filter((each) => each.isAnomaly || each.score > 1e-9)).toEqual([]);
    }
  });

  it("refuses the snapshot of another detector or version, naming both", () => {
    const snapshot = create().snapshot();
    expect(() => create({ ...snapshot, kind: "tea-leaves" })).toThrow(InvalidOptionError);
    expect(() => create({ ...snapshot, version: 99 })).toThrow(`${snapshot.kind} v99`);
  });
});

/** JSON has no -0. */
function signless(detection: object): object {
  return Object.fromEntries(Object.entries(detection).map(([key, value]) => [key, value === 0 ? 0 : value]));
}
