import type { Moment } from "@telemetra/core";
import { NOON_MS, poissonChat, secondOf, spikesOf } from "../moments/arrivals.js";
import { box, dot, line, picture, scale, text, type Mark } from "./svg.js";

const SECONDS = 250;
const [FROM_S, TO_S] = [150, 226];
const SLICE_S = 2;
/** The rate that is told of a spike is over this long. */
const RATE_S = 6;

/** A spike that is open goes on while the chat is beyond this many times the usual; a test holds the engine to it. */
export const GOES_ON_RATIO = 2;

/** Two messages a second, then fourteen, then for a while six: less than it takes to open a moment, enough to go on. */
const events = poissonChat({
  seed: 11,
  seconds: SECONDS,
  rateAt: (second) => (second < 170 || second >= 200 ? 2 : second < 184 ? 14 : 6),
});

/** The only moment of the chat, as it was told last, and when it was told first. */
export function plantedMoment(): { readonly moment: Moment; readonly openedS: number; readonly closedS: number } {
  const told = spikesOf(events);
  const [opened] = told.filter(({ phase }) => phase === "opened");
  const [closed, another] = told.filter(({ phase }) => phase === "closed");
  if (opened === undefined || closed === undefined || another !== undefined) throw new Error("one spike was planted");
  return { moment: closed.moment, openedS: secondsOf(opened.moment.detected_at), closedS: closed.second };
}

/** Messages a second over the trailing six seconds, at the end of each slice. */
export function rateAt(second: number): number {
  return events.filter((event) => secondOf(event) >= second - RATE_S && secondOf(event) < second).length / RATE_S;
}

function secondsOf(instant: string): number {
  return (Date.parse(instant) - NOON_MS) / 1000;
}

/** A chat spike on the rate of the chat: onset, when it was told, peak, and an end that does not come too soon. */
export function momentPicture(): string {
  const { moment, openedS, closedS } = plantedMoment();
  const onsetS = secondsOf(moment.timestamp);
  const peakS = secondsOf(moment.peaked_at);
  const endS = secondsOf(moment.ended_at ?? moment.timestamp);
  const usual = Number(moment.metadata["baseline"]);
  const x = scale(FROM_S, TO_S, 70, 690);
  const y = scale(0, 18, 250, 40);
  const curve: [number, number][] = [];
  for (let second = FROM_S; second <= TO_S; second += SLICE_S) curve.push([x(second), y(rateAt(second))]);
  const mark = (second: number, name: string, row: number, look: string, side: "before" | "after"): Mark[] => [
    line(`${look} thin`, [x(second), y(0)], [x(second), 262 + row * 18]),
    side === "after"
      ? text(x(second) + 5, 270 + row * 18, `small ${look}`, name)
      : text(x(second) - 5, 270 + row * 18, `small end ${look}`, name),
  ];
  return picture(
    { width: 720, height: 340, title: "A chat spike from its onset to its end, on the rate of the chat." },
    [
      box(x(onsetS), 40, x(endS) - x(onsetS), y(0) - 40, "soft one"),
      text((x(onsetS) + x(endS)) / 2, 32, "middle bold one", "the moment"),
      ...[0, 5, 10, 15].flatMap((rate) => [
        line("edge thin", [x(FROM_S), y(rate)], [x(TO_S), y(rate)]),
        text(x(FROM_S) - 8, y(rate) + 4, "dim small end", String(rate)),
      ]),
      line("dim dashed", [x(FROM_S), y(usual)], [x(TO_S), y(usual)]),
      text(x(FROM_S) + 4, y(usual) + 14, "dim small", "usual"),
      line("two dashed", [x(FROM_S), y(moment.threshold)], [x(TO_S), y(moment.threshold)]),
      text(x(FROM_S) + 4, y(moment.threshold) - 6, "two small", "opens above this"),
      line("good dashed", [x(FROM_S), y(GOES_ON_RATIO * usual)], [x(TO_S), y(GOES_ON_RATIO * usual)]),
      text(x(FROM_S) + 4, y(GOES_ON_RATIO * usual) - 6, "good small", "goes on above this"),
      line("", ...curve),
      dot(x(peakS), y(moment.metric_value), "one", 5),
      ...mark(onsetS, "onset: when it began", 0, "one", "before"),
      ...mark(openedS, "opened: when it was sure", 1, "two", "before"),
      ...mark(peakS, "peak", 1, "one", "after"),
      ...mark(endS, "end", 0, "one", "before"),
      ...mark(closedS, "closed: its end is told", 1, "two", "before"),
      text(x(TO_S), 324, "dim small end", "messages a second, over the trailing six seconds"),
    ],
  );
}
