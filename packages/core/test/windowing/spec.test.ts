import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { describe, expect, it } from "vitest";

const core = join(import.meta.dirname, "../..");
const spec = readFileSync(join(core, "src/windowing/SPEC.md"), "utf8");
const files = ["src", "test"].flatMap((folder) =>
  readdirSync(join(core, folder), { recursive: true, encoding: "utf8" }),
);

/** Rows of the tables: number, where it is, what shows it. */
const rules = [...spec.matchAll(/^\| ([WS]\d+)\s*\|.*\|(.*)\|(.*)\|$/gm)].map(
  ([, number = "", where = "", shown = ""]) => ({
    number,
    where: namesIn(where),
    shown: namesIn(shown),
  }),
);

function namesIn(cell: string): string[] {
  return [...cell.matchAll(/`([^`]+\.ts)`/g)].map(([, name = ""]) => name);
}

describe("SPEC.md", () => {
  it("numbers its rules W1 to W11 and S1 to S5", () => {
    const numbers = (letter: string, count: number) =>
      Array.from({ length: count }, (_, index) => `${letter}${index + 1}`);
    expect(rules.map(({ number }) => number)).toEqual([...numbers("W", 11), ...numbers("S", 5)]);
  });

  it.each(rules)("$number is in files that are there", ({ where }) => {
    expect(where.length).toBeGreaterThan(0);
    for (const name of where) expect(files.map((file) => basename(file))).toContain(name);
  });

  it.each(rules)("$number is cited by the tests that are named to show it", ({ number, shown }) => {
    for (const name of shown) {
      const file = files.find((path) => basename(path) === name);
      expect(file, name).toBeDefined();
      const text = readFileSync(join(core, "test", file ?? ""), "utf8");
      const cited = [...text.matchAll(/\b([WS])(\d+)(?:[–-][WS]?(\d+))?/g)].flatMap(([, letter = "", from, to]) =>
        Array.from({ length: Number(to ?? from) - Number(from) + 1 }, (_, index) => `${letter}${Number(from) + index}`),
      );
      expect(cited, `${name} cites ${number}`).toContain(number);
    }
  });
});
