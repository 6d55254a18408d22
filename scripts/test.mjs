import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runProgram } from "./lib/project.mjs";
import { setUp } from "./lib/set-up.mjs";
import { runVitest } from "./lib/vitest.mjs";
import { obtainChromium } from "./services/chromium.mjs";

// npm test [-- <arguments of vitest>]: everything from a fresh checkout on; `--project core` and the like narrow it.
await runProgram(async () => {
  await setUp();
  const folder = mkdtempSync(join(tmpdir(), "telemetra-test-"));
  try {
    const chromium = await obtainChromium();
    const results = join(folder, "results.json");
    const missingServices = join(folder, "missing.json");
    const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${results}`];
    const exitCode = await runVitest([...reporters, ...process.argv.slice(2)], {
      ...(chromium.path === undefined ? {} : { CHROME_BIN: chromium.path }),
      TELEMETRA_MISSING_SERVICES: missingServices,
    });
    const missing = readJson(missingServices, []);
    if (chromium.path === undefined) missing.push({ name: "Chromium", reason: chromium.reason });
    return report(exitCode, readJson(results, undefined), missing);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

/**
 * Prints the outcome; its last line is for programs to read.
 *
 * @param {number} exitCode Of vitest.
 * @param {{ numPassedTests: number, numPendingTests: number, testResults: TestFile[] } | undefined} results
 * @param {{ name: string, reason: string }[]} missing
 * @returns {number} Exit code.
 *
 * @typedef {{ status: string, assertionResults: { status: string }[] }} TestFile
 */
function report(exitCode, results, missing) {
  const failures = (results?.testResults ?? []).map(({ status, assertionResults }) => {
    const failed = assertionResults.filter((test) => test.status === "failed").length;
    return status === "failed" ? Math.max(failed, 1) : failed; // A file can fail before its first test.
  });
  let failed = failures.reduce((sum, count) => sum + count, 0);
  for (const { name, reason } of missing) console.log(`Not tested: ${name} is missing (${reason})`);
  if (results !== undefined && results.numPendingTests > 0) console.log(`${results.numPendingTests} skipped`);
  const { CI: automated } = process.env;
  if (automated === "true") failed += missing.length;
  if (failed === 0 && exitCode !== 0) failed = 1;
  console.log(`${results?.numPassedTests ?? 0} passed, ${failed} failed`);
  return failed === 0 ? 0 : 1;
}

/**
 * @param {string} file
 * @param {any} otherwise
 */
function readJson(file, otherwise) {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch {
    return otherwise;
  }
}
