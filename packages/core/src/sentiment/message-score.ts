import type { SentimentRule } from "./rating.js";

export type SentimentLabel = "positive" | "neutral" | "negative";

/** `compound >= positive` is positive, `compound <= negative` negative, the rest neutral; 0 is always neutral. */
export interface SentimentThresholds {
  /** 0…1. */
  readonly positive: number;
  /** −1…0. */
  readonly negative: number;
}

export interface MessageScore {
  /** −1…1, four decimals. */
  readonly compound: number;
  /** Ratios of the message, 0…1, three decimals; they sum to 1, or are all 0 in a message without words. */
  readonly positive: number;
  readonly neutral: number;
  readonly negative: number;
  readonly label: SentimentLabel;
}

export interface ExplainedScore extends MessageScore {
  readonly explanation: ScoreExplanation;
}

export interface ScoreExplanation {
  /** The text as read: plain mode puts descriptions in place of emoji. */
  readonly text: string;
  readonly tokens: readonly ExplainedToken[];
  /** What punctuation adds, in the direction of the sum. */
  readonly emphasis: number;
  /** Sum of all contributions and the emphasis, before it is brought into −1…1. */
  readonly sum: number;
}

export type TokenKind = "word" | "emote" | "emoji";

export interface ExplainedToken {
  readonly text: string;
  /** Place in `explanation.text`, `[start, end)`, UTF-16 units. */
  readonly start: number;
  readonly end: number;
  readonly kind: TokenKind;
  /** The lexicon's rating; null when the lexicon does not have the token. */
  readonly valence: number | null;
  /** What the token adds to the sum: its valence and all changes. */
  readonly contribution: number;
  /** Changes in the order they were made. */
  readonly changes: readonly { readonly rule: SentimentRule; readonly change: number }[];
}
