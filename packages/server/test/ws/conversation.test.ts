import { compileSchema, liveMessageSchema } from "@telemetra/core";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createMemorySnapshotCache } from "../../src/adapters/memory/memory-snapshot-cache.js";
import { startFakeService, type FakeService } from "../support/fake-service.js";
import { openLive, type LiveClient } from "../support/live-client.js";
import { makeSnapshot } from "../support/live-snapshot.js";
import { makeMoment } from "../support/records.js";
import { until } from "../support/until.js";

const checkMessage = compileSchema(liveMessageSchema);

let service: FakeService;
const clients: LiveClient[] = [];

async function open(target: string): Promise<LiveClient> {
  const client = await openLive(service, target);
  clients.push(client);
  return client;
}

beforeEach(async () => {
  service = await startFakeService({ config: { wsIntervalMs: 50 } });
});

afterEach(async () => {
  for (const client of clients.splice(0)) {
    expect(client.messages.map((message) => checkMessage(message, ""))).toEqual(client.messages.map(() => undefined));
    client.socket.terminate();
  }
  await service.close();
});

describe("what a reader is told", () => {
  it("calls numbers stale that this process computes while it falls behind, and fresh again after", async () => {
    service.live.set("alpha", makeSnapshot());
    const client = await open("alpha");
    await client.untilType("metrics", 2);
    expect(client.ofType("metrics").at(-1)).not.toHaveProperty("stale");
    service.isStale = true;
    await until(() => client.ofType("metrics").at(-1)?.stale === true);
    const later = await open("alpha");
    expect((await later.untilType("metrics"))[0]).toMatchObject({ stale: true });
    service.isStale = false;
    await until(() => client.ofType("metrics").at(-1)?.stale === undefined);
  });

  it("F17: says connected, then gives the first metrics at once", async () => {
    await service.close();
    service = await startFakeService({ config: { wsIntervalMs: 60_000 } });
    service.live.set("alpha", makeSnapshot());
    const client = await open("alpha");
    const [metrics] = await client.untilType("metrics");
    expect(client.messages.map(({ type }) => type)).toEqual(["connected", "metrics"]);
    const [connected] = client.ofType("connected");
    expect(connected).toMatchObject({ stream_id: "alpha", offset: 0, interval_ms: 60_000 });
    expect(connected).not.toHaveProperty("recovered");
    expect(metrics).toEqual({
      type: "metrics",
      epoch: connected?.epoch,
      offset: 0,
      ...makeSnapshot(),
      recent_moments: [],
    });
  });

  it("F16: accepts a stream that nobody has seen, with nulls instead of numbers", async () => {
    const client = await open("nobody");
    const metrics = await client.untilType("metrics", 3);
    for (const message of metrics) {
      expect(message).toMatchObject({
        stream_id: "nobody",
        viewer_count: null,
        chat_rate: null,
        unique_chatters: null,
        sentiment_score: null,
        chat_rate_baseline: null,
        chat_rate_threshold: null,
        top_emotes: [],
        recent_moments: [],
      });
    }
  });

  it("goes on from unknown to known when the show begins", async () => {
    const client = await open("alpha");
    await client.untilType("metrics");
    service.live.set("alpha", makeSnapshot({ viewer_count: 99 }));
    await until(() => client.ofType("metrics").some((message) => message.viewer_count === 99));
  });

  it("publishes a frame per tick with rising offsets of one epoch", async () => {
    service.live.set("alpha", makeSnapshot());
    const client = await open("alpha");
    const frames = (await client.untilType("metrics", 5)).slice(1);
    const { epoch } = client.ofType("connected")[0]!;
    expect(frames.map((frame) => [frame.epoch, frame.offset])).toEqual(frames.map((_, index) => [epoch, index + 1]));
  });

  it("computes and serialises once per stream and tick, however many read", async () => {
    let computed = 0;
    const snapshot = makeSnapshot();
    Object.defineProperty(snapshot, "viewer_count", {
      enumerable: true,
      get: () => {
        computed++;
        return 5;
      },
    });
    service.live.set("alpha", snapshot);
    const readers = await Promise.all(Array.from({ length: 20 }, () => open("alpha")));
    await Promise.all(readers.map((reader) => reader.untilType("metrics", 6)));
    const offsets = readers.map((reader) => Math.max(...reader.ofType("metrics").map(({ offset }) => offset)));
    // One read of the field a tick, and a few for those who came between two ticks.
    expect(computed).toBeLessThanOrEqual(Math.max(...offsets) + 5);
  });

  it("sends a moment at once and keeps the newest five in the metrics", async () => {
    service.live.set("alpha", makeSnapshot());
    service.store.moments.push(...[1, 2, 3, 4].map((number) => makeMoment({ number, atMs: number * 1_000 })));
    const client = await open("alpha");
    const [first] = await client.untilType("metrics");
    expect(first?.recent_moments.map(({ timestamp }) => Date.parse(timestamp))).toEqual([4_000, 3_000, 2_000, 1_000]);
    for (const number of [5, 6]) {
      const moment = makeMoment({ number, atMs: number * 1_000 });
      await service.hub.publish("alpha", "moments", (place) => ({
        type: "moment",
        stream_id: "alpha",
        ...place,
        phase: "opened",
        moment,
      }));
    }
    const moments = await client.untilType("moment", 2);
    expect(moments.map(({ moment }) => moment.timestamp)).toEqual([
      "1970-01-01T00:00:05.000Z",
      "1970-01-01T00:00:06.000Z",
    ]);
    const expected = [6_000, 5_000, 4_000, 3_000, 2_000];
    await until(() => {
      const newest = client
        .ofType("metrics")
        .at(-1)
        ?.recent_moments.map(({ timestamp }) => Date.parse(timestamp));
      return JSON.stringify(newest) === JSON.stringify(expected);
    });
  });

  it("replaces a moment that was updated", async () => {
    service.live.set("alpha", makeSnapshot());
    service.store.moments.push(makeMoment({ severity: 0.1 }));
    const client = await open("alpha");
    await client.untilType("metrics");
    const moment = makeMoment({ severity: 0.9 });
    await service.hub.publish("alpha", "moments", (place) => {
      return { type: "moment", stream_id: "alpha", ...place, phase: "updated", moment };
    });
    await until(() => client.ofType("metrics").at(-1)?.recent_moments[0]?.severity === 0.9);
    expect(client.ofType("metrics").at(-1)?.recent_moments).toHaveLength(1);
  });

  it("serves recent moments once the database can be read again", async () => {
    service.live.set("alpha", makeSnapshot());
    service.store.moments.push(makeMoment());
    service.store.failure = new Error("down");
    const client = await open("alpha");
    expect((await client.untilType("metrics"))[0]?.recent_moments).toEqual([]);
    service.store.failure = undefined;
    await until(() => client.ofType("metrics").at(-1)?.recent_moments.length === 1);
  });

  it("answers ping with pong and anything else with an error, and stays open", async () => {
    const client = await open("alpha");
    client.socket.send('{"type":"ping"}');
    await client.untilType("pong");
    for (const nonsense of ["", "{", "null", "[]", '{"type":"subscribe"}']) client.socket.send(nonsense);
    client.socket.send(Buffer.from([1, 2, 3]), { binary: true });
    const errors = await client.untilType("error", 6);
    expect(new Set(errors.map(({ code }) => code))).toEqual(new Set(["unknown_message"]));
    expect(client.socket.readyState).toBe(client.socket.OPEN);
  });

  it("keeps the newest metrics in the cache", async () => {
    service.live.set("alpha", makeSnapshot({ viewer_count: 77 }));
    await open("alpha");
    const text = await until(() => service.cache.get("metrics:alpha"));
    expect(JSON.parse(text)).toMatchObject({ type: "metrics", viewer_count: 77 });
  });

  it("marks as stale what was known before and cannot be refreshed", async () => {
    const cache = createMemorySnapshotCache();
    const known = {
      type: "metrics",
      epoch: "old",
      offset: 9,
      ...makeSnapshot({ viewer_count: 41 }),
      recent_moments: [],
    };
    await cache.set("metrics:alpha", JSON.stringify(known), { sequence: 1, ttlMs: 60_000 });
    await service.close();
    service = await startFakeService({ config: { wsIntervalMs: 50 }, cache });
    const client = await open("alpha");
    const [connected] = client.ofType("connected");
    const [first] = await client.untilType("metrics");
    expect(first).toMatchObject({ viewer_count: 41, stale: true });
    expect(first?.epoch).toBe(connected?.epoch);
    service.live.set("alpha", makeSnapshot({ viewer_count: 42 }));
    await until(() => {
      const newest = client.ofType("metrics").at(-1);
      return newest?.viewer_count === 42 && newest.stale === undefined;
    });
  });

  it("says so when a stream that was known is known no longer", async () => {
    service.live.set("alpha", makeSnapshot());
    const client = await open("alpha");
    await client.untilType("metrics", 2);
    service.live.delete("alpha");
    const stale = await until(() => client.ofType("metrics").find((message) => message.stale === true));
    expect(stale.viewer_count).toBe(12);
  });
});

describe("what a reader may ask for", () => {
  it("gives only the lanes that were asked for", async () => {
    service.live.set("alpha", makeSnapshot());
    const [metricsOnly, momentsOnly] = await Promise.all([open("alpha?lanes=metrics"), open("alpha?lanes=moments")]);
    await service.hub.publish("alpha", "moments", (place) => {
      return { type: "moment", stream_id: "alpha", ...place, phase: "opened", moment: makeMoment() };
    });
    await momentsOnly.untilType("moment");
    await metricsOnly.untilType("metrics", 4);
    expect(metricsOnly.ofType("moment")).toEqual([]);
    expect(momentsOnly.ofType("metrics")).toEqual([]);
  });

  it("gives metrics more rarely on request and never more often than they are made", async () => {
    service.live.set("alpha", makeSnapshot());
    const [rare, eager] = await Promise.all([open("alpha?interval_ms=200"), open("alpha?interval_ms=1")]);
    expect((await rare.untilType("connected"))[0]?.interval_ms).toBe(200);
    expect((await eager.untilType("connected"))[0]?.interval_ms).toBe(50);
    await eager.untilType("metrics", 17);
    const count = rare.ofType("metrics").length;
    expect(count).toBeGreaterThanOrEqual(3);
    expect(count).toBeLessThanOrEqual(7);
  });

  it.each([
    "since=nonsense",
    "since=abc:",
    "since=abc:-1",
    "since=abc:1e3",
    "lanes=",
    "lanes=chat",
    "lanes=metrics,",
    "interval_ms=0",
    "interval_ms=60001",
    "interval_ms=1.5",
    "interval_ms=100&interval_ms=200",
    "steam=alpha",
  ])("closes with 4000, which means do not retry, for ?%s", async (query) => {
    const client = await open(`alpha?${query}`);
    expect(await client.closed).toEqual({ code: 4000, reason: "invalid parameter" });
    expect(client.ofType("error")).toMatchObject([{ code: "invalid_parameter" }]);
    expect(client.messages).toHaveLength(1);
  });
});
