import { copyFileSync, cpSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import commonjs from "@rollup/plugin-commonjs";
import { nodeResolve } from "@rollup/plugin-node-resolve";
import terser from "@rollup/plugin-terser";
import { build as bundleStyles } from "esbuild";
import { dts } from "rollup-plugin-dts";
import esbuild from "rollup-plugin-esbuild";

/** @param {string} path */
const at = (path) => join(import.meta.dirname, path);
const tsconfig = at("../../tsconfig.json");

/** One module for each key of `exports` in package.json. */
const ENTRIES = {
  index: at("src/index.ts"),
  source: at("src/source/define.ts"),
  "pulse-bar": at("src/pulse-bar/define.ts"),
  "chat-flow": at("src/chat-flow/define.ts"),
  "emote-cloud": at("src/emote-cloud/define.ts"),
  "moments-timeline": at("src/moments-timeline/define.ts"),
};
const PAGES = ["dashboard", "overlay"];
const DEPENDENCIES = [/^lit($|\/)/, /^@telemetra\//];

const compile = () => esbuild({ target: "es2022", tsconfig });
const bundle = () => [nodeResolve({ exportConditions: ["production"] }), commonjs(), compile()];
const minifyModule = () => terser({ ecma: 2020, module: true });
/** The name that a classic script leaves behind must survive. */
const minifyScript = () => terser({ ecma: 2020 });

/** Pages and what they show besides scripts: HTML beside `assets/`, style sheets bundled, pictures as they are. */
function pageFiles() {
  return {
    name: "page-files",
    async writeBundle() {
      mkdirSync(at("dist/pages/assets"), { recursive: true });
      for (const page of PAGES) copyFileSync(at(`src/pages/${page}/${page}.html`), at(`dist/pages/${page}.html`));
      copyFileSync(at("src/pages/mark.svg"), at("dist/pages/assets/mark.svg"));
      cpSync(at("assets/fonts"), at("dist/pages/assets"), { recursive: true });
      await bundleStyles({
        entryPoints: PAGES.map((page) => at(`src/pages/${page}/${page}.css`)),
        outdir: at("dist/pages/assets"),
        entryNames: "[name]",
        bundle: true,
        minify: true,
        external: ["/assets/*"],
      });
    },
  };
}

/**
 * One classic script for OBS and for pages without a bundler; only the demo stays a file beside it.
 *
 * @satisfies {import("rollup").RollupOptions}
 */
export const singleFile = {
  input: { "telemetra-widgets": at("src/index.ts") },
  external: [/demo-feed/],
  plugins: [...bundle(), minifyScript()],
  output: {
    dir: at("dist"),
    format: /** @type {const} */ ("iife"),
    name: "Telemetra",
    sourcemap: true,
    paths: (/** @type {string} */ id) => (id.includes("demo-feed") ? "./telemetra-demo.js" : id),
  },
};

export default [
  {
    input: ENTRIES,
    external: DEPENDENCIES,
    plugins: [compile()],
    output: { dir: at("dist"), format: "es", preserveModules: true, preserveModulesRoot: at("src"), sourcemap: true },
  },
  {
    input: ENTRIES,
    external: DEPENDENCIES,
    plugins: [dts({ tsconfig })],
    output: { dir: at("dist/types"), format: "es", chunkFileNames: "shared/[name].d.ts" },
  },
  singleFile,
  {
    input: { "telemetra-demo": at("src/demo/demo-feed.ts") },
    plugins: [...bundle(), minifyModule()],
    output: { dir: at("dist"), format: "es", sourcemap: true },
  },
  {
    input: Object.fromEntries(PAGES.map((page) => [page, at(`src/pages/${page}/${page}.ts`)])),
    plugins: [...bundle(), minifyModule(), pageFiles()],
    output: {
      dir: at("dist/pages/assets"),
      format: "es",
      entryFileNames: "[name].js",
      chunkFileNames: "[name].js",
      // What both pages share is one file, which the pages name for preloading.
      manualChunks: (/** @type {string} */ id) => (/\/src\/(pages|demo)\//.test(id) ? undefined : "widgets"),
    },
  },
];
