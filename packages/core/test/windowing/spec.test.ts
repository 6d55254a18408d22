import { readdirSync, readFileSync } from "node:fs";
import { basename, join, relative } from "node:path";
import ts from "typescript";
import { describe, expect, it } from "vitest";

const repository = join(import.meta.dirname, "../../../..");
const spec = readFileSync(join(repository, "packages/core/src/windowing/SPEC.md"), "utf8");
const packages = readdirSync(join(repository, "packages"));
const sources = filesIn(packages.map((name) => `packages/${name}/src`));
const tests = filesIn([...packages.map((name) => `packages/${name}/test`), "test"]);

/** Rows of the tables: number, where it is, what shows it. */
const rules = [...spec.matchAll(/^\| ([WSF]\d+)\s*\|.*\|(.*)\|(.*)\|$/gm)].map(
  ([, number = "", where = "", shown = ""]) => ({ number, where: namesIn(where), shown: namesIn(shown) }),
);

/** What the titles of a test file cite, by its name; files of one name count together. */
const cited = new Map<string, Set<string>>();
for (const path of tests) {
  if (!/\.(test|contract)\.ts$/.test(path)) continue;
  const numbers = cited.get(basename(path)) ?? new Set();
  cited.set(basename(path), numbers);
  for (const title of titlesIn(readFileSync(join(repository, path), "utf8"))) {
    for (const number of numbersIn(title)) numbers.add(number);
  }
}

function filesIn(folders: readonly string[]): string[] {
  return folders.flatMap((folder) =>
    readdirSync(join(repository, folder), { recursive: true, withFileTypes: true })
      // Folders of screenshots have names of tests.
      .filter((entry) => entry.isFile())
      .map(({ parentPath, name }) => relative(repository, join(parentPath, name))),
  );
}

function namesIn(cell: string): string[] {
  return [...cell.matchAll(/`([^`]+\.ts)`/g)].map(([, name = ""]) => name);
}

/** `F1, F2`, `W1–W3` and so on, each number by itself. */
function numbersIn(title: string): string[] {
  return [...title.matchAll(/\b([WSF])(\d+)(?:–\1?(\d+))?/g)].flatMap(([, letter = "", from, to]) =>
    Array.from({ length: Number(to ?? from) - Number(from) + 1 }, (_, index) => `${letter}${Number(from) + index}`),
  );
}

/** First arguments of `describe`, `it` and `test`, of `it.each(…)` and the like too. */
function titlesIn(source: string): string[] {
  const titles: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && /^(describe|it|test)\b/.test(node.expression.getText())) {
      const [title] = node.arguments;
      if (title !== undefined && ts.isStringLiteralLike(title)) titles.push(title.text);
    }
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile("test.ts", source, ts.ScriptTarget.Latest, true));
  return titles;
}

describe("SPEC.md", () => {
  it("numbers its rules W1 to W11, S1 to S5 and F1 to F19, each once", () => {
    const numbers = (letter: string, count: number) =>
      Array.from({ length: count }, (_, index) => `${letter}${index + 1}`);
    const expected = [...numbers("W", 11), ...numbers("S", 5), ...numbers("F", 19)];
    expect(rules.map(({ number }) => number).toSorted()).toEqual(expected.toSorted());
  });

  it.each(rules)("$number is in files that exist", ({ where }) => {
    expect(where.length).toBeGreaterThan(0);
    for (const name of where) expect(sources.map((path) => basename(path))).toContain(name);
  });

  it.each(rules)("$number is cited by a title in every file that is named to show it", ({ number, shown }) => {
    expect(shown.length).toBeGreaterThan(0);
    for (const name of shown) expect([...(cited.get(name) ?? [])], name).toContain(number);
  });

  it("has every rule that a title cites", () => {
    const known = new Set(rules.map(({ number }) => number));
    const unknown = [...cited].flatMap(([name, numbers]) =>
      [...numbers].filter((number) => !known.has(number)).map((number) => `${number} in ${name}`),
    );
    expect(unknown).toEqual([]);
  });
});
