import { copyFileSync, cpSync, mkdirSync } from "node:fs";
import commonjs from "@rollup/plugin-commonjs";
import { nodeResolve } from "@rollup/plugin-node-resolve";
import terser from "@rollup/plugin-terser";
import { build as bundleStyles } from "esbuild";
import { dts } from "rollup-plugin-dts";
import esbuild from "rollup-plugin-esbuild";

/** One module for each key of `exports` in package.json. */
const ENTRIES = {
  index: "src/index.ts",
  source: "src/source/define.ts",
  "pulse-bar": "src/pulse-bar/define.ts",
  "chat-flow": "src/chat-flow/define.ts",
  "emote-cloud": "src/emote-cloud/define.ts",
  "moments-timeline": "src/moments-timeline/define.ts",
};
const PAGES = ["dashboard", "overlay"];
const DEPENDENCIES = [/^lit($|\/)/, /^@telemetra\//];

const compile = () => esbuild({ target: "es2022", tsconfig: "../../tsconfig.json" });
const bundle = () => [nodeResolve({ exportConditions: ["production"] }), commonjs(), compile()];
const minify = () => terser({ ecma: 2020, module: true });

/** Pages and what they show besides scripts: HTML beside `assets/`, style sheets bundled, pictures as they are. */
function pageFiles() {
  return {
    name: "page-files",
    async writeBundle() {
      mkdirSync("dist/pages/assets", { recursive: true });
      for (const page of PAGES) copyFileSync(`src/pages/${page}/${page}.html`, `dist/pages/${page}.html`);
      copyFileSync("src/pages/mark.svg", "dist/pages/assets/mark.svg");
      cpSync("assets/fonts", "dist/pages/assets", { recursive: true });
      await bundleStyles({
        entryPoints: PAGES.map((page) => `src/pages/${page}/${page}.css`),
        outdir: "dist/pages/assets",
        entryNames: "[name]",
        bundle: true,
        minify: true,
        external: ["/assets/*"],
      });
    },
  };
}

export default [
  {
    input: ENTRIES,
    external: DEPENDENCIES,
    plugins: [compile()],
    output: { dir: "dist", format: "es", preserveModules: true, preserveModulesRoot: "src", sourcemap: true },
  },
  {
    input: ENTRIES,
    external: DEPENDENCIES,
    plugins: [dts({ tsconfig: "../../tsconfig.json" })],
    output: { dir: "dist/types", format: "es", chunkFileNames: "shared/[name].d.ts" },
  },
  {
    // One classic script for OBS and for pages without a bundler; only the demo stays a file beside it.
    input: { "telemetra-widgets": "src/index.ts" },
    external: [/demo-feed/],
    plugins: [...bundle(), minify()],
    output: {
      dir: "dist",
      format: "iife",
      name: "Telemetra",
      sourcemap: true,
      paths: (/** @type {string} */ id) => (id.includes("demo-feed") ? "./telemetra-demo.js" : id),
    },
  },
  {
    input: { "telemetra-demo": "src/demo/demo-feed.ts" },
    plugins: [...bundle(), minify()],
    output: { dir: "dist", format: "es", sourcemap: true },
  },
  {
    input: Object.fromEntries(PAGES.map((page) => [page, `src/pages/${page}/${page}.ts`])),
    plugins: [...bundle(), minify(), pageFiles()],
    output: {
      dir: "dist/pages/assets",
      format: "es",
      entryFileNames: "[name].js",
      chunkFileNames: "[name].js",
      // What both pages share is one file, which the pages name for preloading.
      manualChunks: (/** @type {string} */ id) => (/\/src\/(pages|demo)\//.test(id) ? undefined : "widgets"),
    },
  },
];
