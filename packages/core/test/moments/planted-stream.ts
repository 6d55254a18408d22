import type { EventInput } from "@telemetra/core";
import { seededRandom } from "../support/seeded-random.js";
import { NOON_MS } from "./arrivals.js";

const EMOTES = ["LUL", "PogChamp", "Kappa", "BibleThump"];
const TALK = [
  "what a day",
  "is this the last level",
  "no way",
  "gg",
  "I think so",
  "hello from home",
  "LUL",
  "why though",
];
const SECONDS = 420;

type Scene = "surge" | "silence" | "raid" | "announced" | "gifts" | "emotes" | "mood" | "paste" | "spammer";
const SCENES: readonly Scene[] = [
  "surge",
  "silence",
  "raid",
  "announced",
  "gifts",
  "emotes",
  "mood",
  "paste",
  "spammer",
];

/**
 * Seven minutes of a stream of 2 to 6 messages a second, in order of time, in which three things happen: surges, silences,
 * raids with and without their event, gifts, walls of one emote, turns of the mood, pastes. Sometimes with an end.
 */
export function plantedStream(seed: number): EventInput[] {
  const random = seededRandom(seed);
  const pick = <T>(items: readonly T[]): T => items[Math.floor(random() * items.length)]!;
  const events: EventInput[] = [];
  const base = (second: number) => ({
    event_id: `e${events.length}`,
    timestamp: NOON_MS + Math.round(second * 1000),
    stream_id: "s",
  });
  const rate = 2 + 4 * random();
  const scenes = [130, 230, 330].map((second) => ({
    scene: pick(SCENES),
    from: second + 20 * random(),
    lasts: 12 + 20 * random(),
  }));
  const sceneAt = (second: number) => scenes.find(({ from, lasts }) => second >= from && second < from + lasts)?.scene;
  const factor: Partial<Record<Scene, number>> = {
    surge: 6,
    silence: 0.02,
    raid: 5,
    announced: 5,
    paste: 4,
    spammer: 4,
  };
  const paste = "have you heard the one about the streamer who never looked at the chat";

  for (let second = 0; ;) {
    second += -Math.log(1 - random()) / (rate * 8);
    if (second >= SECONDS) break;
    const scene = sceneAt(second);
    if (random() > (scene === undefined ? 1 : (factor[scene] ?? 1)) / 8) continue;
    const isNew = scene === "raid" || scene === "announced" || random() < 0.2;
    const user =
      scene === "spammer" && random() < 0.8
        ? "spammer"
        : isNew
          ? `new${events.length}`
          : `u${Math.floor(random() * 300)}`;
    const isPaste = scene === "paste" && random() < 0.8;
    const isSad = scene === "mood" && random() < 0.9;
    const emotes = scene === "emotes" && random() < 0.8 ? ["PogChamp"] : random() < 0.3 ? [pick(EMOTES)] : [];
    const message = isPaste ? paste : isSad ? "this is terrible, I hate it" : (emotes[0] ?? pick(TALK));
    events.push({ ...base(second), type: "chat", user_id: user, username: user, message, emotes });
  }
  let viewers = 400;
  for (let second = 0; second < SECONDS; second += 15) {
    const scene = sceneAt(second) ?? sceneAt(second - 15);
    const target = scene === "raid" || scene === "announced" ? 700 : 400;
    viewers = Math.round(viewers + (target - viewers) * 0.7 + 20 * (random() - 0.5));
    events.push({ ...base(second + random()), type: "viewer", viewer_count: viewers });
  }
  for (const { scene, from, lasts } of scenes) {
    if (scene === "announced") events.push({ ...base(from), type: "stream_meta", event_type: "raid", raiders: 300 });
    for (let gift = 0; gift < (scene === "gifts" ? 12 : 1); gift++) {
      const [currency, amount] = pick([
        ["USD", 10],
        ["EUR", 5.5],
        ["bits", 500],
      ] as const);
      const user = { user_id: `g${gift}`, username: `g${gift}` };
      const kind = { type: "transaction", transaction_type: "donation", amount, currency } as const;
      events.push({ ...base(from + random() * lasts), ...user, ...kind });
    }
  }
  if (random() < 0.5) events.push({ ...base(SECONDS), type: "stream_meta", event_type: "stream_end" });
  return events.sort((a, b) => (a.timestamp as number) - (b.timestamp as number));
}
