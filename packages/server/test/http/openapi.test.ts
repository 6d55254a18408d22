import { execFile } from "node:child_process";
import { rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { parseEvent } from "@telemetra/core";
import { Ajv2020 } from "ajv/dist/2020.js";
import formats from "ajv-formats";
import type { Express } from "express";
import { describe, expect, it } from "vitest";
import { allRoutes } from "../../src/http/app.js";
import { buildOpenApi } from "../../src/http/openapi.js";
import { startFakeService } from "../support/fake-service.js";
import { makeTempFolder } from "../support/temp-folder.js";

const info = { title: "Telemetra API", version: "1.2.3" };
const document = buildOpenApi(allRoutes(info), info);

/** Paths of design §8, as OpenAPI writes them. */
const PROMISED = [
  "/",
  "/health",
  "/liveness",
  "/ready",
  "/api/v1/health",
  "/api/v1/streams",
  "/api/v1/streams/{stream_id}",
  "/api/v1/streams/{stream_id}/metrics",
  "/api/v1/streams/{stream_id}/moments",
  "/api/v1/streams/{stream_id}/stats",
  "/api/v1/events",
  "/ws/live/health",
  "/ws/live/{stream_id}",
  "/docs",
  "/redoc",
  "/openapi.json",
  "/metrics",
  "/overlay/{widget}",
  "/configure",
];

interface Layer {
  readonly route?: { readonly path: string; readonly methods: Readonly<Record<string, boolean>> };
}

/** What Express really routes, in OpenAPI's words: one `get /path` an operation. */
function routed(app: Express): string[] {
  const { stack } = app.router as unknown as { readonly stack: readonly Layer[] };
  return stack.flatMap(({ route }) => {
    if (route === undefined) return [];
    const path = route.path.replaceAll(/[:*](\w+)/g, "{$1}");
    const methods = Object.keys(route.methods);
    // What is registered for every method at once is the answer 405.
    return methods.length > 1 || methods[0] === "options" ? [] : methods.map((method) => `${method} ${path}`);
  });
}

describe("the OpenAPI document", () => {
  it("lists exactly the operations that the router has, the promised ones among them", async () => {
    const { createApp } = await import("../../src/http/app.js");
    const { createMetrics } = await import("../../src/metrics.js");
    const { loadConfig } = await import("../../src/config/load-config.js");
    const { config } = loadConfig({ env: {} });
    const app = createApp({ config, version: "1", metrics: createMetrics({ collectProcess: false }) } as never);
    const documented = Object.entries(document.paths).flatMap(([path, item]) =>
      Object.keys(item).map((method) => `${method} ${path}`),
    );
    expect([...new Set(routed(app))].toSorted()).toEqual(documented.toSorted());
    expect(Object.keys(document.paths)).toEqual(expect.arrayContaining(PROMISED));
  });

  it("has no finding by an independent linter but the one about sockets", { timeout: 60_000 }, async () => {
    const folder = makeTempFolder();
    const file = join(folder.path, "openapi.json");
    writeFileSync(file, JSON.stringify(document));
    const cli = join(dirname(createRequire(import.meta.url).resolve("@redocly/cli/package.json")), "bin", "cli.js");
    const env = { ...process.env, REDOCLY_TELEMETRY: "off", REDOCLY_SUPPRESS_UPDATE_NOTICE: "true" };
    const args = [cli, "lint", "--extends=recommended", "--format=json", file];
    const { stdout } = await promisify(execFile)(process.execPath, args, { env, cwd: folder.path });
    const report = JSON.parse(stdout) as { problems: { ruleId: string; location: { pointer: string }[] }[] };
    const findings = report.problems.map(({ ruleId, location }) => `${ruleId} ${location[0]?.pointer}`);
    // A socket opens with 101; the linter knows only requests that end with 2xx.
    expect(findings).toEqual(["operation-2xx-response #/paths/~1ws~1live~1{stream_id}/get/responses"]);
    rmSync(folder.path, { recursive: true });
  });

  it("gives every operation an id of its own", () => {
    const ids = Object.values(document.paths).flatMap((item) =>
      Object.values(item).map((one) => (one as { operationId: string }).operationId),
    );
    expect(new Set(ids).size).toBe(ids.length);
  });

  it("describes the events that the parser takes and those it refuses (F11)", () => {
    const ajv = new Ajv2020({ strict: false });
    formats(ajv);
    ajv.addSchema({ ...document, $id: "api" });
    const validate = ajv.compile({ $ref: "api#/components/schemas/Event" });
    const common = { event_id: "e", timestamp: "2026-01-01T00:00:00Z", stream_id: "alpha" };
    const chat = { ...common, type: "chat", user_id: "u", username: "u", message: "hi" };
    const viewer = { ...common, type: "viewer", viewer_count: 1 };
    const transaction = {
      ...common,
      type: "transaction",
      user_id: "u",
      username: "u",
      transaction_type: "bits",
      amount: 1,
      currency: "bits",
    };
    const meta = { ...common, type: "stream_meta", event_type: "raid" };
    const samples: unknown[] = [
      chat,
      { ...chat, emotes: ["a", { name: "b", id: null, url: null }], badges: null },
      { ...chat, emotes: "a" },
      { ...chat, emotes: [{ id: "x" }] },
      { ...chat, emotes: [null] },
      { ...chat, message: null },
      { ...chat, message: "x".repeat(2_001) },
      { ...chat, is_subscriber: 1 },
      { ...chat, unknown: { a: 1 } },
      viewer,
      { ...viewer, timestamp: 5 },
      { ...viewer, stream_id: "health" },
      { ...viewer, stream_id: ".." },
      { ...viewer, viewer_count: 1.5 },
      { ...viewer, unique_viewers: null },
      transaction,
      { ...transaction, currency: "eur" },
      { ...transaction, amount: -1 },
      { ...transaction, message: null },
      meta,
      { ...meta, started_at: null, raiders: null, from_stream_id: null },
      { ...meta, event_type: "x" },
      { ...common, type: "other" },
      [],
      null,
      "text",
    ];
    const verdicts = samples.map((sample) => [JSON.stringify(sample), validate(sample)]);
    expect(verdicts).toEqual(samples.map((sample) => [JSON.stringify(sample), parseEvent(sample).ok]));
  });

  it("is served by the server it describes", async () => {
    const service = await startFakeService();
    const response = await fetch(`${service.url}/openapi.json`);
    expect(await response.json()).toEqual(JSON.parse(JSON.stringify(document)));
    await service.close();
  });
});
