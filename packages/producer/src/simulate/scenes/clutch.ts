import { cheer } from "../money.js";
import { say } from "../phrases.js";
import { surge, type SceneMaker } from "../scene.js";

/** The play of the evening: within seconds everybody writes the same few emotes. */
export const clutch: SceneMaker = (context) => {
  const { random, rate } = context;
  // A handful of people cannot shout as loud as thousands, but next to their usual quiet it is a lot more.
  const peak = random.between(6, 8) * (rate < 2 ? 1.6 : 1);
  const rateAt = surge(peak, random.between(1_500, 2_500), random.between(8_000, 12_000), 4_000);
  return {
    name: "clutch",
    durationMs: 34_000,
    maxRate: peak,
    rateAt,
    line: (elapsedMs) => ({ message: say(random, random.chance(rateAt(elapsedMs) / peak + 0.3) ? "clutch" : "talk") }),
    viewersAt: () => 1.08,
    happenings: [{ atMs: random.between(12_000, 20_000), what: cheer(context) }],
  };
};
