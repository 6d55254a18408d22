import { expect } from "vitest";
import expected from "./expected.json";
import { runScenario } from "./scenario.js";

/**
 * Whoever changes what the engine computes, the lexicon or the rules of moments changes the digest: after looking at why,
 * `node packages/core/test/parity/write-expected.mjs` writes the new one.
 */
export async function expectSameAsEverywhere(): Promise<void> {
  const result = await runScenario();
  expect(result.rows.count).toBeGreaterThan(500);
  expect(result.moments.count).toBeGreaterThan(5);
  expect(result.sessions.count).toBeGreaterThan(1_000);
  expect(result).toEqual(expected);
}
