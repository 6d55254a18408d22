import { defaultLexicon } from "../lexicon.js";
import { createScorer as createScorerOf, type Scorer, type ScorerOptions } from "./create-scorer.js";
import type { ExplainedScore, MessageScore } from "./message-score.js";

/** Options of a scorer whose lexicon is the default one unless another is named. */
export type DefaultScorerOptions = Omit<ScorerOptions, "lexicon"> & Partial<Pick<ScorerOptions, "lexicon">>;

export interface ScoreMessageOptions extends DefaultScorerOptions {
  /** Names that the message's source marked as emotes. */
  readonly emotes?: readonly string[] | undefined;
  /** Adds `explanation` to the score. Default false. */
  readonly explain?: boolean | undefined;
}

let chatScorer: Scorer | undefined;
let plainScorer: Scorer | undefined;

/** Returns a scorer of the default lexicon, or of `options.lexicon`. @throws InvalidOptionError */
export function createScorer(options: DefaultScorerOptions = {}): Scorer {
  return createScorerOf({ ...options, lexicon: options.lexicon ?? defaultLexicon });
}

/**
 * Scores one message, in chat mode unless `{ mode: "plain" }` asks for VADER as published. For many messages with the
 * same extra words or thresholds, make one scorer with `createScorer` instead.
 */
export function scoreMessage(text: string, options: ScoreMessageOptions & { readonly explain: true }): ExplainedScore;
export function scoreMessage(text: string, options?: ScoreMessageOptions): MessageScore;
export function scoreMessage(text: string, options: ScoreMessageOptions = {}): MessageScore {
  const scorer = scorerFor(options);
  return options.explain === true ? scorer.explain(text, options.emotes) : scorer.score(text, options.emotes);
}

/** `scoreMessage` with the reasons: for every token what it added, and by which rules. */
export function explainMessage(text: string, options: ScoreMessageOptions = {}): ExplainedScore {
  return scorerFor(options).explain(text, options.emotes);
}

function scorerFor(options: ScoreMessageOptions): Scorer {
  const { lexicon, extraWords, extraEmotes, thresholds, mode = "chat" } = options;
  if (lexicon ?? extraWords ?? extraEmotes ?? thresholds) return createScorer(options);
  if (mode === "plain") return (plainScorer ??= createScorer({ mode }));
  return mode === "chat" ? (chatScorer ??= createScorer()) : createScorer(options);
}
