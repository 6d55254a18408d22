import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { delimiter, join, sep } from "node:path";
import { digestOf, MEMORY, ROOT } from "./project.mjs";
import { runStep } from "./step.mjs";

const LOCKFILE = join(ROOT, "package-lock.json");
const STAMP = join(MEMORY, "installed-lockfile");
/** npm writes this at the end of each installation. */
const NPM_RECORD = join(ROOT, "node_modules/.package-lock.json");

/** @returns {boolean} Whether the installed packages are those of the lockfile. */
export function isInstalled() {
  if (!existsSync(NPM_RECORD)) return false;
  if (existsSync(STAMP)) return readFileSync(STAMP, "utf8") === digestOf(LOCKFILE);
  return statSync(NPM_RECORD).mtimeMs >= statSync(LOCKFILE).mtimeMs;
}

/**
 * Installs exactly what the lockfile says.
 *
 * @param {AbortSignal} [stop]
 * @returns {Promise<void>}
 */
export async function install(stop) {
  const [command, ...args] = npmCommand();
  await runStep("Installing packages", command, [...args, "ci"], { cwd: ROOT, env: hostEnvironment(), stop });
  removeUnusableNode();
  rememberInstallation();
}

/** Notes which lockfile was installed, so that a later change of its time stamp alone is no reason to install again. */
export function rememberInstallation() {
  mkdirSync(MEMORY, { recursive: true });
  writeFileSync(STAMP, digestOf(LOCKFILE));
}

/** @returns {[string, ...string[]]} */
function npmCommand() {
  const { npm_execpath: npmScript = "", npm_node_execpath: node } = process.env;
  // Under `npm start`, the same npm; its Node must not be the one that is about to be replaced.
  if (node && npmScript.endsWith("npm-cli.js") && !node.startsWith(join(ROOT, "node_modules") + sep)) {
    return [node, npmScript];
  }
  return [process.platform === "win32" ? "npm.cmd" : "npm"];
}

/** Without our own programs on the `PATH`: an installation begins by removing them. */
function hostEnvironment() {
  const { PATH: searchPath = "" } = process.env;
  const own = join(ROOT, "node_modules/.bin");
  const folders = searchPath.split(delimiter).filter((folder) => folder !== own);
  return { ...process.env, PATH: folders.join(delimiter) };
}

/**
 * npm chooses our Node by system and processor only. Where its binary cannot run all the same (a Linux without glibc),
 * it must not hide the Node of the host from the scripts.
 */
function removeUnusableNode() {
  const node = join(ROOT, "node_modules/.bin/node");
  if (process.platform === "win32" || !existsSync(node)) return;
  try {
    execFileSync(node, ["--version"], { stdio: "ignore" });
  } catch {
    rmSync(node);
  }
}
