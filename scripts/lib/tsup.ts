import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { defineConfig } from "tsup";

/** Programs are run, not imported: `exports` does not list them, and they need no declarations. */
const PROGRAMS = ["cli", "main"];

interface PackageManifest {
  readonly exports: Readonly<Record<string, unknown>>;
}

/**
 * The tsup configuration of one library package, read off its own `package.json`: each `exports` key whose `import`
 * is `./dist/<name>.js` is built from `src/<name>.ts` or `src/<name>/index.ts`. A key without a source fails the build.
 *
 * @param packageDir Folder of the package; tsup runs a build there, so the working directory is the default.
 */
export function libraryConfig(packageDir: string = process.cwd()): ReturnType<typeof defineConfig> {
  const modules = moduleEntries(packageDir);
  return defineConfig({
    entry: { ...modules, ...programEntries(packageDir) },
    format: "esm",
    target: "es2022",
    dts: { entry: modules, compilerOptions: { lib: ["ES2023", "DOM", "DOM.Iterable"], types: ["node"] } },
    sourcemap: true,
    clean: true,
    silent: true,
    // `node:sqlite` has no name without its prefix.
    removeNodeProtocol: false,
    // The root settings map the other packages to their sources; these do not, so they stay imports.
    tsconfig: "../../tsconfig.base.json",
  });
}

function moduleEntries(packageDir: string): Record<string, string> {
  const manifest = JSON.parse(readFileSync(join(packageDir, "package.json"), "utf8")) as PackageManifest;
  const names = Object.values(manifest.exports).flatMap((target) => builtName(target) ?? []);
  return Object.fromEntries(names.map((name) => [name, sourceOf(packageDir, name)]));
}

function programEntries(packageDir: string): Record<string, string> {
  const present = PROGRAMS.filter((name) => existsSync(join(packageDir, "src", `${name}.ts`)));
  return Object.fromEntries(present.map((name) => [name, `src/${name}.ts`]));
}

function builtName(target: unknown): string | undefined {
  const file = typeof target === "object" && target !== null && "import" in target ? target.import : target;
  return typeof file === "string" ? /^\.\/dist\/([^*]+)\.js$/.exec(file)?.[1] : undefined;
}

function sourceOf(packageDir: string, name: string): string {
  const candidates = [`src/${name}.ts`, `src/${name}/index.ts`];
  const found = candidates.find((file) => existsSync(join(packageDir, file)));
  if (found === undefined) {
    throw new Error(`package.json exports ./dist/${name}.js, but there is no ${candidates.join(" or ")}`);
  }
  return found;
}
