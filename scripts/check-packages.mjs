import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { workspacePackages } from "./lib/packages.mjs";
import { projectEnvironment, ROOT } from "./lib/project.mjs";

// What would be published must resolve, with its types, for every program that can import ES modules.
const checks = [
  { program: "publint", argsFor: (/** @type {string} */ folder) => [folder, "--strict"] },
  {
    program: "attw",
    argsFor: (/** @type {string} */ folder) => [
      "--pack",
      folder,
      "--profile",
      "esm-only",
      "--format",
      "ascii",
      "--no-emoji",
    ],
  },
];

for (const { name, folder } of workspacePackages()) {
  for (const { program, argsFor } of checks) {
    const { status, stdout, stderr } = spawnSync(join(ROOT, "node_modules/.bin", program), argsFor(folder), {
      cwd: ROOT,
      env: projectEnvironment(),
      encoding: "utf8",
      shell: process.platform === "win32",
    });
    console.log(`${status === 0 ? "ok    " : "FAILED"}  ${program}  ${name}`);
    if (status === 0) continue;
    console.log(`${stdout ?? ""}${stderr ?? ""}`);
    process.exitCode = 1;
  }
}
