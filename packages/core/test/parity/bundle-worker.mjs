import { fileURLToPath } from "node:url";
import { build } from "esbuild";

/**
 * The scenario and all of the core that it needs as one classic script, the way a page ships a worker: bundled, minified,
 * without modules.
 *
 * @returns {Promise<string>}
 */
export async function bundleWorker() {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL("./scenario-worker.ts", import.meta.url))],
    bundle: true,
    minify: true,
    format: "iife",
    target: "es2022",
    platform: "neutral",
    mainFields: ["module", "main"],
    write: false,
    logLevel: "error",
  });
  const [script] = outputFiles;
  if (script === undefined) throw new Error("esbuild wrote nothing");
  return script.text;
}
