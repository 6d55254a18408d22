import { BOOSTER, DAMPENER, EMOJI, EMOTE, MARKED_EMOTE, RATED } from "./flags.js";
import type { ExplainedToken, ScoreExplanation, TokenKind } from "./message-score.js";
import type { Rating, SentimentRule } from "./rating.js";

type Step = readonly [token: number, rule: SentimentRule, change: number];

/** The rating in words, for people who ask why. */
export function describeRating(rating: Rating, text: string, steps: readonly Step[]): ScoreExplanation {
  const { scan, effects } = rating;
  const tokens: ExplainedToken[] = [];
  let sum = 0;
  for (let i = 0; i < scan.count; i++) {
    const start = scan.start[i]!;
    const end = scan.end[i]!;
    sum += effects[i]!;
    tokens.push({
      text: text.slice(start, end),
      start,
      end,
      kind: kindOf(rating, i),
      valence:
        (rating.flagsAt(i) & RATED) !== 0 && (rating.flagsAt(i) & (BOOSTER | DAMPENER)) === 0
          ? rating.valenceAt(i)
          : null,
      contribution: effects[i]! + 0,
      changes: steps.filter(([token]) => token === i).map(([, rule, change]) => ({ rule, change })),
    });
  }
  return { text, tokens, emphasis: rating.emphasis, sum: sum === 0 ? 0 : sum + Math.sign(sum) * rating.emphasis };
}

function kindOf(rating: Rating, token: number): TokenKind {
  const flags = rating.flagsAt(token);
  if ((flags & EMOJI) !== 0) return "emoji";
  return (flags & EMOTE) !== 0 || (rating.scan.bits[token]! & MARKED_EMOTE) !== 0 ? "emote" : "word";
}
