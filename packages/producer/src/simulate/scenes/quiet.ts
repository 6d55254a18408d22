import { cheer, donation } from "../money.js";
import { say } from "../phrases.js";
import type { Happening, SceneMaker } from "../scene.js";

/** People talk. Now and then something small makes them laugh, and somebody gives a little. */
export const quiet: SceneMaker = (context) => {
  const { random } = context;
  const durationMs = random.between(32_000, 58_000);
  const swing = random.between(0.05, 0.15);
  const swingMs = random.between(20_000, 40_000);
  const jokeAtMs = random.between(8_000, durationMs - 8_000);
  const isJoke = (elapsedMs: number) => elapsedMs >= jokeAtMs && elapsedMs < jokeAtMs + 5_000;
  const happenings: Happening[] = [];
  if (random.chance(0.5)) happenings.push({ atMs: random.between(0, durationMs), what: donation(context) });
  if (random.chance(0.4)) happenings.push({ atMs: random.between(0, durationMs), what: cheer(context) });
  return {
    name: "quiet",
    durationMs,
    maxRate: 1.7,
    rateAt: (elapsedMs) => (isJoke(elapsedMs) ? 1.4 : 1) * (1 + swing * Math.sin((elapsedMs / swingMs) * 2 * Math.PI)),
    line: (elapsedMs) => ({ message: say(random, isJoke(elapsedMs) && random.chance(0.6) ? "laughs" : "talk") }),
    happenings,
  };
};
