/**
 * Takes pictures of the built pages, served by the fake server, at the sizes and over the backdrops that matter.
 * `node packages/widgets/scripts/look.js [folder] [name filter]`; needs a build and a Chromium (`CHROME_BIN`).
 */
import { mkdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { chromium } from "playwright";
import { runnerImport } from "vite";
import { CHROMIUM_FLAGS, findChromium } from "../../../scripts/services/chromium.mjs";

const folder = resolve(process.argv[2] ?? ".cache/look");
const filter = process.argv[3] ?? "";
const here = import.meta.dirname;

const STREAMS = [
  { streamId: "aurora", name: "Aurora", title: "First try, no hints", category: "Puzzle", isLive: true, seed: 7 },
  {
    streamId: "night-train",
    name: "Night Train",
    title: "Ranked to the top",
    category: "Racing",
    isLive: true,
    seed: 11,
  },
  { streamId: "quiet-corner", name: "Quiet Corner", title: null, category: "Music", isLive: false, seed: 3 },
];

/** Worst cases behind an overlay: dark, bright, busy, and none. */
const BACKDROPS = {
  dark: "linear-gradient(160deg,#0b1020,#26324d 55%,#0e1a14)",
  bright: "linear-gradient(180deg,#bfe3ff,#fff 45%,#d9f2b4 46%,#8fc45a)",
  checker: "repeating-conic-gradient(#fff 0 25%,#b8b8b8 0 50%) 0 0/48px 48px",
};

const SIZES = { phone: [390, 844], "720p": [1280, 720], "1080p": [1920, 1080], "1440p": [2560, 1440] };
const WIDGETS = ["pulse-bar", "chat-flow", "emote-cloud", "moments-timeline"];
const TILES = {
  "pulse-bar": [1240, 110],
  "chat-flow": [760, 300],
  "emote-cloud": [620, 400],
  "moments-timeline": [560, 820],
};

function* shots() {
  for (const [size, [width, height]] of Object.entries(SIZES)) {
    yield { name: `dashboard-${size}`, path: "/", width, height, isWhole: true };
  }
  for (const widget of WIDGETS) {
    for (const [size, [width, height]] of Object.entries(SIZES).slice(1)) {
      yield { name: `${widget}-${size}`, path: `/overlay/${widget}?stream=aurora`, width, height, backdrop: "dark" };
    }
    const [width, height] = TILES[widget];
    for (const backdrop of Object.keys(BACKDROPS)) {
      yield { name: `${widget}-tile-${backdrop}`, path: `/overlay/${widget}?stream=aurora`, width, height, backdrop };
    }
    yield {
      name: `${widget}-default`,
      path: `/overlay/${widget}?stream=aurora`,
      width: 800,
      height: 600,
      backdrop: "dark",
    };
    yield {
      name: `${widget}-small`,
      path: `/overlay/${widget}?stream=aurora`,
      width: 360,
      height: 300,
      backdrop: "bright",
    };
  }
  yield { name: "overlay-no-stream", path: "/overlay/pulse-bar", width: 800, height: 600, backdrop: "bright" };
  yield { name: "overlay-unknown", path: "/overlay/nothing", width: 1920, height: 1080, backdrop: "dark" };
  for (const widget of WIDGETS) {
    const [width, height] = TILES[widget];
    yield { name: `${widget}-unseen`, path: `/overlay/${widget}?stream=nobody`, width, height, backdrop: "dark" };
    yield {
      name: `${widget}-cut`,
      path: `/overlay/${widget}?stream=aurora`,
      width,
      height,
      backdrop: "dark",
      isCut: true,
    };
  }
  yield { name: "dashboard-unseen", path: "/?stream=nobody", width: 1280, height: 800, isWhole: true };
}

const { path: executablePath, reason } = findChromium();
if (executablePath === undefined) throw new Error(reason);
const { module } = await runnerImport(join(here, "../test/support/fake-server.ts"));
const pagesDir = join(here, "../dist/pages");
const server = await module.startFakeServer({ pagesDir, streams: STREAMS });
const empty = await module.startFakeServer({ pagesDir, streams: [] });
const browser = await chromium.launch({ executablePath, args: CHROMIUM_FLAGS });
mkdirSync(folder, { recursive: true });

async function take({ name, path, width, height, backdrop, isWhole = false, isCut = false, origin = server.origin }) {
  if (!name.includes(filter)) return;
  const page = await browser.newPage({ viewport: { width, height } });
  page.on("console", (message) => message.type() === "error" && console.log(`${name}: ${message.text()}`));
  page.on("pageerror", (error) => console.log(`${name}: ${error}`));
  if (isCut) {
    let isFirst = true;
    await page.routeWebSocket("**", (socket) => {
      if (isFirst) socket.connectToServer();
      setTimeout(() => void socket.close(), isFirst ? 800 : 0);
      isFirst = false;
    });
  }
  await page.goto(origin + path);
  await page.waitForTimeout(isCut ? 1800 : 1200);
  if (backdrop !== undefined) {
    // Behind the page as OBS composes it: the page itself stays see-through.
    await page.evaluate((background) => {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(`html{background:${background} !important}`);
      document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
    }, BACKDROPS[backdrop]);
  }
  await page.screenshot({ path: join(folder, `${name}.png`), fullPage: isWhole });
  await page.close();
}

try {
  for (const shot of shots()) await take(shot);
  await take({ name: "dashboard-empty", path: "/", width: 1280, height: 720, origin: empty.origin });
  await take({ name: "dashboard-empty-phone", path: "/", width: 390, height: 844, origin: empty.origin });
} finally {
  await browser.close();
  await Promise.all([server.close(), empty.close()]);
}
