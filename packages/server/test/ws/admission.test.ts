import { connect } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import type { Config } from "../../src/config/load-config.js";
import { startFakeService, type FakeService } from "../support/fake-service.js";
import { openLive, refusedUpgrade } from "../support/live-client.js";
import { until } from "../support/until.js";

let service: FakeService;

async function start(config: Partial<Config> = {}): Promise<void> {
  service = await startFakeService({ config });
}

afterEach(() => service.close());

describe("who may open a socket", () => {
  it.each(["/ws/live/health", "/ws/live/a%20b", "/ws/live/%zz", "/ws/live/a%2Fb", `/ws/live/${"x".repeat(129)}`])(
    "F16: answers 404 at the upgrade for the impossible id in %s",
    async (path) => {
      await start();
      const { status, body } = await refusedUpgrade(service, path);
      expect(status).toBe(404);
      expect(body).toMatchObject({ error: "Not Found", code: "stream_not_found" });
      expect(Object.keys(body)).toEqual(["error", "detail", "code", "timestamp", "request_id"]);
    },
  );

  it.each(["/", "/ws", "/ws/live", "/ws/live/", "/ws/live/a/b", "/live/a", "/api/v1/streams"])(
    "answers 404 for a socket at %s",
    async (path) => {
      await start();
      expect(await refusedUpgrade(service, path)).toMatchObject({ status: 404, body: { code: "not_found" } });
    },
  );

  it("lets in programs, its own pages and listed origins, and nobody else's pages", async () => {
    await start({ corsOrigins: ["https://example.org", "file://"] });
    const own = `http://127.0.0.1:${service.port}`;
    for (const origin of [undefined, own, `https://127.0.0.1:${service.port}`, "https://example.org", "file://"]) {
      const client = await openLive(service, "alpha", origin === undefined ? {} : { origin });
      await client.close();
    }
    for (const origin of [
      "https://evil.example",
      "null",
      "http://127.0.0.1:1",
      "https://example.org.evil.example",
      "",
    ]) {
      const { status, body } = await refusedUpgrade(service, "/ws/live/alpha", { headers: { Origin: origin } });
      expect([origin, status, body["code"]]).toEqual([origin, 403, "origin_not_allowed"]);
    }
  });

  it("answers 421 to a name that a foreign page gave this machine", async () => {
    await start();
    const headers = { Host: "rebound.example:80", Origin: "http://rebound.example:80" };
    expect(await refusedUpgrade(service, "/ws/live/alpha", { headers })).toMatchObject({
      status: 421,
      body: { code: "unknown_host" },
    });
  });

  it("refuses the socket above the total with 503 and gives its place back when one leaves", async () => {
    await start({ wsMaxConnections: 2 });
    const first = await openLive(service, "alpha");
    const second = await openLive(service, "beta");
    const refused = await refusedUpgrade(service, "/ws/live/alpha");
    expect(refused).toMatchObject({ status: 503, body: { code: "too_many_connections" } });
    expect(refused.headers["retry-after"]).toBe("5");
    await first.close();
    await until(() => service.gateway.health().total_connections === 1);
    const third = await openLive(service, "alpha");
    await Promise.all([second.close(), third.close()]);
  });

  it("counts by address behind a trusted proxy, and takes nobody else's word for it", async () => {
    await start({ wsMaxConnectionsPerAddress: 1, trustedProxies: ["127.0.0.0/8"] });
    const from = (address: string) => ({ headers: { "X-Forwarded-For": address } });
    const first = await openLive(service, "alpha", from("203.0.113.9"));
    expect(await refusedUpgrade(service, "/ws/live/alpha", from("203.0.113.9"))).toMatchObject({ status: 429 });
    // What stands left of an untrusted address was written by the client itself.
    expect(await refusedUpgrade(service, "/ws/live/alpha", from("198.51.100.1, 203.0.113.9"))).toMatchObject({
      status: 429,
    });
    const other = await openLive(service, "alpha", from("203.0.113.10"));
    await Promise.all([first.close(), other.close()]);
    await service.close();
    await start({ wsMaxConnectionsPerAddress: 1 });
    const local = await Promise.all([1, 2, 3].map(() => openLive(service, "alpha", from("203.0.113.9"))));
    await Promise.all(local.map((client) => client.close()));
  });

  it("gives the place back of a handshake that was refused or broken off", async () => {
    await start({ wsMaxConnections: 1 });
    for (const version of ["1", "13"]) {
      const socket = connect(service.port, "127.0.0.1");
      socket.write(
        `GET /ws/live/alpha HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n` +
          `Sec-WebSocket-Version: ${version}\r\n\r\n`,
      );
      const answer = await new Promise<string>((resolve) => socket.once("data", (data) => resolve(data.toString())));
      expect(answer).toMatch(/^HTTP\/1\.1 4\d\d /);
      socket.destroy();
      await until(() => service.gateway.health().total_connections === 0);
    }
  });

  it("shows at /ws/live/health who reads", async () => {
    await start();
    const [a, b, c] = await Promise.all(["alpha", "alpha", "beta"].map((id) => openLive(service, id)));
    const health = async (): Promise<unknown> => (await fetch(`${service.url}/ws/live/health`)).json();
    expect(await health()).toEqual({
      status: "ok",
      active_streams: 2,
      total_connections: 3,
      streams: { alpha: 2, beta: 1 },
    });
    await Promise.all([a?.close(), b?.close(), c?.close()]);
    await until(() => service.gateway.health().total_connections === 0);
    expect(await health()).toEqual({ status: "ok", active_streams: 0, total_connections: 0, streams: {} });
    expect(service.hub.subscribers().size).toBe(0);
  });
});
