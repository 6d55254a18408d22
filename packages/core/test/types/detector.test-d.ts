import { expectTypeOf } from "vitest";
import {
  createChatDetector,
  createCusumDetector,
  createDefaultDetector,
  createEwmaBandDetector,
  createMaxDetector,
  createMinDetector,
  createNoveltyDetector,
  createRefractoryDetector,
  createRobustZScoreDetector,
  createSeasonalDetector,
  createSpotDetector,
  createVoteDetector,
  createZScoreDetector,
  type Detection,
  type Detector,
  type DetectorFactory,
  type DetectorSnapshot,
} from "@telemetra/core";

// Every factory takes options and a snapshot, and makes the same thing.
type Factory = (options?: never, snapshot?: DetectorSnapshot) => Detector;
expectTypeOf(createChatDetector).toExtend<Factory>();
expectTypeOf(createCusumDetector).toExtend<Factory>();
expectTypeOf(createDefaultDetector).toExtend<Factory>();
expectTypeOf(createEwmaBandDetector).toExtend<Factory>();
expectTypeOf(createNoveltyDetector).toExtend<Factory>();
expectTypeOf(createRobustZScoreDetector).toExtend<Factory>();
expectTypeOf(createSpotDetector).toExtend<Factory>();
expectTypeOf(createZScoreDetector).toExtend<Factory>();
expectTypeOf(createSeasonalDetector).returns.toEqualTypeOf<Detector>();

const detector = createDefaultDetector();
expectTypeOf<Parameters<Detector["update"]>>().toEqualTypeOf<[value: number, timestampMs: number]>();
expectTypeOf(detector.update(1, 0)).toEqualTypeOf<Detection>();
expectTypeOf<Detection["score"]>().toEqualTypeOf<number>();
expectTypeOf<Detection["isAnomaly"]>().toEqualTypeOf<boolean>();
expectTypeOf<Detection["statistic" | "baseline" | "upper" | "lower"]>().toEqualTypeOf<number | null>();
// @ts-expect-error: a sample has a time
detector.update(1);
// @ts-expect-error: no such option
createChatDetector({ window: 10 });
// @ts-expect-error: one of three
createZScoreDetector({ direction: "upwards" });

// One of your own: the interface is all there is to it.
const stuck: DetectorFactory = (snapshot?: DetectorSnapshot) => {
  let previous = (snapshot?.state ?? null) as number | null;
  return {
    update(value) {
      const isAnomaly = value === previous;
      previous = value;
      return { score: isAnomaly ? 1 : 0, isAnomaly, statistic: null, baseline: previous, upper: null, lower: null };
    },
    snapshot: () => ({ kind: "stuck", version: 1, state: previous }),
  };
};
// @ts-expect-error: a detection says whether it is an anomaly
const incomplete: Detector = { update: () => ({ score: 0 }), snapshot: () => stuck().snapshot() };
void incomplete;

// Combinators take factories, so that a snapshot restores the parts; a detector is none.
const z: DetectorFactory = (snapshot) => createZScoreDetector({}, snapshot);
expectTypeOf(createMaxDetector([stuck, z])).toEqualTypeOf<Detector>();
expectTypeOf(createMinDetector([stuck, z])).toEqualTypeOf<Detector>();
expectTypeOf(createVoteDetector([stuck, z, z], 2)).toEqualTypeOf<Detector>();
expectTypeOf(createRefractoryDetector((snapshot) => createMaxDetector([stuck, z], snapshot))).toEqualTypeOf<Detector>();
// @ts-expect-error: detectors where factories are asked for
createMaxDetector([stuck(), z()]);
// @ts-expect-error: the number of votes is missing
createVoteDetector([stuck, z]);
