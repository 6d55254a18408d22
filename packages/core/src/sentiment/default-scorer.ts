import { defaultLexicon } from "../lexicon.js";
import { createScorer as createScorerOf, type Scorer, type ScorerOptions } from "./create-scorer.js";
import type { ExplainedScore, MessageScore } from "./message-score.js";

/** Options of a scorer whose lexicon is the default one unless another is named. */
export type DefaultScorerOptions = Omit<ScorerOptions, "lexicon"> & Partial<Pick<ScorerOptions, "lexicon">>;

/** Options of one score; all but `emotes` and `explain` are those of a scorer. */
export interface ScoreMessageOptions extends DefaultScorerOptions {
  /** Names that the message's source marked as emotes. Default none. */
  readonly emotes?: readonly string[] | undefined;
  /** Adds `explanation` to the score. Default false. */
  readonly explain?: boolean | undefined;
}

let chatScorer: Scorer | undefined;
let plainScorer: Scorer | undefined;

/**
 * Returns a scorer of the default lexicon, or of `options.lexicon`. Tables are parsed at its first use.
 *
 * @throws InvalidOptionError for a mode that there is not, a threshold or a valence outside its range
 */
export function createScorer(options: DefaultScorerOptions = {}): Scorer {
  return createScorerOf({ ...options, lexicon: options.lexicon ?? defaultLexicon });
}

/**
 * Scores one message, in chat mode unless `{ mode: "plain" }` asks for VADER as published. For many messages with the
 * same extra words or thresholds, make one scorer with `createScorer` instead. No text makes it throw; what is beyond
 * 32,768 UTF-16 units is not read.
 *
 * @throws InvalidOptionError for an option that cannot be used
 */
export function scoreMessage(text: string, options: ScoreMessageOptions & { readonly explain: true }): ExplainedScore;
export function scoreMessage(text: string, options?: ScoreMessageOptions): MessageScore;
export function scoreMessage(text: string, options: ScoreMessageOptions = {}): MessageScore {
  const scorer = scorerFor(options);
  return options.explain === true ? scorer.explain(text, options.emotes) : scorer.score(text, options.emotes);
}

/**
 * `scoreMessage` with the reasons: for every token what it added, and by which rules.
 *
 * @throws InvalidOptionError for an option that cannot be used
 */
export function explainMessage(text: string, options: ScoreMessageOptions = {}): ExplainedScore {
  return scorerFor(options).explain(text, options.emotes);
}

function scorerFor(options: ScoreMessageOptions): Scorer {
  const { lexicon, extraWords, extraEmotes, thresholds, mode = "chat" } = options;
  if (lexicon ?? extraWords ?? extraEmotes ?? thresholds) return createScorer(options);
  if (mode === "plain") return (plainScorer ??= createScorer({ mode }));
  return mode === "chat" ? (chatScorer ??= createScorer()) : createScorer(options);
}
