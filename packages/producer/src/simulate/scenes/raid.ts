import { say } from "../phrases.js";
import { surge, type SceneMaker } from "../scene.js";

/** Another channel sends its viewers over: the number of viewers jumps, and people nobody knows fill the chat. */
export const raid: SceneMaker = ({ random, crowd, rate, viewers }) => {
  const from = say(random, "streamer");
  const raiders = Math.max(12, Math.round(viewers * random.between(0.25, 0.6)));
  crowd.arrive(raiders);
  const peak = random.between(4.5, 6) * (rate < 2 ? 1.6 : 1);
  const startMs = 2_000;
  const surgeAt = surge(peak, 3_000, 12_000, 7_000);
  const viewersAt = surge(1 + raiders / viewers, 6_000, 20_000, 60_000);
  return {
    name: "raid",
    durationMs: 50_000,
    maxRate: peak,
    rateAt: (elapsedMs) => surgeAt(elapsedMs - startMs),
    line: (elapsedMs) => {
      if (elapsedMs < startMs || random.chance(0.15)) return { message: say(random, "talk") };
      if (random.chance(0.25)) return { message: say(random, "raidWelcome", { from }) };
      return { message: say(random, "raidHello", { from }), by: "newcomer" };
    },
    viewersAt: (elapsedMs) => viewersAt(elapsedMs - startMs),
    happenings: [{ atMs: startMs, what: { type: "stream_meta", event_type: "raid", raiders, from_stream_id: from } }],
  };
};
