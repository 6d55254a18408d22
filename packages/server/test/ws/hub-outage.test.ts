import { afterEach, describe, expect, it } from "vitest";
import { createLocalHub } from "../../src/adapters/local/local-hub.js";
import type { Hub } from "../../src/ports/hub.js";
import { startFakeService, type FakeService } from "../support/fake-service.js";
import { openLive } from "../support/live-client.js";
import { makeSnapshot } from "../support/live-snapshot.js";
import { until } from "../support/until.js";

let service: FakeService;

afterEach(() => service.close());

/** A hub whose promises can be kept, broken or left hanging. */
class UnsteadyHub {
  readonly #hub = createLocalHub();
  mood: "well" | "failing" | "hanging" = "well";

  readonly publish: Hub["publish"] = async (...args) => {
    await this.#endure();
    return this.#hub.publish(...args);
  };
  readonly subscribe: Hub["subscribe"] = async (...args) => {
    await this.#endure();
    return this.#hub.subscribe(...args);
  };
  readonly subscribers: Hub["subscribers"] = () => this.#hub.subscribers();
  readonly ping: Hub["ping"] = () => this.#hub.ping();
  readonly close: Hub["close"] = () => this.#hub.close();

  async #endure(): Promise<void> {
    if (this.mood === "failing") throw new Error("the hub cannot be reached");
    if (this.mood === "hanging") await new Promise(() => {});
  }
}

async function start(): Promise<UnsteadyHub> {
  const hub = new UnsteadyHub();
  service = await startFakeService({ hub, config: { wsIntervalMs: 50 }, limits: { hubTimeoutMs: 200 } });
  return hub;
}

describe("without its hub", () => {
  it.each(["failing", "hanging"] as const)("a server goes on telling its own readers how it is (%s)", async (mood) => {
    const hub = await start();
    service.live.set("alpha", makeSnapshot({ viewer_count: 1 }));
    const client = await openLive(service, "alpha");
    await client.untilType("metrics", 2);
    hub.mood = mood;
    service.live.set("alpha", makeSnapshot({ viewer_count: 2 }));
    await until(() => client.ofType("metrics").filter((message) => message.viewer_count === 2).length >= 3);
    const offsets = client.ofType("metrics").map(({ offset }) => offset);
    expect(offsets).toEqual(offsets.toSorted((a, b) => a - b));
    hub.mood = "well";
    await until(() => (client.ofType("metrics").at(-1)?.offset ?? 0) > offsets.at(-1)! + 2);
    await client.close();
  });

  it.each(["failing", "hanging"] as const)(
    "a new reader is sent away and served once the hub is back (%s)",
    async (mood) => {
      const hub = await start();
      hub.mood = mood;
      const refused = await openLive(service, "alpha");
      expect(await refused.closed).toEqual({ code: 1013, reason: "try again later" });
      hub.mood = "well";
      const served = await openLive(service, "alpha");
      await served.untilType("metrics", 2);
      await served.close();
      await until(() => service.gateway.health().total_connections === 0);
    },
  );

  it("a reader whose resume cannot be looked up is sent away, and the others stay", async () => {
    const hub = await start();
    service.live.set("alpha", makeSnapshot());
    const staying = await openLive(service, "alpha");
    await staying.untilType("metrics", 2);
    hub.mood = "failing";
    const resuming = await openLive(service, "alpha?since=epoch:1");
    expect((await resuming.closed).code).toBe(1013);
    hub.mood = "well";
    const count = staying.messages.length;
    await until(() => staying.messages.length > count + 3);
    const second = await openLive(service, "alpha");
    await second.untilType("metrics");
    expect(service.gateway.health().streams).toEqual({ alpha: 2 });
    await Promise.all([staying.close(), second.close()]);
  });
});

describe("a stream that another process computes", () => {
  it("reaches the readers here as it was published, with nothing in between", async () => {
    const hub = createLocalHub();
    service = await startFakeService({ hub, config: { wsIntervalMs: 50 } });
    const client = await openLive(service, "alpha");
    await client.untilType("metrics");
    const publish = (viewer_count: number): Promise<unknown> =>
      hub.publish("alpha", "metrics", (place) => {
        return { type: "metrics", ...place, ...makeSnapshot({ viewer_count }), recent_moments: [] };
      });
    await publish(0);
    const seen = client.messages.length;
    for (let i = 1; i <= 10; i++) {
      await publish(i);
      await until(() => client.ofType("metrics").at(-1)?.viewer_count === i);
    }
    const counts = client.messages.slice(seen).map((message) => message.type === "metrics" && message.viewer_count);
    expect(counts.filter((count) => count !== 0)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    const late = await openLive(service, "alpha");
    expect((await late.untilType("metrics"))[0]).toMatchObject({ viewer_count: 10 });
    await Promise.all([client.close(), late.close()]);
  });
});
