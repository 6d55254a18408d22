import { existsSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import ts from "typescript";

/** A name that programs can see, and what is said about it. */
export interface PublicSymbol {
  /** `createWindows`, or `Windows.push` for a member. */
  readonly name: string;
  /** Source file, from the package on. */
  readonly file: string;
  readonly isMember: boolean;
  readonly isOptional: boolean;
  /** Its type, as a program would write it. */
  readonly type: string;
  /** The text of its docstring without tags; empty when there is none. */
  readonly text: string;
  /** Names of its tags, such as `throws`. */
  readonly tags: readonly string[];
}

/**
 * Everything that the entries in a package's `exports` name, and the members of exported interfaces and classes. What
 * several entries name is there once.
 */
export function publicSymbols(packageDir: string): PublicSymbol[] {
  const entries = entriesOf(packageDir);
  const configFile = join(packageDir, "../../tsconfig.base.json");
  const { config } = ts.readConfigFile(configFile, (path) => ts.sys.readFile(path)) as { config: object };
  const { options } = ts.parseJsonConfigFileContent({ ...config, files: [] }, ts.sys, packageDir);
  const program = ts.createProgram(entries, options);
  const checker = program.getTypeChecker();
  const found = new Map<ts.Symbol, PublicSymbol>();
  const note = (symbol: ts.Symbol, name: string, isMember: boolean): void => {
    const [declaration] = symbol.declarations ?? [];
    if (declaration === undefined || found.has(symbol)) return;
    const file = relative(packageDir, declaration.getSourceFile().fileName);
    if (file.startsWith("..")) return;
    const text = ts.displayPartsToString(symbol.getDocumentationComment(checker)).trim();
    const tags = symbol.getJsDocTags(checker).map((tag) => tag.name);
    const isOptional = Boolean(symbol.flags & ts.SymbolFlags.Optional);
    const type = checker.typeToString(checker.getTypeOfSymbol(symbol));
    found.set(symbol, { name, file, isMember, isOptional, type, text, tags });
  };
  for (const entry of entries) {
    const source = program.getSourceFile(entry);
    const module = source === undefined ? undefined : checker.getSymbolAtLocation(source);
    for (const exported of module === undefined ? [] : checker.getExportsOfModule(module)) {
      const symbol = exported.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(exported) : exported;
      note(symbol, exported.name, false);
      if (!(symbol.flags & (ts.SymbolFlags.Interface | ts.SymbolFlags.Class))) continue;
      // Inherited ones too, but not those of the language's own classes.
      for (const member of checker.getDeclaredTypeOfSymbol(symbol).getProperties()) {
        if (isPublicMember(member)) note(member, `${exported.name}.${member.name}`, true);
      }
    }
  }
  return [...found.values()];
}

function isPublicMember({ declarations, flags }: ts.Symbol): boolean {
  if (flags & (ts.SymbolFlags.Constructor | ts.SymbolFlags.TypeParameter | ts.SymbolFlags.Signature)) return false;
  return (declarations ?? []).some((each) => !("name" in each && ts.isPrivateIdentifier(each.name as ts.Node)));
}

/** The source of each `exports` key: `./dist/<name>.js` is built from `src/<name>.ts` or `src/<name>/index.ts`. */
function entriesOf(packageDir: string): string[] {
  const { exports } = JSON.parse(readFileSync(join(packageDir, "package.json"), "utf8")) as {
    exports: Readonly<Record<string, string | { readonly import: string }>>;
  };
  return Object.values(exports).flatMap((target) => {
    const name = typeof target === "string" ? undefined : /^\.\/dist\/(.+)\.js$/.exec(target.import)?.[1];
    if (name === undefined) return [];
    const candidates = [`src/${name}.ts`, `src/${name}/index.ts`].map((path) => join(packageDir, path));
    return candidates.filter((path) => existsSync(path));
  });
}
