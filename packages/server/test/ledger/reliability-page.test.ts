import { readFileSync } from "node:fs";
import { join } from "node:path";
import { format } from "prettier";
import { expect, it } from "vitest";
import { EMBEDDED_FAULTS, FAULTS } from "../infra/faults/faults.js";
import { renderReliabilityPage, type Results } from "../infra/faults/reliability-page.js";

const ROOT = join(import.meta.dirname, "../../../..");
const FAULTS_FOLDER = join(ROOT, "packages/server/test/infra/faults");

it("docs/reference/reliability.md has a row for every fault, with the figures that were measured", async () => {
  const results = JSON.parse(readFileSync(join(FAULTS_FOLDER, "results.json"), "utf8")) as Results;
  const rows = [...FAULTS, ...EMBEDDED_FAULTS];
  expect(Object.keys(results).filter((id) => !rows.some((row) => row.id === id))).toEqual([]);
  const page = await format(renderReliabilityPage(rows, results), { parser: "markdown", printWidth: 120 });
  expect(readFileSync(join(ROOT, "docs/reference/reliability.md"), "utf8")).toBe(page);
});
