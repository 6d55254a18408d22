/**
 * Words and numbers of one table, valence −4 (most negative) … 4 (most positive).
 * Either a record, or compact text: every line is a valence followed by the words that have it, one space between.
 * A phrase is written with underscores in text ("2 thank_you"), with underscores or spaces in a record.
 */
export type RatingTable = string | Readonly<Record<string, number>>;

/** Words separated by white space. */
export type WordList = string;

/**
 * What a word does to its neighbours. Each role is named after the English word that plays it in the published rules;
 * another language lists its own words.
 */
export type LexiconRole =
  "but" | "no" | "never" | "emphasis" | "without" | "doubt" | "least" | "leastGuard" | "nor" | "kind" | "of";

/** What only chat needs; the plain mode never reads it. */
export interface ChatLexicon {
  /** Slang and shorthand, and words that mean something else in chat. Wins over `words`. */
  readonly words?: RatingTable;
  /** Pairs of letters: a word of only these two, each at least twice, is laughter ("hahah", "ahahaha" for `ha`). */
  readonly laughs?: RatingTable;
  /** Phrases of two or three words. */
  readonly phrases?: RatingTable;
  /** Emotes known in any letter case. */
  readonly emotes?: RatingTable;
  /** Emotes that are ordinary words in another letter case, so only the exact name counts. */
  readonly exactEmotes?: RatingTable;
  /** What channel emotes end in (`xqcLove`): the part from the last change to upper case. */
  readonly emoteEndings?: RatingTable;
  /** Emoji, without skin tone and variation selector. */
  readonly emoji?: RatingTable;
  /** Emotes and words that turn praise into mockery. */
  readonly sarcasm?: WordList;
  /** Words that stand for themselves ("lol", "wtf"), so that "don't know lol" does not turn them. */
  readonly interjections?: WordList;
  /** Emotes and words that laugh: beside blame they laugh at somebody. `laughs` do too. */
  readonly laughter?: WordList;
}

/** Everything a scorer knows about one language. All tables but `words` may be left out. */
export interface Lexicon {
  /** Rated words and emoticons, in lower case. */
  readonly words: RatingTable;
  /** Words that strengthen what follows; a phrase is written with underscores. */
  readonly boosters?: WordList;
  /** Words that weaken what follows. */
  readonly dampeners?: WordList;
  /** Words that turn what follows round. */
  readonly negations?: WordList;
  /** Phrases of two or three words, whose valence replaces that of their words. */
  readonly phrases?: RatingTable;
  /** Which words play "but", "no" and the like; a role that no word plays is left out. */
  readonly roles?: Readonly<Partial<Record<LexiconRole, WordList>>>;
  /** Lines of an emoji and its description; the plain mode reads the description in place of the emoji. */
  readonly emojiDescriptions?: string;
  /** What only chat needs. */
  readonly chat?: ChatLexicon;
}
