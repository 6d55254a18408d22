import type { EmoteCount } from "@telemetra/core";

/** An emote on screen. */
export interface TalliedEmote {
  readonly name: string;
  readonly url: string | undefined;
  /** Uses in the trailing 60 s; fades while the emote is missing from the frames. */
  readonly weight: number;
  readonly missedCount: number;
}

/** Frames that an emote may be missing from before it goes: the tail of a top ten changes with every message. */
const MISSES_ALLOWED = 4;
const FADE_RATIO = 0.8;

/** Follows the top emotes from frame to frame so that the tail does not flicker. Heaviest first, at most `max`. */
export function tallyEmotes(
  previous: readonly TalliedEmote[],
  frame: readonly EmoteCount[],
  max: number,
): readonly TalliedEmote[] {
  const present = new Set(frame.map(({ name }) => name));
  const current = frame.map(({ name, url, count }) => ({ name, url, weight: count, missedCount: 0 }));
  const lingering = previous
    .filter(({ name, missedCount }) => !present.has(name) && missedCount < MISSES_ALLOWED)
    .map((emote) => ({ ...emote, weight: emote.weight * FADE_RATIO, missedCount: emote.missedCount + 1 }));
  return [...current, ...lingering].sort((left, right) => right.weight - left.weight).slice(0, max);
}
