import { runArrivals, WINDOW_S, type Outcome, type Run } from "./arrivals.js";
import { box, dot, line, picture, scale, text, type Mark } from "./svg.js";

const UNTIL_S = 32;

/** How an event is drawn: on time, as a correction, too late. */
function lookOf({ verdict, corrects }: Outcome): "one" | "two" | "bad" {
  if (verdict === "late") return "bad";
  return corrects ? "two" : "one";
}

/** Two axes, when it happened and when it came, and each event as a line from one to the other. */
export function arrivalsPicture(): string {
  const run = runArrivals(UNTIL_S);
  const x = scale(0, 21, 118, 696);
  const [happenedY, cameY] = [74, 196];
  const axis = (y: number, name: string, labelY: number, ticks: readonly number[]): Mark[] => [
    line("dim", [x(0), y], [x(21), y]),
    text(100, y + 4, "end bold", name),
    ...ticks.flatMap((second) => [
      line("dim thin", [x(second), y - 4], [x(second), y + 4]),
      text(x(second), labelY, "dim small middle", `${second} s`),
    ]),
  ];
  const windows = [0, 10].map((startS) => [
    box(x(startS), happenedY - 34, x(WINDOW_S) - x(0), 34, `box soft ${startS === 0 ? "one" : "dim"}`),
    text(x(startS + WINDOW_S / 2), happenedY - 40, "small middle dim", `window [${startS} s, ${startS + WINDOW_S} s)`),
  ]);
  const events = run.outcomes.map((outcome) => {
    const { name, atS, cameS } = outcome.arrival;
    const look = lookOf(outcome);
    return [
      line(`thin ${look}`, [x(atS), happenedY], [x(cameS), cameY]),
      dot(x(atS), happenedY, look),
      dot(x(cameS), cameY, look),
      text(x(atS), happenedY - 9, `small middle ${look}`, name),
      text(x(cameS), cameY + 18, `small middle ${look}`, name),
    ];
  });
  const legend: readonly (readonly [look: string, meaning: string])[] = [
    ["one", "counted in time"],
    ["two", "corrects a closed window"],
    ["bad", "too late"],
  ];
  return picture({ width: 720, height: 270, title: "Eleven events by when they happened and by when they came." }, [
    ...windows.flat(),
    ...axis(happenedY, "it happened", happenedY + 18, [0, 20]),
    ...axis(cameY, "it came", cameY + 36, [0, 5, 10, 15, 20]),
    ...events.flat(),
    ...legend.flatMap(([look, meaning], index) => {
      const at = [118, 280, 500][index] as number;
      return [dot(at + 4, 252, look), text(at + 14, 256, "small", meaning)];
    }),
  ]);
}

/** The watermark over the time at which events come: steps while they come, the pace of the clock once they stop. */
export function watermarkPicture(): string {
  const run = runArrivals(UNTIL_S);
  const x = scale(0, UNTIL_S, 70, 690);
  const y = scale(0, 30, 340, 34);
  const inside = run.watermark.filter(([, watermarkS]) => watermarkS >= 0);
  const closings = run.tellings.filter(({ closed }) => closed.revision === 0);
  return picture({ width: 720, height: 390, title: "The watermark follows the newest event, three seconds behind." }, [
    ...grid(x, y),
    line("dim thin dashed", [x(0), y(0)], [x(29), y(29)]),
    text(x(28.2) - 8, y(28.2) - 2, "dim small end", "no delay"),
    line("good", ...stairs(inside).map(([cameS, watermarkS]): [number, number] => [x(cameS), y(watermarkS)])),
    text(x(9.8), y(4.4), "good bold", "watermark"),
    ...closings.flatMap(({ cameS, closed: { startMs, endMs, value } }) => [
      dot(x(cameS), y(endMs / 1000), "good", 5),
      text(
        x(cameS) + 9,
        y(endMs / 1000) + 17,
        "good small",
        `closes [${startMs / 1000}, ${endMs / 1000}): ${value} events`,
      ),
    ]),
    ...run.outcomes.flatMap((outcome) => {
      const { name, atS, cameS } = outcome.arrival;
      const look = lookOf(outcome);
      return [dot(x(cameS), y(atS), look), text(x(cameS) + 7, y(atS) + 4, `small ${look}`, name)];
    }),
    text(x(19.2), y(13.2), "dim small", "silence: it waits a while,"),
    text(x(19.2), y(13.2) + 16, "dim small", "then goes on with the clock"),
  ]);
}

/** Corners of a line that jumps: a watermark stands still until it does not. */
function stairs(points: Run["watermark"]): (readonly [cameS: number, watermarkS: number])[] {
  return points.flatMap((point, index) => {
    const before = points[index - 1];
    const isJump = before !== undefined && point[1] - before[1] > 0.11;
    return isJump ? [[point[0], before[1]] as const, point] : [point];
  });
}

function grid(x: (s: number) => number, y: (s: number) => number): Mark[] {
  return [
    ...[0, 10, 20].flatMap((second) => [
      line("edge thin", [x(0), y(second)], [x(UNTIL_S), y(second)]),
      text(x(0) - 8, y(second) + 4, "dim small end", `${second} s`),
    ]),
    ...[0, 5, 10, 15, 20, 25, 30].map((second) => text(x(second), y(0) + 18, "dim small middle", `${second} s`)),
    text(x(0) - 50, y(30) + 2, "bold", "it happened"),
    text(x(UNTIL_S), y(0) + 38, "bold end", "it came"),
  ];
}
