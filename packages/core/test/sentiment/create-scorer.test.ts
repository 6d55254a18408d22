import { describe, expect, it } from "vitest";
import { createScorer as createScorerOf } from "../../src/sentiment/create-scorer.js";
import { createScorer, scoreMessage } from "../../src/sentiment/default-scorer.js";
import { InvalidOptionError } from "../../src/errors.js";

describe("createScorer", () => {
  it("gives the compound of score, and its label", () => {
    const scorer = createScorer();
    const score = scorer.score("nice play PogChamp");
    expect(scorer.compound("nice play PogChamp")).toBe(score.compound);
    expect(scorer.label(score.compound)).toBe(score.label);
    expect(scoreMessage("nice play PogChamp")).toEqual(score);
  });

  it("takes extra words in any letter case and extra emotes in theirs, over the lexicon's", () => {
    const scorer = createScorer({ extraWords: { Bazinga: 3, good: -2 }, extraEmotes: { myHappy: -3, "c:": 2 } });
    expect(scorer.compound("BAZINGA")).toBeGreaterThan(0);
    expect(scorer.compound("good")).toBeLessThan(0);
    expect(scorer.compound("myHappy")).toBeLessThan(0);
    expect(scorer.compound("MYHAPPY")).toBe(0);
    expect(scorer.compound("c:")).toBeGreaterThan(0);
  });

  it("takes further entries later, and keeps them to itself", () => {
    const scorer = createScorer();
    expect(scorer.compound("zorple zorpleHi")).toBe(createScorer().compound("zorple zorpleHi"));
    scorer.addWords({ zorple: 2 });
    scorer.addEmotes({ Wall: 2 });
    expect(scorer.compound("zorple")).toBeGreaterThan(0);
    expect(scorer.compound("Wall")).toBeGreaterThan(0);
    expect(scorer.compound("wall")).toBe(0);
    expect(createScorer().compound("zorple")).toBe(0);
    expect(scoreMessage("zorple", { extraWords: { zorple: -2 } }).label).toBe("negative");
    expect(scoreMessage("zorple").label).toBe("neutral");
  });

  it("lets the newest rating win over an emote of one letter case and over a word of degree", () => {
    const scorer = createScorer({ extraWords: { w: -2, very: 1 } });
    expect(scorer.compound("W")).toBeLessThan(0);
    expect(scorer.compound("very")).toBeGreaterThan(0);
  });

  it("finds entries that are written with punctuation around them", () => {
    const scorer = createScorer({ extraWords: { "yay!": 2 }, extraEmotes: { ":thinking:": -1 } });
    expect(scorer.compound("yay!")).toBeGreaterThan(0);
    expect(scorer.compound(":thinking:")).toBeLessThan(0);
  });

  it("works on another language's lexicon, in records or compact text", () => {
    const lexicon = {
      words: "2 gut schön\n-2 schlecht",
      negations: "nicht kein",
      boosters: "sehr",
      roles: { but: "aber" },
      phrases: { "alles klar": 1 },
      chat: { emotes: { LUL: 1 }, phrases: "2 gut_gemacht" },
    };
    const scorer = createScorerOf({ lexicon });
    expect(scorer.compound("SCHÖN")).toBe(scorer.compound("gut"));
    expect(scorer.compound("nicht gut")).toBeLessThan(0);
    expect(scorer.compound("sehr gut")).toBeGreaterThan(scorer.compound("gut"));
    expect(scorer.compound("gut aber schlecht")).toBeLessThan(0);
    expect(scorer.compound("alles klar")).toBeGreaterThan(0);
    expect(scorer.compound("gut gemacht LUL")).toBeGreaterThan(scorer.compound("gut gemacht"));
    expect(scorer.compound("good")).toBe(0);
    expect(createScorerOf({ lexicon: { words: { a: 1 } }, mode: "plain" }).compound("a")).toBeGreaterThan(0);
  });

  it("labels by its thresholds, zero always neutral", () => {
    const scorer = createScorer({ thresholds: { positive: 0.5, negative: 0 } });
    expect(scorer.thresholds).toEqual({ positive: 0.5, negative: 0 });
    expect([0.6, 0.5, 0.4, 0, -0.001].map((value) => scorer.label(value))).toEqual([
      "positive",
      "positive",
      "neutral",
      "neutral",
      "negative",
    ]);
  });

  it.each([
    [{ mode: "loud" as "chat" }, 'mode is "loud", but must be "chat" or "plain"'],
    [{ extraWords: { fine: 5 } }, 'extraWords["fine"] is 5, but must be a number from -4 to 4'],
    [{ extraEmotes: { Nice: NaN } }, 'extraEmotes["Nice"] is NaN, but must be a number from -4 to 4'],
    [{ extraWords: { "two words": 1 } }, 'extraWords is "two words", but must be keyed by words'],
    [{ thresholds: { positive: -1 } }, "thresholds.positive is -1, but must be a number from 0 to 1"],
    [{ thresholds: { negative: 0.1 } }, "thresholds.negative is 0.1, but must be a number from -1 to 0"],
  ])("refuses %j and says what is allowed", (options, message) => {
    expect(() => createScorer(options)).toThrow(InvalidOptionError);
    expect(() => createScorer(options)).toThrow(message);
  });

  it("adds nothing of a set with a bad entry", () => {
    const scorer = createScorer();
    expect(() => scorer.addWords({ zorple: 1, bad: 9 })).toThrow(InvalidOptionError);
    expect(scorer.compound("zorple")).toBe(0);
  });
});
