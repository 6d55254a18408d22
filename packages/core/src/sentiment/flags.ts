/** Role bits of a lexicon entry. */
export const RATED = 1;
export const BOOSTER = 1 << 1;
export const DAMPENER = 1 << 2;
export const NEGATION = 1 << 3;
export const BUT = 1 << 4;
export const NO = 1 << 5;
export const NEVER = 1 << 6;
export const EMPHASIS = 1 << 7;
export const WITHOUT = 1 << 8;
export const DOUBT = 1 << 9;
export const LEAST = 1 << 10;
export const LEAST_GUARD = 1 << 11;
export const NOR = 1 << 12;
export const KIND = 1 << 13;
export const OF = 1 << 14;
/** The word begins a phrase of the lexicon. */
export const PHRASE_START = 1 << 15;
export const EMOTE = 1 << 16;
export const EMOJI = 1 << 17;
export const SARCASM = 1 << 18;
/** The entry has a namesake that differs only in letter case. */
export const HAS_EXACT = 1 << 19;

/** An utterance of its own: words ahead of it neither turn nor strengthen it. */
export const INTERJECTION = 1 << 20;
export const LAUGHTER = 1 << 21;

/** Bits of a token as it stands in the message. The first four also classify a single character. */
export const LOWER = 1;
export const UPPER = 2;
export const OTHER = 4;
export const PUNCTUATION = 8;
/** The word holds "n't". */
export const CONTRACTED_NOT = 16;
/** The message itself says that the token is an emote. */
export const MARKED_EMOTE = 32;
/** A mark such as a comma or full stop ends the clause behind this word. */
export const CLAUSE_END = 64;

/** Whether a token's letters are all capitals: at least one, and no small letter. */
export function isUpper(bits: number): boolean {
  return (bits & (LOWER | UPPER)) === UPPER;
}
