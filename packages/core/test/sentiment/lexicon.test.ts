import { build } from "esbuild";
import { resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { defaultLexicon, vaderLicense } from "../../src/lexicon.js";
import { createScorer } from "../../src/sentiment/default-scorer.js";
import type { RatingTable } from "../../src/sentiment/lexicon.js";

const chat = defaultLexicon.chat!;

function rows(table: RatingTable | undefined): [string, number][] {
  if (typeof table !== "string") throw new Error("the default lexicon is compact text");
  return table
    .trim()
    .split("\n")
    .flatMap((line) => {
      const [valence, ...words] = line.split(" ");
      return words.map((word): [string, number] => [word, Number(valence)]);
    });
}

const tables = {
  words: defaultLexicon.words,
  phrases: defaultLexicon.phrases,
  "chat words": chat.words,
  "chat phrases": chat.phrases,
  laughs: chat.laughs,
  emotes: chat.emotes,
  "exact emotes": chat.exactEmotes,
  "emote endings": chat.emoteEndings,
  emoji: chat.emoji,
};

describe.each(Object.entries(tables))("the default lexicon's %s", (_name, table) => {
  it("have one rating each, from −4 to 4", () => {
    const keys = rows(table).map(([key]) => key);
    expect(keys.length).toBeGreaterThan(5);
    expect(keys.filter((key, i) => keys.indexOf(key) !== i)).toEqual([]);
    expect(rows(table).filter(([key, valence]) => key === "" || !(valence >= -4 && valence <= 4))).toEqual([]);
  });
});

describe("the default lexicon", () => {
  it("rates at least 700 emotes and 200 emoji of its own", () => {
    const names = new Set([...rows(chat.emotes), ...rows(chat.exactEmotes)].map(([name]) => name));
    expect(names.size).toBeGreaterThanOrEqual(700);
    expect(rows(chat.emoji).length).toBeGreaterThanOrEqual(200);
  });

  it("gives every emote and emoji its rating", () => {
    const scorer = createScorer();
    const valenceOf = (text: string): number | null => scorer.explain(text).explanation.tokens[0]!.valence;
    for (const table of [chat.exactEmotes, chat.emoji]) {
      expect(rows(table).filter(([name, valence]) => valenceOf(name) !== valence)).toEqual([]);
    }
    const exact = new Set(rows(chat.exactEmotes).map(([name]) => name));
    const wrong = rows(chat.emotes).filter(([name, valence]) => !exact.has(name) && valenceOf(name) !== valence);
    expect(wrong).toEqual([]);
  });

  it("marks laughter and sarcasm only on entries it rates", () => {
    const scorer = createScorer();
    const marked = `${chat.laughter} ${chat.sarcasm} ${chat.interjections}`.trim().split(/\s+/);
    expect(marked.filter((word) => scorer.explain(word).explanation.tokens[0]!.valence === null)).toEqual([]);
  });

  it("carries the licence of VADER's data", () => {
    expect(vaderLicense).toContain("Copyright (c) 2016 C.J. Hutto");
    expect(vaderLicense).toContain("Permission is hereby granted");
  });

  it("is no part of the scoring code", async () => {
    const { metafile } = await build({
      entryPoints: [resolve(import.meta.dirname, "../../src/sentiment/create-scorer.ts")],
      bundle: true,
      write: false,
      format: "esm",
      metafile: true,
      logLevel: "silent",
    });
    const files = Object.keys(metafile.inputs);
    expect(files.some((file) => file.includes("sentiment/chat-rules"))).toBe(true);
    expect(files.filter((file) => /src\/lexicon/.test(file))).toEqual([]);
  });
});
