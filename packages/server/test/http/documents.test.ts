import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { CLOSE_CODES, compileSchema, liveMessageSchema } from "@telemetra/core";
import { format } from "prettier";
import { describe, expect, it } from "vitest";
import { settings } from "../../src/config/settings.js";
import { allRoutes } from "../../src/http/app.js";
import { buildOpenApi } from "../../src/http/openapi.js";
import { DEFAULT_LIVE_LIMITS } from "../../src/ws/deps.js";
import { renderHttpReference } from "../support/render-http-reference.js";

const docs = fileURLToPath(new URL("../../../../docs/reference/", import.meta.url));

describe("docs/reference/http.md", () => {
  it("is made from the routes", async () => {
    const info = { title: "Telemetra API", version: "0" };
    const text = await format(renderHttpReference(buildOpenApi(allRoutes(info), info)), {
      parser: "markdown",
      printWidth: 120,
    });
    await expect(text).toMatchFileSnapshot(`${docs}http.md`);
  });
});

describe("docs/reference/protocol.md", () => {
  const text = readFileSync(`${docs}protocol.md`, "utf8");
  const examples = [...text.matchAll(/```json\n(.*?)```/gs)].map(([, json]) => JSON.parse(json!) as { type: string });

  it("shows one sound example of every message that the server sends", () => {
    const check = compileSchema(liveMessageSchema);
    expect(examples.map((example) => check(example, ""))).toEqual(examples.map(() => undefined));
    const types = (liveMessageSchema.anyOf ?? []).map((schema) => schema.properties?.["type"]?.const);
    expect(examples.map(({ type }) => type).toSorted()).toEqual(types.toSorted());
  });

  it("names every close code of ours", () => {
    for (const [name, code] of Object.entries(CLOSE_CODES)) {
      expect(text).toMatch(new RegExp(`^\\| ${code} \\| \`${name}\` +\\|`, "m"));
    }
  });

  it("names the limits in force", () => {
    const { pingIntervalMs, pongTimeoutMs, stallTimeoutMs, maxBufferedBytes, maxMessageBytes, maxMessagesPerSecond } =
      DEFAULT_LIVE_LIMITS;
    for (const phrase of [
      `every ${pingIntervalMs / 1_000} s`,
      `within ${pongTimeoutMs / 1_000} s`,
      `for ${stallTimeoutMs / 1_000} s`,
      `${maxBufferedBytes} bytes`,
      `${maxMessageBytes} bytes`,
      `more than ${maxMessagesPerSecond} messages`,
    ]) {
      expect(text.replaceAll(/\s+/g, " ")).toContain(phrase);
    }
  });

  it("names only settings that there are", () => {
    const known = new Set<string>(Object.values(settings).map(({ env }) => env));
    const named = [...text.matchAll(/`([A-Z]+(?:_[A-Z]+)+)`/g)].map(([, name]) => name!);
    expect(named.length).toBeGreaterThan(4);
    expect(named.filter((name) => !known.has(name))).toEqual([]);
  });
});
