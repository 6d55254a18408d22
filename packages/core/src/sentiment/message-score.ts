import type { SentimentRule } from "./rating.js";

/** A compound in one word, by `SentimentThresholds`. */
export type SentimentLabel = "positive" | "neutral" | "negative";

/** `compound >= positive` is positive, `compound <= negative` negative, the rest neutral; 0 is always neutral. */
export interface SentimentThresholds {
  /** 0…1. */
  readonly positive: number;
  /** −1…0. */
  readonly negative: number;
}

/** What one message feels like. */
export interface MessageScore {
  /** −1…1, four decimals. */
  readonly compound: number;
  /** Share of the message that is positive, 0…1, three decimals; the three sum to 1, or are all 0 without a word. */
  readonly positive: number;
  /** Share that is neither, 0…1. */
  readonly neutral: number;
  /** Share that is negative, 0…1. */
  readonly negative: number;
  /** The compound in one word. */
  readonly label: SentimentLabel;
}

/** A score with its reasons. */
export interface ExplainedScore extends MessageScore {
  /** How the compound came about. */
  readonly explanation: ScoreExplanation;
}

/** How a compound came about, token by token. */
export interface ScoreExplanation {
  /** The text as read: plain mode puts descriptions in place of emoji. */
  readonly text: string;
  /** In their order in the text. */
  readonly tokens: readonly ExplainedToken[];
  /** What punctuation adds, in the direction of the sum. */
  readonly emphasis: number;
  /** Sum of all contributions and the emphasis, before it is brought into −1…1. */
  readonly sum: number;
}

/** What a token was read as. */
export type TokenKind = "word" | "emote" | "emoji";

/** One word, emote or emoji, and what became of its rating. */
export interface ExplainedToken {
  /** As it is in the text. */
  readonly text: string;
  /** Place in `explanation.text`, `[start, end)`, UTF-16 units. */
  readonly start: number;
  /** Behind the last unit. */
  readonly end: number;
  /** What it was read as. */
  readonly kind: TokenKind;
  /** The lexicon's rating; null when the lexicon does not have the token. */
  readonly valence: number | null;
  /** What the token adds to the sum: its valence and all changes. */
  readonly contribution: number;
  /** Changes in the order they were made. */
  readonly changes: readonly { readonly rule: SentimentRule; readonly change: number }[];
}
