import { join } from "node:path";
import { build } from "esbuild";
import { describe, expect, it } from "vitest";
import * as browserEntry from "../src/browser.js";
import * as nodeEntry from "../src/index.js";

const root = join(import.meta.dirname, "../../..");

describe("the entry for browsers", () => {
  it("needs nothing that a page has not", async () => {
    const { metafile } = await build({
      entryPoints: [join(import.meta.dirname, "../src/browser.ts")],
      bundle: true,
      write: false,
      metafile: true,
      platform: "browser",
      format: "esm",
      tsconfig: join(root, "tsconfig.json"),
      logLevel: "silent",
    });
    const inputs = Object.keys(metafile.inputs);
    // The bundler has refused what a browser cannot load; this is what it could, but should not have to.
    expect(inputs.filter((path) => /packages\/producer\/src\/(replay|sinks|cli)|commander/.test(path))).toEqual([]);
    expect(inputs.some((path) => path.endsWith("simulate/simulate-stream.ts"))).toBe(true);
  });

  it("has only names that the whole package has, too", () => {
    const names = Object.keys(browserEntry);
    expect(names).toEqual(
      expect.arrayContaining(["simulateStream", "simulatedSource", "paced", "parseIrcLine", "ircToEvents"]),
    );
    for (const name of names) expect(nodeEntry).toHaveProperty(name);
  });
});
