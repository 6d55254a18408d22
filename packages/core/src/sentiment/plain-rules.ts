import { BOOST, type PhraseNode } from "./compile-lexicon.js";
import {
  BOOSTER,
  BUT,
  CONTRACTED_NOT,
  DAMPENER,
  DOUBT,
  EMPHASIS,
  KIND,
  LEAST,
  LEAST_GUARD,
  NEGATION,
  NEVER,
  NO,
  NOR,
  OF,
  RATED,
  WITHOUT,
  isUpper,
} from "./flags.js";
import type { Rating } from "./rating.js";

/** How much a word in capitals gains among words that are not, from the published rules. */
export const CAPS = 0.733;
/** What negation makes of a valence. */
export const NEGATED = -0.74;
/** How far a word of degree one, two and three places ahead still reaches. */
export const REACH: readonly number[] = [1, 0.95, 0.9];
/** Strength of one exclamation mark. */
export const EXCLAMATION = 0.292;
const NEVER_SO = 1.25;

/**
 * The rules of VADER (Hutto and Gilbert, "VADER: A Parsimonious Rule-based Model for Sentiment Analysis of Social Media
 * Text", ICWSM 2014), with every habit of the reference program that its scores show.
 */
export function applyPlainRules(rating: Rating): void {
  const { scan, effects } = rating;
  const count = scan.count;
  let capitals = 0;
  for (let i = 0; i < count; i++) if (isUpper(scan.bits[i]!)) capitals++;
  const isMixedCase = capitals > 0 && capitals < count;
  let butAt = -1;
  for (let i = 0; i < count; i++) {
    const flags = rating.flagsAt(i);
    if ((flags & BUT) !== 0 && butAt < 0) butAt = i;
    const isDegree = (flags & (BOOSTER | DAMPENER)) !== 0;
    const isKindOf = (flags & KIND) !== 0 && i + 1 < count && (rating.flagsAt(i + 1) & OF) !== 0;
    effects[i] = (flags & RATED) === 0 || isDegree || isKindOf ? 0 : effectOf(rating, i, isMixedCase);
  }
  if (butAt >= 0) weighAroundBut(rating, butAt);
  rating.emphasis = emphasisOf(scan.exclamations, scan.questions);
}

function effectOf(rating: Rating, i: number, isMixedCase: boolean): number {
  const { scan } = rating;
  const rated = rating.valenceAt(i);
  const flags1 = i > 0 ? rating.flagsAt(i - 1) : 0;
  const flags2 = i > 1 ? rating.flagsAt(i - 2) : 0;
  const flags3 = i > 2 ? rating.flagsAt(i - 3) : 0;
  let effect = rated;
  if ((rating.flagsAt(i) & NO) !== 0 && i + 1 < scan.count && (rating.flagsAt(i + 1) & RATED) !== 0) {
    effect = 0;
    rating.note(i, "no-before-rated", -rated);
  }
  if ((flags1 & NO) !== 0 || (flags2 & NO) !== 0 || ((flags3 & NO) !== 0 && (flags1 & NOR) !== 0)) {
    rating.note(i, "negation", rated * NEGATED - effect);
    effect = rated * NEGATED;
  }
  if (isMixedCase && isUpper(scan.bits[i]!)) {
    const change = effect > 0 ? CAPS : -CAPS;
    effect += change;
    rating.note(i, "capitals", change);
  }
  for (let distance = 1; distance <= 3 && distance <= i; distance++) {
    const at = i - distance;
    const flags = rating.flagsAt(at);
    if ((flags & RATED) !== 0) continue;
    const boost = boostOf(flags, scan.bits[at]!, effect, isMixedCase) * REACH[distance - 1]!;
    if (boost !== 0) {
      effect += boost;
      rating.note(i, "degree", boost);
    }
    const before = effect;
    effect *= negationFactor(distance, flags1, flags2, flags3, flags, scan.bits[at]!);
    if (effect !== before) rating.note(i, "negation", effect - before);
    if (distance === 3) effect = applyPhrases(rating, i, effect);
  }
  if ((flags1 & (LEAST | RATED)) === LEAST && (flags2 & LEAST_GUARD) === 0) {
    rating.note(i, "least", effect * NEGATED - effect);
    effect *= NEGATED;
  }
  return effect;
}

/** Change that the word of degree with these flags makes to a word of valence `effect` right behind it. */
export function boostOf(flags: number, bits: number, effect: number, isMixedCase: boolean): number {
  if ((flags & (BOOSTER | DAMPENER)) === 0) return 0;
  let boost = (flags & BOOSTER) !== 0 ? BOOST : -BOOST;
  if (effect < 0) boost = -boost;
  if (isMixedCase && isUpper(bits)) boost += effect > 0 ? CAPS : -CAPS;
  return boost;
}

function negationFactor(
  distance: number,
  flags1: number,
  flags2: number,
  flags3: number,
  flags: number,
  bits: number,
): number {
  if (distance === 2) {
    if ((flags2 & NEVER) !== 0 && (flags1 & EMPHASIS) !== 0) return NEVER_SO;
    if ((flags2 & WITHOUT) !== 0 && (flags1 & DOUBT) !== 0) return 1;
  } else if (distance === 3) {
    // The reference program strengthens after "so" and "this" with "never" two words ahead of them, or without it.
    if (((flags3 & NEVER) !== 0 && (flags2 & EMPHASIS) !== 0) || (flags1 & EMPHASIS) !== 0) return NEVER_SO;
    if ((flags3 & WITHOUT) !== 0 && ((flags2 | flags1) & DOUBT) !== 0) return 1;
  }
  return (flags & NEGATION) !== 0 || (bits & CONTRACTED_NOT) !== 0 ? NEGATED : 1;
}

/** Phrases around token `i`: those behind it win by order, those ahead of it win over them, phrases of degree add up. */
function applyPhrases(rating: Rating, i: number, effect: number): number {
  const behind =
    rating.phraseAt(i - 1, 2)?.valence ??
    rating.phraseAt(i - 2, 3)?.valence ??
    rating.phraseAt(i - 2, 2)?.valence ??
    rating.phraseAt(i - 3, 3)?.valence ??
    rating.phraseAt(i - 3, 2)?.valence;
  const found = rating.phraseAt(i, 3)?.valence ?? rating.phraseAt(i, 2)?.valence ?? behind;
  let result = effect;
  if (found !== undefined) {
    rating.note(i, "phrase", found - effect);
    result = found;
  }
  const boost =
    boostOfPhrase(rating.phraseAt(i - 3, 3)) +
    boostOfPhrase(rating.phraseAt(i - 3, 2)) +
    boostOfPhrase(rating.phraseAt(i - 2, 2));
  if (boost !== 0) rating.note(i, "degree", boost);
  return result + boost;
}

function boostOfPhrase(node: PhraseNode | undefined): number {
  return node === undefined ? 0 : node.boost;
}

/**
 * What stands before "but" counts half, what stands behind it half as much again. The reference program looks every
 * effect up by its value and so changes the first equal one; its scores depend on that.
 */
function weighAroundBut(rating: Rating, butAt: number): void {
  const { effects, scan } = rating;
  for (let i = 0; i < scan.count; i++) {
    const effect = effects[i]!;
    if (effect === 0) continue;
    const first = effects.indexOf(effect);
    if (first === butAt) continue;
    const change = first < butAt ? effect * 0.5 : effect * 1.5;
    rating.note(first, "but", change - effect);
    effects[first] = change;
  }
}

/** Up to four exclamation marks count, two or three question marks each, more of them as one lot. */
function emphasisOf(exclamations: number, questions: number): number {
  const asked = questions > 3 ? 0.96 : questions > 1 ? questions * 0.18 : 0;
  return Math.min(exclamations, 4) * EXCLAMATION + asked;
}
