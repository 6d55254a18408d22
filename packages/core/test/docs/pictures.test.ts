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
