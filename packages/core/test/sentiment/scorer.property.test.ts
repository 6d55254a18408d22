import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createScorer } from "../../src/sentiment/default-scorer.js";

const words =
  "good bad not isn't very kinda but no never so this least at GOOD BAD LUL Kappa PogChamp FeelsBadMan BibleThump lol " +
  "gg wtf 😂 ❤️ 😡 ! ? !!! ??? noooo hahaha lets go oh thank you trash, nice. @user !cmd zorp ZORP it's :) <3 D: xqcLove";
const token = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...words.split(" ")) },
  { weight: 1, arbitrary: fc.string({ unit: "binary", maxLength: 6 }) },
  { weight: 1, arbitrary: fc.string({ unit: "grapheme", maxLength: 6 }) },
);
const message = fc.array(token, { maxLength: 25 }).map((tokens) => tokens.join(" "));
const noise = fc.array(fc.constantFrom("zorp", "blub", "quux", "42", "...", "#x"), { maxLength: 6 });
const modes = ["chat", "plain"] as const;

describe.each(modes)("every message in %s mode", (mode) => {
  const scorer = createScorer({ mode });

  it("has a compound from −1 to 1, and ratios that sum to 1 where there are tokens", () => {
    fc.assert(
      fc.property(message, (text) => {
        const { compound, positive, neutral, negative, label } = scorer.score(text);
        expect(Math.abs(compound)).toBeLessThanOrEqual(1);
        expect(Object.is(compound, -0)).toBe(false);
        expect(Math.min(positive, neutral, negative)).toBeGreaterThanOrEqual(0);
        const hasTokens = scorer.explain(text).explanation.tokens.length > 0;
        expect(positive + neutral + negative).toBeCloseTo(hasTokens ? 1 : 0, 2);
        expect(scorer.label(compound)).toBe(label);
      }),
    );
  });

  it("scores the same on the fast path, with reasons, alone and after other messages", () => {
    fc.assert(
      fc.property(message, message, (text, other) => {
        const first = scorer.compound(text);
        scorer.compound(other);
        const { explanation, ...score } = scorer.explain(text);
        expect(score).toEqual(scorer.score(text));
        expect(score.compound).toBe(first);
        expect(createScorer({ mode }).compound(text)).toBe(first);
        const { sum } = explanation;
        expect(sum / Math.sqrt(sum * sum + 15)).toBeCloseTo(first, 4);
      }),
    );
  });

  it("keeps its compound when all is small and unknown words follow", () => {
    const small = message.map((text) => text.toLowerCase()).filter((text) => text.toUpperCase() !== text);
    fc.assert(
      fc.property(small, noise, (text, more) => {
        expect(scorer.compound([text, ...more].join(" "))).toBe(scorer.compound(text));
      }),
    );
  });

  it("reads white space as one space", () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...words.split(" "))), (tokens) => {
        expect(scorer.compound(`\n ${tokens.join(" \t\u00a0")}  `)).toBe(scorer.compound(tokens.join(" ")));
      }),
    );
  });
});

describe("chat mode", () => {
  const scorer = createScorer();

  it("keeps its compound when unknown words without letter case follow", () => {
    const unknown = fc.array(fc.constantFrom("42", "...", "#", "--", "_"), { maxLength: 6 });
    fc.assert(
      fc.property(message, unknown, (text, more) => {
        expect(scorer.compound([text, ...more].join(" "))).toBe(scorer.compound(text));
      }),
    );
  });

  it("follows one emote's sign however often it is repeated, and never less than before", () => {
    const emote = fc.constantFrom("LUL", "PogChamp", "BibleThump", "monkaS", "FeelsBadMan", "😂", "💔", "SeemsGood");
    fc.assert(
      fc.property(emote, fc.integer({ min: 1, max: 100 }), (name, times) => {
        const once = scorer.compound(name);
        const often = scorer.compound(Array<string>(times).fill(name).join(" "));
        const more = scorer.compound(
          Array<string>(times + 1)
            .fill(name)
            .join(" "),
        );
        expect(Math.sign(often)).toBe(Math.sign(once));
        expect(Math.abs(more)).toBeGreaterThanOrEqual(Math.abs(often));
      }),
    );
  });

  it("scores extra entries alike whether given at once or later", () => {
    const ratings = fc.dictionary(fc.stringMatching(/^[a-zA-Z]{3,8}$/), fc.double({ min: -4, max: 4, noNaN: true }));
    fc.assert(
      fc.property(ratings, ratings, message, (extraWords, extraEmotes, text) => {
        const later = createScorer();
        later.addWords(extraWords);
        later.addEmotes(extraEmotes);
        const known = [text, ...Object.keys(extraWords), ...Object.keys(extraEmotes)].join(" ");
        expect(later.compound(known)).toBe(createScorer({ extraWords, extraEmotes }).compound(known));
      }),
      { numRuns: 30 },
    );
  });
});
