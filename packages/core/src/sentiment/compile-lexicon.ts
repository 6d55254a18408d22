import {
  BOOSTER,
  BUT,
  DAMPENER,
  DOUBT,
  EMOJI,
  EMOTE,
  EMPHASIS,
  HAS_EXACT,
  INTERJECTION,
  KIND,
  LAUGHTER,
  LEAST,
  LEAST_GUARD,
  NEGATION,
  NEVER,
  NO,
  NOR,
  OF,
  PHRASE_START,
  RATED,
  SARCASM,
  WITHOUT,
} from "./flags.js";
import type { ChatLexicon, Lexicon, LexiconRole, RatingTable, WordList } from "./lexicon.js";
import { ENDING_KEY, EXACT_KEY, LAUGHTER_KEY } from "./token-scan.js";
import { WordTable } from "./word-table.js";

/** `"chat"` knows emotes, emoji and slang; `"plain"` is VADER as published (Hutto & Gilbert 2014). */
export type SentimentMode = "chat" | "plain";

/** What a phrase does: its own valence, and the phrases that go on from it. */
export interface PhraseNode {
  valence: number | undefined;
  /** Change of strength, for booster phrases. */
  boost: number;
  readonly next: Map<number, PhraseNode>;
}

/** A lexicon made ready for one mode. */
export interface CompiledLexicon {
  readonly table: WordTable;
  readonly phrases: ReadonlyMap<number, PhraseNode>;
  readonly emojiDescriptions: ReadonlyMap<number, string>;
}

/** Change that a word of degree makes to its neighbour, from the published rules. */
export const BOOST = 0.293;

const ROLE_FLAG: Readonly<Record<LexiconRole, number>> = {
  but: BUT,
  no: NO,
  never: NEVER,
  emphasis: EMPHASIS,
  without: WITHOUT,
  doubt: DOUBT,
  least: LEAST,
  leastGuard: LEAST_GUARD,
  nor: NOR,
  kind: KIND,
  of: OF,
};

const compiled: Readonly<Record<SentimentMode, WeakMap<Lexicon, CompiledLexicon>>> = {
  chat: new WeakMap(),
  plain: new WeakMap(),
};

/** The lexicon ready for `mode`: parsed at first use, then shared by every scorer of that lexicon. */
export function compileLexicon(lexicon: Lexicon, mode: SentimentMode): CompiledLexicon {
  let result = compiled[mode].get(lexicon);
  if (result === undefined) compiled[mode].set(lexicon, (result = compile(lexicon, mode)));
  return result;
}

/** Rates `word` whatever its letter case. */
export function rateWord(table: WordTable, word: string, valence: number, flags = 0): void {
  // Emoticons and emoji stand for themselves; a variation selector is no part of an emoji.
  const isFace = !/[a-z\d]{2}|[^\0-\x7f]{2}/i.test(word);
  rate(table, word.toLowerCase().replace("\ufe0f", ""), valence, isFace ? flags | INTERJECTION : flags);
}

/** Rates the emote `name` in exactly this spelling, and leaves the plain word alone. */
export function rateExactEmote(table: WordTable, name: string, valence: number): void {
  mark(table, name, HAS_EXACT);
  rate(table, String.fromCharCode(EXACT_KEY) + name, valence, EMOTE);
}

function rate(table: WordTable, key: string, valence: number, flags: number): void {
  const entry = table.intern(key);
  table.valence[entry] = valence;
  // The newest rating wins: over a namesake in one letter case, and over a word of degree, which itself says nothing.
  table.flags[entry] = (table.flags[entry]! & ~(HAS_EXACT | BOOSTER | DAMPENER)) | RATED | flags;
}

/** Gives `word` a role. Returns its entry. */
function mark(table: WordTable, word: string, flag: number): number {
  const entry = table.intern(word.toLowerCase());
  table.flags[entry] = table.flags[entry]! | flag;
  return entry;
}

function compile(lexicon: Lexicon, mode: SentimentMode): CompiledLexicon {
  const table = new WordTable();
  const phrases: PhraseNode["next"] = new Map();
  const { boosters, dampeners, negations, roles = {}, chat } = lexicon;
  const addPhrase = (phrase: string, valence: number): void => {
    phraseNode(table, phrases, phrase).valence = valence;
  };
  eachRating(lexicon.words, (word, valence) => rateWord(table, word, valence));
  eachWord(boosters, (word) => addDegree(table, phrases, word, BOOSTER, BOOST));
  eachWord(dampeners, (word) => addDegree(table, phrases, word, DAMPENER, -BOOST));
  eachWord(negations, (word) => mark(table, word, NEGATION));
  for (const role of Object.keys(roles) as LexiconRole[]) {
    eachWord(roles[role], (word) => mark(table, word, ROLE_FLAG[role]));
  }
  eachRating(lexicon.phrases, addPhrase);
  if (mode === "chat" && chat !== undefined) {
    addChat(table, chat);
    eachRating(chat.phrases, addPhrase);
  }
  return { table, phrases, emojiDescriptions: mode === "plain" ? descriptionsOf(lexicon) : new Map() };
}

function addChat(table: WordTable, chat: ChatLexicon): void {
  eachRating(chat.words, (word, valence) => rateWord(table, word, valence));
  eachRating(chat.laughs, (letters, valence) => {
    const key = String.fromCharCode(LAUGHTER_KEY) + letters.split("").sort().join("");
    rate(table, key, valence, INTERJECTION | LAUGHTER);
  });
  eachRating(chat.emotes, (name, valence) => rateWord(table, name, valence, EMOTE));
  eachRating(chat.exactEmotes, (name, valence) => rateExactEmote(table, name, valence));
  eachRating(chat.emoteEndings, (ending, valence) => {
    rate(table, String.fromCharCode(ENDING_KEY) + ending.toLowerCase(), valence, EMOTE);
  });
  eachRating(chat.emoji, (emoji, valence) => rateWord(table, emoji, valence, EMOJI));
  eachWord(chat.sarcasm, (word) => mark(table, word, SARCASM));
  eachWord(chat.interjections, (word) => mark(table, word, INTERJECTION));
  eachWord(chat.laughter, (word) => mark(table, word, LAUGHTER));
}

function addDegree(table: WordTable, phrases: PhraseNode["next"], word: string, flag: number, boost: number): void {
  if (word.includes("_")) phraseNode(table, phrases, word).boost = boost;
  else mark(table, word, flag);
}

function phraseNode(table: WordTable, phrases: PhraseNode["next"], phrase: string): PhraseNode {
  const root: PhraseNode = { valence: undefined, boost: 0, next: phrases };
  let node = root;
  for (const word of phrase.split(/[ _]/)) {
    const entry = mark(table, word, node === root ? PHRASE_START : 0);
    let next = node.next.get(entry);
    if (next === undefined) node.next.set(entry, (next = { valence: undefined, boost: 0, next: new Map() }));
    node = next;
  }
  return node;
}

function descriptionsOf(lexicon: Lexicon): Map<number, string> {
  const descriptions = new Map<number, string>();
  for (const line of (lexicon.emojiDescriptions ?? "").split("\n")) {
    if (line !== "") descriptions.set(line.codePointAt(0)!, line.slice(line.indexOf(" ") + 1));
  }
  return descriptions;
}

function eachRating(ratings: RatingTable = {}, take: (key: string, valence: number) => void): void {
  if (typeof ratings !== "string") {
    for (const [key, valence] of Object.entries(ratings)) take(key, valence);
    return;
  }
  for (const line of ratings.split("\n")) {
    const [valence, ...keys] = line.split(" ");
    for (const key of keys) take(key, Number(valence));
  }
}

function eachWord(list: WordList = "", take: (word: string) => void): void {
  for (const word of list.split(/\s+/)) if (word !== "") take(word);
}
