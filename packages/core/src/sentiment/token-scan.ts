import {
  ASCII_CLASS,
  ASCII_LOWER,
  classOfPair,
  classOfWide,
  isInvisible,
  lowerOfWide,
  startsPictograph,
} from "./characters.js";
import { CLAUSE_END, CONTRACTED_NOT, HAS_EXACT, LOWER, MARKED_EMOTE, PUNCTUATION, UPPER } from "./flags.js";
import { HASH_PRIME, HASH_SEED, type WordTable } from "./word-table.js";

/** A longer text is scored by its beginning: twice what the longest message may have, eight times over. */
export const MAX_TEXT_LENGTH = 32_768;

/** First unit of keys that are no plain words, so that one table holds every kind. */
export const EXACT_KEY = 1;
export const ENDING_KEY = 2;
export const LAUGHTER_KEY = 3;

const FIRST_CAPACITY = 2048;
const JOINER = 0x200d;

/**
 * The tokens of one message, in arrays that every message reuses. White space separates tokens, punctuation around a
 * word falls away unless two characters or less would remain (so emoticons stay whole). In chat a pictograph is a
 * token of its own, an emote may need its exact case, and stretched words are looked up shortened.
 */
export class TokenScan {
  count = 0;
  exclamations = 0;
  questions = 0;
  /** Lexicon entry by token, 0 when unknown. */
  entry = new Int32Array(FIRST_CAPACITY);
  /** Token bits, see flags.ts. */
  bits = new Uint8Array(FIRST_CAPACITY);
  /** Place in the text, `[start, end)`. */
  start = new Int32Array(FIRST_CAPACITY);
  end = new Int32Array(FIRST_CAPACITY);
  // The text in lower case, and room behind it to build variants of a word in.
  #chars = new Uint16Array(FIRST_CAPACITY * 3);

  scan(text: string, table: WordTable, isChat: boolean, emotes: readonly string[] | undefined): void {
    const length = Math.min(text.length, MAX_TEXT_LENGTH);
    if (length > this.bits.length) this.#enlarge(length);
    const chars = this.#chars;
    this.count = 0;
    this.exclamations = 0;
    this.questions = 0;
    let written = 0;
    let at = 0;
    while (at < length) {
      let unit = text.charCodeAt(at);
      if ((unit < 128 ? ASCII_CLASS[unit] : classOfWide(unit)) === 0) {
        at++;
        continue;
      }
      if (isChat && unit > 127 && startsPictograph(unit)) {
        at = this.#addPictograph(text, at, length, table, written);
        continue;
      }
      const start = at;
      const from = written;
      let hash = HASH_SEED;
      let seen = 0;
      for (;;) {
        if (unit < 128) {
          const kind = ASCII_CLASS[unit]!;
          if (kind === 0) break;
          seen |= kind;
          unit = ASCII_LOWER[unit]!;
        } else {
          const kind = classOfWide(unit);
          if (kind === 0) break;
          if (isChat) {
            if (startsPictograph(unit)) break;
            const skipped = invisibleUnits(text, at);
            if (skipped > 0) {
              at += skipped;
              if (at >= length) break;
              unit = text.charCodeAt(at);
              continue;
            }
          }
          const isPair = unit >= 0xd800 && unit < 0xdc00 && at + 1 < length;
          seen |= isPair ? classOfPair(unit, text.charCodeAt(at + 1)) : kind;
          unit = unit === 0x2019 && isChat ? 39 : lowerOfWide(unit);
        }
        hash = Math.imul(hash ^ unit, HASH_PRIME);
        chars[written++] = unit;
        if (++at >= length) break;
        unit = text.charCodeAt(at);
      }
      if (written > from) this.#addWord(text, start, at, from, written, hash, seen, table, isChat, emotes);
    }
  }

  #addWord(
    text: string,
    start: number,
    end: number,
    from: number,
    to: number,
    hash: number,
    bits: number,
    table: WordTable,
    isChat: boolean,
    emotes: readonly string[] | undefined,
  ): void {
    const chars = this.#chars;
    const rawStart = start;
    const rawEnd = end;
    if ((bits & PUNCTUATION) !== 0) {
      const last = chars[to - 1]!;
      let apostrophes = 0;
      for (let i = from; i < to; i++) {
        const char = chars[i];
        if (char === 33) this.exclamations++;
        else if (char === 63) this.questions++;
        else if (char === 39) apostrophes++;
      }
      let left = from;
      let right = to;
      while (left < right && isPunctuation(chars[left]!)) left++;
      while (right > left && isPunctuation(chars[right - 1]!)) right--;
      if (right - left > 2 && right - left < to - from) {
        if (isChat && isClauseMark(last)) bits |= CLAUSE_END;
        start += left - from;
        end -= to - right;
        from = left;
        to = right;
        hash = hashOf(chars, from, to);
      }
      if (apostrophes > 0 && holdsContractedNot(chars, from, to)) bits |= CONTRACTED_NOT;
    }
    const token = this.count++;
    this.start[token] = start;
    this.end[token] = end;
    let entry = to - from <= table.longest ? table.find(chars, from, to, hash) : 0;
    if (isChat) {
      const first = text.charCodeAt(rawStart);
      if (to - from > 1 && (first === 64 || (first === 33 && token === 0))) {
        // A mention or a command to a bot, whatever word it spells.
        entry = 0;
      } else {
        if (emotes !== undefined && isNamed(text, rawStart, rawEnd, emotes)) bits |= MARKED_EMOTE;
        if (entry === 0) entry = this.#findVariant(from, to, bits, text, start, table);
        else if ((table.flags[entry]! & HAS_EXACT) !== 0) entry = this.#findExact(text, start, end, table) || entry;
      }
    }
    this.entry[token] = entry;
    this.bits[token] = bits;
  }

  #findExact(text: string, start: number, end: number, table: WordTable): number {
    const chars = this.#chars;
    const from = chars.length - (end - start) - 1;
    chars[from] = EXACT_KEY;
    for (let i = start, to = from + 1; i < end; i++) chars[to++] = text.charCodeAt(i);
    return table.find(chars, from, chars.length, hashOf(chars, from, chars.length));
  }

  /** An unknown word by its ending (channel emotes), by its letters (laughter), or with stretched letters shortened. */
  #findVariant(from: number, to: number, bits: number, text: string, start: number, table: WordTable): number {
    const length = to - from;
    if (length < 3) return 0;
    if ((bits & (LOWER | UPPER)) === (LOWER | UPPER)) {
      const found = this.#findEnding(from, to, text, start, table);
      if (found !== 0) return found;
    }
    const chars = this.#chars;
    let run = 1;
    let longestRun = 1;
    let letters = 0;
    for (let i = from; i < to; i++) {
      const char = chars[i]!;
      run = i > from && char === chars[i - 1] ? run + 1 : 1;
      if (run > longestRun) longestRun = run;
      letters |= char >= 97 && char <= 122 ? 1 << (char - 97) : 1 << 31;
    }
    if (length > 3 && letters > 0) {
      const high = 31 - Math.clz32(letters);
      const low = 31 - Math.clz32(letters & -letters);
      if (high !== low && letters === ((1 << high) | (1 << low))) {
        const key = this.#scratch(3);
        chars[key] = LAUGHTER_KEY;
        chars[key + 1] = 97 + low;
        chars[key + 2] = 97 + high;
        const found = table.find(chars, key, key + 3, hashOf(chars, key, key + 3));
        if (found !== 0) return found;
      }
    }
    if (longestRun > 2) {
      return this.#findShortened(from, to, 2, table) || this.#findShortened(from, to, 1, table);
    }
    if (run === 2) {
      const hash = hashOf(chars, from, to - 1);
      return length - 1 <= table.longest ? table.find(chars, from, to - 1, hash) : 0;
    }
    return 0;
  }

  /** The word with every run of three or more equal letters, and the last run, cut to `keep`. */
  #findShortened(from: number, to: number, keep: number, table: WordTable): number {
    const chars = this.#chars;
    const base = this.#scratch(table.longest + 1);
    let written = base;
    for (let i = from; i < to;) {
      let next = i + 1;
      while (next < to && chars[next] === chars[i]) next++;
      const run = next - i;
      const kept = run > 2 || next === to ? Math.min(run, keep) : run;
      if (written + kept > base + table.longest) return 0;
      for (let k = 0; k < kept; k++) chars[written++] = chars[i]!;
      i = next;
    }
    return table.find(chars, base, written, hashOf(chars, base, written));
  }

  #findEnding(from: number, to: number, text: string, start: number, table: WordTable): number {
    const chars = this.#chars;
    // Small letter or digit first: a word such as "McDonald" or "OMEGALul" is no channel emote.
    if (chars[from] !== text.charCodeAt(start)) return 0;
    for (let i = to - 1; i > from + 1; i--) {
      const isBig = chars[i] !== text.charCodeAt(start + i - from);
      const isBigBefore = chars[i - 1] !== text.charCodeAt(start + i - 1 - from);
      if (!isBig || isBigBefore) continue;
      if (to - i >= table.longest) return 0;
      const key = this.#scratch(to - i + 1);
      chars[key] = ENDING_KEY;
      for (let k = i; k < to; k++) chars[key + 1 + k - i] = chars[k]!;
      const end = key + 1 + to - i;
      return table.find(chars, key, end, hashOf(chars, key, end));
    }
    return 0;
  }

  #addPictograph(text: string, at: number, length: number, table: WordTable, scratch: number): number {
    const chars = this.#chars;
    const token = this.count++;
    this.start[token] = at;
    let size = 1;
    chars[scratch] = text.charCodeAt(at);
    if (isHighSurrogate(chars[scratch]!) && at + 1 < length) {
      chars[scratch + 1] = text.charCodeAt(at + 1);
      size = 2;
    }
    this.entry[token] = table.find(chars, scratch, scratch + size, hashOf(chars, scratch, scratch + size));
    this.bits[token] = 0;
    at += size;
    // Two regional letters are one flag.
    if (isRegional(text, at - 2) && isRegional(text, at)) at += 2;
    // A joined sequence counts as its first pictograph, whatever its looks.
    for (;;) {
      const skipped = at < length ? modifierUnits(text, at) : 0;
      if (skipped === 0) break;
      const isJoined = text.charCodeAt(at) === JOINER;
      at += skipped;
      if (isJoined && at < length && startsPictograph(text.charCodeAt(at))) {
        at += isHighSurrogate(text.charCodeAt(at)) && at + 1 < length ? 2 : 1;
      }
    }
    this.end[token] = at;
    return at;
  }

  #scratch(length: number): number {
    return this.#chars.length - length;
  }

  #enlarge(length: number): void {
    const capacity = Math.min(MAX_TEXT_LENGTH, Math.max(length, this.bits.length * 2));
    this.entry = new Int32Array(capacity);
    this.bits = new Uint8Array(capacity);
    this.start = new Int32Array(capacity);
    this.end = new Int32Array(capacity);
    this.#chars = new Uint16Array(capacity * 3);
  }
}

function hashOf(chars: Uint16Array, from: number, to: number): number {
  let hash = HASH_SEED;
  for (let i = from; i < to; i++) hash = Math.imul(hash ^ chars[i]!, HASH_PRIME);
  return hash;
}

function isPunctuation(unit: number): boolean {
  return unit < 128 && ASCII_CLASS[unit] === PUNCTUATION;
}

function isClauseMark(unit: number): boolean {
  return unit === 44 || unit === 46 || unit === 33 || unit === 63 || unit === 59 || unit === 58;
}

function holdsContractedNot(chars: Uint16Array, from: number, to: number): boolean {
  for (let i = from; i + 2 < to; i++) {
    if (chars[i] === 110 && chars[i + 1] === 39 && chars[i + 2] === 116) return true;
  }
  return false;
}

function isNamed(text: string, start: number, end: number, names: readonly string[]): boolean {
  for (let i = 0; i < names.length; i++) {
    const name = names[i]!;
    if (name.length === end - start && text.startsWith(name, start)) return true;
  }
  return false;
}

function isRegional(text: string, at: number): boolean {
  const low = text.charCodeAt(at + 1);
  return text.charCodeAt(at) === 0xd83c && low >= 0xdde6 && low <= 0xddff;
}

function isHighSurrogate(unit: number): boolean {
  return unit >= 0xd800 && unit < 0xdc00;
}

/** How many units at `at` are invisible: joiners and selectors are one, tag characters (U+E0000 and on) two. */
function invisibleUnits(text: string, at: number): number {
  const unit = text.charCodeAt(at);
  if (isInvisible(unit)) return 1;
  return unit === 0xdb40 ? 2 : 0;
}

/** Like `invisibleUnits`, with skin tones and the enclosing key cap. */
function modifierUnits(text: string, at: number): number {
  const unit = text.charCodeAt(at);
  if (unit === 0x20e3) return 1;
  if (unit === 0xd83c && text.charCodeAt(at + 1) >= 0xdffb && text.charCodeAt(at + 1) <= 0xdfff) return 2;
  return invisibleUnits(text, at);
}
