import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { startFakeService, type FakeService } from "../support/fake-service.js";
import { openLive, refusedUpgrade } from "../support/live-client.js";

let service: FakeService;

beforeEach(async () => {
  service = await startFakeService({ config: { wsDrainMs: 5_000 } });
});

afterEach(() => service.close());

describe("draining", () => {
  it("tells each reader when to come back, closes with 1012 and takes no new one", async () => {
    const clients = await Promise.all(Array.from({ length: 40 }, (_, index) => openLive(service, `s${index % 4}`)));
    const startedAtMs = performance.now();
    const drained = service.gateway.drain();
    expect(await refusedUpgrade(service, "/ws/live/s1")).toMatchObject({ status: 503, body: { code: "draining" } });
    expect(service.gateway.health().status).toBe("draining");
    const closes = await Promise.all(clients.map(({ closed }) => closed));
    await drained;
    expect(performance.now() - startedAtMs).toBeLessThan(2_000);
    expect(new Set(closes.map(({ code }) => code))).toEqual(new Set([1012]));
    const waits = clients.map((client) => client.ofType("reconnect").map(({ retry_after_ms: ms }) => ms));
    expect(waits.every((one) => one.length === 1 && one[0]! >= 500 && one[0]! <= 1_500)).toBe(true);
    expect(new Set(waits.flat()).size).toBeGreaterThan(30);
    expect(service.gateway.health().total_connections).toBe(0);
    expect(service.hub.subscribers().size).toBe(0);
  });

  it("spreads the closes when there are many", { timeout: 20_000 }, async () => {
    const closedAtMs: number[] = [];
    const clients = await Promise.all(Array.from({ length: 200 }, () => openLive(service, "alpha")));
    for (const client of clients) void client.closed.then(() => closedAtMs.push(performance.now()));
    const startedAtMs = performance.now();
    await service.gateway.drain();
    await Promise.all(clients.map(({ closed }) => closed));
    const halves = closedAtMs.map((atMs) => (atMs - startedAtMs < 500 ? "early" : "late"));
    expect(halves.filter((half) => half === "early").length).toBeGreaterThan(60);
    expect(halves.filter((half) => half === "late").length).toBeGreaterThan(60);
  });

  it("cuts a reader that does not answer the close", async () => {
    const client = await openLive(service, "alpha");
    client.socket.pause();
    const startedAtMs = performance.now();
    await service.gateway.drain();
    expect(performance.now() - startedAtMs).toBeLessThan(4_000);
    client.socket.terminate();
  });

  it("is over at once when nobody reads", async () => {
    const startedAtMs = performance.now();
    await Promise.all([service.gateway.drain(), service.gateway.drain()]);
    expect(performance.now() - startedAtMs).toBeLessThan(200);
  });
});
