import { say } from "../phrases.js";
import { surge, type SceneMaker } from "../scene.js";

/** The run dies at the last gate: more messages than usual, and hardly one of them happy. */
export const heartbreak: SceneMaker = ({ random, rate }) => {
  const peak = random.between(3.5, 4.5) * (rate < 2 ? 1.6 : 1);
  const rateAt = surge(peak, 2_000, random.between(12_000, 16_000), 8_000);
  return {
    name: "heartbreak",
    durationMs: 45_000,
    maxRate: peak,
    rateAt,
    line: (elapsedMs) => ({
      message: say(random, random.chance(elapsedMs < 30_000 ? 0.9 : 0.5) ? "heartbreak" : "talk"),
    }),
    viewersAt: () => 0.97,
    happenings: [],
  };
};
