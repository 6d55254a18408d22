import { describe, expect, it } from "vitest";
import { createScorer } from "../../src/sentiment/default-scorer.js";
import { dataRows, type LabelledMessage } from "./support/data.js";
import { macroF1 } from "./support/macro-f1.js";

const chat = createScorer();
const plain = createScorer({ mode: "plain" });

// Our own labels of real messages: docs/concepts/sentiment.md tells how they were made and what they are worth.
describe.each([
  ["labelled-messages.jsonl", 391, 0.82],
  ["labelled-messages-2.jsonl", 217, 0.82],
])("on the messages of %s", (file, count, atLeast) => {
  const rows = dataRows<LabelledMessage>(file);
  const scoreOf = (scorer: typeof chat): number =>
    macroF1(rows.map(({ label, text }) => [label, scorer.score(text).label] as const));

  it(`chat mode reaches a macro-F1 of ${atLeast}`, () => {
    expect(rows).toHaveLength(count);
    expect(scoreOf(chat)).toBeGreaterThanOrEqual(atLeast);
  });

  it("chat mode is far ahead of plain mode", () => {
    expect(scoreOf(chat)).toBeGreaterThan(scoreOf(plain) + 0.25);
  });
});

describe("macro-F1", () => {
  it("is the mean of the F1 of each class", () => {
    // positive: 1 hit, 1 missed, 1 false; negative: 1 hit, 1 false, 1 missed
    const pairs = [
      ["positive", "positive"],
      ["positive", "negative"],
      ["negative", "negative"],
      ["negative", "positive"],
      ["neutral", "neutral"],
    ] as const;
    expect(macroF1(pairs)).toBeCloseTo((0.5 + 0.5 + 1) / 3, 12);
  });
});
