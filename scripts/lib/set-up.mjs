import { install, isInstalled } from "./install.mjs";
import { withSetUpLock } from "./lock.mjs";
import { buildPackages, stalePackages, workspacePackages } from "./packages.mjs";

/**
 * Installs and builds what is missing or stale, and nothing else.
 *
 * @param {{ stop?: AbortSignal | undefined }} [options] `stop` ends whatever is under way.
 * @returns {Promise<void>}
 */
export async function setUp({ stop } = {}) {
  const packages = workspacePackages();
  if (isInstalled() && stalePackages(packages).length === 0) return;
  await withSetUpLock(async () => {
    if (!isInstalled()) await install(stop);
    await buildPackages(stalePackages(packages), packages, stop);
  }, stop);
}
