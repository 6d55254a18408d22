import { describe, expect, it } from "vitest";
import { createScorer, type DefaultScorerOptions } from "../../src/sentiment/default-scorer.js";
import { MAX_TEXT_LENGTH } from "../../src/sentiment/token-scan.js";

const scorer = createScorer();
const compound = (text: string): number => scorer.compound(text);
const tokens = (text: string): string[] => scorer.explain(text).explanation.tokens.map((token) => token.text);

describe("emoji in chat", () => {
  it("are tokens of their own, also without space", () => {
    expect(tokens("nice😂😂gg")).toEqual(["nice", "😂", "😂", "gg"]);
    expect(compound("🔥")).toBeGreaterThan(0);
    expect(compound("😡")).toBeLessThan(0);
  });

  it("are the same with variation selector, skin tone and joined looks", () => {
    expect(compound("❤️")).toBe(compound("❤"));
    expect(compound("👍🏽")).toBe(compound("👍"));
    expect(tokens("👍🏽 ❤️‍🔥 🤷🏻‍♀️ 👨‍👩‍👧‍👦")).toEqual(["👍🏽", "❤️‍🔥", "🤷🏻‍♀️", "👨‍👩‍👧‍👦"]);
    expect(compound("❤️‍🔥")).toBe(compound("❤"));
  });

  it("pair the letters of a flag", () => {
    expect(tokens("🇩🇪🇫🇷")).toEqual(["🇩🇪", "🇫🇷"]);
  });

  it("know a key cap and a lone joiner for no words", () => {
    expect(compound("1️⃣ \u200d \u{E0000}")).toBe(0);
  });
});

describe("text that is no text", () => {
  it.each([
    ["empty", ""],
    ["spaces", "   \t\n  \u00a0\u3000 "],
    ["invisible marks", "\u{E0000} \u200b\ufeff"],
  ])("%s has no tokens and scores nothing", (_name, text) => {
    for (const mode of ["chat", "plain"] as const) {
      const score = createScorer({ mode }).score(text);
      expect(score.compound).toBe(0);
      expect(score.label).toBe("neutral");
      expect(score.positive + score.negative).toBe(0);
    }
    expect(scorer.score(text).neutral).toBe(0);
  });

  it("lone surrogates are ordinary unknown characters", () => {
    expect(compound("\ud83d good \ude02 \ud83d")).toBe(compound("good"));
    expect(compound("\ud83c")).toBe(0);
    expect(createScorer({ mode: "plain" }).compound("\ud83d good")).toBe(
      createScorer({ mode: "plain" }).compound("x good"),
    );
  });

  it("letters of other scripts fold their case", () => {
    const russian = createScorer({ extraWords: { ХОРОШО: 2, größe: 1 } });
    expect(russian.compound("хорошо")).toBeGreaterThan(0);
    expect(russian.compound("Хорошо")).toBe(russian.compound("хорошо"));
    expect(russian.compound("GRÖßE")).toBeGreaterThan(0);
  });

  it("braille pictures and walls of text are read once through", () => {
    expect(compound("⣿⣿⡿⠋⠄".repeat(80))).toBe(0);
    expect(compound("good ".repeat(400))).toBeGreaterThan(0.9);
    expect(compound("a".repeat(2000))).toBe(0);
  });

  it("a text beyond the limit is scored by its beginning", () => {
    const long = "x ".repeat(MAX_TEXT_LENGTH / 2);
    for (const mode of ["chat", "plain"] satisfies DefaultScorerOptions["mode"][]) {
      const some = createScorer({ mode });
      expect(some.compound("good " + long)).toBeGreaterThan(0);
      expect(some.compound(long + "good")).toBe(0);
    }
  });
});
