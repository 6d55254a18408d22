import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findProgram } from "../lib/programs.mjs";
import { canInstall, installPackages } from "./debian.mjs";
import { freePort } from "./free-port.mjs";
import { removeFolder, startGuarded } from "./guarded-process.mjs";

/** @type {import("./service.mjs").ServiceRecipe} */
export const redis = {
  name: "Redis",
  variable: "REDIS_URL",
  async start() {
    const program = await findOrInstall();
    if (program === undefined) return { reason: "no redis-server found; install Redis or set REDIS_URL" };
    const { url, stop } = await startRedis(program);
    return { address: url, stop };
  },
};

async function findOrInstall() {
  const find = () => findProgram(["redis-server"], ["/usr/local/bin", "/opt/homebrew/bin"]);
  if (find() === undefined && canInstall()) await installPackages(["redis-server"], ["redis-server"]);
  return find();
}

/**
 * An empty Redis of our own that keeps nothing on disk.
 *
 * @param {string} program
 */
async function startRedis(program) {
  const folder = mkdtempSync(join(tmpdir(), "telemetra-redis-"));
  const port = await freePort();
  const settings = { port, bind: "127.0.0.1", save: "", appendonly: "no", dir: folder, daemonize: "no" };
  const args = Object.entries(settings).flatMap(([name, value]) => [`--${name}`, String(value)]);
  const server = await startGuarded(program, args, {
    folder,
    ready: /Ready to accept connections/,
    stopSignal: "SIGTERM",
  });
  return {
    url: `redis://127.0.0.1:${port}`,
    stop: async () => {
      await server.end();
      removeFolder(folder);
    },
  };
}
