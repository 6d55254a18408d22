import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { startFakeService, type FakeService } from "../support/fake-service.js";
import { openLive } from "../support/live-client.js";
import { makeSnapshot } from "../support/live-snapshot.js";
import { makeMoment } from "../support/records.js";
import { until } from "../support/until.js";

let service: FakeService;

beforeEach(async () => {
  service = await startFakeService({ config: { wsIntervalMs: 20 } });
});

afterEach(() => service.close());

function publishMoment(number: number): Promise<unknown> {
  return service.hub.publish("alpha", "moments", (place) => {
    return { type: "moment", stream_id: "alpha", ...place, phase: "opened", moment: makeMoment({ number }) };
  });
}

describe("resuming", () => {
  it("gives every missed frame in order, then the present, without a gap or a repeat", async () => {
    service.live.set("alpha", makeSnapshot());
    const keeper = await openLive(service, "alpha");
    const first = await openLive(service, "alpha");
    await first.untilType("metrics", 3);
    await first.close();
    const last = first.ofType("metrics").at(-1)!;
    for (let number = 1; number <= 10; number++) await publishMoment(number);
    await keeper.untilType("moment", 10);
    const second = await openLive(service, `alpha?since=${last.epoch}:${last.offset}`);
    await until(() => (second.ofType("metrics").at(-1)?.offset ?? 0) > last.offset + 20);
    const [connected, ...rest] = second.messages;
    expect(connected).toMatchObject({ type: "connected", recovered: true, epoch: last.epoch, offset: last.offset });
    const offsets = rest.map((message) => ("offset" in message ? message.offset : -1));
    const isRepeatOfPlace = (offset: number, index: number): boolean => offset === offsets[index - 1];
    const history = offsets.filter((offset, index) => !isRepeatOfPlace(offset, index));
    expect(history).toEqual(history.map((_, index) => last.offset + 1 + index));
    expect(second.ofType("moment")).toHaveLength(10);
    await Promise.all([keeper.close(), second.close()]);
  });

  it.each(["other-epoch:1", "other-epoch:999999"])(
    "says recovered: false and gives a snapshot for %s",
    async (since) => {
      service.live.set("alpha", makeSnapshot());
      service.store.moments.push(makeMoment());
      await publishMoment(1);
      const client = await openLive(service, `alpha?since=${since}`);
      const [metrics] = await client.untilType("metrics");
      expect(client.messages[0]).toMatchObject({ type: "connected", recovered: false });
      expect(client.messages[1]).toBe(metrics);
      expect(metrics?.recent_moments).toHaveLength(1);
      expect(client.ofType("moment")).toEqual([]);
      await client.close();
    },
  );

  it("gives only the lanes that are asked for", async () => {
    service.live.set("alpha", makeSnapshot());
    const keeper = await openLive(service, "alpha");
    await keeper.untilType("metrics", 3);
    await publishMoment(1);
    await keeper.untilType("moment");
    const { epoch } = keeper.ofType("connected")[0]!;
    const client = await openLive(service, `alpha?since=${epoch}:0&lanes=moments`);
    await client.untilType("moment");
    expect(client.messages.map(({ type }) => type)).toEqual(["connected", "moment"]);
    await Promise.all([keeper.close(), client.close()]);
  });

  it("loses and repeats no moment over any number of breaks", { timeout: 30_000 }, async () => {
    service.live.set("alpha", makeSnapshot());
    const keeper = await openLive(service, "alpha");
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: 0, max: 6 }), { minLength: 1, maxLength: 6 }), async (bursts) => {
        const start = keeper.ofType("metrics").at(-1) ?? keeper.ofType("connected")[0]!;
        const place = await service.hub.subscribe("alpha", { onFrame: () => {} });
        place.unsubscribe();
        let since = `${place.place.epoch}:${place.place.offset}`;
        expect(start.epoch).toBe(place.place.epoch);
        const expected: number[] = [];
        const seen: number[] = [];
        for (const burst of bursts) {
          const during = [];
          for (let i = 0; i < burst; i++) during.push(publishMoment(expected.push(expected.length)));
          const client = await openLive(service, `alpha?since=${since}&lanes=moments`);
          await Promise.all(during);
          await publishMoment(expected.push(expected.length));
          const missing = expected.length - seen.length;
          const moments = await client.untilType("moment", missing);
          seen.push(...moments.map(({ moment }) => Number(moment.moment_id.slice(-12))));
          const last = moments.at(-1)!;
          since = `${last.epoch}:${last.offset}`;
          await client.close();
        }
        expect(seen).toEqual(expected.map((_, index) => index + 1));
      }),
      { numRuns: 15 },
    );
    await keeper.close();
  });
});
