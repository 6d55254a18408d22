import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { beforeAll, describe, expect, it } from "vitest";

const ROOT = fileURLToPath(new URL("../../../", import.meta.url));

let inputs: string[];
let text: string;

beforeAll(async () => {
  const { metafile, outputFiles } = await build({
    entryPoints: ["index", "pages/dashboard/dashboard", "pages/overlay/overlay"].map(
      (entry) => `${ROOT}packages/widgets/src/${entry}.ts`,
    ),
    absWorkingDir: ROOT,
    bundle: true,
    splitting: true,
    format: "esm",
    target: "es2022",
    tsconfig: `${ROOT}tsconfig.json`,
    outdir: "out",
    write: false,
    metafile: true,
  });
  inputs = Object.keys(metafile.inputs);
  text = outputFiles.map((file) => file.text).join("\n");
});

describe("what a page with widgets loads", () => {
  it("is our own sources and Lit: no engine, no lexicon, no simulator", () => {
    const foreign = inputs.filter(
      (path) => !/^(packages\/widgets\/src|node_modules\/(lit|lit-html|lit-element|@lit))\//.test(path),
    );
    expect(foreign).toEqual([]);
  });

  it("loads nothing from another host", () => {
    const hosts = [...text.matchAll(/["'`(]((?:https?|wss?):)?\/\/([\w.-]+)/g)].map(([, , host]) => host);
    const known = ["www.w3.org", "localhost", "static-cdn.jtvnw.net", "lit.dev"];
    expect(hosts.filter((host) => !known.includes(host ?? ""))).toEqual([]);
  });

  // What Chromium 127, OBS's engine, does not have.
  it.each([
    "DurationFormat",
    "scheduler.yield",
    "interpolate-size",
    "calc-size(",
    "moveBefore",
    "fromBase64",
    "toBase64",
    "text-box",
    "Iterator.concat",
    "Promise.try",
    "RegExp.escape",
    "Math.sumPrecise",
    "Error.isError",
    "customElementRegistry",
    "sibling-index(",
    "field-sizing",
    "reading-flow",
    "corner-shape",
    "@function",
    "attr(type(",
  ])("does not use %s", (feature) => {
    expect(text).not.toContain(feature);
  });
});
