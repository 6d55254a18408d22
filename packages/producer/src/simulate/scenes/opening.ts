import { donation } from "../money.js";
import { say } from "../phrases.js";
import { surge, type SceneMaker } from "../scene.js";

/**
 * How a stream begins: people say hello, after half a minute there is a laugh that one can see, and nothing more until
 * what is usual here has been heard for long enough.
 */
export const opening: SceneMaker = (context) => {
  const { random } = context;
  const laughAtMs = random.between(28_000, 40_000);
  const laugh = surge(1.8, 1_000, 4_000, 1_500);
  return {
    name: "opening",
    durationMs: random.between(90_000, 110_000),
    maxRate: 1.8,
    rateAt: (elapsedMs) => laugh(elapsedMs - laughAtMs),
    line: (elapsedMs) => {
      const sinceLaughMs = elapsedMs - laughAtMs;
      if (sinceLaughMs >= 0 && sinceLaughMs < 7_000) return { message: say(random, "laughs") };
      return { message: say(random, elapsedMs < 15_000 && random.chance(0.5) ? "greeting" : "talk") };
    },
    happenings: [{ atMs: random.between(15_000, 50_000), what: donation(context) }],
  };
};
