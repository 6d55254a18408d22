import { say } from "../phrases.js";
import { surge, type SceneMaker } from "../scene.js";

/** One text goes round, word for word, and comes from everybody. */
export const copypasta: SceneMaker = ({ random }) => {
  const text = say(random, "copypasta");
  const peak = random.between(2.6, 3.6);
  return {
    name: "copypasta",
    durationMs: 36_000,
    maxRate: peak,
    rateAt: surge(peak, 6_000, 12_000, 6_000),
    line: (elapsedMs) => ({ message: random.chance(elapsedMs < 26_000 ? 0.7 : 0.25) ? text : say(random, "talk") }),
    happenings: [],
  };
};
