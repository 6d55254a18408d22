import type { Emote } from "@telemetra/core";

/**
 * Emotes by what people mean with them: names as they are typed on Twitch, from Twitch itself or from the BTTV and 7TV
 * sets that most channels have. Names only, so that a simulation loads no picture from anybody's server.
 */
export const EMOTES = {
  hype: ["PogChamp", "PogChamp", "Clap", "POGGERS", "PogU", "EZ", "Kreygasm", "HYPERS"],
  shock: ["WutFace", "D:", "monkaS", "monkaW", "NOWAYING"],
  laugh: ["LUL", "KEKW", "OMEGALUL", "LULW", "4Head"],
  sad: ["BibleThump", "Sadge", "PepeHands", "FeelsBadMan", "NotLikeThis"],
  love: ["bleedPurple", "FeelsGoodMan", "peepoLove", "VoHiYo", "SeemsGood"],
  greet: ["HeyGuys", "peepoHey", "VoHiYo"],
  bored: ["ResidentSleeper", "Bedge", "Waiting"],
  wry: ["Kappa", "Clueless", "Copium", "PauseChamp", "CoolCat", "modCheck"],
  raid: ["TombRaid", "peepoArrive", "HeyGuys"],
} as const satisfies Readonly<Record<string, readonly [string, ...string[]]>>;

const known: ReadonlyMap<string, Emote> = new Map(
  Object.values(EMOTES)
    .flat()
    .map((name) => [name, Object.freeze({ name })]),
);

/** The emotes in a message, in order and with repeats: every word that is one. */
export function findEmotes(message: string): Emote[] {
  return message.split(" ").flatMap((word) => known.get(word) ?? []);
}
