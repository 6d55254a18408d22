import { compileSchema, liveMessageSchema } from "@telemetra/core";
import { describe, expect, it } from "vitest";
import { DemoFeed } from "../../src/demo/demo-feed.js";
import { DemoStream } from "../../src/demo/demo-stream.js";
import { decodeMessage } from "../../src/live/decode-message.js";
import { StreamStore } from "../../src/live/stream-store.js";
import { NOON_MS } from "../support/frames.js";

describe("DemoStream", () => {
  it("plays the same stream for the same seed, and another for another", () => {
    const play = (seed: number) => JSON.stringify(new DemoStream({ seed, startMs: NOON_MS }).advance(300));
    expect(play(7)).toBe(play(7));
    expect(play(7)).not.toBe(play(8));
  });

  it("speaks the wire's language: every frame fits its schema and is decoded unchanged", () => {
    const check = compileSchema(liveMessageSchema);
    const stream = new DemoStream({ startMs: NOON_MS });
    const frames = Array.from({ length: 200 }, () => stream.advance(3)).flat();
    expect(new Set(frames.map(({ type }) => type))).toEqual(new Set(["metrics", "moment"]));
    for (const frame of frames) {
      expect(check(frame, "")).toBeUndefined();
      expect(decodeMessage(JSON.stringify(frame))).toEqual(frame);
    }
  });

  it("tells episodes from beginning to end: each moment opens once and closes once", () => {
    const stream = new DemoStream({ startMs: NOON_MS });
    const phases = new Map<string, string[]>();
    for (const frame of stream.advance(1_200)) {
      if (frame.type !== "moment") continue;
      const { moment_id } = frame.moment;
      phases.set(moment_id, [...(phases.get(moment_id) ?? []), frame.phase]);
    }
    expect(phases.size).toBeGreaterThan(5);
    for (const told of [...phases.values()].slice(0, -1)) {
      expect(told[0]).toBe("opened");
      expect(told.at(-1)).toBe("closed");
      expect(new Set(told.slice(1, -1))).toEqual(new Set(["updated"]));
    }
  });
});

describe("DemoFeed", () => {
  it("starts live, with ten minutes of past and without telling old moments as news", () => {
    const store = new StreamStore();
    const told: string[] = [];
    store.subscribe(({ type }) => told.push(type));
    const feed = new DemoFeed({ sink: store, now: () => NOON_MS });
    feed.start();
    feed.stop();
    expect(store.metrics?.chat_rate).toBeGreaterThan(0);
    expect(store.history.length).toBeGreaterThanOrEqual(60);
    expect(store.moments.length).toBeGreaterThan(2);
    expect(told).not.toContain("moment");
  });
});
