import type { CompiledLexicon, PhraseNode } from "./compile-lexicon.js";
import { PHRASE_START } from "./flags.js";
import { TokenScan } from "./token-scan.js";

/** Rules that change what a token adds to the sum. */
export type SentimentRule =
  | "but"
  | "capitals"
  | "degree"
  | "least"
  | "negation"
  | "no-before-rated"
  | "phrase"
  | "question"
  | "repetition"
  | "sarcasm"
  | "scorn";

/** Receives each step of the rules, when somebody asked why. */
export type NoteStep = (token: number, rule: SentimentRule, change: number) => void;

/** Squared sum at which the compound reaches half of its square range, from the published rules. */
const NORMALISATION = 15;

/** One message on its way to a score: its tokens and what each adds. Every message reuses the same arrays. */
export class Rating {
  readonly scan = new TokenScan();
  lexicon: CompiledLexicon;
  /** What each token adds to the sum, after the rules. */
  effects = new Float64Array(2048);
  /** Strength that punctuation adds, in the direction of the sum. */
  emphasis = 0;
  positive = 0;
  neutral = 0;
  negative = 0;
  #noteStep: NoteStep | undefined;
  // How often an entry came up in this message: a stamp tells a count of this message from an old one.
  #message = 0;
  #stamp = new Int32Array(0);
  #times = new Int32Array(0);

  constructor(lexicon: CompiledLexicon) {
    this.lexicon = lexicon;
  }

  begin(text: string, isChat: boolean, emotes: readonly string[] | undefined, noteStep: NoteStep | undefined): void {
    this.scan.scan(text, this.lexicon.table, isChat, emotes);
    if (this.effects.length < this.scan.bits.length) this.effects = new Float64Array(this.scan.bits.length);
    this.emphasis = 0;
    this.#noteStep = noteStep;
    const entries = this.lexicon.table.flags.length;
    if (this.#stamp.length < entries) {
      this.#stamp = new Int32Array(entries);
      this.#times = new Int32Array(entries);
    }
    this.#message = (this.#message + 1) | 0 || 1;
  }

  flagsAt(token: number): number {
    return this.lexicon.table.flags[this.scan.entry[token]!]!;
  }

  valenceAt(token: number): number {
    return this.lexicon.table.valence[this.scan.entry[token]!]!;
  }

  note(token: number, rule: SentimentRule, change: number): void {
    this.#noteStep?.(token, rule, change);
  }

  /** Counts one more occurrence of `entry` in this message and returns how many there are now. */
  timesSeen(entry: number): number {
    if (this.#stamp[entry] === this.#message) return (this.#times[entry] = this.#times[entry]! + 1);
    this.#stamp[entry] = this.#message;
    return (this.#times[entry] = 1);
  }

  /** The phrase of exactly `length` tokens that begins at `first`, if the lexicon has it. */
  phraseAt(first: number, length: number): PhraseNode | undefined {
    const { scan, lexicon } = this;
    if (first < 0 || first + length > scan.count || (this.flagsAt(first) & PHRASE_START) === 0) return undefined;
    let level: ReadonlyMap<number, PhraseNode> = lexicon.phrases;
    let node: PhraseNode | undefined;
    for (let i = 0; i < length; i++) {
      node = level.get(scan.entry[first + i]!);
      if (node === undefined) return undefined;
      level = node.next;
    }
    return node;
  }

  /** The compound score of the effects, and the three weights behind the ratios. */
  finish(): number {
    const { effects, emphasis } = this;
    const count = this.scan.count;
    let sum = 0;
    let positive = 0;
    let neutral = 0;
    let negative = 0;
    for (let i = 0; i < count; i++) {
      const effect = effects[i]!;
      sum += effect;
      // A neutral word weighs 1, so a rated one weighs 1 and its strength.
      if (effect > 0) positive += effect + 1;
      else if (effect < 0) negative += 1 - effect;
      else neutral++;
    }
    if (positive > negative) positive += emphasis;
    else if (positive < negative) negative += emphasis;
    this.positive = positive;
    this.neutral = neutral;
    this.negative = negative;
    if (sum > 0) sum += emphasis;
    else if (sum < 0) sum -= emphasis;
    return Math.max(-1, Math.min(1, sum / Math.sqrt(sum * sum + NORMALISATION)));
  }
}
