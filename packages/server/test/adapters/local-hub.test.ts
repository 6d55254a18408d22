import { describe, expect, it } from "vitest";
import { createLocalHub, type LocalHubOptions } from "../../src/adapters/local/local-hub.js";
import type { Frame, Hub, Lane } from "../../src/ports/hub.js";
import { HUB_LIMITS, hubContract } from "../contract/hub.contract.js";

hubContract("LocalHub", async () => {
  let nowMs = 0;
  const errors: unknown[] = [];
  const hub = createLocalHub({ ...HUB_LIMITS, clock: () => nowMs, onError: (error) => errors.push(error) });
  return { hub, errors, elapse: async (ms) => void (nowMs += ms), dispose: () => hub.close() };
});

describe("createLocalHub", () => {
  function create(options: LocalHubOptions = {}): { hub: Hub; elapse: (ms: number) => void } {
    let nowMs = 0;
    return { hub: createLocalHub({ clock: () => nowMs, ...options }), elapse: (ms) => (nowMs += ms) };
  }
  const publish = (hub: Hub, streamId: string, lane: Lane = "metrics", text = ""): Promise<Frame> =>
    hub.publish(streamId, lane, () => ({ type: "error", code: "test", message: text }));
  const ignore = { onFrame: (): void => {} };

  it("gives every stream an epoch of its own", async () => {
    const { hub } = create();
    const frames = await Promise.all(["a", "b", "c"].map((streamId) => publish(hub, streamId)));
    expect(new Set(frames.map((frame) => frame.epoch)).size).toBe(3);
  });

  it("keeps 200 metrics frames and 1,000 moments of ten minutes by default", async () => {
    const { hub, elapse } = create();
    const seen = await publish(hub, "a");
    for (let count = 0; count < 199; count++) await publish(hub, "a");
    for (let count = 0; count < 1_000; count++) await publish(hub, "a", "moments");
    elapse(10 * 60_000 - 1);
    const resumed = await hub.subscribe("a", { ...ignore, since: seen });
    expect(resumed.missed).toHaveLength(1_199);
    elapse(1);
    expect(await hub.subscribe("a", { ...ignore, since: seen })).toMatchObject({ recovered: false });
  });

  it("forgets a stream without subscribers and without news, and begins it with another epoch", async () => {
    const { hub, elapse } = create({ forgetAfterMs: 1_000 });
    const before = await publish(hub, "a");
    elapse(999);
    expect(await hub.subscribe("a", { ...ignore, since: before })).toMatchObject({ recovered: true });
    for (const subscription of [await hub.subscribe("a", ignore)]) subscription.unsubscribe();
    elapse(10_000);
    const kept = await publish(hub, "a");
    expect(kept.epoch).toBe(before.epoch);
    const lone = await publish(hub, "b");
    elapse(2_000);
    await publish(hub, "c");
    expect((await publish(hub, "b")).epoch).not.toBe(lone.epoch);
    expect((await publish(hub, "a")).epoch).toBe(before.epoch);
  });

  it("does not remember streams that were only asked for", async () => {
    const { hub } = create();
    const first = await hub.subscribe("unseen", ignore);
    first.unsubscribe();
    expect((await hub.subscribe("unseen", ignore)).place.epoch).not.toBe(first.place.epoch);
  });

  it("bounds the history over all streams and keeps the newest state of each", async () => {
    const { hub } = create({ maxHistoryLength: 50_000 });
    const streams = Array.from({ length: 20 }, (_, at) => `s${at}`);
    const first = new Map<string, Frame>();
    for (let round = 0; round < 30; round++) {
      for (const streamId of streams) {
        const frame = await publish(hub, streamId, round % 5 === 0 ? "moments" : "metrics", "x".repeat(1_000));
        if (!first.has(streamId)) first.set(streamId, frame);
      }
    }
    let kept = 0;
    for (const streamId of streams) {
      const { offset, epoch } = first.get(streamId)!;
      const places = Array.from({ length: 30 }, (_, at) => ({ epoch, offset: offset + at }));
      const resumed = await Promise.all(places.map((since) => hub.subscribe(streamId, { ...ignore, since })));
      kept += Math.max(...resumed.map((one) => one.missed.length));
      expect(resumed[0]!.latest?.offset).toBe(offset + 29);
    }
    expect(kept * 1_000).toBeLessThanOrEqual(50_000);
  });

  it.each([{ maxMetricsFrames: 0 }, { momentWindowMs: -1 }, { forgetAfterMs: NaN }])(
    "refuses the limits %j",
    (limits) => {
      expect(() => createLocalHub(limits)).toThrow(/must be a whole number of at least 1/);
    },
  );
});
