import { parseEnv } from "node:util";
import { format } from "prettier";
import { describe, expect, it } from "vitest";
import { loadConfig } from "../../src/config/load-config.js";
import { renderConfigReference, renderEnvExample } from "../../src/config/render-config.js";
import { settings } from "../../src/config/settings.js";

// Files of the repository; `npx vitest run packages/server/test/config -u` writes them anew.
const repository = new URL("../../../../", import.meta.url).pathname;

describe("documents made from the table of settings", () => {
  it(".env.example is current", async () => {
    await expect(renderEnvExample()).toMatchFileSnapshot(`${repository}.env.example`);
  });

  it("docs/reference/config.md is current", async () => {
    const text = await format(renderConfigReference(), { parser: "markdown", printWidth: 120 });
    await expect(text).toMatchFileSnapshot(`${repository}docs/reference/config.md`);
  });

  it(".env.example changes nothing as it is, and nothing with every line in force", () => {
    expect(parseEnv(renderEnvExample())).toEqual({});
    const inForce = parseEnv(renderEnvExample().replaceAll(/^#(?=[A-Z_]+=)/gm, ""));
    expect(Object.keys(inForce).toSorted()).toEqual(
      Object.values(settings)
        .map(({ env }) => env)
        .toSorted(),
    );
    expect(loadConfig({ env: {}, file: inForce }).config).toEqual(loadConfig({ env: {} }).config);
  });
});
