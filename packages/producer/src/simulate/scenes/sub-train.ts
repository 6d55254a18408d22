import { gifts, subscription } from "../money.js";
import { say } from "../phrases.js";
import { surge, type Happening, type SceneMaker } from "../scene.js";

/** One subscription brings the next; in the middle somebody gives away a pile of them. */
export const subTrain: SceneMaker = (context) => {
  const { random, rate } = context;
  const durationMs = 42_000;
  const peak = random.between(2.6, 3.4);
  const rateAt = surge(peak, 6_000, 18_000, 6_000);
  const happenings: Happening[] = [];
  const perSecond = 0.15 + Math.sqrt(rate) / 8;
  for (let atMs = random.gapMs(perSecond); atMs < 30_000; atMs += random.gapMs(perSecond)) {
    happenings.push({ atMs, what: subscription(context) });
  }
  const bombAtMs = random.between(8_000, 14_000);
  const pile = gifts(context, random.pick(rate < 2 ? [5, 5, 10] : [10, 20, 50]));
  happenings.push(...pile.map((what, index) => ({ atMs: bombAtMs + index * 40, what })));
  return {
    name: "sub-train",
    durationMs,
    maxRate: peak,
    rateAt,
    line: () => ({ message: say(random, random.chance(0.75) ? "subTrain" : "talk") }),
    viewersAt: () => 1.03,
    happenings,
  };
};
