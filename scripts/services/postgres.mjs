import { chownSync, mkdtempSync, readdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { findProgram, run } from "../lib/programs.mjs";
import { canInstall, installPackages } from "./debian.mjs";
import { freePort } from "./free-port.mjs";
import { removeFolder, startGuarded } from "./guarded-process.mjs";

const USER = "telemetra";

/** @type {import("./service.mjs").ServiceRecipe} */
export const postgres = {
  name: "PostgreSQL",
  variable: "DATABASE_URL",
  async start() {
    const programs = await findOrInstall();
    if (programs === undefined) return { reason: "no initdb found; install PostgreSQL or set DATABASE_URL" };
    const account = await serverAccount();
    if (account === undefined) return { reason: "PostgreSQL refuses to run as root, and there is no user postgres" };
    const { url, stop } = await startPostgres({ programs, account });
    return { address: url, stop };
  },
};

/**
 * A server of one's own that may be ended and started again.
 *
 * @param {Record<string, string>} [settings]
 * @returns {Promise<PostgresServer>} Rejects with the reason when there is no PostgreSQL to be had.
 *
 * @typedef {object} PostgresServer
 * @property {string} url
 * @property {(signal?: NodeJS.Signals) => Promise<void>} end Its data stays. SIGINT (the default) is a fast shutdown, SIGQUIT is as by a crash.
 * @property {() => Promise<void>} start Starts it again, with its old address and data.
 * @property {() => Promise<void>} stop Ends it and removes its data.
 */
export async function startOwnPostgres(settings) {
  const programs = await findOrInstall();
  const account = await serverAccount();
  if (programs === undefined || account === undefined) throw new Error("no PostgreSQL that could be started here");
  return startPostgres({ programs, account, ...(settings === undefined ? {} : { settings }) });
}

async function findOrInstall() {
  if (findPrograms() === undefined && canInstall()) await installPackages(["postgresql"], ["postgresql"]);
  return findPrograms();
}

/** @returns {string | undefined} The folder of `initdb` and `postgres`. */
function findPrograms() {
  const folders = ["/usr/lib/postgresql", "/opt/homebrew/opt", "/usr/local/opt"].flatMap(installedVersions);
  const initdb = findProgram(["initdb"], folders);
  return initdb === undefined ? undefined : dirname(initdb);
}

/** @param {string} parent Holds one folder per version; the newest comes first. */
function installedVersions(parent) {
  try {
    const versions = readdirSync(parent).filter((name) => /^(postgresql@?)?\d*$/.test(name));
    return versions
      .sort((left, right) => right.localeCompare(left, "en", { numeric: true }))
      .map((name) => join(parent, name, "bin"));
  } catch {
    return [];
  }
}

/**
 * PostgreSQL refuses to run as root, who lends it the account that comes with the package.
 *
 * @returns {Promise<{ uid?: number, gid?: number } | undefined>}
 */
async function serverAccount() {
  if (process.getuid?.() !== 0) return {};
  try {
    return { uid: Number(await run("id", ["-u", "postgres"])), gid: Number(await run("id", ["-g", "postgres"])) };
  } catch {
    return undefined;
  }
}

/**
 * A cluster of our own with throw-away data: nothing is synchronised to disk unless `settings` say so.
 *
 * @param {{ programs: string, account: { uid?: number, gid?: number }, settings?: Record<string, string> }} options
 */
async function startPostgres({ programs, account, settings = {} }) {
  const folder = mkdtempSync(join(tmpdir(), "telemetra-postgres-"));
  if (account.uid !== undefined && account.gid !== undefined) chownSync(folder, account.uid, account.gid);
  const env = { ...process.env, LC_ALL: "C" };
  const data = join(folder, "data");
  try {
    const initdb = ["-D", data, "-U", USER, "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"];
    await run(join(programs, "initdb"), initdb, { cwd: folder, env, ...account });
    const port = await freePort();
    const all = {
      port: String(port),
      listen_addresses: "127.0.0.1",
      unix_socket_directories: "",
      fsync: "off",
      full_page_writes: "off",
      max_connections: "200",
      ...settings,
    };
    const args = Object.entries(all).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
    const launch = () =>
      startGuarded(join(programs, "postgres"), ["-D", data, ...args], {
        folder,
        env,
        ready: /database system is ready to accept connections/,
        stopSignal: "SIGINT",
        ...account,
      });
    let server = await launch();
    return {
      url: `postgres://${USER}@127.0.0.1:${port}/postgres`,
      end: (/** @type {NodeJS.Signals} */ signal = "SIGINT") => server.end(signal),
      start: async () => {
        server = await launch();
      },
      stop: async () => {
        await server.end();
        removeFolder(folder);
      },
    };
  } catch (error) {
    removeFolder(folder);
    throw error;
  }
}
