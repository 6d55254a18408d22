import { createChatDetector, createRefractoryDetector, type Detection } from "@telemetra/core";
import { seededRandom } from "../support/seeded-random.js";
import { box, dot, line, picture, scale, text } from "./svg.js";

const SLICE_MS = 10_000;
const SAMPLES = 120;

/** Messages in each ten seconds: some twelve, a stir of twice as many, a burst of five times. */
function counts(): number[] {
  const random = seededRandom(7);
  return Array.from({ length: SAMPLES }, (_, index) => {
    const factor = index >= 42 && index < 47 ? 2 : index >= 78 && index < 88 ? 5 - Math.abs(index - 82) / 3 : 1;
    return Math.round(factor * (8 + 8 * random()));
  });
}

/** Twenty minutes of a chat with what its detector expects and allows, and below the score against its threshold. */
export function anomalyPicture(): string {
  const series = counts();
  const detector = createChatDetector();
  const calm = createRefractoryDetector((snapshot) => createChatDetector({}, snapshot));
  const judged = series.map((count, index) => detector.update(count, index * SLICE_MS));
  const alarms = series.flatMap((count, index) => (calm.update(count, index * SLICE_MS).isAnomaly ? [index] : []));
  const x = scale(0, SAMPLES, 70, 700);
  const y = scale(0, 90, 206, 30);
  const scoreY = scale(0, 1, 322, 242);
  const along = (of: (detection: Detection) => number | null, place: (value: number) => number) =>
    judged.flatMap((detection, index): [number, number][] => {
      const value = of(detection);
      return value === null ? [] : [[x(index), place(value)]];
    });
  const found = judged.flatMap(({ isAnomaly }, index) => (isAnomaly ? [index] : []));
  const warmUpEnd = x(judged.findIndex(({ baseline }) => baseline !== null));
  return picture(
    { width: 720, height: 364, title: "A chat with a burst, the bound that the detector allows, and its score." },
    [
      box(x(0), 30, warmUpEnd - x(0), 292, "soft dim"),
      text((x(0) + warmUpEnd) / 2, 352, "dim small middle", "warm-up"),
      ...[0, 40, 80].flatMap((count) => [
        line("edge thin", [x(0), y(count)], [x(SAMPLES), y(count)]),
        text(x(0) - 8, y(count) + 4, "dim small end", String(count)),
      ]),
      line("one", ...series.map((count, index): [number, number] => [x(index), y(count)])),
      line("dim", ...along(({ baseline }) => baseline, y)),
      line("two dashed", ...along(({ upper }) => upper, y)),
      text(x(16), y(46), "two small bold", "upper: beyond this it is an anomaly"),
      text(x(SAMPLES) - 4, y(2), "dim small end", "baseline: the median of the past"),
      text(x(49), y(28), "small one", "a stir: twice the usual"),
      ...found.map((index) => dot(x(index), y(series[index] ?? 0), "bad", 3.5)),
      ...alarms.flatMap((index) => [
        line("bad thin dashed", [x(index), y(series[index] ?? 0)], [x(index), 322]),
        text(x(index) - 8, y(74), "bad small bold end", `${found.length} anomalies, one alarm for the episode`),
      ]),
      ...[0, 0.5, 1].map((score) => text(x(0) - 8, scoreY(score) + 4, "dim small end", String(score))),
      line("edge thin", [x(0), scoreY(0)], [x(SAMPLES), scoreY(0)]),
      line("edge thin", [x(0), scoreY(1)], [x(SAMPLES), scoreY(1)]),
      line("two dashed", [x(0), scoreY(0.5)], [x(SAMPLES), scoreY(0.5)]),
      line("one", ...along(({ score }) => score, scoreY)),
      text(x(SAMPLES), scoreY(1) - 6, "small bold end", "score"),
      text(x(SAMPLES), 352, "dim small end", "twenty minutes, slices of ten seconds"),
    ],
  );
}
