import { spawn } from "node:child_process";
import { SetupError } from "./project.mjs";

const REMINDER_MS = 15_000;
const TAIL_LINES = 30;

/**
 * Runs one step of the preparations. The user sees that it runs; its output is shown only when it fails.
 *
 * @param {string} title What is being done, as in "Installing packages".
 * @param {string} command
 * @param {string[]} args
 * @param {{ cwd: string, env: NodeJS.ProcessEnv, shell?: boolean, stop?: AbortSignal | undefined }} options
 * @returns {Promise<void>}
 * @throws {SetupError} When it fails.
 */
export async function runStep(title, command, args, { stop, ...options }) {
  stop?.throwIfAborted();
  const startedMs = Date.now();
  const seconds = () => Math.round((Date.now() - startedMs) / 1000);
  console.log(`${title} …`);
  const reminder = setInterval(() => console.log(`${title} … (${seconds()} s)`), REMINDER_MS);

  // A group of its own can be ended as a whole, with whatever it has started.
  const ownGroup = process.platform !== "win32";
  const child = spawn(command, args, { ...options, detached: ownGroup, stdio: ["ignore", "pipe", "pipe"] });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding("utf8").on("data", (text) => (output += text));
  const endGroup = () => {
    if (child.pid !== undefined) process.kill(ownGroup ? -child.pid : child.pid, "SIGTERM");
  };
  stop?.addEventListener("abort", endGroup);
  try {
    const outcome = await new Promise((resolve) => {
      child.once("error", (error) => resolve(error.message));
      child.once("close", (code, signal) => resolve(code ?? signal));
    });
    stop?.throwIfAborted();
    if (outcome !== 0) {
      const tail = output.trimEnd().split("\n").slice(-TAIL_LINES).join("\n");
      throw new SetupError(`${tail}\n${title} failed (${outcome}).`.trimStart());
    }
  } finally {
    clearInterval(reminder);
    stop?.removeEventListener("abort", endGroup);
  }
}
