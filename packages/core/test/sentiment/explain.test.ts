import { describe, expect, it } from "vitest";
import { explainMessage, scoreMessage } from "../../src/sentiment/default-scorer.js";

describe("explainMessage", () => {
  it("tells each token, its rating, the changes and what it adds", () => {
    const { explanation, ...score } = explainMessage("not VERY good PogChamp PogChamp!");
    expect(score).toEqual(scoreMessage("not VERY good PogChamp PogChamp!"));
    expect(explanation.tokens.map(({ text, kind, valence }) => [text, kind, valence])).toEqual([
      ["not", "word", null],
      ["VERY", "word", null],
      ["good", "word", 1.9],
      ["PogChamp", "emote", 2.7],
      ["PogChamp", "emote", 2.7],
    ]);
    expect(explanation.tokens[2]!.changes.map(({ rule }) => rule)).toEqual(["degree", "negation"]);
    expect(explanation.tokens[4]!.changes).toEqual([{ rule: "repetition", change: -1.35 }]);
    expect(explanation.emphasis).toBeCloseTo(0.292, 10);
  });

  it("adds up: valence and changes to the contribution, contributions and emphasis to the sum", () => {
    for (const text of ["great play but so bad LUL Kappa!!", "holy shit 😂😂 no no no", "isn't it AWFUL ?"]) {
      for (const mode of ["chat", "plain"] as const) {
        const { explanation, compound } = explainMessage(text, { mode });
        let sum = 0;
        for (const { valence, changes, contribution } of explanation.tokens) {
          expect(changes.reduce((total, { change }) => total + change, valence ?? 0)).toBeCloseTo(contribution, 10);
          sum += contribution;
        }
        expect(sum + Math.sign(sum) * explanation.emphasis).toBeCloseTo(explanation.sum, 10);
        expect(explanation.sum / Math.sqrt(explanation.sum ** 2 + 15)).toBeCloseTo(compound, 4);
      }
    }
  });

  it("gives the place of each token in the text it read", () => {
    const text = "  hey, (nice) 👍🏽!";
    const { explanation } = explainMessage(text);
    expect(explanation.text).toBe(text);
    expect(explanation.tokens.map(({ start, end }) => text.slice(start, end))).toEqual(["hey", "nice", "👍🏽", "!"]);
    expect(explainMessage("wow 😂", { mode: "plain" }).explanation.text).toBe("wow face with tears of joy");
  });

  it("is part of a score only when asked for", () => {
    expect(scoreMessage("good")).not.toHaveProperty("explanation");
    expect(scoreMessage("good", { explain: true }).explanation.tokens).toHaveLength(1);
  });

  it("names emotes that the message marked", () => {
    const { explanation } = explainMessage("blub", { emotes: ["blub"] });
    expect(explanation.tokens[0]).toMatchObject({ kind: "emote", valence: null, contribution: 0 });
  });
});
