import { describe, expect, it } from "vitest";
import { resolveAddress } from "../../src/live/address.js";
import { ServerFeed } from "../../src/live/server-feed.js";
import { StreamStore } from "../../src/live/stream-store.js";
import { FakeServerEnd, FakeWorld } from "../support/fake-world.js";
import { NOON_MS, someMoment } from "../support/frames.js";

const address = resolveAddress("http://localhost:8000", "s");
const ROW = { timestamp: new Date(NOON_MS).toISOString(), chat_rate: 2, viewer_count: 7, is_final: true };

/** Lets promises that are settled already be heard. */
const settle = () => new Promise<void>((resolve) => setTimeout(resolve, 0));

function setUp(fetchJson: (url: string, signal: AbortSignal) => Promise<unknown>) {
  const world = new FakeWorld();
  const server = new FakeServerEnd(world);
  const store = new StreamStore();
  const feed = new ServerFeed({ address, sink: store, environment: world, fetchJson });
  return { world, server, store, feed };
}

describe("ServerFeed", () => {
  it("loads the past beside the socket, without waiting for the greeting", async () => {
    const asked: string[] = [];
    const { store, feed } = setUp((url) => {
      asked.push(url);
      return Promise.resolve(url.includes("/moments") ? [someMoment()] : [ROW]);
    });
    feed.start();
    await settle();
    expect(asked.map((url) => new URL(url).pathname)).toEqual([
      "/api/v1/streams/s/metrics",
      "/api/v1/streams/s/moments",
    ]);
    expect(store.history).toHaveLength(1);
    expect(store.moments).toHaveLength(1);
    feed.stop();
  });

  it("goes live without a past when the server does not know the stream yet", async () => {
    const { world, store, feed } = setUp(() => Promise.reject(new Error("404")));
    feed.start();
    world.advance(20);
    await settle();
    expect(store.state).toBe("live");
    feed.stop();
  });

  it("loads the past again after a gap, and not with the first greeting", async () => {
    let askedCount = 0;
    const { world, server, feed } = setUp(() => {
      askedCount += 1;
      return Promise.resolve([]);
    });
    feed.start();
    world.advance(20);
    expect(askedCount).toBe(2);
    server.closeAll(1006);
    world.advance(1_020);
    await settle();
    expect(askedCount).toBe(4);
    feed.stop();
  });

  it("takes no answer that arrives after it was stopped", async () => {
    const answers: ((body: unknown) => void)[] = [];
    const { store, feed } = setUp(() => new Promise((resolve) => answers.push(resolve)));
    feed.start();
    feed.stop();
    for (const answer of answers) answer([ROW]);
    await settle();
    expect(store.history).toEqual([]);
  });
});
