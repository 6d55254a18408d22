import {
  BOOSTER,
  BUT,
  DAMPENER,
  DOUBT,
  EMOJI,
  EMOTE,
  EMPHASIS,
  HAS_EXACT,
  KIND,
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
import type { Lexicon, LexiconRole, RatingTable, WordList } from "./lexicon.js";
import { ENDING_KEY, EXACT_KEY, LAUGHTER_KEY } from "./token-scan.js";
import { WordTable } from "./word-table.js";

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
  const entry = table.intern(word.toLowerCase());
  table.valence[entry] = valence;
  table.flags[entry] = table.flags[entry]! | RATED | flags;
}

/** Rates the emote `name` in exactly this spelling, and leaves the plain word alone. */
export function rateExactEmote(table: WordTable, name: string, valence: number): void {
  const word = table.intern(name.toLowerCase());
  table.flags[word] = table.flags[word]! | HAS_EXACT;
  const entry = table.intern(String.fromCharCode(EXACT_KEY) + name);
  table.valence[entry] = valence;
  table.flags[entry] = table.flags[entry]! | RATED | EMOTE;
}

function compile(lexicon: Lexicon, mode: SentimentMode): CompiledLexicon {
  const table = new WordTable();
  const phrases = new Map<number, PhraseNode>();
  for (const [word, valence] of entriesOf(lexicon.words)) rateWord(table, word, valence);
  addDegrees(table, phrases, lexicon.boosters, BOOSTER, BOOST);
  addDegrees(table, phrases, lexicon.dampeners, DAMPENER, -BOOST);
  mark(table, lexicon.negations, NEGATION);
  for (const [role, words] of Object.entries(lexicon.roles ?? {})) mark(table, words, ROLE_FLAG[role as LexiconRole]);
  const emojiDescriptions = new Map<number, string>();
  if (mode === "plain") {
    addPhrases(table, phrases, lexicon.phrases);
    for (const line of linesOf(lexicon.emojiDescriptions ?? "")) {
      const space = line.indexOf(" ");
      emojiDescriptions.set(line.codePointAt(0)!, line.slice(space + 1));
    }
  } else {
    addPhrases(table, phrases, lexicon.phrases);
    addChat(table, phrases, lexicon);
  }
  return { table, phrases, emojiDescriptions };
}

function addChat(table: WordTable, phrases: Map<number, PhraseNode>, lexicon: Lexicon): void {
  const chat = lexicon.chat ?? {};
  for (const [word, valence] of entriesOf(chat.words)) {
    const letters = /^\*([a-z])([a-z])$/.exec(word);
    if (letters === null) rateWord(table, word, valence);
    else rateWord(table, String.fromCharCode(LAUGHTER_KEY) + letters.slice(1).sort().join(""), valence);
  }
  addPhrases(table, phrases, chat.phrases);
  for (const [name, valence] of entriesOf(chat.emotes)) rateWord(table, name, valence, EMOTE);
  for (const [name, valence] of entriesOf(chat.exactEmotes)) rateExactEmote(table, name, valence);
  for (const [ending, valence] of entriesOf(chat.emoteEndings)) {
    rateWord(table, String.fromCharCode(ENDING_KEY) + ending, valence, EMOTE);
  }
  for (const [emoji, valence] of entriesOf(chat.emoji)) {
    rateWord(table, emoji.replace(/\ufe0f/g, ""), valence, EMOJI);
  }
  for (const name of wordsOf(chat.sarcasm)) {
    const entry = table.intern(name.toLowerCase());
    table.flags[entry] = table.flags[entry]! | SARCASM;
  }
}

function addDegrees(
  table: WordTable,
  phrases: Map<number, PhraseNode>,
  list: WordList | undefined,
  flag: number,
  boost: number,
): void {
  // A phrase among single words is written with underscores: kind_of.
  for (const item of wordsOf(list)) {
    const parts = item.split("_");
    if (parts.length > 1) phraseNode(table, phrases, parts).boost = boost;
    else mark(table, item, flag);
  }
}

function addPhrases(table: WordTable, phrases: Map<number, PhraseNode>, ratings: RatingTable | undefined): void {
  const rows =
    typeof ratings === "string"
      ? linesOf(ratings).map((line): [string, number] => [line.slice(line.indexOf(" ") + 1), parseFloat(line)])
      : Object.entries(ratings ?? {});
  for (const [phrase, valence] of rows) phraseNode(table, phrases, wordsOf(phrase)).valence = valence;
}

function phraseNode(table: WordTable, phrases: Map<number, PhraseNode>, words: readonly string[]): PhraseNode {
  const first = table.intern(words[0]!.toLowerCase());
  table.flags[first] = table.flags[first]! | PHRASE_START;
  let level = phrases;
  let node: PhraseNode | undefined;
  for (const word of words) {
    const entry = table.intern(word.toLowerCase());
    node = level.get(entry);
    if (node === undefined) level.set(entry, (node = { valence: undefined, boost: 0, next: new Map() }));
    level = node.next;
  }
  return node!;
}

function mark(table: WordTable, list: WordList | undefined, flag: number): void {
  for (const word of wordsOf(list)) {
    const entry = table.intern(word.toLowerCase());
    table.flags[entry] = table.flags[entry]! | flag;
  }
}

function* entriesOf(ratings: RatingTable | undefined): Generator<[string, number]> {
  if (ratings === undefined) return;
  if (typeof ratings !== "string") {
    yield* Object.entries(ratings);
    return;
  }
  for (const line of linesOf(ratings)) {
    const [valence, ...words] = line.split(" ");
    for (const word of words) yield [word, Number(valence)];
  }
}

function linesOf(text: string): string[] {
  return text.split("\n").filter((line) => line !== "");
}

function wordsOf(list: WordList | undefined): string[] {
  return (list ?? "").split(/\s+/).filter((word) => word !== "");
}
