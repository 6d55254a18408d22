// Makes the data modules of the default lexicon from the two files that VADER publishes:
//   node scripts/build-lexicon.mjs vader_lexicon.txt emoji_utf8_lexicon.txt
// The files are in github.com/cjhutto/vaderSentiment (folder vaderSentiment). Our own ratings are not made by this.
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const [, , wordsFile, emojiFile] = process.argv;
if (wordsFile === undefined || emojiFile === undefined) {
  console.error("usage: node scripts/build-lexicon.mjs <vader_lexicon.txt> <emoji_utf8_lexicon.txt>");
  process.exit(1);
}

// With the exclamation mark, bundlers keep the notice.
const NOTICE = `/*! Data of VADER, in another form. MIT, Copyright (c) 2016 C.J. Hutto. Full text: vader-license.ts */
// From github.com/cjhutto/vaderSentiment at 44fc044, made by scripts/build-lexicon.mjs: change that, not this.
`;
const LINE_WIDTH = 118;
/** @param {string} name */
const target = (name) => fileURLToPath(new URL(`../packages/core/src/lexicon/${name}`, import.meta.url));
/** @param {string} file @returns {[string, string][]} */
const rowsOf = (file) =>
  readFileSync(file, "utf8")
    .split("\n")
    .map((line) => line.trim().split("\t"))
    .flatMap(([key, value]) => (key === undefined || value === undefined ? [] : [[key, value]]));
/** @param {string[]} lines */
const literal = (lines) => "`\n" + lines.join("\n").replace(/[\\`]|\$\{/g, "\\$&") + "\n`";

// Later rows win, as they do in the reference program. Words are looked up in lower case and token by token, so rows
// with capitals or spaces can never be met.
const valences = new Map();
for (const [word, valence] of rowsOf(wordsFile)) valences.set(word, Number(valence));
const byValence = new Map();
for (const [word, valence] of valences) {
  if (word !== word.toLowerCase() || /\s/.test(word)) continue;
  byValence.set(valence, [...(byValence.get(valence) ?? []), word]);
}
const wordLines = [];
for (const [valence, words] of [...byValence].sort(([a], [b]) => a - b)) {
  let line = String(valence);
  for (const word of words.sort()) {
    if (line.length + 1 + word.length > LINE_WIDTH) {
      wordLines.push(line);
      line = String(valence);
    }
    line += " " + word;
  }
  wordLines.push(line);
}
writeFileSync(
  target("vader-words.ts"),
  `${NOTICE}
/** Mean valence −4…4 by ten raters, then the words and emoticons that have it. */
export const vaderWords = ${literal(wordLines)};
`,
);

// The reference program looks at one character at a time, so an emoji of several is never met.
const emojiLines = rowsOf(emojiFile)
  .filter(([emoji]) => String.fromCodePoint(emoji.codePointAt(0) ?? 0) === emoji)
  .map(([emoji, description]) => `${emoji} ${description}`);
writeFileSync(
  target("vader-emoji.ts"),
  `${NOTICE}
/** Emoji of one character, each with its description. */
export const vaderEmoji = ${literal(emojiLines)};
`,
);
