import { say } from "../phrases.js";
import { surge, type SceneMaker } from "../scene.js";

/** Menus and loading screens: fewer messages, and viewers leave. */
export const dull: SceneMaker = ({ random }) => ({
  name: "dull",
  durationMs: random.between(32_000, 48_000),
  maxRate: 1,
  rateAt: surge(random.between(0.3, 0.45), 5_000, 60_000, 1),
  line: () => ({ message: say(random, "dull") }),
  viewersAt: () => 0.88,
  happenings: [
    { atMs: 20_000, what: { type: "stream_meta", event_type: "title_change", new_title: say(random, "title") } },
  ],
});
