import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { anomalyPicture } from "./anomaly-picture.js";
import { arrivalsPicture, watermarkPicture } from "./event-time-pictures.js";
import { GOES_ON_RATIO, momentPicture, plantedMoment, rateAt } from "./moment-picture.js";
import { sentimentPicture } from "./sentiment-picture.js";
import { lifePicture, shapesPicture, slicesPicture } from "./window-pictures.js";
import { chatAt, NOON_MS, spikesOf } from "../moments/arrivals.js";

const docs = join(import.meta.dirname, "../../../../docs");
const images = join(docs, "images/concepts");

/** What `npm test -- --project core packages/core/test/docs -u` draws again, after looking at why it is another. */
const PICTURES: Readonly<Record<string, () => string>> = {
  "anomaly.svg": anomalyPicture,
  "arrivals.svg": arrivalsPicture,
  "life-of-a-window.svg": lifePicture,
  "moment.svg": momentPicture,
  "sentiment.svg": sentimentPicture,
  "slices.svg": slicesPicture,
  "watermark.svg": watermarkPicture,
  "window-shapes.svg": shapesPicture,
};

describe("pictures of the concepts", () => {
  it.each(Object.entries(PICTURES))("%s is what the code draws today, byte for byte", async (name, draw) => {
    await expect(draw()).toMatchFileSnapshot(join(images, name));
  });

  it("are all drawn by code, and each is on a page with words for who cannot see it", () => {
    const names = Object.keys(PICTURES);
    expect(readdirSync(images).toSorted()).toEqual(names.toSorted());
    const pages = readdirSync(join(docs, "concepts")).map((page) => readFileSync(join(docs, "concepts", page), "utf8"));
    const shown = pages.flatMap((page) => [...page.matchAll(/!\[([^\]]{20,})\]\(\.\.\/images\/concepts\/([^)]+)\)/g)]);
    expect(shown.map(([, , name]) => name).toSorted()).toEqual(names.toSorted());
  });

  it("are legible in light and dark: every colour of letters has a contrast of at least 4.5 to its ground", () => {
    const schemes = [...sentimentPicture().matchAll(/--ground:(#\w+);--edge:#\w+;([^}]*)}/g)];
    expect(schemes).toHaveLength(2);
    for (const [, ground = "", others = ""] of schemes) {
      const letters = [...others.matchAll(/--(\w+):(#\w+)/g)];
      expect(letters.map(([, name]) => name)).toEqual(["ink", "dim", "one", "two", "good", "bad"]);
      for (const [, name, colour = ""] of letters) expect(contrast(colour, ground), name).toBeGreaterThanOrEqual(4.5);
    }
  });

  it("shows a moment whose peak is on the drawn curve", () => {
    const { moment } = plantedMoment();
    expect(rateAt((Date.parse(moment.peaked_at) - NOON_MS) / 1000)).toBe(moment.metric_value);
  });

  it.each([
    { ratio: GOES_ON_RATIO * 1.1, lasts: "for as long as the chat is above the line" },
    { ratio: GOES_ON_RATIO * 0.9, lasts: "no longer than the burst" },
  ])("shows the line above which a moment goes on: at $ratio times the usual, $lasts", ({ ratio }) => {
    const usual = 2;
    const [burstS, fromS, toS] = [180, 194, 224];
    const events = [];
    const rate = (second: number) => (second < burstS || second >= toS ? usual : second < fromS ? 14 : usual * ratio);
    for (let second = 0; second < 260; second += 1 / rate(second)) events.push(chatAt(second, events.length));
    const [closed] = spikesOf(events).filter(({ phase }) => phase === "closed");
    const endS = (Date.parse(closed?.moment.ended_at ?? "") - NOON_MS) / 1000;
    if (ratio > GOES_ON_RATIO) expect(endS).toBeGreaterThanOrEqual(toS);
    else expect(endS).toBeLessThan(toS - 15);
  });
});

/** Contrast ratio of two colours, 1 to 21 (WCAG 2). */
function contrast(a: string, b: string): number {
  const [low = 0, high = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (high + 0.05) / (low + 0.05);
}

function luminance(colour: string): number {
  const digits = colour.length === 4 ? Array.from(colour.slice(1), (digit) => digit + digit).join("") : colour.slice(1);
  const [red = 0, green = 0, blue = 0] = [0, 2, 4].map((at) => {
    const share = Number.parseInt(digits.slice(at, at + 2), 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
