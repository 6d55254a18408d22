import { boostOf, CAPS, NEGATED, REACH } from "./plain-rules.js";
import {
  BOOSTER,
  BUT,
  CLAUSE_END,
  CONTRACTED_NOT,
  DAMPENER,
  EMOJI,
  EMOTE,
  LOWER,
  MARKED_EMOTE,
  NEGATION,
  NO,
  PHRASE_START,
  RATED,
  SARCASM,
  isUpper,
} from "./flags.js";
import type { Rating } from "./rating.js";

/** Tokens of these kinds are utterances of their own: words ahead of them do not turn or strengthen them. */
const STANDS_ALONE = EMOTE | EMOJI;
/** What is left of praise beside an emote that mocks. */
const MOCKED = -0.5;
/** What is left of a rated word in a question. */
const ASKED = 0.5;
const EXCLAMATION = 0.292;

export function applyChatRules(rating: Rating): void {
  const { scan, effects } = rating;
  const count = scan.count;
  let capitals = 0;
  let smalls = 0;
  let butAt = -1;
  let seen = 0;
  for (let i = 0; i < count; i++) {
    const flags = rating.flagsAt(i);
    seen |= flags;
    if ((flags & STANDS_ALONE) !== 0 || (scan.bits[i]! & MARKED_EMOTE) !== 0) continue;
    if ((flags & BUT) !== 0) butAt = i;
    if (isUpper(scan.bits[i]!) && scan.end[i]! - scan.start[i]! > 1) capitals++;
    else if ((scan.bits[i]! & LOWER) !== 0) smalls++;
  }
  if ((seen & (RATED | PHRASE_START)) === 0) {
    effects.fill(0, 0, count);
    return;
  }
  const isMixedCase = capitals > 0 && smalls > 0;
  for (let i = 0; i < count; i++) {
    const flags = rating.flagsAt(i);
    if ((flags & RATED) === 0 || (flags & (BOOSTER | DAMPENER)) !== 0) effects[i] = 0;
    else if ((flags & STANDS_ALONE) !== 0) effects[i] = rating.valenceAt(i);
    else effects[i] = effectOf(rating, i, isMixedCase);
  }
  if ((seen & PHRASE_START) !== 0) applyPhrases(rating);
  if (butAt >= 0) weighAroundBut(rating, butAt);
  dampRepetition(rating);
  if (scan.questions > 0) dampQuestion(rating);
  if ((seen & SARCASM) !== 0) mockPraise(rating);
  rating.emphasis = Math.min(scan.exclamations, 4) * EXCLAMATION;
}

function effectOf(rating: Rating, i: number, isMixedCase: boolean): number {
  const { scan } = rating;
  let effect = rating.valenceAt(i);
  if ((rating.flagsAt(i) & NO) !== 0 && i + 1 < scan.count) {
    const next = rating.flagsAt(i + 1);
    if ((next & RATED) !== 0 && (next & (STANDS_ALONE | NO)) === 0) {
      rating.note(i, "no-before-rated", -effect);
      return 0;
    }
  }
  if (isMixedCase && isUpper(scan.bits[i]!) && scan.end[i]! - scan.start[i]! > 1) {
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
    if ((flags & STANDS_ALONE) !== 0 || (bits & (MARKED_EMOTE | CLAUSE_END)) !== 0) break;
    if (
      (flags & NO) !== 0
        ? (rating.flagsAt(i) & NO) === 0 && distance === 1
        : (flags & NEGATION) !== 0 || (bits & CONTRACTED_NOT) !== 0
    ) {
      isNegated = true;
    }
    if ((flags & RATED) !== 0) continue;
    const boost = boostOf(flags, bits, effect, isMixedCase) * REACH[distance - 1]!;
    if (boost !== 0) {
      effect += boost;
      rating.note(i, "degree", boost);
    }
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
    let length = 3;
    let valence = rating.phraseAt(i, 3)?.valence;
    if (valence === undefined) {
      length = 2;
      valence = rating.phraseAt(i, 2)?.valence;
    }
    if (valence === undefined) continue;
    for (let k = i; k < i + length; k++) {
      const change = (k === i + length - 1 ? valence : 0) - effects[k]!;
      effects[k] = effects[k]! + change;
      rating.note(k, "phrase", change);
    }
    i += length - 1;
  }
}

function weighAroundBut(rating: Rating, butAt: number): void {
  scale(rating, 0, butAt, 0.5, "but");
  scale(rating, butAt + 1, rating.scan.count, 1.5, "but");
}

/** The second of the same entry counts half, the third a third, and so on: a wall of one emote is one emote, loud. */
function dampRepetition(rating: Rating): void {
  const { scan, effects } = rating;
  for (let i = 0; i < scan.count; i++) {
    if (effects[i] === 0) continue;
    const times = rating.timesSeen(scan.entry[i]!);
    if (times > 1) {
      const change = effects[i]! / times - effects[i]!;
      effects[i] = effects[i]! + change;
      rating.note(i, "repetition", change);
    }
  }
}

/** Words of a question ask for a feeling rather than have it. Emotes still have it. */
function dampQuestion(rating: Rating): void {
  scaleWords(rating, ASKED, "question");
}

function mockPraise(rating: Rating): void {
  const { scan, effects } = rating;
  for (let i = 0; i < scan.count; i++) {
    if (effects[i]! <= 0 || (rating.flagsAt(i) & STANDS_ALONE) !== 0) continue;
    const change = effects[i]! * MOCKED - effects[i]!;
    effects[i] = effects[i]! + change;
    rating.note(i, "sarcasm", change);
  }
}

function scaleWords(rating: Rating, factor: number, rule: "question"): void {
  const { scan } = rating;
  for (let i = 0; i < scan.count; i++) {
    if ((rating.flagsAt(i) & STANDS_ALONE) === 0) scale(rating, i, i + 1, factor, rule);
  }
}

function scale(rating: Rating, from: number, to: number, factor: number, rule: "but" | "question"): void {
  const { effects } = rating;
  for (let i = from; i < to; i++) {
    if (effects[i] === 0) continue;
    const change = effects[i]! * factor - effects[i]!;
    effects[i] = effects[i]! + change;
    rating.note(i, rule, change);
  }
}
