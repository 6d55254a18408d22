import { randomBytes } from "node:crypto";
import { connect, type Socket } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { startFakeService, type FakeService, type FakeServiceOptions } from "../support/fake-service.js";
import { openLive } from "../support/live-client.js";
import { makeSnapshot } from "../support/live-snapshot.js";
import { makeMoment } from "../support/records.js";
import { until } from "../support/until.js";

let service: FakeService;
const sockets: Socket[] = [];

async function start(options: FakeServiceOptions): Promise<void> {
  service = await startFakeService(options);
}

afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy();
  await service.close();
});

/** Opens a socket by hand and then reads nothing of what comes. */
async function openMute(streamId: string): Promise<Socket> {
  const socket = connect({ port: service.port, host: "127.0.0.1" });
  sockets.push(socket);
  socket.write(
    `GET /ws/live/${streamId} HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n` +
      `Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: ${randomBytes(16).toString("base64")}\r\n\r\n`,
  );
  await new Promise((resolve) => socket.once("readable", resolve));
  return socket;
}

function publishLargeMoment(number: number): Promise<unknown> {
  const moment = makeMoment({ number, description: "x".repeat(1_000_000) });
  return service.hub.publish("alpha", "moments", (place) => {
    return { type: "moment", stream_id: "alpha", ...place, phase: "opened", moment };
  });
}

async function counted(name: string): Promise<Record<string, number>> {
  const metric = await service.metrics.registry.getSingleMetric(name)?.get();
  return Object.fromEntries((metric?.values ?? []).map(({ labels, value }) => [Object.values(labels).join(), value]));
}

describe("slow and silent readers", () => {
  it("are pinged and closed with 4108 when no pong comes", async () => {
    await start({ limits: { pingIntervalMs: 500, pongTimeoutMs: 500 } });
    const healthy = await openLive(service, "alpha");
    const silent = await openLive(service, "alpha", { autoPong: false });
    expect(await silent.closed).toEqual({ code: 4108, reason: "too slow" });
    let pings = 0;
    healthy.socket.on("ping", () => pings++);
    await until(() => pings >= 2);
    expect(healthy.socket.readyState).toBe(healthy.socket.OPEN);
    await healthy.close();
  });

  it("are closed before they would lose a moment, and delay nobody", { timeout: 20_000 }, async () => {
    // No ticks in between: large moments would make large metrics too.
    await start({ config: { wsIntervalMs: 60_000 } });
    const healthy = await openLive(service, "alpha");
    await openMute("alpha");
    let number = 0;
    await until(
      async () => {
        await publishLargeMoment(++number);
        await healthy.untilType("moment", number);
        return service.gateway.health().total_connections === 1;
      },
      { timeoutMs: 15_000, what: "the close of the mute reader" },
    );
    expect(await counted("telemetra_live_closes_total")).toHaveProperty("4108", 1);
    expect(healthy.ofType("moment").map(({ moment }) => Number(moment.moment_id.slice(-12)))).toEqual(
      Array.from({ length: number }, (_, index) => index + 1),
    );
    await healthy.close();
  });

  it("skip metrics frames while bytes wait", { timeout: 20_000 }, async () => {
    await start({ config: { wsIntervalMs: 50 }, limits: { maxBufferedBytes: 1_000_000_000 } });
    service.live.set("alpha", makeSnapshot());
    await openMute("alpha");
    let number = 0;
    await until(
      async () => {
        if (number < 30) await publishLargeMoment(++number);
        return Number((await counted("telemetra_live_frames_conflated_total"))[""] ?? 0) >= 2;
      },
      { timeoutMs: 15_000, what: "a conflated frame" },
    );
  });

  it("are closed when their bytes wait too long, even if they answer pings", { timeout: 20_000 }, async () => {
    await start({ limits: { maxBufferedBytes: 1_000_000_000, stallTimeoutMs: 500 } });
    await openMute("alpha");
    await until(() => service.gateway.health().active_streams === 1);
    for (let number = 1; number <= 15; number++) await publishLargeMoment(number);
    await until(() => service.gateway.health().total_connections === 0, { timeoutMs: 10_000 });
  });
});

describe("talkative clients", () => {
  it("are closed with 4100 above ten messages a second", async () => {
    await start({});
    const client = await openLive(service, "alpha");
    for (let i = 0; i < 50; i++) client.socket.send('{"type":"ping"}');
    expect(await client.closed).toMatchObject({ code: 4100 });
    expect(client.ofType("pong").length).toBeLessThanOrEqual(10);
  });

  it("are closed with 4100 for a flood of protocol pings", async () => {
    await start({});
    const client = await openLive(service, "alpha");
    for (let i = 0; i < 50; i++) client.socket.ping();
    expect(await client.closed).toMatchObject({ code: 4100 });
  });

  it("are closed with 1009 for a message above 4 KB", async () => {
    await start({});
    const client = await openLive(service, "alpha");
    client.socket.send("x".repeat(4_097));
    expect(await client.closed).toMatchObject({ code: 1009 });
  });

  it("are closed with 1008 for a message in very many pieces", async () => {
    await start({});
    const client = await openLive(service, "alpha");
    client.socket.on("error", () => {});
    for (let i = 0; i < 40; i++) client.socket.send("x", { fin: false });
    expect(await client.closed).toMatchObject({ code: 1008 });
  });
});
