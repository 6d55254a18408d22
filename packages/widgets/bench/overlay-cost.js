/**
 * What the four widgets cost on one 1080p page without a GPU, as OBS may have to draw them: share of one core, and
 * paints, while the stream is live and while nothing new comes. Needs a build and a Chromium (`CHROME_BIN`).
 *
 * `node packages/widgets/bench/overlay-cost.js [seconds]`
 */
import { join } from "node:path";
import { chromium } from "playwright";
import { runnerImport } from "vite";
import { CHROMIUM_FLAGS, findChromium } from "../../../scripts/services/chromium.mjs";

const SECONDS = Number(process.argv[2] ?? 30);
const STYLES = `body{display:block!important;padding:0!important}
tm-source{display:grid!important;grid-template:auto 320px 1fr / 800px 600px;gap:24px;padding:54px 96px}
tm-source>*{inline-size:auto!important;place-self:stretch!important}
tm-pulse-bar{grid-column:1/-1}tm-chat-flow{block-size:320px!important}tm-emote-cloud{block-size:420px!important}
tm-moments-timeline{grid-area:2/2/span 2}`;
const WIDGETS = ["tm-pulse-bar", "tm-chat-flow", "tm-emote-cloud", "tm-moments-timeline"];

const { path: executablePath, reason } = findChromium();
if (executablePath === undefined) throw new Error(reason);
const { module } = await runnerImport(join(import.meta.dirname, "../test/support/fake-server.ts"));
const server = await module.startFakeServer({
  pagesDir: join(import.meta.dirname, "../dist/pages"),
  streams: [{ streamId: "s", name: "s", title: null, category: null, isLive: true, seed: 7 }],
});
const browser = await chromium.launch({ executablePath, args: CHROMIUM_FLAGS });
const session = await browser.newBrowserCDPSession();

/** CPU seconds of all the browser's processes so far. */
async function cpuSeconds() {
  const { processInfo } = await session.send("SystemInfo.getProcessInfo");
  return processInfo.reduce((sum, { cpuTime }) => sum + cpuTime, 0);
}

/**
 * @param {import("playwright").Page} page
 * @param {string} name
 */
async function measure(page, name) {
  await page.waitForTimeout(3_000);
  const before = await cpuSeconds();
  await page.waitForTimeout(SECONDS * 1000);
  const share = (100 * ((await cpuSeconds()) - before)) / SECONDS;
  const paintCount = await countPaints(page, 6_000);
  console.log(
    `${name.padEnd(34)} ${share.toFixed(1).padStart(5)} % of a core   ${(paintCount / 6).toFixed(1).padStart(5)} paints/s`,
  );
}

/**
 * @param {import("playwright").Page} page
 * @param {number} forMs
 */
async function countPaints(page, forMs) {
  const client = await page.context().newCDPSession(page);
  let count = 0;
  client.on("Tracing.dataCollected", ({ value }) => {
    count += value.filter((/** @type {any} */ event) => event.name === "Paint" && event.ph !== "E").length;
  });
  const finished = new Promise((resolve) => client.once("Tracing.tracingComplete", resolve));
  await client.send("Tracing.start", { categories: "devtools.timeline", transferMode: "ReportEvents" });
  await page.waitForTimeout(forMs);
  await client.send("Tracing.end");
  await finished;
  await client.detach();
  return count;
}

const page = await browser.newPage({ viewport: { width: 1920, height: 1080 } });
try {
  await page.goto("about:blank");
  await measure(page, "an empty page");
  await page.goto(`${server.origin}/overlay/pulse-bar?stream=s`);
  await page.evaluate(
    ({ styles, widgets }) => {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(styles);
      document.adoptedStyleSheets = [sheet];
      document.querySelector("tm-source")?.replaceChildren(...widgets.map((tag) => document.createElement(tag)));
    },
    { styles: STYLES, widgets: WIDGETS },
  );
  await page.waitForFunction(() => document.querySelector("tm-emote-cloud")?.matches(":state(live)"));
  await measure(page, "four widgets, live at 1.5 s");
  await page.emulateMedia({ reducedMotion: "reduce" });
  await measure(page, "the same, with reduced motion");
  server.setSilent(true);
  await page.waitForTimeout(12_000);
  await measure(page, "four widgets, nothing new");
} finally {
  await browser.close();
  await server.close();
}
