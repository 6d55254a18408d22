import { page } from "vitest/browser";
import { afterEach, describe, expect, it } from "vitest";
import { mount } from "../support/mount.js";
import { playPast } from "../support/scenes.js";

const TAGS = ["tm-pulse-bar", "tm-chat-flow", "tm-emote-cloud", "tm-moments-timeline"] as const;

afterEach(() => {
  document.body.replaceChildren();
});

/** The colours of a picture of an element, as red, green, blue, alpha from the left and the top. */
async function pixels(element: HTMLElement): Promise<{ at(x: number, y: number): number[] }> {
  const { base64 } = await page.screenshot({ element, base64: true });
  const image = new Image();
  image.src = `data:image/png;base64,${base64}`;
  await image.decode();
  const canvas = document.createElement("canvas");
  canvas.width = image.naturalWidth;
  canvas.height = image.naturalHeight;
  const pen = canvas.getContext("2d");
  if (pen === null) throw new Error("no canvas");
  pen.drawImage(image, 0, 0);
  return { at: (x, y) => [...pen.getImageData(x, y, 1, 1).data] };
}

describe.each(TAGS)("<%s> lets the picture behind it through", (tag) => {
  it.each([
    ["#ff00ff", [255, 0, 255, 255]],
    ["#00ff40", [0, 255, 64, 255]],
  ])("shows %s untouched around its panels", async (backdrop, color) => {
    await page.viewport(800, 640);
    const frame = document.createElement("div");
    const { source, store, drawn } = await mount(tag, {}, { width: 560, height: 420 });
    frame.style.cssText = `padding: 40px; inline-size: 560px; block-size: 420px; background: ${backdrop}`;
    source.replaceWith(frame);
    frame.append(source);
    playPast(store);
    await drawn();
    const picture = await pixels(frame);
    for (const [x, y] of [
      [5, 5],
      [320, 20],
      [634, 250],
      [320, 494],
      [5, 494],
    ] as const) {
      expect(picture.at(x, y)).toEqual(color);
    }
    // The very corner of the widget's own box: rounded panels and gaps are see-through too.
    if (tag === "tm-emote-cloud") expect(picture.at(41, 41)).toEqual(color);
  });
});
