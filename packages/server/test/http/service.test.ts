import { mkdirSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ApiClient } from "../support/api-client.js";
import { startFakeService, type FakeService } from "../support/fake-service.js";
import { makeTempFolder } from "../support/temp-folder.js";

const ERROR_KEYS = ["error", "detail", "code", "timestamp", "request_id"];

let service: FakeService;
let api: ApiClient;

beforeAll(async () => {
  service = await startFakeService({ config: { corsOrigins: ["https://example.org"], apiTitle: "<Tele & metra>" } });
  api = await ApiClient.connect(service.url);
  service.store.addStream("alpha");
});

afterAll(() => service.close());

describe("what the server says of itself", () => {
  it("F15: is JSON at / unless HTML is asked for", async () => {
    for (const accept of ["*/*", "application/json", "text/plain", "application/json, text/html"]) {
      const { body, headers } = await api.get("/", { Accept: accept });
      expect(body).toMatchObject({ name: "<Tele & metra>", version: "1.2.3", status: "running" });
      expect(headers.get("vary")).toContain("Accept");
    }
    for (const accept of ["text/html", "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"]) {
      const { headers, text } = await api.get("/", { Accept: accept });
      expect(headers.get("content-type")).toContain("text/html");
      expect(text).toContain("&lt;Tele &amp; metra&gt;");
      expect(text).not.toContain("<Tele");
    }
  });

  it("links only to what is there", async () => {
    const { links } = (await api.get("/")).body as { links: Record<string, string> };
    for (const link of Object.values(links)) {
      const { status } = await api.get(link.replace("{stream_id}", "alpha"));
      expect([link, status === 404]).toEqual([link, false]);
    }
  });

  it("is healthy and alive without asking anybody", async () => {
    service.store.failure = new Error("down");
    expect((await api.get("/health")).body).toEqual({ status: "ok" });
    expect((await api.get("/liveness")).body).toEqual({ status: "ok" });
    service.store.failure = undefined;
  });

  it("reports its parts: an error without the database, degraded without the log", async () => {
    expect((await api.get("/api/v1/health")).body).toMatchObject({
      status: "ok",
      database: "ok",
      redis: "ok",
      kafka: "ok",
    });
    service.log.failure = new Error("down");
    expect((await api.get("/api/v1/health")).body).toMatchObject({ status: "degraded", kafka: "unavailable" });
    expect((await api.get("/ready")).status).toBe(200);
    service.store.failure = new Error("down");
    const { status, body } = await api.get("/api/v1/health");
    expect([status, body]).toMatchObject([200, { status: "error", database: "unavailable" }]);
    service.log.failure = undefined;
    service.store.failure = undefined;
  });

  it("is ready with its database, and not before the start, without it or while stopping", async () => {
    const other = await startFakeService();
    const ready = async (): Promise<[number, string | null]> => {
      const response = await fetch(`${other.url}/ready`);
      return [response.status, response.headers.get("retry-after")];
    };
    expect(await ready()).toEqual([200, null]);
    other.store.failure = new Error("down");
    expect(await ready()).toEqual([503, "2"]);
    other.store.failure = undefined;
    expect(await ready()).toEqual([200, null]);
    other.health.markDraining();
    expect(await ready()).toEqual([503, "2"]);
    other.health.markStarted();
    expect(await ready()).toEqual([503, "2"]);
    await other.close();
  });

  it("gives Prometheus names of its own, base units and no stream", async () => {
    await api.get("/api/v1/streams/alpha/metrics");
    await api.get("/api/v1/streams/some-other-stream");
    await api.get("/no/such/path");
    const { text, headers } = await api.get("/metrics");
    expect(headers.get("content-type")).toMatch(/^text\/plain; version=0\.0\.4/);
    const names = [...text.matchAll(/^# TYPE (\S+) /gm)].map(([, name]) => name!);
    expect(names.length).toBeGreaterThan(8);
    expect(names.filter((name) => !name.startsWith("telemetra_"))).toEqual([]);
    expect(text).toContain('route="/api/v1/streams/{stream_id}/metrics"');
    expect(text).toContain('route="unmatched"');
    expect(text).not.toMatch(/some-other-stream|stream_id="|no\/such/);
  });
});

describe("errors", () => {
  it("have one shape, with a request id that is also in the header", async () => {
    for (const path of [
      "/nothing",
      "/api/v1/streams/nobody",
      "/api/v1/streams?limit=0",
      "/overlay/nope",
      "/assets/x.js",
      "/docs/assets/x.js",
    ]) {
      const { body, headers } = await api.get(path);
      expect([path, Object.keys(body as object)]).toEqual([path, ERROR_KEYS]);
      expect((body as { request_id: string }).request_id).toBe(headers.get("x-request-id"));
      expect((body as { code: string }).code).toMatch(/^[a-z_]+$/);
      expect(headers.get("cache-control")).toBe("no-store");
    }
  });

  it("come as application/problem+json when asked for, with the same members", async () => {
    const { headers, body } = await api.get("/api/v1/streams/nobody", { Accept: "application/problem+json, */*" });
    expect(headers.get("content-type")).toContain("application/problem+json");
    expect(body).toMatchObject({
      type: "about:blank",
      title: "Not Found",
      status: 404,
      error: "Not Found",
      code: "stream_not_found",
    });
    expect(Object.keys(body as object)).toEqual(expect.arrayContaining(ERROR_KEYS));
  });

  it.each([
    "/%zz",
    "/api/v1/streams/%ff",
    "/../../etc/passwd",
    "/overlay/..%2f..%2fpackage.json",
    "/assets/..%2f..%2fpackage.json",
    "/assets/%2e%2e/overlay.html",
  ])("are 4xx for the malformed or wandering path %s", async (path) => {
    const socket = connect(service.port, "127.0.0.1");
    socket.end(`GET ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n`);
    let answer = "";
    for await (const chunk of socket) answer += String(chunk);
    expect(answer).toMatch(/^HTTP\/1\.1 4\d\d /);
    expect(answer).not.toMatch(/node_modules|at \w+ \(|Error:/);
  });
});

describe("requests", () => {
  it("keep a sound request id and get a new one instead of another", async () => {
    const ask = async (id: string): Promise<string | null> =>
      (await api.get("/health", { "X-Request-Id": id })).headers.get("x-request-id");
    expect(await ask("trace-42_A")).toBe("trace-42_A");
    for (const id of ["", "has space", "x".repeat(65), "a;b"]) expect(await ask(id)).toMatch(/^[0-9a-f-]{36}$/);
  });

  it("may be HEAD wherever they may be GET", async () => {
    const [get, head] = await Promise.all([api.get("/api/v1/streams"), api.send("HEAD", "/api/v1/streams")]);
    expect([head.status, head.text]).toEqual([200, ""]);
    expect(head.headers.get("content-length")).toBe(String(Buffer.byteLength(get.text)));
    expect((await api.send("HEAD", "/api/v1/streams/nobody")).status).toBe(404);
  });

  it("are told the methods of an address", async () => {
    const ask = async (method: string, path: string): Promise<[number, string | null]> => {
      const { status, headers } = await api.send(method, path);
      return [status, headers.get("allow")];
    };
    expect(await ask("OPTIONS", "/api/v1/streams")).toEqual([204, "GET, HEAD, OPTIONS"]);
    expect(await ask("OPTIONS", "/api/v1/events")).toEqual([204, "POST, OPTIONS"]);
    expect(await ask("DELETE", "/api/v1/streams/alpha")).toEqual([405, "GET, HEAD, OPTIONS"]);
    expect(await ask("GET", "/api/v1/events")).toEqual([405, "POST, OPTIONS"]);
    expect(await ask("PUT", "/health")).toEqual([405, "GET, HEAD, OPTIONS"]);
    expect(await ask("DELETE", "/nothing")).toEqual([404, null]);
    expect(await ask("OPTIONS", "/nothing")).toEqual([404, null]);
  });

  it("may not be TRACE", async () => {
    const socket = connect(service.port, "127.0.0.1");
    socket.end("TRACE / HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: a=b\r\nConnection: close\r\n\r\n");
    let answer = "";
    for await (const chunk of socket) answer += String(chunk);
    expect(answer).toMatch(/^HTTP\/1\.1 405 /);
    expect(answer).not.toContain("a=b");
  });

  it("revalidate with an entity tag", async () => {
    const { headers } = await api.get("/api/v1/streams");
    const head = `GET /api/v1/streams HTTP/1.1\r\nHost: localhost\r\nIf-None-Match: ${headers.get("etag")}\r\n`;
    expect(await rawStatus(service.port, head)).toBe("304");
    expect(headers.get("cache-control")).toBe("no-cache");
  });

  it("must name a host that is served", async () => {
    const ask = (host: string): Promise<string> => rawStatus(service.port, `GET /health HTTP/1.1\r\nHost: ${host}\r\n`);
    for (const host of ["localhost", "LOCALHOST:8000", "127.0.0.1:1", "[::1]:8000"])
      expect(await ask(host)).toBe("200");
    for (const host of [
      "rebound.example",
      "rebound.example:8000",
      "localhost.evil.example",
      "127.0.0.1.nip.example",
      "",
    ]) {
      expect([host, await ask(host)]).toEqual([host, "421"]);
    }
  });

  it("are answered as they are when they offer another protocol", async () => {
    const offer = "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAoAAAAAIAAAAA\r\n";
    const answer = await raw(service.port, `GET /health HTTP/1.1\r\nHost: localhost\r\n${offer}\r\n`);
    expect(answer).toMatch(/^HTTP\/1\.1 200 .*\{"status":"ok"\}$/s);
  });

  it.each([
    ["NONSENSE\r\n\r\n", 400, "bad_request"],
    [`GET / HTTP/1.1\r\nHost: localhost\r\nX: ${"x".repeat(20_000)}\r\n\r\n`, 431, "headers_too_large"],
    ["GET / HTTP/1.1\r\nHost: localhost\r\nContent-Length: x\r\n\r\n", 400, "bad_request"],
    ["GET / HTTP/1.1\r\n\r\n", 400, undefined],
  ])("that are no HTTP are told so in the usual body", async (request, status, code) => {
    const answer = await raw(service.port, request);
    expect(answer.slice(9, 12)).toBe(String(status));
    if (code === undefined) return;
    const body = JSON.parse(answer.slice(answer.indexOf("\r\n\r\n"))) as Record<string, unknown>;
    expect(Object.keys(body)).toEqual(ERROR_KEYS);
    expect(body["code"]).toBe(code);
  });

  it("must carry their headers in reasonable size", async () => {
    const head = `GET /health HTTP/1.1\r\nHost: localhost\r\nX: ${"x".repeat(20_000)}\r\n`;
    expect(await rawStatus(service.port, head)).toBe("431");
  });
});

async function raw(port: number, request: string): Promise<string> {
  const socket = connect(port, "127.0.0.1");
  socket.write(request);
  // An answer that keeps the connection open is whole once nothing more comes.
  socket.setTimeout(300, () => socket.destroy());
  let answer = "";
  socket.on("data", (data) => (answer += String(data)));
  await new Promise((resolve) => socket.once("close", resolve));
  return answer;
}

async function rawStatus(port: number, head: string): Promise<string> {
  const socket = connect(port, "127.0.0.1");
  socket.end(`${head}Connection: close\r\n\r\n`);
  let answer = "";
  for await (const chunk of socket) answer += String(chunk);
  return answer.slice(9, 12);
}

describe("other origins", () => {
  it("are let in when they are listed, and only then", async () => {
    const ask = async (origin: string): Promise<(string | null)[]> => {
      const { headers } = await api.get("/api/v1/streams", { Origin: origin });
      expect(headers.get("vary")).toContain("Origin");
      expect(headers.get("access-control-allow-credentials")).toBeNull();
      return [headers.get("access-control-allow-origin"), headers.get("access-control-expose-headers")];
    };
    expect(await ask("https://example.org")).toEqual([
      "https://example.org",
      "Link, Location, Retry-After, X-Request-Id",
    ]);
    for (const origin of ["https://evil.example", "http://example.org", "https://example.org:444", "null"]) {
      expect(await ask(origin)).toEqual([null, null]);
    }
  });

  it("ask first and are answered accordingly", async () => {
    const ask = (origin: string): Promise<Response> =>
      fetch(`${service.url}/api/v1/events`, {
        method: "OPTIONS",
        headers: {
          Origin: origin,
          "Access-Control-Request-Method": "POST",
          "Access-Control-Request-Headers": "content-type",
        },
      });
    const allowed = await ask("https://example.org");
    expect(allowed.status).toBe(204);
    expect(allowed.headers.get("access-control-allow-methods")).toContain("POST");
    expect(allowed.headers.get("access-control-allow-headers")).toContain("Content-Type");
    expect((await ask("https://evil.example")).headers.get("access-control-allow-methods")).toBeNull();
  });
});

describe("security headers", () => {
  it("are on every answer, and the server does not say what it is made of", async () => {
    for (const path of ["/", "/api/v1/streams", "/nothing", "/docs"]) {
      const { headers } = await api.get(path);
      expect(headers.get("x-content-type-options")).toBe("nosniff");
      expect(headers.get("x-frame-options")).toBe("SAMEORIGIN");
      expect(headers.get("referrer-policy")).toBe("no-referrer");
      expect(headers.get("x-powered-by")).toBeNull();
      expect(headers.get("server")).toBeNull();
      expect(headers.get("strict-transport-security")).toBeNull();
      expect(headers.get("content-security-policy")).toContain("frame-ancestors 'self'");
      expect(headers.get("content-security-policy")).not.toContain("upgrade-insecure-requests");
    }
    expect((await api.get("/health")).headers.get("content-security-policy")).toContain("default-src 'none'");
  });
});

describe("pages", () => {
  const folder = makeTempFolder();
  let built: FakeService;

  beforeAll(async () => {
    mkdirSync(join(folder.path, "pages", "assets", "fonts"), { recursive: true });
    for (const page of ["dashboard", "overlay", "configure"]) {
      writeFileSync(join(folder.path, "pages", `${page}.html`), `<title>${page}</title>`);
    }
    for (const file of ["app-B4cD3f9_.js", "plain.css", "moments-timeline.js", "fonts/a.woff2", ".hidden"]) {
      writeFileSync(join(folder.path, "pages", "assets", file), "content");
    }
    writeFileSync(join(folder.path, "secret.txt"), "secret");
    built = await startFakeService({ widgetsDirectory: folder.path });
  });

  afterAll(async () => {
    await built.close();
    folder.remove();
  });

  it("F15: are served for the four overlays and for nothing else", async () => {
    for (const name of ["pulse-bar", "chat-flow", "emote-cloud", "moments-timeline"]) {
      const response = await fetch(`${built.url}/overlay/${name}?stream=alpha`);
      expect(response.status).toBe(200);
      expect(await response.text()).toBe("<title>overlay</title>");
      const policy = response.headers.get("content-security-policy") ?? "";
      expect(policy).toContain("script-src 'self';");
      expect(policy).not.toContain("unsafe");
    }
    for (const name of ["Pulse-Bar", "pulse", "dashboard", "overlay.html"]) {
      expect((await fetch(`${built.url}/overlay/${name}`)).status).toBe(404);
    }
  });

  it("include the dashboard and the configurator", async () => {
    const html = { headers: { Accept: "text/html" } };
    expect(await (await fetch(`${built.url}/`, html)).text()).toBe("<title>dashboard</title>");
    expect(await (await fetch(`${built.url}/configure`, html)).text()).toBe("<title>configure</title>");
  });

  it("are 404 while they are not built", async () => {
    for (const path of ["/overlay/pulse-bar", "/configure"]) {
      const { status, body } = await api.get(path);
      expect([status, (body as { code: string }).code]).toEqual([404, "page_not_built"]);
    }
  });

  it("keep hashed assets for a year and ask about the others", async () => {
    const ask = async (file: string): Promise<[number, string | null]> => {
      const response = await fetch(`${built.url}/assets/${file}`);
      return [response.status, response.headers.get("cache-control")];
    };
    expect(await ask("app-B4cD3f9_.js")).toEqual([200, "public, max-age=31536000, immutable"]);
    expect(await ask("plain.css")).toEqual([200, "no-cache"]);
    expect(await ask("moments-timeline.js")).toEqual([200, "no-cache"]);
    expect(await ask("fonts/a.woff2")).toEqual([200, "no-cache"]);
    for (const file of [".hidden", "../overlay.html", "..%2f..%2fsecret.txt", "fonts", "nothing.js"]) {
      expect([file, (await ask(file))[0]]).toEqual([file, 404]);
    }
  });
});

describe("the documentation", () => {
  it.each(["/docs", "/redoc"])(
    "at %s runs from files of this server under a policy that allows nothing else",
    async (path) => {
      const { text, headers } = await api.get(path);
      const sources = [...text.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, source]) => source!);
      expect(sources.length).toBeGreaterThanOrEqual(4);
      for (const source of sources) {
        expect(source).toMatch(/^\/docs\/assets\//);
        expect((await api.get(source)).status).toBe(200);
      }
      expect(text).not.toMatch(/<script>|style=|onload=/);
      expect(headers.get("content-security-policy")).toMatch(/default-src 'none'; script-src 'self';/);
    },
  );

  it("serves nothing else of the package", async () => {
    for (const file of ["package.json", "index.html", "swagger-initializer.js", "..%2fpackage.json"]) {
      expect((await api.get(`/docs/assets/${file}`)).status).toBe(404);
    }
  });
});
