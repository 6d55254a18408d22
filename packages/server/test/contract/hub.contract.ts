import type { LiveMessage } from "@telemetra/core";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Frame, Hub, HubSubscription, Lane, Place } from "../../src/ports/hub.js";

/** The history that the hub of a harness must keep. */
export const HUB_LIMITS = { maxMetricsFrames: 5, maxMomentFrames: 8, momentWindowMs: 2_000 } as const;

export interface HubHarness {
  /** A hub with `HUB_LIMITS`. */
  readonly hub: Hub;
  /** What subscribers threw. */
  readonly errors: readonly unknown[];
  /** Lets time pass for the hub. */
  elapse(ms: number): Promise<void>;
  dispose(): Promise<void>;
}

/** Every promise of the `Hub` port as a test; any adapter can be put to it. */
export function hubContract(name: string, createHarness: () => Promise<HubHarness>): void {
  describe(`${name} keeps the Hub contract`, { timeout: 30_000 }, () => {
    let harness: HubHarness;
    let hub: Hub;

    beforeEach(async () => {
      harness = await createHarness();
      hub = harness.hub;
    });
    afterEach(() => harness.dispose());

    /** The message tells its own place, so that a test can compare. */
    const publish = (streamId: string, lane: Lane = "metrics", text = ""): Promise<Frame> =>
      hub.publish(streamId, lane, (place) => message(place, text));

    async function subscribe(streamId: string, since?: Place): Promise<HubSubscription & { readonly frames: Frame[] }> {
      const frames: Frame[] = [];
      const subscription = await hub.subscribe(streamId, {
        ...(since === undefined ? {} : { since }),
        onFrame: (frame) => frames.push(frame),
      });
      return Object.assign(subscription, { frames });
    }

    it("gives each message of a stream the next offset and tells the message its place", async () => {
      const frames = [await publish("alpha"), await publish("alpha", "moments"), await publish("alpha")];
      const [first] = frames;
      expect(frames.map((frame) => frame.offset)).toEqual([0, 1, 2].map((at) => first!.offset + at));
      expect(frames.map((frame) => frame.lane)).toEqual(["metrics", "moments", "metrics"]);
      for (const frame of frames) {
        expect(frame.epoch).toBe(first!.epoch);
        expect(JSON.parse(frame.text)).toEqual(message(frame, ""));
      }
    });

    it("hands the same frame to all subscribers of the stream and to nobody else", async () => {
      const [one, two, other] = [await subscribe("alpha"), await subscribe("alpha"), await subscribe("beta")];
      const frame = await publish("alpha");
      await vi.waitFor(() => expect([one.frames, two.frames]).toEqual([[frame], [frame]]));
      expect(one.frames[0]!.text).toBe(two.frames[0]!.text);
      expect(other.frames).toEqual([]);
    });

    it("calls the factory of a message once, however many subscribe", async () => {
      for (let count = 0; count < 10; count++) await subscribe("alpha");
      const factory = vi.fn((place: Place) => message(place, ""));
      await hub.publish("alpha", "metrics", factory);
      expect(factory).toHaveBeenCalledTimes(1);
    });

    it("hands over frames in offset order, without gaps and without repeats, when many are published at once", async () => {
      const { frames, place } = await subscribe("alpha");
      await Promise.all(Array.from({ length: 200 }, (_, at) => publish("alpha", at % 3 === 0 ? "moments" : "metrics")));
      await vi.waitFor(() => expect(frames).toHaveLength(200));
      expect(frames.map((frame) => frame.offset)).toEqual(frames.map((_, at) => place.offset + 1 + at));
    });

    it("keeps the order for everybody when a subscriber publishes while it is handed a frame", async () => {
      const first = await subscribe("alpha");
      let isAnswered = false;
      const answers: Promise<unknown>[] = [];
      await hub.subscribe("alpha", {
        onFrame() {
          if (!isAnswered) answers.push(publish("alpha", "moments", "answer"));
          isAnswered = true;
        },
      });
      const last = await subscribe("alpha");
      await publish("alpha");
      await Promise.all(answers);
      await vi.waitFor(() => expect([first.frames.length, last.frames.length]).toEqual([2, 2]));
      expect(offsets(last.frames)).toEqual(offsets(first.frames));
      expect(offsets(last.frames)).toEqual(offsets(last.frames).toSorted((a, b) => a - b));
    });

    it("starts a subscription at its place: nothing at or before it comes", async () => {
      await publish("alpha");
      const subscription = await subscribe("alpha");
      const later = await publish("alpha");
      await vi.waitFor(() => expect(subscription.frames).toEqual([later]));
      expect(subscription.place).toEqual({ epoch: later.epoch, offset: later.offset - 1 });
      expect(subscription.missed).toEqual([]);
      expect(subscription.recovered).toBeUndefined();
    });

    it("gives no frame twice to who subscribes while frames are handed over", async () => {
      const joined: Promise<HubSubscription & { readonly frames: Frame[] }>[] = [];
      await hub.subscribe("alpha", {
        onFrame(frame) {
          if (joined.length === 0) {
            void publish("alpha", "moments");
            joined.push(subscribe("alpha", { epoch: frame.epoch, offset: frame.offset - 1 }));
          }
        },
      });
      await publish("alpha");
      const newest = await publish("alpha");
      await vi.waitFor(() => expect(joined).toHaveLength(1));
      const { frames, missed } = await joined[0]!;
      await vi.waitFor(() => expect(offsets([...missed, ...frames]).at(-1)).toBe(newest.offset));
      expect(offsets([...missed, ...frames])).toEqual([2, 1, 0].map((back) => newest.offset - back));
    });

    it("brings the newest metrics frame to who joins, if there is one", async () => {
      expect((await subscribe("alpha")).latest).toBeUndefined();
      await publish("alpha", "moments");
      expect((await subscribe("alpha")).latest).toBeUndefined();
      await publish("alpha");
      const newest = await publish("alpha");
      await publish("alpha", "moments");
      expect((await subscribe("alpha")).latest).toEqual(newest);
    });

    it("drops a subscriber that throws, tells it, and delays nobody", async () => {
      const before = await subscribe("alpha");
      const failure = new Error("cannot take this frame");
      const thrower = vi.fn(() => {
        throw failure;
      });
      await hub.subscribe("alpha", { onFrame: thrower });
      const after = await subscribe("alpha");
      await publish("alpha");
      await publish("alpha");
      await vi.waitFor(() => expect([before.frames.length, after.frames.length]).toEqual([2, 2]));
      expect(thrower).toHaveBeenCalledTimes(1);
      expect(harness.errors).toEqual([failure]);
      expect(hub.subscribers().get("alpha")).toBe(2);
    });

    it("hands over nothing after unsubscribe, which may be called again and while a frame is handed over", async () => {
      const staying = await subscribe("alpha");
      const leaving = await subscribe("alpha");
      const seen: Frame[] = [];
      const once = await hub.subscribe("alpha", {
        onFrame(frame) {
          seen.push(frame);
          once.unsubscribe();
        },
      });
      leaving.unsubscribe();
      leaving.unsubscribe();
      await publish("alpha");
      await publish("alpha");
      await vi.waitFor(() => expect(staying.frames).toHaveLength(2));
      expect(leaving.frames).toEqual([]);
      expect(seen).toHaveLength(1);
    });

    it("counts subscribers by stream and leaves out streams without any", async () => {
      const first = await subscribe("alpha");
      await subscribe("alpha");
      const lone = await subscribe("beta");
      await publish("gamma");
      expect(Object.fromEntries(hub.subscribers())).toEqual({ alpha: 2, beta: 1 });
      first.unsubscribe();
      lone.unsubscribe();
      expect([...hub.subscribers()]).toEqual([["alpha", 1]]);
    });

    it("leaves the history as it was when a message cannot be made", async () => {
      const { frames } = await subscribe("alpha");
      const failure = new Error("no message");
      const failing = hub.publish("alpha", "metrics", () => {
        throw failure;
      });
      await expect(failing).rejects.toBe(failure);
      const next = await publish("alpha");
      await vi.waitFor(() => expect(frames).toEqual([next]));
    });

    describe("resuming", () => {
      it("gives every missed frame of both lanes in order", async () => {
        const seen = await publish("alpha");
        const missed = [await publish("alpha", "moments"), await publish("alpha"), await publish("alpha", "moments")];
        const resumed = await subscribe("alpha", seen);
        expect(resumed).toMatchObject({ recovered: true, missed });
        expect(resumed.place).toEqual({ epoch: seen.epoch, offset: missed.at(-1)!.offset });
        const next = await publish("alpha");
        await vi.waitFor(() => expect(resumed.frames).toEqual([next]));
      });

      it("is complete when nothing was missed", async () => {
        const seen = await publish("alpha");
        expect(await subscribe("alpha", seen)).toMatchObject({ recovered: true, missed: [] });
      });

      it("is not recovered with the place of another epoch, and starts anew from the newest state", async () => {
        const { offset } = await publish("alpha");
        const latest = await publish("alpha");
        expect(await subscribe("alpha", { epoch: "another", offset })).toMatchObject({
          recovered: false,
          missed: [],
          latest,
        });
      });

      it("is not recovered with a place that was never given out", async () => {
        const { epoch, offset } = await publish("alpha");
        for (const impossible of [offset + 1, -1, 0.5, NaN]) {
          expect(await subscribe("alpha", { epoch, offset: impossible })).toMatchObject({
            recovered: false,
            missed: [],
          });
        }
      });

      it("is not recovered when a missed metrics frame is gone, never a part", async () => {
        const seen = await publish("alpha");
        for (let count = 0; count < HUB_LIMITS.maxMetricsFrames; count++) await publish("alpha");
        expect(await subscribe("alpha", seen)).toMatchObject({ recovered: true });
        await publish("alpha");
        expect(await subscribe("alpha", seen)).toMatchObject({ recovered: false, missed: [] });
        expect(await subscribe("alpha", { ...seen, offset: seen.offset + 1 })).toMatchObject({ recovered: true });
      });

      it("keeps all moments inside the window, and their number bounded", async () => {
        const seen = await publish("alpha");
        const moments: Frame[] = [];
        for (let count = 0; count < HUB_LIMITS.maxMomentFrames; count++)
          moments.push(await publish("alpha", "moments"));
        expect(await subscribe("alpha", seen)).toMatchObject({ recovered: true, missed: moments });
        await publish("alpha", "moments");
        expect(await subscribe("alpha", seen)).toMatchObject({ recovered: false, missed: [] });
      });

      it("is not recovered when a missed moment has left the window", async () => {
        const seen = await publish("alpha");
        const moment = await publish("alpha", "moments");
        await harness.elapse(HUB_LIMITS.momentWindowMs / 4);
        expect(await subscribe("alpha", seen)).toMatchObject({ recovered: true, missed: [moment] });
        await harness.elapse(HUB_LIMITS.momentWindowMs);
        expect(await subscribe("alpha", seen)).toMatchObject({ recovered: false, missed: [] });
      });

      it("loses and repeats nothing, wherever a subscriber goes and comes back", async () => {
        let round = 0;
        await fc.assert(
          fc.asyncProperty(
            fc.array(fc.constantFrom("metrics", "moments", "leave"), { maxLength: 40 }),
            async (steps) => {
              const streamId = `s${round++}`;
              const published: Frame[] = [];
              const received: Frame[] = [];
              const first = await subscribe(streamId);
              let place: Place = first.place;
              first.unsubscribe();
              let isComplete = true;
              let current: (HubSubscription & { readonly frames: Frame[] }) | undefined;
              for (const step of [...steps, "leave", "leave"] as const) {
                if (step !== "leave") {
                  published.push(await publish(streamId, step));
                } else if (current === undefined) {
                  current = await subscribe(streamId, place);
                  if (current.recovered !== true && published.length > 0) isComplete = false;
                  received.push(...current.missed);
                  place = current.place;
                } else {
                  const { frames } = current;
                  await vi.waitFor(() =>
                    expect(frames.at(-1)?.offset ?? place.offset).toBe(published.at(-1)?.offset ?? place.offset),
                  );
                  received.push(...frames);
                  place = frames.at(-1) ?? place;
                  current.unsubscribe();
                  current = undefined;
                }
              }
              const wanted =
                current === undefined ? published : published.filter((frame) => frame.offset <= place.offset);
              expect(offsets(received)).toEqual([...new Set(offsets(received))].toSorted((a, b) => a - b));
              if (isComplete) expect(received).toEqual(wanted);
            },
          ),
          { numRuns: 40 },
        );
      });
    });

    it("answers a ping while it is open and refuses work when it is closed", async () => {
      await hub.ping();
      await hub.close();
      await expect(hub.ping()).rejects.toThrow(/closed/);
      await expect(publish("alpha")).rejects.toThrow(/closed/);
      await expect(subscribe("alpha")).rejects.toThrow(/closed/);
    });
  });
}

function message(place: Place, text: string): LiveMessage {
  return { type: "error", code: `${place.epoch}:${place.offset}`, message: text };
}

function offsets(frames: readonly Frame[]): readonly number[] {
  return frames.map((frame) => frame.offset);
}
