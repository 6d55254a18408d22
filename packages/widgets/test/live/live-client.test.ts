import type { LiveMessage } from "@telemetra/core";
import { beforeEach, describe, expect, it } from "vitest";
import type { ConnectionState } from "../../src/live/connection.js";
import {
  GREETING_WITHIN_MS,
  LiveClient,
  PING_EVERY_MS,
  PONG_WITHIN_MS,
  PROBE_WITHIN_MS,
  QUIET_AFTER_MS,
} from "../../src/live/live-client.js";
import { FakeServerEnd, FakeWorld } from "../support/fake-world.js";

const URL = "ws://localhost:8000/ws/live/s";
const GREETING_MS = 20;

let world: FakeWorld;
let server: FakeServerEnd;
let messages: LiveMessage[];
let states: ConnectionState[];
let reason: string | undefined;
let client: LiveClient;

beforeEach(() => {
  world = new FakeWorld();
  server = new FakeServerEnd(world);
  messages = [];
  states = [];
  reason = undefined;
  client = new LiveClient({
    url: URL,
    environment: world,
    onMessage: (message) => messages.push(message),
    onState: (state, why) => {
      states.push(state);
      reason = why;
    },
  });
});

function connect(): void {
  client.start();
  world.advance(GREETING_MS);
}

describe("LiveClient", () => {
  it("goes live with the greeting and hands frames out", () => {
    connect();
    expect(states).toEqual(["connecting", "live"]);
    expect(messages.map(({ type }) => type)).toEqual(["connected", "metrics"]);
    expect(world.socket.url).toBe(URL);
  });

  it("C5: resumes after the newest metrics or moment frame, whatever the greeting said", () => {
    connect();
    server.pushMoment(1);
    const { epoch, offset } = messages.at(-1) as { epoch: string; offset: number };
    server.closeAll(1012);
    world.advance(1_000);
    expect(world.socket.url).toBe(`${URL}?since=${epoch}:${offset}`);
  });

  it("C5: does not resume from a greeting that nothing followed", () => {
    client.start();
    world.socket.receive({ type: "connected", stream_id: "s", epoch: "1", offset: 40, interval_ms: 1500 });
    world.socket.lose(1006);
    world.advance(1_000);
    expect(world.socket.url).toBe(URL);
  });

  it.each([
    [0, 500],
    [0.5, 750],
    [0.999, 999.5],
  ])("T10: draws the first back-off evenly (%d → %d ms)", (draw, delayMs) => {
    connect();
    world.draws = [draw];
    server.closeAll(1006);
    world.advance(delayMs - 1);
    expect(world.sockets).toHaveLength(1);
    world.advance(2);
    expect(world.sockets).toHaveLength(2);
  });

  it.each([4000, 4099])("T8: %d ends it for good", (code) => {
    connect();
    world.socket.receive({ type: "error", code: "invalid_request", message: "There is no such lane." });
    server.closeAll(code);
    world.advance(3_600_000);
    expect(client.state).toBe("ended");
    expect(world.sockets).toHaveLength(1);
    expect(reason).toBe("There is no such lane.");
    expect(world.timerCount).toBe(0);
  });

  it.each([4200, 4299])("T9: %d reconnects at once", (code) => {
    connect();
    server.closeAll(code);
    expect(world.sockets).toHaveLength(2);
  });

  it.each([1000, 1006, 1012, 4100, 4199, 4300])("T10: %d reconnects after a back-off", (code) => {
    connect();
    server.closeAll(code);
    expect(client.state).toBe("waiting");
    expect(world.sockets).toHaveLength(1);
    world.advance(1_000);
    expect(world.sockets).toHaveLength(2);
  });

  it("T11: stays away as long as the server asks, and lets the socket go", () => {
    connect();
    const first = world.socket;
    first.receive({ type: "reconnect", retry_after_ms: 7_000 });
    expect(first.isOpen).toBe(false);
    world.advance(6_999);
    expect(world.sockets).toHaveLength(1);
    world.advance(1);
    expect(world.sockets).toHaveLength(2);
  });

  it("C1: is stale after 10 s without a frame, and live again with the next", () => {
    connect();
    world.advance(QUIET_AFTER_MS - 1);
    expect(client.state).toBe("live");
    world.advance(1);
    expect(client.state).toBe("stale");
    server.pushMetrics();
    expect(client.state).toBe("live");
  });

  it("C1: a server that pushes every 20 s is quiet after 60 s", () => {
    world.onOpen = () => undefined;
    client.start();
    world.socket.receive({ type: "connected", stream_id: "s", epoch: "1", offset: 0, interval_ms: 20_000 });
    for (let second = 0; second < 59; second++) {
      world.advance(1_000);
      server.answerPings();
    }
    expect(client.state).toBe("live");
    world.advance(1_000);
    expect(client.state).toBe("stale");
  });

  it("T5: is stale while the server calls its numbers stale", () => {
    connect();
    server.pushMetrics({ stale: true });
    expect(client.state).toBe("stale");
    server.pushMetrics();
    expect(client.state).toBe("live");
  });

  it("C2: pings every 15 s, and a link that says nothing for 10 s after is dead", () => {
    connect();
    world.advance(PING_EVERY_MS);
    expect(world.socket.sent).toEqual(['{"type":"ping"}']);
    const first = world.socket;
    world.advance(PONG_WITHIN_MS);
    expect(first.isOpen).toBe(false);
    expect(client.state).toBe("waiting");
  });

  it("C2: any frame is a sign of life", () => {
    connect();
    world.advance(PING_EVERY_MS);
    server.pushMetrics();
    world.advance(PONG_WITHIN_MS);
    expect(world.sockets).toHaveLength(1);
  });

  it("C3: probes on waking, on coming online and on going offline, with a short deadline", () => {
    for (const provoke of [() => client.wake(), () => client.setOnline(true), () => client.setOnline(false)]) {
      connect();
      const { socket } = world;
      provoke();
      expect(socket.sent).toEqual(['{"type":"ping"}']);
      world.advance(PROBE_WITHIN_MS);
      expect(socket.isOpen).toBe(false);
      client.setOnline(true);
      client.stop();
    }
  });

  it("C4: gives up a socket that is not greeted", () => {
    server.setMode("frozen");
    client.start();
    world.advance(GREETING_WITHIN_MS);
    expect(world.socket.isOpen).toBe(false);
    expect(client.state).toBe("waiting");
  });

  it("T13, T15: does not wait for its turn when the network or the viewer comes back", () => {
    for (const provoke of [() => client.wake(), () => client.setOnline(true)]) {
      connect();
      server.setMode("down");
      expect(client.state).toBe("waiting");
      server.setMode("up");
      provoke();
      world.advance(GREETING_MS);
      expect(client.state).toBe("live");
      client.stop();
    }
  });

  it("goes on trying while the browser says offline: the server may be on this machine", () => {
    connect();
    client.setOnline(false);
    server.answerPings();
    expect(client.state).toBe("live");
    server.setMode("down");
    expect(client.state).toBe("offline");
    server.setMode("up");
    world.advance(1_000);
    expect(client.state).toBe("live");
  });

  it("T2: stop lets go of socket and timers; start resumes", () => {
    connect();
    client.stop();
    expect(world.openSockets).toEqual([]);
    expect(world.timerCount).toBe(0);
    connect();
    expect(client.state).toBe("live");
    expect(world.socket.url).toContain("?since=1:1");
  });

  it("T3: an address that the browser refuses ends it with the browser's reason", () => {
    world.openSocket = () => {
      throw new SyntaxError("The URL is invalid.");
    };
    client.start();
    expect(states).toEqual(["ended"]);
    expect(reason).toBe("The URL is invalid.");
  });

  it("hears nothing from a socket that it dropped", () => {
    connect();
    const first = world.socket;
    first.receive({ type: "reconnect", retry_after_ms: 100 });
    messages.length = 0;
    first.isOpen = true;
    first.receive({ type: "pong", timestamp: "" });
    first.lose(4000);
    expect(messages).toEqual([]);
    expect(client.state).toBe("waiting");
  });

  it("survives frames that are no messages", () => {
    connect();
    for (const frame of [
      "",
      "{",
      "null",
      "[]",
      "7",
      '{"type":"confetti"}',
      '{"type":"metrics"}',
      '{"type":"moment"}',
    ]) {
      world.socket.receive(frame);
    }
    expect(client.state).toBe("live");
  });
});
