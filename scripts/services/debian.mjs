import { existsSync, rmSync, writeFileSync } from "node:fs";
import { findProgram, run } from "../lib/programs.mjs";

const POLICY = "/usr/sbin/policy-rc.d";
/** Another installation may be under way. */
const WAIT_FOR_LOCK = "-oDPkg::Lock::Timeout=120";

/** One installation at a time: they share a lock. @type {Promise<unknown>} */
let queue = Promise.resolve();
/** @type {Promise<string> | undefined} */
let listsUpdated;

/** @returns {boolean} Whether this process may install Debian packages. */
export function canInstall() {
  return process.getuid?.() === 0 && existsSync("/etc/debian_version") && findProgram(["apt-get"]) !== undefined;
}

/**
 * Installs Debian packages, without letting any of them start a service of its own.
 *
 * @param {string[]} packages
 * @param {string[]} [units] systemd units that the packages bring and that shall stay off.
 * @returns {Promise<void>}
 */
export function installPackages(packages, units = []) {
  const installation = queue.then(() => install(packages, units));
  queue = installation.catch(() => {});
  return installation;
}

/**
 * @param {string[]} packages
 * @param {string[]} units
 */
async function install(packages, units) {
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  console.log(`Installing ${packages.join(", ")} …`);
  listsUpdated ??= run("apt-get", ["update", "-qq"], { env });
  await listsUpdated;
  const blocked = blockServiceStarts();
  try {
    await run("apt-get", ["install", "-y", "-qq", "--no-install-recommends", WAIT_FOR_LOCK, ...packages], { env });
    if (existsSync("/run/systemd/system")) {
      await Promise.all(units.map((unit) => run("systemctl", ["disable", "--now", unit], { env })));
    }
  } finally {
    if (blocked) rmSync(POLICY, { force: true });
  }
}

/** Package scripts ask this program before they start a service; exit code 101 forbids it. */
function blockServiceStarts() {
  if (existsSync(POLICY)) return false;
  writeFileSync(POLICY, "#!/bin/sh\nexit 101\n", { mode: 0o755 });
  return true;
}
