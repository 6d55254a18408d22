import { describe, expect, it } from "vitest";
import { formatAge, formatLength } from "../../src/render/format-age.js";
import {
  formatCount,
  formatDelta,
  formatMark,
  formatRate,
  formatRatio,
  UNKNOWN,
} from "../../src/render/format-number.js";
import { usableLocale } from "../../src/render/locale.js";
import { moodOf } from "../../src/render/mood.js";

describe("formatCount", () => {
  it.each([
    [0, "0"],
    [999, "999"],
    [9_999, "9,999"],
    [12_345, "12.3K"],
    [4_560_000, "4.6M"],
    [7_000_000_000, "7B"],
  ])("writes %d as %s", (value, text) => expect(formatCount(value, "en")).toBe(text));

  it("writes the unknown as a dash, never as 0", () => {
    for (const unknown of [null, undefined]) {
      expect(formatCount(unknown, "en")).toBe(UNKNOWN);
      expect(formatRate(unknown, "en")).toBe(UNKNOWN);
    }
  });

  it.each([
    ["de", "9.876"],
    ["ar-EG", "٩٬٨٧٦"],
    ["ja", "9,876"],
  ])("follows the language %s", (locale, text) => expect(formatCount(9_876, locale)).toBe(text));
});

describe("formatRate", () => {
  it.each([
    [0, "0"],
    [0.04, "0.04"],
    [0.994, "0.99"],
    [0.996, "1.0"],
    [4.24, "4.2"],
    [99.9, "99.9"],
    [99.96, "100"],
    [1_250, "1.3K"],
  ])("writes %d as %s", (value, text) => expect(formatRate(value, "en")).toBe(text));
});

describe("marks, ratios and differences", () => {
  it("writes no more digits than there are", () => {
    expect([10, 0.2, 1.5, 2_000].map((value) => formatMark(value, "en"))).toEqual(["10", "0.20", "1.5", "2K"]);
    expect([1.26, 9.94, 12].map((value) => formatRatio(value, "en"))).toEqual(["1.3", "9.9", "12"]);
    expect([38, -12, 0].map((value) => formatDelta(value, "en"))).toEqual(["+38", "−12", "±0"]);
  });
});

describe("formatAge and formatLength", () => {
  it.each([
    [-5_000, "now"],
    [9_999, "now"],
    [10_000, "10 s ago"],
    [59_999, "50 s ago"],
    [60_000, "1 min ago"],
    [3_599_999, "59 min ago"],
    [3_600_000, "1 h ago"],
    [172_800_000, "2 days ago"],
  ])("says %d ms as %s", (ageMs, text) => expect(formatAge(ageMs)).toBe(text));

  it.each([
    [-1, "0 s"],
    [59_999, "59 s"],
    [65_000, "1:05"],
    [3_723_000, "1:02:03"],
  ])("measures %d ms as %s", (lengthMs, text) => expect(formatLength(lengthMs)).toBe(text));
});

describe("usableLocale", () => {
  it("passes over what Intl would throw on, such as a container's en-US@posix", () => {
    expect(usableLocale("en-US@posix", "de")).toBe("de");
    expect(usableLocale(undefined, null, "", "no language at all")).toBe("en");
    expect(() => new Intl.NumberFormat(usableLocale("en-US@posix"))).not.toThrow();
  });
});

describe("moodOf", () => {
  it.each([
    [0.9, "Great"],
    [0.3, "Great"],
    [0.05, "Good"],
    [0.049, "Neutral"],
    [-0.05, "Low"],
    [-0.3, "Bad"],
  ])("calls %d %s", (score, word) => expect(moodOf(score)?.word).toBe(word));

  it("has no word for the unknown, and steps that noise does not move", () => {
    expect(moodOf(null)).toBeUndefined();
    expect(moodOf(0.2)?.step).toBe(moodOf(0.21)?.step);
    expect(moodOf(7)?.step).toBe(1);
  });
});
