import { InvalidOptionError, requireNumber } from "../errors.js";
import { applyChatRules } from "./chat-rules.js";
import {
  compileLexicon,
  rateExactEmote,
  rateWord,
  type CompiledLexicon,
  type SentimentMode,
} from "./compile-lexicon.js";
import { describeRating } from "./describe-rating.js";
import { expandEmoji } from "./expand-emoji.js";
import type { Lexicon } from "./lexicon.js";
import type { ExplainedScore, MessageScore, SentimentLabel, SentimentThresholds } from "./message-score.js";
import { applyPlainRules } from "./plain-rules.js";
import { Rating, type NoteStep } from "./rating.js";

/** What a scorer knows and where its labels begin. */
export interface ScorerOptions {
  /** The words it knows. `createScorer` of the package takes the default lexicon without it. */
  readonly lexicon: Lexicon;
  /** `"chat"` knows emotes, emoji and slang; `"plain"` is VADER as published. Default `"chat"`. */
  readonly mode?: SentimentMode | undefined;
  /** Valences −4…4 of further words, in any letter case. They win over the lexicon's. Default none. */
  readonly extraWords?: Readonly<Record<string, number>> | undefined;
  /** Valences −4…4 of further emotes, in exactly this letter case. They win over the lexicon's. Default none. */
  readonly extraEmotes?: Readonly<Record<string, number>> | undefined;
  /** Where a compound becomes a label. Default ±0.05 in plain mode (as published), ±0.2 in chat mode. */
  readonly thresholds?: Partial<SentimentThresholds> | undefined;
}

/** Scores messages, one at a time, without making objects on the way to `compound`. */
export interface Scorer {
  /** The mode it was made with. */
  readonly mode: SentimentMode;
  /** Where labels begin, defaults filled in. */
  readonly thresholds: SentimentThresholds;
  /**
   * Compound, ratios and label of a text; no text makes it throw.
   *
   * @param emotes names that the message's source marked as emotes
   */
  score(text: string, emotes?: readonly string[]): MessageScore;
  /** The compound alone, −1…1, rounded to four decimals. The fast path. */
  compound(text: string, emotes?: readonly string[]): number;
  /** The score, and for every token what it added and by which rules. */
  explain(text: string, emotes?: readonly string[]): ExplainedScore;
  /** The label of a compound, by `thresholds`. */
  label(compound: number): SentimentLabel;
  /** Rates further words from now on. @throws InvalidOptionError for a valence outside −4…4. */
  addWords(words: Readonly<Record<string, number>>): void;
  /** Rates further emotes from now on. @throws InvalidOptionError for a valence outside −4…4. */
  addEmotes(emotes: Readonly<Record<string, number>>): void;
}

const DEFAULT_THRESHOLDS: Readonly<Record<SentimentMode, SentimentThresholds>> = {
  plain: { positive: 0.05, negative: -0.05 },
  chat: { positive: 0.2, negative: -0.2 },
};

/** Longest word or emote name that a scorer can be given, in UTF-16 units. */
const MAX_KEY_LENGTH = 128;

/** Returns a scorer over `options.lexicon`. @throws InvalidOptionError */
export function createScorer(options: ScorerOptions): Scorer {
  const { lexicon, mode = "chat", extraWords, extraEmotes, thresholds } = options;
  if (mode !== "chat" && mode !== "plain") throw new InvalidOptionError("mode", mode, '"chat" or "plain"');
  const scorer = new LexiconScorer(compileLexicon(lexicon, mode), mode, resolveThresholds(mode, thresholds));
  if (extraWords !== undefined) scorer.addWords(extraWords);
  if (extraEmotes !== undefined) scorer.addEmotes(extraEmotes);
  return scorer;
}

function resolveThresholds(mode: SentimentMode, wanted: Partial<SentimentThresholds> = {}): SentimentThresholds {
  const { positive = DEFAULT_THRESHOLDS[mode].positive, negative = DEFAULT_THRESHOLDS[mode].negative } = wanted;
  return Object.freeze({
    positive: requireNumber("thresholds.positive", positive, 0, 1),
    negative: requireNumber("thresholds.negative", negative, -1, 0),
  });
}

class LexiconScorer implements Scorer {
  readonly mode: SentimentMode;
  readonly thresholds: SentimentThresholds;
  readonly #rating: Rating;
  #ownsTable = false;

  constructor(lexicon: CompiledLexicon, mode: SentimentMode, thresholds: SentimentThresholds) {
    this.mode = mode;
    this.thresholds = thresholds;
    this.#rating = new Rating(lexicon);
  }

  compound(text: string, emotes?: readonly string[]): number {
    return this.#rate(text, emotes, undefined);
  }

  score(text: string, emotes?: readonly string[]): MessageScore {
    return this.#scoreOf(this.#rate(text, emotes, undefined));
  }

  explain(text: string, emotes?: readonly string[]): ExplainedScore {
    const steps: [token: number, rule: Parameters<NoteStep>[1], change: number][] = [];
    const compound = this.#rate(text, emotes, (...step) => steps.push(step));
    return { ...this.#scoreOf(compound), explanation: describeRating(this.#rating, this.#read(text), steps) };
  }

  label(compound: number): SentimentLabel {
    if (compound >= this.thresholds.positive && compound > 0) return "positive";
    return compound <= this.thresholds.negative && compound < 0 ? "negative" : "neutral";
  }

  addWords(words: Readonly<Record<string, number>>): void {
    this.#add("extraWords", words, rateWord);
  }

  addEmotes(emotes: Readonly<Record<string, number>>): void {
    this.#add("extraEmotes", emotes, rateExactEmote);
  }

  #add(option: string, ratings: Readonly<Record<string, number>>, rate: typeof rateWord | typeof rateExactEmote): void {
    const rows = Object.entries(ratings);
    for (const [key, valence] of rows) {
      requireNumber(`${option}[${JSON.stringify(key)}]`, valence, -4, 4);
      if (key === "" || key.length > MAX_KEY_LENGTH || /\s/.test(key)) {
        throw new InvalidOptionError(option, key, `keyed by words of 1 to ${MAX_KEY_LENGTH} characters without spaces`);
      }
    }
    if (rows.length === 0) return;
    // Other scorers share the compiled lexicon, so the first addition takes a copy.
    if (!this.#ownsTable) this.#rating.lexicon = { ...this.#rating.lexicon, table: this.#rating.lexicon.table.clone() };
    this.#ownsTable = true;
    for (const [key, valence] of rows) rate(this.#rating.lexicon.table, tokenOf(key), valence);
  }

  #read(text: string): string {
    return this.mode === "plain" ? expandEmoji(text, this.#rating.lexicon.emojiDescriptions) : text;
  }

  #rate(text: string, emotes: readonly string[] | undefined, noteStep: NoteStep | undefined): number {
    const rating = this.#rating;
    if (this.mode === "plain") {
      rating.begin(this.#read(text), false, undefined, noteStep);
      applyPlainRules(rating);
    } else {
      rating.begin(text, true, emotes, noteStep);
      applyChatRules(rating);
    }
    return round(rating.finish(), 1e4);
  }

  #scoreOf(compound: number): MessageScore {
    const { positive, neutral, negative } = this.#rating;
    const total = positive + neutral + negative;
    return {
      compound,
      positive: total === 0 ? 0 : round(positive / total, 1e3),
      neutral: total === 0 ? 0 : round(neutral / total, 1e3),
      negative: total === 0 ? 0 : round(negative / total, 1e3),
      label: this.label(compound),
    };
  }
}

/** The key as the message's tokens come: without the punctuation around it, unless little else is left. */
function tokenOf(key: string): string {
  const bare = key.replace(/^[!-/:-@[-`{-~]+|[!-/:-@[-`{-~]+$/g, "");
  return bare.length > 2 ? bare : key;
}

function round(value: number, scale: number): number {
  // Adding zero turns −0 into 0.
  return Math.round(value * scale) / scale + 0;
}
