import { writeFileSync } from "node:fs";
import { obtainServices } from "./all.mjs";

/**
 * Starts the real services once for all test files of a project, and hands over where they are.
 *
 * @param {import("vitest/node").TestProject} project
 * @returns {Promise<() => Promise<void>>}
 */
export default async function setUpServices(project) {
  const { addresses, missing, stop } = await obtainServices();
  for (const { name, reason } of missing) console.warn(`${name} is missing, its tests are skipped: ${reason}`);
  project.provide("services", { addresses, missing });
  const { TELEMETRA_MISSING_SERVICES: report } = process.env;
  if (report) writeFileSync(report, JSON.stringify(missing));
  return stop;
}
