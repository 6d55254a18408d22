import { spawn } from "node:child_process";
import { join } from "node:path";
import { watchNpm } from "./lib/ancestors.mjs";
import { projectNode, ROOT, runProgram } from "./lib/project.mjs";
import { setUp } from "./lib/set-up.mjs";

const SERVER = join(ROOT, "packages/server/dist/main.js");

/** A server that has not stopped by then is asked again, and then no longer asked. */
const ASK_AGAIN_MS = 5000;
const GIVE_UP_MS = 15_000;
/** One Ctrl-C can arrive twice: from the terminal and from npm, which passes it on. */
const SAME_SIGNAL_MS = 1000;

const stop = new AbortController();
const kill = new AbortController();
let stopRequestedMs = 0;
for (const name of ["SIGINT", "SIGTERM"]) {
  process.on(name, () => {
    if (stop.signal.aborted && Date.now() - stopRequestedMs > SAME_SIGNAL_MS) kill.abort();
    requestStop();
  });
}
watchNpm(requestStop);

await runProgram(async () => {
  try {
    await setUp({ stop: stop.signal });
  } catch (error) {
    if (stop.signal.aborted) return 0;
    throw error;
  }
  return stop.signal.aborted ? 0 : serve(process.argv.slice(2));
});

function requestStop() {
  if (stop.signal.aborted) return;
  stopRequestedMs = Date.now();
  stop.abort();
}

/**
 * Runs the server to its end. The channel between the two tells the server when this process is gone, even when it was
 * killed; closing it is also how the server is asked to stop.
 *
 * @param {string[]} args
 * @returns {Promise<number>} Exit code.
 */
async function serve(args) {
  const server = spawn(projectNode(), [SERVER, ...args], {
    stdio: ["inherit", "inherit", "inherit", "ipc"],
    env: { ...process.env, TELEMETRA_STOP_WITH_PARENT: "1" },
  });
  stop.signal.addEventListener("abort", () => {
    if (server.connected) server.disconnect();
    setTimeout(() => server.kill("SIGTERM"), ASK_AGAIN_MS).unref();
    setTimeout(() => kill.abort(), GIVE_UP_MS).unref();
  });
  kill.signal.addEventListener("abort", () => server.kill("SIGKILL"));
  const [code, signal] = await new Promise((resolve) => {
    server.once("error", (error) => {
      console.error(`The server cannot be started: ${error.message}`);
      resolve([1, null]);
    });
    server.once("exit", (...outcome) => resolve(outcome));
  });
  if (signal === null) return code;
  if (stop.signal.aborted && signal !== "SIGKILL") return 0;
  console.error(`The server was ended by ${signal}.`);
  return 1;
}
