import { install, isInstalled } from "./lib/install.mjs";
import { withSetUpLock } from "./lib/lock.mjs";
import { buildPackages, stalePackages, workspacePackages } from "./lib/packages.mjs";
import { runProgram, SetupError } from "./lib/project.mjs";

// npm run build [-- <package>… --force]: those packages, and what they depend on; all by default.
await runProgram(async () => {
  const args = process.argv.slice(2);
  const force = args.includes("--force");
  const all = workspacePackages();
  const selected = select(
    all,
    args.filter((arg) => arg !== "--force"),
  );
  await withSetUpLock(async () => {
    if (!isInstalled()) await install();
    const due = force ? selected : stalePackages(all).filter((item) => selected.includes(item));
    await buildPackages(due, all);
    if (due.length === 0) console.log("Everything is built.");
  });
  return 0;
});

/**
 * @param {import("./lib/packages.mjs").WorkspacePackage[]} all
 * @param {string[]} names
 */
function select(all, names) {
  if (names.length === 0) return all;
  const unknown = names.find((name) => !all.some((item) => item.name === name));
  if (unknown !== undefined) {
    throw new SetupError(`There is no package ${unknown}: choose from ${all.map((item) => item.name).join(", ")}.`);
  }
  const chosen = new Set(all.filter((item) => names.includes(item.name)));
  // A set also visits what is added while it is visited.
  for (const item of chosen) item.dependencies.forEach((dependency) => chosen.add(dependency));
  return all.filter((item) => chosen.has(item));
}
