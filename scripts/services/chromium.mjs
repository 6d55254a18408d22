import { existsSync } from "node:fs";
import { join } from "node:path";
import { canInstall, installPackages } from "./debian.mjs";

/** Quiet, and able to run as root in a container without a GPU. */
export const CHROMIUM_FLAGS = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--disable-dev-shm-usage",
];

const MAC_APPS = ["Chromium.app/Contents/MacOS/Chromium", "Google Chrome.app/Contents/MacOS/Google Chrome"];
const NAMES = ["chromium", "chromium-browser", "google-chrome-stable", "google-chrome"];

/**
 * The browser for the browser tests: `CHROME_BIN`, else a Chromium or Chrome on the `PATH`.
 *
 * @returns {{ path: string, reason?: undefined } | { path?: undefined, reason: string }}
 */
export function findChromium(env = process.env) {
  const { CHROME_BIN: chosen, PATH: searchPath = "" } = env;
  if (chosen) {
    return existsSync(chosen) ? { path: chosen } : { reason: `CHROME_BIN is ${chosen}, and there is no such file` };
  }
  const folders = searchPath.split(":").filter(Boolean);
  const candidates = [
    ...NAMES.flatMap((name) => [...folders, "/usr/bin"].map((folder) => join(folder, name))),
    ...MAC_APPS.map((app) => join("/Applications", app)),
  ];
  const path = candidates.find((candidate) => existsSync(candidate));
  return path === undefined ? { reason: "no Chromium found; install it or set CHROME_BIN" } : { path };
}

/**
 * Like {@link findChromium}, but installs one where that is possible, with letters and emoji to draw.
 *
 * @returns {Promise<ReturnType<typeof findChromium>>}
 */
export async function obtainChromium() {
  const found = findChromium();
  const { CHROME_BIN: chosen } = process.env;
  if (found.path !== undefined || chosen || !canInstall()) return found;
  try {
    await installPackages(["chromium", "fonts-dejavu-core", "fonts-noto-color-emoji"]);
  } catch (error) {
    return { reason: error instanceof Error ? error.message : String(error) };
  }
  return findChromium();
}
