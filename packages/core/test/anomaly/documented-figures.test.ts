import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { resultsFile } from "../../bench/nab/shared-data.js";

type Row = Readonly<Record<string, string | number>>;

const page = readFileSync(resolve(import.meta.dirname, "../../../../docs/concepts/anomalies.md"), "utf8");
/** The page's table rows, without the padding. */
const rows = page.split("\n").map((line) =>
  line
    .split("|")
    .map((cell) => cell.trim())
    .join("|"),
);
const read = (name: string): Record<string, Row[]> =>
  JSON.parse(readFileSync(resultsFile(name), "utf8")) as Record<string, Row[]>;

describe("docs/concepts/anomalies.md", () => {
  it("states the figures that the NAB benchmark wrote last", () => {
    const { ours = [], published = [] } = read("nab.json");
    expect(ours.length).toBeGreaterThan(5);
    for (const row of [...ours, ...published]) {
      const { detector, standard, reward_low_fp_rate, reward_low_fn_rate, leave_one_category_out } = row;
      expect(rows).toContain(
        `|${[detector, standard, reward_low_fp_rate, reward_low_fn_rate, leave_one_category_out].join("|")}|`,
      );
    }
    expect(page.replaceAll("\n", " ")).toContain(`default scores ${ours[0]?.["standard_at_own_threshold"]}`);
  });

  it("states the figures that the marathon benchmark wrote last", () => {
    const { detectors = [] } = read("gdq.json");
    expect(detectors.length).toBeGreaterThan(3);
    for (const row of detectors) expect(rows).toContain(`|${Object.values(row).slice(0, 5).join("|")}|`);
  });
});
