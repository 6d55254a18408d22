import { spawn } from "node:child_process";
import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";
import { stripVTControlCharacters } from "node:util";

/**
 * The first of these programs that can be run.
 *
 * @param {string[]} names File names, in order of preference.
 * @param {string[]} [moreFolders] Folders to look in after those of the `PATH`.
 * @returns {string | undefined} Its full path.
 */
export function findProgram(names, moreFolders = []) {
  const { PATH: searchPath = "" } = process.env;
  const folders = [...searchPath.split(delimiter).filter(Boolean), ...moreFolders];
  return names.flatMap((name) => folders.map((folder) => join(folder, name))).find(isExecutable);
}

/** @param {string} path */
function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/**
 * Runs a program to its end.
 *
 * @param {string} command
 * @param {string[]} args
 * @param {import("node:child_process").SpawnOptions & { input?: string }} [options]
 * @returns {Promise<string>} What it wrote to both outputs.
 * @throws {Error} When it cannot be started or fails; the message ends with the last lines of its output.
 */
export async function run(command, args, { input, ...options } = {}) {
  const child = spawn(command, args, { ...options, stdio: ["pipe", "pipe", "pipe"] });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding("utf8").on("data", (/** @type {string} */ text) => (output += text));
  }
  child.stdin?.on("error", () => {}).end(input);
  const status = await new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code, signal) => resolve(code ?? signal));
  });
  if (status !== 0) throw new Error(`${[command, ...args].join(" ")} ended with ${status}:\n${lastLines(output)}`);
  return output;
}

/**
 * @param {string} text
 * @param {number} [count]
 */
export function lastLines(text, count = 20) {
  return stripVTControlCharacters(text).trimEnd().split("\n").slice(-count).join("\n");
}
