import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { scoreMessage } from "../../src/sentiment/default-scorer.js";
import { dataRows, jsonLines, type ReferenceRow, sharedPath } from "./support/data.js";

const COMPOUND_TOLERANCE = 1e-4;
const RATIO_TOLERANCE = 1.001e-3;

function differences(rows: readonly ReferenceRow[]): unknown[] {
  return rows
    .map((row) => ({ row, score: scoreMessage(row.text, { mode: "plain" }) }))
    .filter(
      ({ row, score }) =>
        Math.abs(score.compound - row.compound) > COMPOUND_TOLERANCE ||
        Math.abs(score.positive - row.pos) > RATIO_TOLERANCE ||
        Math.abs(score.neutral - row.neu) > RATIO_TOLERANCE ||
        Math.abs(score.negative - row.neg) > RATIO_TOLERANCE,
    );
}

describe("plain mode gives the scores of the VADER reference program", () => {
  it.each([
    ["reference-examples.jsonl", 46],
    ["reference-chat.jsonl", 294],
    ["reference-generated.jsonl", 400],
  ])("for every row of %s", (file, count) => {
    const rows = dataRows<ReferenceRow>(file);
    expect(rows).toHaveLength(count);
    expect(differences(rows)).toEqual([]);
  });
});

// The whole corpora are no part of the repository: the rows above stand for them where they are missing.
const chat = sharedPath("data/vader/chat-1000.jsonl");
const compounds = sharedPath("data/vader/reference_compounds.json.gz");
if (chat !== undefined && compounds !== undefined) {
  describe("plain mode gives the scores of the VADER reference program", () => {
    it("for a thousand real chat lines", () => {
      const rows = jsonLines<ReferenceRow>(chat);
      expect(rows).toHaveLength(1000);
      expect(differences(rows)).toEqual([]);
    });

    it.each([
      ["tweets", 4200],
      ["amazonReviewSnippets", 3708],
    ])("for the whole corpus %s", (corpus, count) => {
      const expected = (JSON.parse(gunzipSync(readFileSync(compounds)).toString()) as Record<string, number[]>)[
        corpus
      ]!;
      const texts = readFileSync(sharedPath("data/vader", `${corpus}_GroundTruth.txt`)!, "utf8")
        .split("\n")
        .filter((line) => line !== "")
        .map((line) => line.split("\t").slice(2).join("\t"));
      expect(texts).toHaveLength(count);
      const wrong = texts.filter(
        (text, i) => Math.abs(scoreMessage(text, { mode: "plain" }).compound - expected[i]!) > COMPOUND_TOLERANCE,
      );
      expect(wrong).toEqual([]);
    });
  });
}

describe("plain mode", () => {
  it("does not know chat: emotes and slang are unknown words", () => {
    expect(scoreMessage("PogChamp LULW poggers", { mode: "plain" })).toEqual({
      compound: 0,
      positive: 0,
      neutral: 1,
      negative: 0,
      label: "neutral",
    });
  });

  it("labels at ±0.05, as published", () => {
    const label = (text: string): string => scoreMessage(text, { mode: "plain" }).label;
    expect([label("good"), label("bad"), label("the chair"), label("straight")]).toEqual([
      "positive",
      "negative",
      "neutral",
      "positive",
    ]);
  });
});
