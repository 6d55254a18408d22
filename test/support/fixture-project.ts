import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";

const ROOT = join(import.meta.dirname, "../..");

/** Stands in for the server: says what it got, and stops for the same reasons. */
const SERVER = `
import { VALUE } from "@fixture/core";
const args = process.argv.slice(2);
const stop = (reason) => { console.log("stopped by " + reason); process.exit(0); };
for (const name of ["SIGINT", "SIGTERM"]) process.on(name, () => stop(name));
if (process.env.TELEMETRA_STOP_WITH_PARENT === "1") process.on("disconnect", () => stop("disconnect"));
setInterval(() => {}, 1000);
// Last: whoever has read this may send a signal at once.
console.log(JSON.stringify({ pid: process.pid, parent: process.ppid, args, value: VALUE, node: process.version }));
if (args[0] === "--exit") process.exit(Number(args[1]));
`;

const COPY_SOURCES = "rm -rf dist && cp -r src dist";

const ROOT_MANIFEST = {
  name: "fixture",
  private: true,
  type: "module",
  workspaces: ["packages/core", "packages/server"],
  // The second one keeps a shell between npm and the launcher, whatever shell npm uses.
  scripts: { start: "node scripts/start.mjs", "start-in-shell": "node scripts/start.mjs; exit $?" },
};

const MANIFESTS = {
  core: manifestOf("core", "index.js"),
  server: { ...manifestOf("server", "main.js"), dependencies: { "@fixture/core": "1.0.0" } },
};

function manifestOf(name: string, file: string): object {
  return {
    name: `@fixture/${name}`,
    version: "1.0.0",
    type: "module",
    exports: { ".": { import: `./dist/${file}` } },
  };
}

export interface FixtureProject {
  readonly folder: string;
  /** Programs find the Node that runs these tests, and npm no network. */
  readonly env: NodeJS.ProcessEnv;
  write(file: string, text: string): void;
  /** Gives a package another build command; without one, its first. */
  setBuild(name: "core" | "server", command?: string): void;
  remove(): void;
}

/** A checkout with the real launcher, two tiny packages (`server` needs `core`), and nothing installed or built. */
export function createFixtureProject(): FixtureProject {
  const folder = mkdtempSync(join(tmpdir(), "telemetra-launcher-"));
  const write = (file: string, text: string): void => {
    mkdirSync(join(folder, file, ".."), { recursive: true });
    writeFileSync(join(folder, file), text);
  };
  cpSync(join(ROOT, "scripts/start.mjs"), join(folder, "scripts/start.mjs"));
  cpSync(join(ROOT, "scripts/lib"), join(folder, "scripts/lib"), { recursive: true });
  write("package.json", json(ROOT_MANIFEST));
  const setBuild: FixtureProject["setBuild"] = (name, build = COPY_SOURCES) => {
    write(`packages/${name}/package.json`, json({ ...MANIFESTS[name], scripts: { build } }));
  };
  setBuild("core");
  setBuild("server");
  write("packages/core/src/index.js", "export const VALUE = 1;\n");
  write("packages/server/src/main.js", SERVER);

  const env: NodeJS.ProcessEnv = { ...process.env, npm_config_offline: "true", npm_config_update_notifier: "false" };
  env["PATH"] = [join(ROOT, "node_modules/.bin"), process.env["PATH"]].join(delimiter);
  for (const name of Object.keys(env))
    if (/^npm_(lifecycle|package|execpath|node|command)/.test(name)) delete env[name];
  const lock = spawnSync("npm", ["install", "--package-lock-only"], { cwd: folder, env, encoding: "utf8" });
  if (lock.status !== 0) throw new Error(`no lockfile for the fixture: ${lock.stderr}`);
  return {
    folder,
    env,
    write,
    setBuild,
    remove: () => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }),
  };
}

function json(value: object): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
