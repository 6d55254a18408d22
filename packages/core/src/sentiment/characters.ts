import { LOWER, OTHER, PUNCTUATION, UPPER } from "./flags.js";

/** Class of each ASCII character as a token bit; 0 separates tokens. */
export const ASCII_CLASS = new Uint8Array(128).fill(OTHER);
/** Each ASCII character in lower case. */
export const ASCII_LOWER = new Uint8Array(128);
for (let code = 0; code < 128; code++) {
  const isBig = code >= 65 && code <= 90;
  const isSmall = code >= 97 && code <= 122;
  const isDigit = code >= 48 && code <= 57;
  ASCII_LOWER[code] = isBig ? code | 32 : code;
  if (code === 32 || (code >= 9 && code <= 13) || (code >= 28 && code <= 31)) ASCII_CLASS[code] = 0;
  else if (isBig) ASCII_CLASS[code] = UPPER;
  else if (isSmall) ASCII_CLASS[code] = LOWER;
  else if (code > 32 && code < 127 && !isDigit) ASCII_CLASS[code] = PUNCTUATION;
}

const SPACE = /\s|\x85/;
const UPPERCASE = /\p{Uppercase}/u;
const LOWERCASE = /\p{Lowercase}|\p{Lt}/u;
const KNOWN = 0x80;

// Filled as characters are met: most pages never see more than a few hundred.
let wideClass: Uint8Array | undefined;
let wideLower: Uint16Array | undefined;

/** Class of a UTF-16 unit above ASCII as a token bit; 0 separates tokens. */
export function classOfWide(unit: number): number {
  wideClass ??= new Uint8Array(0x10000);
  const known = wideClass[unit]!;
  if (known !== 0) return known & ~KNOWN;
  const text = String.fromCharCode(unit);
  // U+FEFF is white space to a JavaScript pattern and to nobody else.
  const found = SPACE.test(text) && unit !== 0xfeff ? 0 : caseOf(text);
  wideClass[unit] = found | KNOWN;
  return found;
}

/** Class of a character beyond the basic plane, whose two units are `high` and `low`. */
export function classOfPair(high: number, low: number): number {
  return caseOf(String.fromCharCode(high, low));
}

/** A UTF-16 unit above ASCII in lower case, when that is one unit too; else itself. */
export function lowerOfWide(unit: number): number {
  wideLower ??= new Uint16Array(0x10000);
  const known = wideLower[unit]!;
  if (known !== 0) return known;
  const lower = String.fromCharCode(unit).toLowerCase();
  return (wideLower[unit] = lower.length === 1 ? lower.charCodeAt(0) : unit);
}

function caseOf(text: string): number {
  if (UPPERCASE.test(text)) return UPPER;
  return LOWERCASE.test(text) ? LOWER : OTHER;
}

/** Whether a unit (the first of a pair, for most) begins a pictograph that stands for itself, wherever it is written. */
export function startsPictograph(unit: number): boolean {
  if (unit >= 0xd83c && unit <= 0xd83e) return true;
  if (unit < 0x203c || unit > 0x3299) return false;
  if (unit >= 0x2190 && unit <= 0x2bff)
    return !((unit >= 0x2500 && unit <= 0x259f) || (unit >= 0x2800 && unit <= 0x28ff));
  return unit === 0x203c || unit === 0x2049 || unit === 0x2122 || unit === 0x3030 || unit === 0x3297 || unit === 0x3299;
}

/** Units that only change how a neighbour looks: joiners, variation selectors, marks that make a repeated line "new". */
export function isInvisible(unit: number): boolean {
  return unit === 0x200b || unit === 0x200d || unit === 0x2060 || unit === 0xfeff || unit === 0xfe0f || unit === 0xfe0e;
}
