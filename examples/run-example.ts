import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { build } from "esbuild";

const run = promisify(execFile);
const ROOT = join(import.meta.dirname, "..");

/** Runs `examples/<name>/main.ts` against the packages' sources and returns what it printed, and what its README promises. */
export async function runExample(name: string): Promise<{ printed: string; expected: string }> {
  const folder = join(import.meta.dirname, name);
  const out = await mkdtemp(join(ROOT, "node_modules", ".example-"));
  try {
    const outfile = join(out, "main.mjs");
    await build({
      entryPoints: [join(folder, "main.ts")],
      outfile,
      bundle: true,
      format: "esm",
      platform: "node",
      logLevel: "silent",
      alias: { "@telemetra/core": join(ROOT, "packages/core/src/index.ts") },
    });
    const { stdout } = await run(process.execPath, [outfile], { timeout: 30_000 });
    return { printed: stdout, expected: await readFile(join(folder, "expected-output.txt"), "utf8") };
  } finally {
    await rm(out, { recursive: true, force: true });
  }
}
