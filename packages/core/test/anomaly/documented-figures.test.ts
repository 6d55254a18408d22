import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { resultsFile } from "../../bench/nab/shared-data.js";

type Row = Readonly<Record<string, string | number>>;

const page = readFileSync(resolve(import.meta.dirname, "../../../../docs/concepts/anomalies.md"), "utf8");
/** The page's prose as one line, and its table rows without the padding. */
const prose = page.replaceAll("\n", " ");
const rows = page.split("\n").map((line) =>
  line
    .split("|")
    .map((cell) => cell.trim())
    .join("|"),
);

function read<Report>(name: string): Report {
  return JSON.parse(readFileSync(resultsFile(name), "utf8")) as Report;
}

describe("docs/concepts/anomalies.md", () => {
  it("states the figures that the NAB benchmark wrote last", () => {
    const { ours, published, choices } = read<{ ours: Row[]; published: Row[]; choices: Row }>("nab.json");
    expect(ours.length).toBeGreaterThan(5);
    for (const row of [...ours, ...published]) {
      const { detector, standard, reward_low_fp_rate, reward_low_fn_rate, leave_one_category_out } = row;
      const cells = [detector, standard, reward_low_fp_rate, reward_low_fn_rate, leave_one_category_out];
      expect(rows).toContain(`|${cells.join("|")}|`);
    }
    expect(prose).toContain(`default scores ${ours[0]?.["standard_at_own_threshold"]}`);
    expect(prose).toContain(`${choices["choices"]} choices of`);
    expect(prose).toContain(`${choices["min"]} to ${choices["max"]}`);
    expect(prose).toContain(`gives ${choices["chosen_on_other_categories"]}`);
  });

  it("states the figures that the marathon benchmark wrote last", () => {
    const { detectors } = read<{ detectors: Row[] }>("gdq.json");
    expect(detectors.length).toBeGreaterThan(3);
    for (const row of detectors) expect(rows).toContain(`|${Object.values(row).slice(0, 5).join("|")}|`);
  });
});
