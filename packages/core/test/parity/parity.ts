import { expect } from "vitest";
import expected from "./expected.json";
import { runScenario, type ScenarioResult } from "./scenario.js";
import type { WorkerAnswer } from "./scenario-worker.js";

/**
 * Whoever changes what the engine computes, the lexicon or the rules of moments changes the digest: after looking at why,
 * `node packages/core/test/parity/write-expected.mjs` writes the new one.
 */
export async function expectSameAsEverywhere(): Promise<void> {
  expectExpected(await runScenario());
}

/** The same of what a worker answered, which must have been one: nothing of a page in sight. */
export function expectSameFromWorker({ result, failure, hasPage }: WorkerAnswer): void {
  expect(failure).toBeUndefined();
  expect(hasPage).toBe(false);
  expectExpected(result as ScenarioResult);
}

function expectExpected(result: ScenarioResult): void {
  expect(result.rows.count).toBeGreaterThan(500);
  expect(result.moments.count).toBeGreaterThan(5);
  expect(result.sessions.count).toBeGreaterThan(1_000);
  expect(result).toEqual(expected);
}
