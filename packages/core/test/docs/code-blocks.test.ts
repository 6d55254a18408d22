import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { describe, expect, it } from "vitest";
import { codeBlocks, moduleOf, runPage } from "./code-blocks.js";

const repository = join(import.meta.dirname, "../../../..");
const concepts = readdirSync(join(repository, "docs/concepts")).map((name) => `docs/concepts/${name}`);
const pages = ["README.md", "packages/core/README.md", ...concepts].map((page) => {
  const blocks = codeBlocks(readFileSync(join(repository, page), "utf8"));
  return { page, blocks };
});

describe("code in the documentation", () => {
  it.each(pages)("runs and comes out as $page says", async ({ blocks }) => {
    expect(blocks.length).toBeGreaterThan(0);
    const { shown, logged, promisedLogs } = await runPage(blocks, repository);
    expect(shown.map(([source, value]) => [source, value])).toEqual(
      shown.map(([source, , promised]) => [source, promised]),
    );
    if (promisedLogs.length > 0) expect(logged).toEqual(promisedLogs);
  });

  it("has the types that it seems to have", () => {
    expect(typeErrors(pages)).toEqual([]);
  });

  it("would be noticed when it was wrong", async () => {
    const blocks = codeBlocks(
      '```ts\nconst one = 1;\none + 1; // 3, or so\nconsole.log("a", { one }); // logs a {"one":1}\n```',
    );
    const { shown, logged, promisedLogs } = await runPage(blocks, repository);
    expect(shown).toEqual([["one + 1", 2, 3]]);
    expect(logged).toEqual(promisedLogs);
    expect(typeErrors([{ page: "wrong.md", blocks: ["const text: string = 1;\n"] }])).toEqual([
      "wrong.md: Type 'number' is not assignable to type 'string'.",
    ]);
  });
});

/** What the compiler says of the pages' code, each page as one module. */
function typeErrors(pages: readonly { readonly page: string; readonly blocks: readonly string[] }[]): string[] {
  const configFile = join(repository, "tsconfig.json");
  const { config } = ts.readConfigFile(configFile, (path) => ts.sys.readFile(path)) as { config: object };
  const { options } = ts.parseJsonConfigFileContent({ ...config, include: [], files: [] }, ts.sys, repository);
  const modules = new Map(pages.map(({ page, blocks }) => [join(repository, `${page}.ts`), moduleOf(blocks)]));
  const host = ts.createCompilerHost({ ...options, noUnusedLocals: false });
  const disk = { ...host };
  host.fileExists = (path) => modules.has(path) || disk.fileExists(path);
  host.readFile = (path) => modules.get(path) ?? disk.readFile(path);
  host.getSourceFile = (path, version, ...rest) => {
    const text = modules.get(path);
    return text === undefined ? disk.getSourceFile(path, version, ...rest) : ts.createSourceFile(path, text, version);
  };
  const program = ts.createProgram([...modules.keys()], { ...options, noUnusedLocals: false }, host);
  return [...modules.keys()].flatMap((path) =>
    ts
      .getPreEmitDiagnostics(program, program.getSourceFile(path))
      .map(
        ({ messageText }) =>
          `${path.slice(repository.length + 1, -3)}: ${ts.flattenDiagnosticMessageText(messageText, "\n")}`,
      ),
  );
}
