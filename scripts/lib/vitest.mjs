import { spawn } from "node:child_process";
import { join } from "node:path";
import { projectEnvironment, projectNode, ROOT } from "./project.mjs";

/**
 * Runs tests to their end, in this terminal.
 *
 * @param {string[]} args Of `vitest run`.
 * @param {NodeJS.ProcessEnv} more What the tests find in their environment besides that of the project.
 * @returns {Promise<number>} Exit code.
 */
export function runVitest(args, more) {
  const vitest = join(ROOT, "node_modules/vitest/vitest.mjs");
  const child = spawn(projectNode(), [vitest, "run", ...args], {
    cwd: ROOT,
    env: { ...projectEnvironment(), ...more },
    stdio: "inherit",
  });
  // Ctrl-C reaches vitest by itself, and its end is the end of this program.
  process.on("SIGINT", () => {});
  process.on("SIGTERM", () => child.kill("SIGTERM"));
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", (code) => resolve(code ?? 1));
  });
}
