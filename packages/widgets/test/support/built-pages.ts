import { cp, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const ROOT = fileURLToPath(new URL("../../../../", import.meta.url));
const SOURCES = `${ROOT}packages/widgets/src/pages`;

/** The pages, put together from their sources in a folder of their own, so that a test never sees an older build. */
export async function buildPages(): Promise<{ readonly pagesDir: string; remove(): Promise<void> }> {
  const pagesDir = await mkdtemp(join(tmpdir(), "telemetra-pages-"));
  const assets = join(pagesDir, "assets");
  await build({
    entryPoints: ["dashboard", "overlay"].flatMap((page) => [
      `${SOURCES}/${page}/${page}.ts`,
      `${SOURCES}/${page}/${page}.css`,
    ]),
    outdir: assets,
    entryNames: "[name]",
    bundle: true,
    splitting: true,
    format: "esm",
    target: "es2022",
    minify: true,
    tsconfig: `${ROOT}tsconfig.json`,
    external: ["/assets/*"],
  });
  await cp(`${ROOT}packages/widgets/assets/fonts`, assets, { recursive: true });
  await cp(`${SOURCES}/mark.svg`, join(assets, "mark.svg"));
  for (const page of ["dashboard", "overlay"])
    await cp(`${SOURCES}/${page}/${page}.html`, join(pagesDir, `${page}.html`));
  return { pagesDir, remove: () => rm(pagesDir, { recursive: true, force: true }) };
}
