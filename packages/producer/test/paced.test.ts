import { describe, expect, it } from "vitest";
import { paced, type PaceOptions } from "@telemetra/producer";
import type { StreamEvent } from "@telemetra/core";
import { chatAt } from "./support/events.js";
import { VirtualClock } from "./support/virtual-clock.js";

interface Timed {
  readonly atMs: number;
  readonly batch: readonly StreamEvent[];
}

/** What comes out and when, in milliseconds since the start. */
async function play(times: readonly number[], options: PaceOptions = {}, clock = new VirtualClock()): Promise<Timed[]> {
  const startMs = clock.nowMs;
  const played: Timed[] = [];
  const events = times.map((time) => chatAt(time));
  for await (const batch of paced(events, { now: clock.now, wait: clock.wait, ...options })) {
    played.push({ atMs: clock.nowMs - startMs, batch });
  }
  return played;
}

const timesOf = (played: readonly Timed[]) =>
  played.map(({ atMs, batch }) => [atMs, ...batch.map(({ timestamp }) => timestamp)]);

describe("paced", () => {
  it("gives the first event at once and the others as far apart as they happened", async () => {
    expect(timesOf(await play([10_000, 10_400, 12_000]))).toEqual([
      [0, 10_000],
      [400, 10_400],
      [2_000, 12_000],
    ]);
  });

  it("divides the distances by the speed", async () => {
    expect(timesOf(await play([0, 4_000, 20_000], { speed: 10 }))).toEqual([
      [0, 0],
      [400, 4_000],
      [2_000, 20_000],
    ]);
  });

  it("sends together what falls due within a tick", async () => {
    expect(timesOf(await play([0, 60, 70, 80, 500], { tickMs: 100 }))).toEqual([
      [0, 0],
      [100, 60, 70, 80],
      [500, 500],
    ]);
  });

  it("never makes a batch larger than its bound", async () => {
    const played = await play(
      Array.from({ length: 25 }, () => 0),
      { maxBatchEvents: 10 },
    );
    expect(played.map(({ batch }) => batch.length)).toEqual([10, 10, 5]);
  });

  it.each([0, "max"] as const)("gives everything without waiting for its time at speed %s", async (speed) => {
    const clock = new VirtualClock();
    const played = await play([0, 1_000_000, 5, 9_000_000], { speed }, clock);
    expect(played.flatMap(({ batch }) => batch)).toHaveLength(4);
    expect(clock.nowMs).toBe(new VirtualClock().nowMs);
  });

  it("gives an event that is older than those before it at once", async () => {
    expect(timesOf(await play([5_000, 6_000, 5_200, 7_000]))).toEqual([
      [0, 5_000],
      [1_000, 6_000, 5_200],
      [2_000, 7_000],
    ]);
  });

  it("goes on from where it is after the machine slept, instead of making up for it", async () => {
    const clock = new VirtualClock();
    clock.onWait = () => {
      if (clock.waits.length === 2) clock.nowMs += 3_600_000;
    };
    const played = await play([0, 1_000, 2_000, 3_000, 4_000], {}, clock);
    expect(played.map(({ batch }) => batch.length)).toEqual([1, 1, 1, 1, 1]);
    const gaps = played.slice(1).map(({ atMs }, index) => atMs - played[index]!.atMs);
    expect(gaps).toEqual([1_000, 3_601_000, 1_000, 1_000]);
  });

  it("makes up for a short delay", async () => {
    const clock = new VirtualClock();
    clock.onWait = () => {
      if (clock.waits.length === 1) clock.nowMs += 2_500;
    };
    expect(timesOf(await play([0, 1_000, 2_000, 6_000], {}, clock))).toEqual([
      [0, 0],
      [3_500, 1_000, 2_000],
      [6_000, 6_000],
    ]);
  });

  it("keeps its pace when the clock is set back", async () => {
    const clock = new VirtualClock();
    let waitedMs = 0;
    const wait: PaceOptions["wait"] = async (ms, signal) => {
      waitedMs += ms;
      await clock.wait(ms, signal);
      if (clock.waits.length === 1) clock.nowMs -= 7_200_000;
    };
    await play([0, 1_000, 2_000, 3_000], { wait }, clock);
    // The wait during which the clock was moved tells nothing about how long it was.
    expect(waitedMs).toBe(4_000);
  });

  it("cuts a pause that is longer than the limit", async () => {
    const played = await play([0, 10_000_000, 10_001_000], { maxPauseMs: 20_000 });
    expect(timesOf(played)).toEqual([
      [0, 0],
      [20_000, 10_000_000],
      [21_000, 10_001_000],
    ]);
  });

  it("is not brought to a stand by one absurd time, forwards or backwards", async () => {
    const year9999 = Date.UTC(9999, 0);
    const played = await play([1_000, year9999, 2_000, 3_000], { maxPauseMs: 20_000 });
    expect(timesOf(played)).toEqual([
      [0, 1_000],
      [20_000, year9999, 2_000],
      [21_000, 3_000],
    ]);
  });

  it("remakes events for the instant at which they are due", async () => {
    const clock = new VirtualClock(1_000_000);
    const restamp = (event: StreamEvent, dueMs: number) => ({ ...event, timestamp: dueMs });
    const played = await play([50, 4_050, 2_050, 6_050], { speed: 2, restamp }, clock);
    expect(played.flatMap(({ batch }) => batch.map(({ timestamp }) => timestamp))).toEqual([
      1_000_000, 1_002_000, 1_001_000, 1_003_000,
    ]);
  });

  it("ends when it is aborted, and closes what it reads from", async () => {
    const clock = new VirtualClock();
    const stop = new AbortController();
    let isClosed = false;
    const endless = (function* () {
      try {
        for (let time = 0; ; time += 1_000) yield chatAt(time);
      } finally {
        isClosed = true;
      }
    })();
    clock.onWait = () => {
      if (clock.waits.length === 5) stop.abort();
    };
    let count = 0;
    for await (const batch of paced(endless, { now: clock.now, wait: clock.wait, signal: stop.signal })) {
      count += batch.length;
    }
    expect(count).toBe(5);
    expect(isClosed).toBe(true);
  });

  it("lets timers run while an endless source is read at full speed", async () => {
    const endless = (function* () {
      for (let time = 0; ; time++) yield chatAt(time);
    })();
    const signal = AbortSignal.timeout(100);
    for await (const batch of paced(endless, { speed: "max", signal })) expect(batch.length).toBeGreaterThan(0);
    expect(signal.aborted).toBe(true);
  });

  it.each([-1, Number.NaN, Number.POSITIVE_INFINITY])("refuses the speed %s", async (speed) => {
    await expect(play([0], { speed })).rejects.toThrow(/speed is .* but must be a number above 0/);
  });
});
