import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { build } from "esbuild";
import type * as Aggregate from "../../src/aggregate/index.js";
import type * as Index from "../../src/index.js";
import type * as Windowing from "../../src/windowing/index.js";

/** What is measured: the default entry and the building blocks. */
export type Core = typeof Index & typeof Windowing & typeof Aggregate;

export const ROOT = resolve(import.meta.dirname, "../../../..");
export const SOURCES = join(ROOT, "packages/core/src");

let bundles = 0;

/**
 * Makes one module of the sources in a folder, in the form that a build ships: JavaScript for the same target. So what is
 * measured is never an old build.
 *
 * @returns its path
 */
export async function bundleCore(folder: string): Promise<string> {
  const outfile = join(tmpdir(), `telemetra-engine-bench-${process.pid}-${bundles++}.mjs`);
  const entries = ["index.ts", "windowing/index.ts", "aggregate/index.ts"];
  await build({
    stdin: {
      contents: entries.map((entry) => `export * from ${JSON.stringify(resolve(folder, entry))};`).join("\n"),
      resolveDir: ROOT,
    },
    outfile,
    bundle: true,
    format: "esm",
    platform: "node",
    target: "es2022",
    logLevel: "silent",
    nodePaths: [join(ROOT, "node_modules")],
  });
  return outfile;
}
