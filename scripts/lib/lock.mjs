import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { ROOT } from "./project.mjs";

const LOCK = join(ROOT, ".cache/set-up.lock");
const POLL_MS = 200;

/**
 * Lets one process at a time install and build in this checkout.
 *
 * @template T
 * @param {() => Promise<T>} body
 * @param {AbortSignal} [stop] Gives up the wait.
 * @returns {Promise<T>}
 */
export async function withSetUpLock(body, stop) {
  let told = false;
  while (!tryLock()) {
    stop?.throwIfAborted();
    if (!told) console.log("Waiting for another set-up of this checkout to finish …");
    told = true;
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
  try {
    return await body();
  } finally {
    rmSync(LOCK, { force: true });
  }
}

function tryLock() {
  mkdirSync(dirname(LOCK), { recursive: true });
  try {
    writeFileSync(LOCK, String(process.pid), { flag: "wx" });
    return true;
  } catch {
    // A holder that was killed left the file behind; the next attempt takes the lock.
    if (!isRunning(readHolder())) rmSync(LOCK, { force: true });
    return false;
  }
}

function readHolder() {
  try {
    return Number(readFileSync(LOCK, "utf8"));
  } catch {
    return 0;
  }
}

/** @param {number} pid */
function isRunning(pid) {
  try {
    if (pid > 0) process.kill(pid, 0);
    return pid > 0;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}
