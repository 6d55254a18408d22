import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import { ROOT } from "./lib/project.mjs";

/**
 * @typedef {object} SizeLimit
 * @property {string} name
 * @property {string[]} entries Modules that a page loads together.
 * @property {string} [leaveOut] Folder of modules that do not count.
 * @property {number} limitKb Largest size after minifying and gzip, in units of 1,024 bytes.
 */

/** @type {SizeLimit[]} */
const limits = JSON.parse(readFileSync(join(ROOT, "scripts/size-limits.json"), "utf8"));
for (const limit of limits) {
  const { text, fits } = await judge(limit);
  console.log(`${fits ? "ok    " : "FAILED"}  ${limit.name}: ${text}`);
  if (!fits) process.exitCode = 1;
}

/** @param {SizeLimit} limit */
async function judge(limit) {
  try {
    const sizeKb = (await gzippedBytes(limit)) / 1024;
    return { text: `${sizeKb.toFixed(1)} of ${limit.limitKb} KB`, fits: sizeKb <= limit.limitKb };
  } catch (error) {
    return { text: error instanceof Error ? error.message : String(error), fits: false };
  }
}

/**
 * What a page loads at once: modules behind a dynamic import do not count.
 *
 * @param {SizeLimit} limit
 */
async function gzippedBytes({ entries, leaveOut }) {
  const contents = entries.map((entry) => `export * from ${JSON.stringify(`./${entry}`)};`).join("\n");
  const { outputFiles, metafile } = await build({
    stdin: { contents, resolveDir: ROOT, sourcefile: "page.js" },
    bundle: true,
    splitting: true,
    minify: true,
    format: "esm",
    platform: "browser",
    target: "es2022",
    tsconfig: join(ROOT, "tsconfig.json"),
    absWorkingDir: ROOT,
    outdir: "out",
    write: false,
    metafile: true,
    logLevel: "silent",
    plugins: leaveOut === undefined ? [] : [withoutFolder(resolve(ROOT, leaveOut))],
  });
  const files = new Map(outputFiles.map((file) => [file.path, file.contents]));
  const loaded = new Set(
    Object.keys(metafile.outputs).filter((path) => metafile.outputs[path]?.entryPoint === "page.js"),
  );
  let bytes = 0;
  for (const path of loaded) {
    bytes += gzipSync(files.get(resolve(ROOT, path)) ?? "", { level: 9 }).length;
    for (const { path: next, kind } of metafile.outputs[path]?.imports ?? []) {
      if (kind === "import-statement" && files.has(resolve(ROOT, next))) loaded.add(next);
    }
  }
  if (bytes === 0) throw new Error(`nothing was bundled from ${entries.join(", ")}`);
  return bytes;
}

/**
 * @param {string} folder
 * @returns {import("esbuild").Plugin}
 */
function withoutFolder(folder) {
  return {
    name: "without-folder",
    setup(bundler) {
      bundler.onResolve({ filter: /^\./ }, ({ path, resolveDir }) =>
        resolve(resolveDir, path).startsWith(folder) ? { path, external: true } : undefined,
      );
    },
  };
}
