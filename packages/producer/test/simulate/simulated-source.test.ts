import { describe, expect, it } from "vitest";
import { DEFAULT_CHANNELS, simulatedSource, type SimulatedSourceOptions } from "@telemetra/producer";
import type { StreamEvent } from "@telemetra/core";
import { VirtualClock } from "../support/virtual-clock.js";

interface Seen {
  readonly atMs: number;
  readonly event: StreamEvent;
}

/** What the source gives within a time. */
async function watch(forMs: number, options: SimulatedSourceOptions = {}, clock = new VirtualClock()): Promise<Seen[]> {
  const endMs = clock.nowMs + forMs;
  const seen: Seen[] = [];
  const stop = new AbortController();
  const source = simulatedSource({ ...options, now: clock.now, wait: clock.wait });
  for await (const batch of source.batches(stop.signal)) {
    if (clock.nowMs >= endMs) stop.abort();
    else seen.push(...batch.map((event) => ({ atMs: clock.nowMs, event })));
  }
  return seen;
}

const chatPerSecond = (seen: readonly Seen[], seconds: number, streamId?: string) =>
  seen.filter(({ event }) => event.type === "chat" && (streamId ?? event.stream_id) === event.stream_id).length /
  seconds;

describe("simulatedSource", () => {
  it("runs a big, a mid-sized and a small stream by default", async () => {
    const seen = await watch(60_000);
    const rates = DEFAULT_CHANNELS.map((channel) => chatPerSecond(seen, 60, channel));
    expect(rates[0]).toBeGreaterThan(2 * rates[1]!);
    expect(rates[1]).toBeGreaterThan(2 * rates[2]!);
    expect(rates[2]).toBeGreaterThan(0.3);
  });

  it("stamps every event with the time at which it comes", async () => {
    for (const { atMs, event } of await watch(30_000)) {
      expect(event.timestamp).toBeLessThanOrEqual(atMs);
      expect(atMs - event.timestamp).toBeLessThan(1_100);
    }
  });

  it("gives the events of all streams in order of time", async () => {
    const times = (await watch(30_000)).map(({ event }) => event.timestamp);
    expect(times).toEqual(times.toSorted((a, b) => a - b));
    expect(times.length).toBeGreaterThan(100);
  });

  it("shares the rate among the streams it is given", async () => {
    const seen = await watch(60_000, { channels: ["one", "two"], rate: 40 });
    expect(chatPerSecond(seen, 60) / 40).toBeGreaterThan(0.9);
    expect(chatPerSecond(seen, 60) / 40).toBeLessThan(1.2);
    expect(new Set(seen.map(({ event }) => event.stream_id))).toEqual(new Set(["one", "two"]));
  });

  it("goes on at the time it is after the machine slept for an hour: no flood, no gap in the story, no old time stamp", async () => {
    const clock = new VirtualClock();
    const startMs = clock.nowMs;
    clock.onWait = (nowMs) => {
      if (nowMs >= startMs + 10_000 && nowMs < startMs + 20_000) clock.nowMs += 3_600_000;
    };
    const seen = await watch(3_600_000 + 30_000, { channels: ["demo"], rate: 10 }, clock);
    const wokenMs = startMs + 3_600_000;
    const after = seen.filter(({ atMs }) => atMs >= wokenMs);
    expect(chatPerSecond(after, 20)).toBeLessThan(16);
    expect(after.length).toBeGreaterThan(100);
    for (const { atMs, event } of after) expect(atMs - event.timestamp).toBeLessThan(1_100);
    const numbers = seen.map(({ event }) => Number.parseInt(event.event_id.split(":").at(-1)!, 36));
    expect(numbers).toEqual(numbers.map((_, index) => index));
  });

  it("tells the same story for the same seed, under other ids when it starts at another time", async () => {
    const texts = (seen: readonly Seen[]) => seen.map(({ event }) => ("message" in event ? event.message : event.type));
    const first = await watch(20_000, { seed: 5 });
    const second = await watch(20_000, { seed: 5 }, new VirtualClock(1_800_000_000_000));
    expect(texts(second)).toEqual(texts(first));
    const ids = new Set(first.map(({ event }) => event.event_id));
    expect(second.filter(({ event }) => ids.has(event.event_id))).toEqual([]);
  });

  it.each([
    [{ channels: [] }, /channels/],
    [{ channels: ["a", "b", "a"] }, /a is twice in it/],
    [{ channels: ["no spaces"] }, /streamId is "no spaces"/],
    [{ rate: -3 }, /rate/],
  ])("refuses %j when it is made", (options, message) => {
    expect(() => simulatedSource(options)).toThrow(message);
  });
});
