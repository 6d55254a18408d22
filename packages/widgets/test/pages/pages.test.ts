import { chromium, type Browser, type Page } from "playwright";
import { rollup } from "rollup";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { CHROMIUM_FLAGS, findChromium } from "../../../../scripts/services/chromium.mjs";
import { singleFile } from "../../rollup.config.js";
import { OVERLAY_NAMES } from "../../src/pages/overlay/overlay-request.js";
import { buildPages } from "../support/built-pages.js";
import { startFakeServer, type FakeServer, type FakeStream } from "../support/fake-server.js";

const STREAMS: FakeStream[] = [
  { streamId: "aurora", name: "Aurora", title: "First try", category: "Puzzle", isLive: true, seed: 7 },
  { streamId: "night:train", name: "Night Train", title: null, category: null, isLive: true, seed: 11 },
];
const { path: executablePath } = findChromium();

// Without a browser there is nothing to look at; the browser projects of vitest.config.ts are absent then, too.
describe.runIf(executablePath !== undefined)(
  "the pages in a browser, under a strict policy",
  { timeout: 30_000 },
  () => {
    let browser: Browser;
    let server: FakeServer;
    let removePages: () => Promise<void>;
    let pagesDir: string;
    let page: Page;
    let troubles: string[];

    beforeAll(async () => {
      const pages = await buildPages();
      ({ pagesDir } = pages);
      removePages = () => pages.remove();
      server = await startFakeServer({ pagesDir, streams: STREAMS, intervalMs: 300 });
      browser = await chromium.launch({ executablePath: executablePath ?? "", args: CHROMIUM_FLAGS });
    }, 60_000);

    afterAll(async () => {
      await browser.close();
      await server.close();
      await removePages();
    });

    beforeEach(async () => {
      page = await browser.newPage({ viewport: { width: 1280, height: 720 } });
      troubles = [];
      page.on("console", (message) => {
        // A stream that the server has not seen yet has no history: the browser reports the 404 by itself.
        if (message.type() === "error" && !message.text().includes("404")) troubles.push(message.text());
      });
      page.on("pageerror", (error) => troubles.push(String(error)));
      page.on("request", (request) => {
        if (!request.url().startsWith(server.origin)) troubles.push(`request to ${request.url().slice(0, 80)}`);
      });
    });

    afterEach(async () => {
      await page.close();
      // Neither a violation of the policy, nor an error, nor a request to another host.
      expect(troubles.filter((trouble) => !trouble.includes("request to data:"))).toEqual([]);
    });

    async function openOverlay(query: string): Promise<void> {
      await page.goto(`${server.origin}/overlay/${query}`);
    }

    it.each(OVERLAY_NAMES)("F15: /overlay/%s is live and see-through where it draws nothing", async (name) => {
      await openOverlay(`${name}?stream=aurora`);
      await page.waitForFunction((tag) => document.querySelector(tag)?.matches(":state(live)"), `tm-${name}`);
      const picture = await page.screenshot({ omitBackground: true });
      const share = await page.evaluate(
        async (bytes) => {
          const bitmap = await createImageBitmap(new Blob([new Uint8Array(bytes)]));
          const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
          const pen = canvas.getContext("2d");
          pen?.drawImage(bitmap, 0, 0);
          const widget = document.querySelector("tm-source > *")?.getBoundingClientRect() ?? new DOMRect();
          const { data } = pen?.getImageData(0, 0, bitmap.width, bitmap.height) ?? { data: [] };
          let outside = 0;
          let inside = 0;
          for (let index = 3; index < data.length; index += 4) {
            if (data[index] === 0) continue;
            const at = (index - 3) / 4;
            const [x, y] = [at % bitmap.width, Math.floor(at / bitmap.width)];
            const isInside = x >= widget.left - 1 && x <= widget.right && y >= widget.top - 1 && y <= widget.bottom;
            if (isInside) inside += 1;
            else outside += 1;
          }
          return { outside, inside };
        },
        [...picture],
      );
      expect(share.outside).toBe(0);
      expect(share.inside).toBeGreaterThan(1_000);
    });

    it("has a chart to show within 300 ms of the page's load", async () => {
      await page.addInitScript(() => {
        const look = (): void => {
          const line = document.querySelector("tm-chat-flow")?.shadowRoot?.querySelector(".line");
          if (line?.getAttribute("d")) performance.mark("chart");
          else requestAnimationFrame(look);
        };
        look();
      });
      // The best of three: the machine may be busy with something else just then.
      const tries: number[] = [];
      for (let attempt = 0; attempt < 3; attempt++) {
        await openOverlay("chat-flow?stream=aurora");
        await page.waitForFunction(() => performance.getEntriesByName("chart").length > 0);
        tries.push(
          await page.evaluate(() => {
            const [navigation] = performance.getEntriesByType("navigation") as PerformanceNavigationTiming[];
            return (
              (performance.getEntriesByName("chart")[0]?.startTime ?? 0) - (navigation?.domContentLoadedEventEnd ?? 0)
            );
          }),
        );
      }
      expect(Math.min(...tries)).toBeLessThan(300);
    });

    it("keeps small text at 24 px or more on a 1080p canvas, inside the title-safe area", async () => {
      await page.setViewportSize({ width: 1920, height: 1080 });
      for (const name of OVERLAY_NAMES) {
        await openOverlay(`${name}?stream=aurora`);
        await page.waitForFunction((tag) => document.querySelector(tag)?.matches(":state(live)"), `tm-${name}`);
        const { size, box } = await page.evaluate(() => {
          const widget = document.querySelector("tm-source > *");
          const root = widget?.shadowRoot?.querySelector(".root");
          const { left, top, right, bottom } = widget?.getBoundingClientRect() ?? new DOMRect();
          return {
            size: Number.parseFloat(getComputedStyle(root as Element).fontSize),
            box: { left, top, right, bottom },
          };
        });
        expect(size, name).toBeGreaterThanOrEqual(24);
        expect(box.left, name).toBeGreaterThanOrEqual(96);
        expect(box.top, name).toBeGreaterThanOrEqual(54);
        expect(box.right, name).toBeLessThanOrEqual(1920 - 96);
        expect(box.bottom, name).toBeLessThanOrEqual(1080 - 54);
      }
    });

    it.each([
      ["pulse-bar", "Which stream?"],
      ["nothing?stream=aurora", "There is no overlay called “nothing”"],
      ["pulse-bar?stream=not%20an%20id", 'stream is "not an id"'],
      ["pulse-bar?twitch=somebody", "not supported yet"],
    ])("says what is wrong with /overlay/%s", async (path, words) => {
      await openOverlay(path);
      await page.getByRole("alert").getByText(words).waitFor();
      troubles = troubles.filter((trouble) => !trouble.startsWith("<tm-source>:"));
    });

    it("plays the demo without asking the server for a stream", async () => {
      await openOverlay("pulse-bar?demo");
      await page.waitForFunction(() => document.querySelector("tm-pulse-bar")?.matches(":state(live)"));
    });

    it("shows an overlay for a stream that nobody has seen, with nothing known", async () => {
      await openOverlay("pulse-bar?stream=nobody");
      await page.waitForFunction(() => document.querySelector("tm-pulse-bar")?.matches(":state(live)"));
      const values = await page.locator("tm-pulse-bar .value").allTextContents();
      expect(values).toEqual(["–", "–", "–", "–"]);
    });

    it("comes back by itself after the link was cut and after the server was silent", async () => {
      await openOverlay("pulse-bar?stream=aurora");
      const inState = (state: string) =>
        page.waitForFunction((name) => document.querySelector("tm-pulse-bar")?.matches(`:state(${name})`), state);
      await inState("live");
      server.cut(0);
      await inState("reconnecting");
      await inState("live");
      server.cut(4200);
      await inState("live");
      expect(server.connectionCount()).toBeGreaterThan(0);
    });

    it("lists the streams, follows the one that is chosen and offers its overlays", async () => {
      await page.goto(`${server.origin}/?stream=aurora`);
      await page.getByRole("heading", { name: "Aurora", level: 1 }).waitFor();
      await page.getByRole("link", { name: /Night Train/ }).click();
      await page.getByRole("heading", { name: "Night Train", level: 1 }).waitFor();
      expect(new URL(page.url()).search).toBe("?stream=night%3Atrain");
      await page.getByText(`${server.origin}/overlay/chat-flow?stream=night%3Atrain`).waitFor();
      await page.waitForFunction(() => document.querySelector("tm-chat-flow")?.matches(":state(live)"));
      await page.goBack();
      await page.getByText(`${server.origin}/overlay/chat-flow?stream=aurora`).waitFor();
    });

    it("copies the address of an overlay", async () => {
      await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
      await page.goto(`${server.origin}/?stream=aurora`);
      await page.getByRole("button", { name: "Copy the address of Pulse bar" }).click();
      await page.getByText("Copied").waitFor();
      const copied = await page.evaluate(() => navigator.clipboard.readText());
      expect(copied).toBe(`${server.origin}/overlay/pulse-bar?stream=aurora`);
    });

    it("fits every width from a phone up, without scrolling sideways", async () => {
      for (const width of [320, 390, 768, 1024, 1280, 2560]) {
        await page.setViewportSize({ width, height: 800 });
        await page.goto(`${server.origin}/?stream=aurora`);
        await page.waitForFunction(() => document.querySelector("tm-pulse-bar")?.matches(":state(live)"));
        expect(await page.evaluate(() => document.documentElement.scrollWidth), `${width}`).toBeLessThanOrEqual(width);
      }
    });

    it("says how to begin when there is no stream yet", async () => {
      const quiet = await startFakeServer({ pagesDir, streams: [] });
      try {
        await page.goto(quiet.origin);
        await page.getByRole("heading", { name: "No stream yet" }).waitFor();
        await page.getByText("npm start").waitFor();
      } finally {
        await quiet.close();
        troubles = troubles.filter((trouble) => !trouble.includes(quiet.origin));
      }
    });

    it("is one script for a page without a bundler: elements, a name for the rest, and the demo beside it", async () => {
      const bundle = await rollup(singleFile);
      const [script] = (await bundle.generate(singleFile.output)).output;
      await bundle.close();
      expect(script.dynamicImports).toHaveLength(1);
      await page.goto("about:blank");
      await page.addScriptTag({ content: script.code });
      const shown = await page.evaluate(() => {
        document.body.innerHTML = "<tm-source><tm-pulse-bar></tm-pulse-bar></tm-source>";
        const { PulseBar } = (globalThis as unknown as { Telemetra: { PulseBar: unknown } }).Telemetra;
        return document.querySelector("tm-pulse-bar")?.constructor === PulseBar;
      });
      expect(shown).toBe(true);
    });

    it("follows the stream with the largest audience when none is named", async () => {
      await page.goto(server.origin);
      await page.getByRole("heading", { name: "Night Train", level: 1 }).waitFor();
    });
  },
);
