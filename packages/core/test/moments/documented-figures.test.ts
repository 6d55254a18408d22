import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

interface Figures {
  readonly planted: number;
  readonly recall: number;
  readonly precision: number;
  readonly seconds_to_moment: { readonly median: number; readonly p90: number };
}

const read = (path: string): string => readFileSync(new URL(path, import.meta.url), "utf8");
const page = read("../../../../docs/concepts/moments.md");
const { planted, five_and_up } = JSON.parse(read("../../bench/results/moments.json")) as {
  planted: (Figures & { kind: string })[];
  five_and_up: { default: Figures };
};

/** The cells of the table row that begins with a name. */
function cellsOf(name: string): string[] {
  const row = page.split("\n").find((line) => line.startsWith(`| ${name} `));
  return (row ?? "")
    .split("|")
    .map((cell) => cell.trim())
    .slice(2, -1);
}

function shown({ planted, recall, precision, seconds_to_moment: { median, p90 } }: Figures): string[] {
  return [String(planted), String(recall), String(precision), `${median} s (${p90} s)`];
}

describe("the page on moments", () => {
  it.each(planted.filter(({ kind }) => kind !== "one spammer"))("shows the last measurement of $kind", (figures) => {
    const [count, recall, precision, , delay] = cellsOf(figures.kind);
    expect([count, recall, precision, delay]).toEqual(shown(figures));
  });

  it("W10: five times the usual and more is told within 8 s of its onset, in the median", () => {
    const [count, recall, precision, , delay] = cellsOf("×5 and ×10");
    expect([count, recall, precision, delay]).toEqual(shown(five_and_up.default));
    expect(five_and_up.default.seconds_to_moment.median).toBeLessThanOrEqual(8);
    expect(five_and_up.default.recall).toBeGreaterThanOrEqual(0.9);
    expect(five_and_up.default.precision).toBeGreaterThanOrEqual(0.9);
  });
});
