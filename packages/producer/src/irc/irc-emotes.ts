import type { Emote } from "@telemetra/core";

/** Most emotes of one message that are kept, which is the limit of a chat event. */
const MAX_EMOTES = 500;
const MAX_NAME_LENGTH = 128;
const RANGE = /^(\d{1,5})-(\d{1,5})$/;
const WORD = /[^\s]+/gu;

/**
 * Reads Twitch's `emotes` tag (`25:0-4,12-16/1902:6-10`), whose ranges count code points and include both ends. Each use
 * is one emote, in the order of the text, named by the text at its place. Ranges that do not lie in the text are left out.
 *
 * @param others emotes that Twitch does not mark (BTTV, FFZ, 7TV) by name: recognised where they are a word of their own
 */
export function readEmotes(tag: string, message: string, others?: ReadonlyMap<string, Emote>): Emote[] {
  const found = readRanges(tag, message);
  if (others !== undefined && others.size > 0) {
    const taken = new Set(found.map(({ at }) => at));
    for (const { 0: word, index } of message.matchAll(WORD)) {
      const emote = others.get(word);
      if (emote !== undefined && !taken.has(index)) found.push({ at: index, emote });
    }
  }
  return found
    .sort((a, b) => a.at - b.at)
    .slice(0, MAX_EMOTES)
    .map(({ emote }) => emote);
}

interface PlacedEmote {
  /** Index of its first UTF-16 unit. */
  readonly at: number;
  readonly emote: Emote;
}

function readRanges(tag: string, message: string): PlacedEmote[] {
  if (tag === "") return [];
  const offsets = codePointOffsets(message);
  const found: PlacedEmote[] = [];
  for (const uses of tag.split("/")) {
    const colon = uses.indexOf(":");
    const id = uses.slice(0, Math.max(0, colon));
    if (id === "" || id.length > MAX_NAME_LENGTH) continue;
    for (const use of uses.slice(colon + 1).split(",")) {
      const range = RANGE.exec(use);
      if (range === null) continue;
      const at = offsets[Number(range[1])];
      const end = offsets[Number(range[2]) + 1];
      if (at === undefined || end === undefined || end <= at || end - at > MAX_NAME_LENGTH) continue;
      found.push({ at, emote: { name: message.slice(at, end), id, provider: "twitch" } });
    }
  }
  return found;
}

/** Where each code point begins in UTF-16 units, and after the last one the length. */
function codePointOffsets(text: string): number[] {
  const offsets = [0];
  let offset = 0;
  for (const point of text) offsets.push((offset += point.length));
  return offsets;
}
