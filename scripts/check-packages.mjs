import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { workspacePackages } from "./lib/packages.mjs";
import { projectEnvironment, ROOT } from "./lib/project.mjs";

// What would be published must resolve, with its types, for every program that can import ES modules.
for (const { name, folder } of workspacePackages()) {
  check(name, "publint", [folder, "--strict"]);
  const excluded = filesForPages(folder).flatMap((file) => ["--exclude-entrypoints", file]);
  check(name, "attw", ["--pack", folder, "--profile", "esm-only", "--format", "ascii", "--no-emoji", ...excluded]);
}

/**
 * @param {string} name
 * @param {string} program
 * @param {string[]} args
 */
function check(name, program, args) {
  const { status, stdout, stderr } = spawnSync(join(ROOT, "node_modules/.bin", program), args, {
    cwd: ROOT,
    env: projectEnvironment(),
    encoding: "utf8",
    shell: process.platform === "win32",
  });
  console.log(`${status === 0 ? "ok    " : "FAILED"}  ${program}  ${name}`);
  if (status === 0) return;
  console.log(`${stdout ?? ""}${stderr ?? ""}`);
  process.exitCode = 1;
}

/**
 * Exports without conditions: files that a page loads by their URL, which need no declarations.
 *
 * @param {string} folder
 * @returns {string[]}
 */
function filesForPages(folder) {
  /** @type {{ exports: Record<string, unknown> }} */
  const { exports } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  return Object.entries(exports).flatMap(([key, target]) => (typeof target === "string" ? [key] : []));
}
