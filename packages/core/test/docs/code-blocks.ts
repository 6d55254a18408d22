import { build } from "esbuild";
import ts from "typescript";

/** What a page's comments promise, and what came out. */
export interface PageResult {
  /** `expression; // literal`: the source of the expression, its value, the value of the literal. */
  readonly shown: readonly (readonly [source: string, value: unknown, promised: unknown])[];
  /** What the page logged, a line each. */
  readonly logged: readonly string[];
  /** `// logs …`, in their order. */
  readonly promisedLogs: readonly string[];
}

/** The code of the page's blocks that are marked as TypeScript, in their order. */
export function codeBlocks(markdown: string): string[] {
  return [...markdown.matchAll(/^```ts\n(.*?)^```$/gms)].map(([, code = ""]) => code);
}

/**
 * One module of all blocks: imports first, then each block inside the scope of the one before, so that it may use what
 * that has made and may give a name again.
 */
export function moduleOf(blocks: readonly string[]): string {
  const imports = new Map<string, Set<string>>();
  const bodies = blocks.map((code) => bodyOf(code, imports));
  return [
    ...[...imports].map(([from, names]) => `import { ${[...names].join(", ")} } from ${JSON.stringify(from)};`),
    "export const shown: [string, unknown, unknown][] = [];",
    "export const logged: string[] = [];",
    "const said = (value: unknown) => (typeof value === 'string' ? value : JSON.stringify(value));",
    "const console = { log: (...values: unknown[]) => void logged.push(values.map(said).join(' ')) };",
    "export function run() {",
    ...bodies.map((body) => `{\n${body}`),
    ...bodies.map(() => "}"),
    "}",
    "void console;",
  ].join("\n");
}

/** Runs the blocks against the packages' sources. */
export async function runPage(blocks: readonly string[], repository: string): Promise<PageResult> {
  const { outputFiles } = await build({
    stdin: { contents: moduleOf(blocks), loader: "ts", resolveDir: repository },
    tsconfig: `${repository}/tsconfig.json`,
    bundle: true,
    format: "esm",
    platform: "node",
    write: false,
    logLevel: "silent",
  });
  const code = Buffer.from(outputFiles[0]?.contents ?? []).toString("base64");
  const page = (await import(/* @vite-ignore */ `data:text/javascript;base64,${code}`)) as PageModule;
  page.run();
  const promisedLogs = blocks.flatMap((block) => [...block.matchAll(/\/\/ logs (.*)$/gm)].map(([, text = ""]) => text));
  return { shown: page.shown, logged: page.logged, promisedLogs };
}

interface PageModule {
  run(): void;
  readonly shown: PageResult["shown"];
  readonly logged: readonly string[];
}

function bodyOf(code: string, imports: Map<string, Set<string>>): string {
  const source = ts.createSourceFile("block.ts", code, ts.ScriptTarget.Latest, true);
  return source.statements
    .map((statement) => {
      if (ts.isImportDeclaration(statement)) {
        collect(statement, imports);
        return "";
      }
      const text = statement.getText();
      const promised = ts.isExpressionStatement(statement) ? literalAfter(code, statement.end) : undefined;
      if (promised === undefined) return text;
      const expression = text.replace(/;$/, "");
      return `shown.push([${JSON.stringify(expression)}, ${expression}, ${promised}]);`;
    })
    .join("\n");
}

function collect({ moduleSpecifier, importClause }: ts.ImportDeclaration, imports: Map<string, Set<string>>): void {
  const from = (moduleSpecifier as ts.StringLiteral).text;
  const names = imports.get(from) ?? new Set();
  imports.set(from, names);
  const bindings = importClause?.namedBindings;
  if (bindings !== undefined && ts.isNamedImports(bindings))
    for (const each of bindings.elements) names.add(each.getText());
}

/** The value that a comment behind a statement, on its line or on the next, begins with; undefined when it is prose. */
function literalAfter(code: string, end: number): string | undefined {
  const comment = /^[ \t]*\n?[ \t]*\/\/ (.*)/.exec(code.slice(end))?.[1] ?? "";
  return /^(?:-?\d[\d.]*|"[^"]*"|true|false|null|undefined|\{.*\}|\[.*\])/.exec(comment)?.[0];
}
