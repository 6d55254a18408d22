import {
  BOOSTER,
  BUT,
  CLAUSE_END,
  CONTRACTED_NOT,
  DAMPENER,
  EMOJI,
  EMOTE,
  INTERJECTION,
  isUpper,
  LAUGHTER,
  LOWER,
  MARKED_EMOTE,
  NEGATION,
  NO,
  PHRASE_START,
  RATED,
  SARCASM,
} from "./flags.js";
import { boostOf, CAPS, EXCLAMATION, NEGATED, REACH } from "./plain-rules.js";
import type { Rating, SentimentRule } from "./rating.js";

/** Utterances of their own: words ahead of them do not turn or strengthen them. */
const STANDS_ALONE = EMOTE | EMOJI | INTERJECTION;
/** What is left of praise beside an emote that mocks. */
const MOCKED = -0.5;
/** What is left of a rated word in a question: it asks for a feeling rather than has it. */
const ASKED = 0.5;
/** Sum of negative words from which on laughter is scorn, and what is left of it. */
const BLAME = 0.9;
const SCORN = 0.25;

/** The rules of chat: VADER's, made for short messages in which emotes say most. docs/concepts/sentiment.md has them. */
export function applyChatRules(rating: Rating): void {
  const { scan, effects } = rating;
  const { count, bits, entry } = scan;
  const flagsOf = rating.lexicon.table.flags;
  let capitals = 0;
  let smalls = 0;
  let butAt = -1;
  let seen = 0;
  for (let i = 0; i < count; i++) {
    const flags = flagsOf[entry[i]!]!;
    seen |= flags;
    if ((flags & (EMOTE | EMOJI)) !== 0 || (bits[i]! & MARKED_EMOTE) !== 0) continue;
    if ((flags & BUT) !== 0) butAt = i;
    if (isShouted(rating, i)) capitals++;
    else if ((bits[i]! & LOWER) !== 0) smalls++;
  }
  if ((seen & (RATED | PHRASE_START)) === 0) {
    for (let i = 0; i < count; i++) effects[i] = 0;
    return;
  }
  const isMixedCase = capitals > 0 && smalls > 0;
  for (let i = 0; i < count; i++) {
    const flags = flagsOf[entry[i]!]!;
    if ((flags & (RATED | BOOSTER | DAMPENER)) !== RATED) effects[i] = 0;
    else if (standsAlone(rating, i)) effects[i] = rating.valenceAt(i);
    else effects[i] = effectOf(rating, i, isMixedCase);
  }
  if ((seen & PHRASE_START) !== 0) applyPhrases(rating);
  weigh(rating, butAt, (seen & SARCASM) !== 0);
  rating.emphasis = Math.min(scan.exclamations, 4) * EXCLAMATION;
}

function effectOf(rating: Rating, i: number, isMixedCase: boolean): number {
  const { scan } = rating;
  const isNo = (rating.flagsAt(i) & NO) !== 0;
  let effect = rating.valenceAt(i);
  if (isNo && i + 1 < scan.count && (rating.flagsAt(i + 1) & (RATED | STANDS_ALONE | NO)) === RATED) {
    rating.note(i, "no-before-rated", -effect);
    return 0;
  }
  if (isMixedCase && isShouted(rating, i)) {
    const change = effect > 0 ? CAPS : -CAPS;
    effect += change;
    rating.note(i, "capitals", change);
  }
  let isNegated = false;
  for (let distance = 1; distance <= 3 && distance <= i; distance++) {
    const at = i - distance;
    const flags = rating.flagsAt(at);
    const bits = scan.bits[at]!;
    // An emote or the end of a clause: what stands before it speaks of something else.
    if (standsAlone(rating, at) || (bits & CLAUSE_END) !== 0) break;
    if ((flags & NO) !== 0) isNegated ||= distance === 1 && !isNo;
    else if ((flags & NEGATION) !== 0 || (bits & CONTRACTED_NOT) !== 0) isNegated = true;
    if ((flags & RATED) !== 0) continue;
    const boost = boostOf(flags, bits, effect, isMixedCase) * REACH[distance - 1]!;
    effect += boost;
    if (boost !== 0) rating.note(i, "degree", boost);
  }
  if (isNegated) {
    rating.note(i, "negation", effect * NEGATED - effect);
    effect *= NEGATED;
  }
  return effect;
}

/** A phrase speaks for all its words: the last of them takes the phrase's valence, the others nothing. */
function applyPhrases(rating: Rating): void {
  const { scan, effects } = rating;
  for (let i = 0; i + 1 < scan.count; i++) {
    let last = i + 2;
    let valence = rating.phraseAt(i, 3)?.valence;
    if (valence === undefined) {
      last = i + 1;
      valence = rating.phraseAt(i, 2)?.valence;
    }
    if (valence === undefined) continue;
    for (; i <= last; i++) {
      const target = i === last ? valence : 0;
      rating.note(i, "phrase", target - effects[i]!);
      effects[i] = target;
    }
    i = last;
  }
}

/** Lets the message as a whole change what its tokens add. */
function weigh(rating: Rating, butAt: number, isSarcastic: boolean): void {
  const { scan, effects } = rating;
  let blame = 0;
  let laughs = 0;
  for (let i = 0; i < scan.count; i++) {
    if (effects[i] === 0) continue;
    const flags = rating.flagsAt(i);
    laughs |= flags & LAUGHTER;
    if (butAt >= 0 && i !== butAt) multiply(rating, i, i < butAt ? 0.5 : 1.5, "but");
    // The second of the same counts half, the third a third: a wall of one emote is one emote, loud.
    multiply(rating, i, 1 / rating.timesSeen(scan.entry[i]!), "repetition");
    if (standsAlone(rating, i)) continue;
    if (scan.questions > 0) multiply(rating, i, ASKED, "question");
    if (isSarcastic && effects[i]! > 0) multiply(rating, i, MOCKED, "sarcasm");
    if (effects[i]! < 0) blame -= effects[i]!;
  }
  if (laughs === 0 || blame < BLAME) return;
  for (let i = 0; i < scan.count; i++) {
    if ((rating.flagsAt(i) & LAUGHTER) !== 0) multiply(rating, i, SCORN, "scorn");
  }
}

function multiply(rating: Rating, token: number, factor: number, rule: SentimentRule): void {
  const effect = rating.effects[token]!;
  const result = effect * factor;
  if (result === effect) return;
  rating.effects[token] = result;
  rating.note(token, rule, result - effect);
}

function standsAlone(rating: Rating, token: number): boolean {
  return (rating.flagsAt(token) & STANDS_ALONE) !== 0 || (rating.scan.bits[token]! & MARKED_EMOTE) !== 0;
}

/** Whether a word is in capitals: a single letter is not. */
function isShouted(rating: Rating, token: number): boolean {
  const { scan } = rating;
  return isUpper(scan.bits[token]!) && scan.end[token]! - scan.start[token]! > 1;
}
