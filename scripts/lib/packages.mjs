import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { digestOf, MEMORY, projectEnvironment, ROOT, SetupError } from "./project.mjs";
import { runStep } from "./step.mjs";

/** Folders of a package that its build does not read. */
const NOT_SOURCES = new Set(["dist", "node_modules", "test", "bench", "stories"]);
/** What every build reads besides its own package. */
const SHARED_SOURCES = ["package-lock.json", "tsconfig.base.json", "tsconfig.json", "scripts/lib/tsup.ts"];

/**
 * @typedef {object} WorkspacePackage
 * @property {string} name Without the scope.
 * @property {string} folder
 * @property {string} build Its `build` script.
 * @property {string[]} outputs Files that it must leave.
 * @property {WorkspacePackage[]} dependencies Other packages here that it imports.
 */

/**
 * The packages of this repository, each after those that it depends on.
 *
 * @returns {WorkspacePackage[]}
 */
export function workspacePackages() {
  /** @type {{ workspaces: string[] }} */
  const { workspaces } = readJson(join(ROOT, "package.json"));
  const manifests = new Map(
    workspaces.map((path) => {
      const folder = join(ROOT, path);
      const manifest = readJson(join(folder, "package.json"));
      return [/** @type {string} */ (manifest.name), { folder, manifest }];
    }),
  );
  /** @type {Map<string, WorkspacePackage>} */
  const ordered = new Map();
  /** @param {string} fullName @returns {WorkspacePackage[]} */
  const visit = (fullName) => {
    const known = ordered.get(fullName);
    const found = manifests.get(fullName);
    if (known !== undefined || found === undefined) return known === undefined ? [] : [known];
    const { folder, manifest } = found;
    const dependencies = Object.keys(manifest.dependencies ?? {}).flatMap(visit);
    const description = { name: basename(folder), folder, build: manifest.scripts.build, outputs: outputsOf(manifest) };
    ordered.set(fullName, { ...description, dependencies });
    return visit(fullName);
  };
  for (const fullName of manifests.keys()) visit(fullName);
  return [...ordered.values()];
}

/**
 * @param {WorkspacePackage[]} packages In the order of {@link workspacePackages}.
 * @returns {WorkspacePackage[]} Those whose build is missing or older than what it was made from.
 */
export function stalePackages(packages) {
  const fingerprints = fingerprintsOf(packages);
  return packages.filter((item) => !isFresh(item, fingerprints.get(item)));
}

/**
 * Builds packages, one after the other.
 *
 * @param {WorkspacePackage[]} selected In the order of {@link workspacePackages}.
 * @param {WorkspacePackage[]} all
 * @param {AbortSignal} [stop]
 * @returns {Promise<void>}
 */
export async function buildPackages(selected, all, stop) {
  for (const item of selected) {
    const stamp = stampOf(item);
    rmSync(stamp, { force: true });
    // Taken before the build: a source that is edited meanwhile makes the result stale.
    const fingerprint = fingerprintsOf(all).get(item) ?? "";
    const environment = { cwd: item.folder, env: projectEnvironment() };
    await runStep(`Building ${item.name}`, item.build, [], { ...environment, shell: true, stop });
    const absent = item.outputs.filter((file) => !existsSync(join(item.folder, file)));
    if (absent.length > 0) throw new SetupError(`Building ${item.name} left no ${absent.join(", ")}.`);
    mkdirSync(MEMORY, { recursive: true });
    writeFileSync(stamp, fingerprint);
  }
}

/**
 * @param {WorkspacePackage} item
 * @param {string | undefined} fingerprint
 */
function isFresh(item, fingerprint) {
  const stamp = stampOf(item);
  return (
    existsSync(stamp) &&
    readFileSync(stamp, "utf8") === fingerprint &&
    item.outputs.every((file) => existsSync(join(item.folder, file)))
  );
}

/** @param {WorkspacePackage} item */
function stampOf(item) {
  return join(MEMORY, `built-${item.name}`);
}

/**
 * A digest per package of everything its build depends on. Contents, not times: a fresh checkout changes only those.
 *
 * @param {WorkspacePackage[]} packages
 * @returns {Map<WorkspacePackage, string>}
 */
function fingerprintsOf(packages) {
  const shared = SHARED_SOURCES.map((file) => digestOf(join(ROOT, file))).join();
  /** @type {Map<WorkspacePackage, string>} */
  const fingerprints = new Map();
  for (const item of packages) {
    const digest = createHash("sha256").update(shared);
    for (const dependency of item.dependencies) digest.update(fingerprints.get(dependency) ?? "");
    for (const file of sourcesOf(item.folder)) {
      digest.update(`\0${file}\0`).update(readFileSync(join(item.folder, file)));
    }
    fingerprints.set(item, digest.digest("hex"));
  }
  return fingerprints;
}

/**
 * @param {string} packageFolder
 * @returns {string[]} Paths inside the package.
 */
function sourcesOf(packageFolder) {
  /** @param {string} folder @returns {string[]} */
  const filesIn = (folder) =>
    readdirSync(join(packageFolder, folder), { withFileTypes: true })
      .sort((left, right) => (left.name < right.name ? -1 : 1))
      .flatMap((entry) => {
        const path = join(folder, entry.name);
        if (NOT_SOURCES.has(path) || entry.name.startsWith(".") || entry.name.endsWith(".md")) return [];
        return entry.isDirectory() ? filesIn(path) : [path];
      });
  return filesIn("");
}

/**
 * @param {{ exports?: Record<string, unknown>, bin?: Record<string, string> }} manifest
 * @returns {string[]}
 */
function outputsOf({ exports = {}, bin = {} }) {
  const targets = Object.values(exports).flatMap((target) =>
    typeof target === "string" ? [target] : Object.values(target ?? {}),
  );
  return [...targets, ...Object.values(bin)].filter((file) => /^\.\/dist\/[^*]+$/.test(file));
}

/** @param {string} file */
function readJson(file) {
  return JSON.parse(readFileSync(file, "utf8"));
}
