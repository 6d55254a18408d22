import { bundleWorker } from "./bundle-worker.mjs";

/**
 * A page has no bundler: the script of the worker is made before, and handed over.
 *
 * @param {import("vitest/node").TestProject} project
 */
export async function setup(project) {
  project.provide("parityWorker", await bundleWorker());
}
