import { count } from "@telemetra/core/aggregate";
import {
  createWindows,
  hopping,
  session,
  tumbling,
  type ClosedWindow,
  type WindowShape,
} from "@telemetra/core/windowing";
import { LATENESS_S, runArrivals } from "./arrivals.js";
import { box, dot, line, picture, scale, text, type Mark } from "./svg.js";

/** When something happened, in seconds: a lively start, a pause, a little more. */
const HAPPENED_S = [2, 4, 5, 9, 13, 15, 16, 17, 29, 32, 33, 41];

interface Cut {
  readonly name: string;
  readonly shape: WindowShape;
  /** Rows that overlapping windows are spread over. */
  readonly rows: number;
}

const CUTS: readonly Cut[] = [
  { name: "tumbling, 20 s", shape: tumbling({ sizeMs: 20_000 }), rows: 1 },
  { name: "hopping, 20 s every 10 s", shape: hopping({ sizeMs: 20_000, hopMs: 10_000 }), rows: 2 },
  { name: "session, gap 8 s", shape: session({ gapMs: 8_000 }), rows: 1 },
];

function windowsOf(shape: WindowShape): ClosedWindow<number>[] {
  const closed: ClosedWindow<number>[] = [];
  const windows = createWindows({ shape, timeOf: (atS: number) => atS * 1000, aggregator: count() });
  windows.on("window", (window) => closed.push(window));
  for (const atS of HAPPENED_S) windows.push(atS);
  windows.flush();
  return closed.sort((a, b) => a.startMs - b.startMs);
}

/** The same events in windows of three shapes, each with its count. */
export function shapesPicture(): string {
  const x = scale(-10, 60, 30, 690);
  const marks: Mark[] = [
    line("dim", [x(-10), 50], [x(60), 50]),
    ...[0, 10, 20, 30, 40, 50].flatMap((second) => [
      line("dim thin", [x(second), 46], [x(second), 54]),
      text(x(second), 70, "dim small middle", `${second} s`),
    ]),
    ...HAPPENED_S.map((atS) => dot(x(atS), 50, "one", 5)),
    text(30, 30, "bold", "events"),
  ];
  let top = 92;
  for (const { name, shape, rows } of CUTS) {
    marks.push(text(30, top + 12, "bold", name));
    windowsOf(shape).forEach(({ startMs, endMs, value }, index) => {
      const [fromX, toX] = [x(startMs / 1000), x(endMs / 1000)];
      const y = top + 20 + (index % rows) * 32;
      marks.push(box(fromX + 1, y, toX - fromX - 2, 26, "box soft one"));
      marks.push(text((fromX + toX) / 2, y + 17, "middle", String(value)));
    });
    top += 34 + rows * 32;
  }
  return picture(
    { width: 720, height: top + 4, title: "Twelve events in tumbling, hopping and session windows." },
    marks,
  );
}

/** What one key of an aligned operator keeps: how many events are in each slice, by its number. */
interface KeptSlices {
  readonly slices: readonly (readonly [index: number, cell: readonly [lastMs: number, count: number]])[];
}

/** An event is added to one slice; each window is the sum of its slices. */
export function slicesPicture(): string {
  const shape = hopping({ sizeMs: 60_000, hopMs: 20_000 });
  // Nothing closes while the picture is taken.
  const windows = createWindows({
    shape,
    timeOf: (atS: number) => atS * 1000,
    aggregator: count(),
    maxOutOfOrdernessMs: 120_000,
  });
  for (let index = 0; index < 40; index++) windows.push((index * index * 7 + 3 * index) % 120);
  const kept = windows.snapshot().keys[0]?.[1].windows as KeptSlices;
  const counts = new Map(kept.slices.map(([index, [, events]]) => [index, events]));
  const open = windows.peek().filter(({ startMs, endMs }) => startMs >= 0 && endMs <= 120_000);
  const x = scale(0, 120, 100, 690);
  const marks: Mark[] = [text(86, 66, "bold end", "slices")];
  for (const [index, events] of [...counts].sort(([a], [b]) => a - b)) {
    const [fromX, toX] = [x((index * shape.sliceMs) / 1000), x(((index + 1) * shape.sliceMs) / 1000)];
    marks.push(box(fromX + 2, 46, toX - fromX - 4, 30, "box soft two"));
    marks.push(text((fromX + toX) / 2, 66, "middle bold", String(events)));
    marks.push(text(fromX, 36, "dim small middle", `${(index * shape.sliceMs) / 1000} s`));
  }
  marks.push(text(x(120), 36, "dim small middle", "120 s"), text(86, 114, "bold end", "windows"));
  open.forEach(({ startMs, endMs, value }, row) => {
    const [fromX, toX] = [x(startMs / 1000), x(endMs / 1000)];
    const parts = [0, 1, 2].map((step) => counts.get(startMs / shape.sliceMs + step) ?? 0);
    marks.push(box(fromX + 2, 94 + row * 34, toX - fromX - 4, 28, "box soft one"));
    marks.push(text((fromX + toX) / 2, 113 + row * 34, "middle", `${parts.join(" + ")} = ${value}`));
  });
  return picture(
    { width: 720, height: 106 + open.length * 34, title: "Windows are sums of slices that they share." },
    marks,
  );
}

/** One window from its first event to the end of its corrections, by the watermark. */
export function lifePicture(): string {
  const run = runArrivals(28);
  const tellings = run.tellings.filter(({ closed }) => closed.startMs === 0);
  const [first, ...corrections] = tellings;
  const endS = (first?.closed.endMs ?? 0) / 1000;
  const x = scale(0, 28, 70, 690);
  const reaches = (watermarkS: number) => run.watermark.find(([, atS]) => atS >= watermarkS)?.[0] ?? 0;
  const [opensS, closesS, overS] = [run.watermark[0]?.[0] ?? 0, reaches(endS), reaches(endS + LATENESS_S)];
  const phase = (fromS: number, toS: number, look: string, name: string, what: string): Mark[] => [
    box(x(fromS) + 1, 40, x(toS) - x(fromS) - 2, 44, `box soft ${look}`),
    text((x(fromS) + x(toS)) / 2, 58, "middle bold", name),
    text((x(fromS) + x(toS)) / 2, 75, "middle small dim", what),
  ];
  return picture({ width: 720, height: 176, title: "The life of one window: open, correctable, over." }, [
    text(70, 26, "", "the window [0 s, 10 s), while events come"),
    ...phase(opensS, closesS, "one", "open", "events are counted"),
    ...phase(closesS, overS, "two", "closed", "corrected"),
    ...phase(overS, 28, "dim", "over", "later still: told as late"),
    ...[first, ...corrections].flatMap((telling) =>
      telling === undefined
        ? []
        : [
            line("good", [x(telling.cameS), 84], [x(telling.cameS), telling.closed.revision === 0 ? 108 : 130]),
            text(
              x(telling.cameS) + (telling.closed.revision === 0 ? -6 : 6),
              telling.closed.revision === 0 ? 106 : 130,
              `good small ${telling.closed.revision === 0 ? "end" : ""}`.trim(),
              `told: ${telling.closed.value} events, revision ${telling.closed.revision}`,
            ),
          ],
    ),
    line("dim", [x(0), 150], [x(28), 150]),
    ...[0, 5, 10, 15, 20, 25].map((second) => text(x(second), 167, "dim small middle", `${second} s`)),
  ]);
}
