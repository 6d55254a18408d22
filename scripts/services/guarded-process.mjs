import { spawn } from "node:child_process";
import { rmSync } from "node:fs";
import { lastLines } from "../lib/programs.mjs";
import { withDeadline } from "../lib/deadline.mjs";

/**
 * A line on its input releases the guard; the end of its input means that whoever started it is gone, however that
 * happened, and then it ends the service and removes its data.
 */
const GUARD = `
if read -r released; then exit 0; fi
kill -s "$2" "$1"
tries=0
while kill -0 "$1" && [ "$tries" -lt 50 ]; do sleep 0.1; tries=$((tries + 1)); done
kill -s KILL "$1"
rm -rf "$3"
`;

/**
 * @typedef {object} GuardedOptions
 * @property {string} folder Working directory of the service.
 * @property {string} [data] What to remove when this process ends without stopping the service. Default `folder`.
 * @property {RegExp} ready Found in its output once it can be used.
 * @property {NodeJS.Signals} stopSignal What ends it fast and cleanly.
 * @property {number} [uid]
 * @property {number} [gid]
 * @property {NodeJS.ProcessEnv} [env]
 * @property {number} [timeoutMs] Longest wait for `ready`. Default 60 s.
 *
 * @typedef {object} GuardedProcess
 * @property {number} pid
 * @property {() => string} output Everything it has written.
 * @property {(signal?: NodeJS.Signals) => Promise<void>} end Ends it and waits for its end; its data stays.
 */

/**
 * Starts a service that never outlives this process, not even when this process is killed.
 *
 * The service gets a session of its own, so that Ctrl-C in a terminal reaches only the program that uses it.
 *
 * @param {string} command
 * @param {string[]} args
 * @param {GuardedOptions} options
 * @returns {Promise<GuardedProcess>} Once it is ready.
 */
export async function startGuarded(command, args, options) {
  const { folder, data = folder, ready, stopSignal, timeoutMs = 60_000, env = process.env } = options;
  const identity = options.uid === undefined ? {} : { uid: options.uid, gid: options.gid ?? options.uid };
  const child = spawn(command, args, {
    cwd: folder,
    env,
    detached: true,
    stdio: ["ignore", "pipe", "pipe"],
    ...identity,
  });
  const ended = new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", resolve);
  });
  const pid = child.pid;
  if (pid === undefined) return ended.then(() => Promise.reject(new Error(`${command} did not start`)));
  const guard = spawn("/bin/sh", ["-c", GUARD, "guard", String(pid), signalName(stopSignal), data], {
    detached: true,
    stdio: ["pipe", "ignore", "ignore"],
  });
  guard.stdin.on("error", () => {});

  let output = "";
  /** @type {(value?: unknown) => void} */
  let announce;
  const readiness = new Promise((resolve) => (announce = resolve));
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (/** @type {string} */ text) => {
      output += text;
      if (ready.test(output)) announce();
    });
  }

  /** @param {NodeJS.Signals} signal */
  const end = async (signal = stopSignal) => {
    if (child.exitCode === null && child.signalCode === null) child.kill(signal);
    await withDeadline(ended, 10_000, () => "").catch(() => child.kill("SIGKILL"));
    await ended;
    guard.stdin.end("released\n");
  };

  try {
    await withDeadline(
      Promise.race([
        readiness,
        ended.then((code) => Promise.reject(new Error(`${command} ended with ${code}:\n${lastLines(output)}`))),
      ]),
      timeoutMs,
      () => `${command} was not ready within ${timeoutMs / 1000} s:\n${lastLines(output)}`,
    );
  } catch (error) {
    await end("SIGKILL");
    throw error;
  }
  return { pid, output: () => output, end };
}

/** @param {string} folder */
export function removeFolder(folder) {
  rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
}

/** @param {NodeJS.Signals} signal As `kill -s` wants it: without the prefix. */
function signalName(signal) {
  return signal.replace(/^SIG/, "");
}
