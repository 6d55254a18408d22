import { describe, expect, expectTypeOf, it } from "vitest";
import { combine, count, select, sum } from "@telemetra/core/aggregate";
import {
  createWindows,
  hopping,
  session,
  tumbling,
  type ClosedWindow,
  type Windows,
  type WindowsOptions,
} from "@telemetra/core/windowing";

interface Tick {
  readonly key?: string;
  readonly atMs: number;
}

function start(options: Partial<WindowsOptions<Tick, number>> = {}) {
  const closed: ClosedWindow<number>[] = [];
  const late: Tick[] = [];
  const windows = createWindows({
    shape: tumbling({ sizeMs: 10 }),
    timeOf: (tick: Tick) => tick.atMs,
    keyOf: (tick: Tick) => tick.key ?? "",
    aggregator: count(),
    maxOutOfOrdernessMs: 0,
    allowedLatenessMs: 30,
    ...options,
  });
  windows.on("window", (result) => closed.push(result));
  windows.on("late", (tick) => late.push(tick));
  const push = (...times: number[]) => times.map((atMs) => windows.push({ atMs }));
  /** What closed since the last call, as [start, count, revision]. */
  const news = () => closed.splice(0).map(({ startMs, value, revision }) => [startMs, value, revision]);
  return { windows, late, push, news };
}

describe("windows over events of any type", () => {
  it("W1, W6: close when the watermark reaches their end, oldest first", () => {
    const { push, news } = start({ maxOutOfOrdernessMs: 5 });
    push(3, 25, 14);
    expect(news()).toEqual([
      [0, 1, 0],
      // The watermark stood at 20 when 14 came: its window had closed without existing.
      [10, 1, 0],
    ]);
    push(34.9);
    expect(news()).toEqual([]);
    push(35);
    expect(news()).toEqual([[20, 1, 0]]);
  });

  it("W6: correct a closed window with the next revision, and tell what comes later still", () => {
    const { push, news, late, windows } = start();
    push(0, 39);
    expect(news()).toEqual([[0, 1, 0]]);
    expect(push(1, 2)).toEqual(["accepted", "accepted"]);
    expect(news()).toEqual([
      [0, 2, 1],
      [0, 3, 2],
    ]);
    push(40);
    news();
    expect(push(3)).toEqual(["late"]);
    expect([news(), late, windows.counters().late]).toEqual([[], [{ atMs: 3 }], 1]);
  });

  it("W6: an event late for one window still corrects the others that hold it", () => {
    const { push, news } = start({ shape: hopping({ sizeMs: 20, hopMs: 10 }), allowedLatenessMs: 0 });
    push(0, 25);
    news();
    // 15 lies in [0, 20), which is past correction, and in [10, 30), which is open.
    expect(push(15)).toEqual(["accepted"]);
    push(50);
    expect(news()).toEqual([
      [10, 2, 0],
      [20, 1, 0],
    ]);
  });

  it("W4: each key has a watermark of its own", () => {
    const { windows, news } = start();
    windows.push({ key: "fast", atMs: 1_000 });
    expect(windows.push({ key: "slow", atMs: 0 })).toBe("accepted");
    expect(news()).toEqual([]);
  });

  it("W5: close by the clock at its own pace once a key is idle", () => {
    const { windows, push, news } = start({ idleTimeoutMs: 100 });
    windows.advanceTo(5_000);
    push(0);
    windows.advanceTo(5_099);
    expect(news()).toEqual([]);
    windows.advanceTo(5_100);
    expect(news()).toEqual([[0, 1, 0]]);
    // It did not jump to the clock: 80 ms after the last event is still correctable at 100.
    expect(push(80)).toEqual(["accepted"]);
  });

  it("W6: refuse an event far ahead of the clock, which moves no watermark", () => {
    const { windows, push, news } = start({ maxFutureMs: 100 });
    expect(push(500)).toEqual(["accepted"]);
    windows.advanceTo(1_000);
    expect(push(1_101, 1_100)).toEqual(["future_time", "accepted"]);
    expect(windows.counters()).toMatchObject({ futureTime: 1, accepted: 2 });
    expect(news()).toEqual([[500, 1, 0]]);
  });

  it("refuse an event without a finite time", () => {
    const { windows, push } = start();
    expect(push(NaN, Infinity, undefined as never)).toEqual(["invalid_time", "invalid_time", "invalid_time"]);
    expect(windows.counters()).toMatchObject({ invalidTime: 3, keys: 0 });
  });

  it("show what is open as it stands", () => {
    const { windows, push } = start({ shape: hopping({ sizeMs: 20, hopMs: 10 }), maxOutOfOrdernessMs: 100 });
    push(5, 12);
    expect(windows.peek().map(({ startMs, value }) => [startMs, value])).toEqual([
      [-10, 1],
      [0, 2],
      [10, 1],
    ]);
    expect(windows.peek("nobody")).toEqual([]);
  });

  it("flush what is left, key by key", () => {
    const { windows, news } = start();
    windows.push({ key: "b", atMs: 15 });
    windows.push({ key: "b", atMs: 17 });
    windows.push({ key: "a", atMs: 1 });
    windows.flush();
    expect(news()).toEqual([
      [10, 2, 0],
      [0, 1, 0],
    ]);
    windows.flush();
    expect(news()).toEqual([]);
  });

  it("stop telling a listener that was taken off", () => {
    const seen: number[] = [];
    const { windows, push } = start();
    const stop = windows.on("window", ({ startMs }) => seen.push(startMs));
    push(0, 10);
    stop();
    push(20);
    expect(seen).toEqual([0]);
  });

  it("exist without events while a key is kept alive", () => {
    const { push, news } = start({ keepAliveMs: 20 });
    push(5, 100);
    expect(news()).toEqual([
      [0, 1, 0],
      [10, 0, 0],
      [20, 0, 0],
    ]);
  });
});

describe("W11: bounds", () => {
  it("an event of a key beyond maxKeys is refused and counted", () => {
    const { windows } = start({ maxKeys: 2 });
    expect(["a", "b", "c", "a"].map((key) => windows.push({ key, atMs: 0 }))).toEqual([
      "accepted",
      "accepted",
      "too_many_keys",
      "accepted",
    ]);
    expect(windows.counters()).toMatchObject({ keys: 2, tooManyKeys: 1, forgottenKeys: 0 });
  });

  it("the key that has had nothing open the longest makes room", () => {
    const { windows } = start({ maxKeys: 2, idleTimeoutMs: 0 });
    windows.advanceTo(0);
    windows.push({ key: "a", atMs: 0 });
    windows.advanceTo(1_000);
    windows.push({ key: "b", atMs: 1_000 });
    windows.advanceTo(2_000);
    expect(windows.push({ key: "c", atMs: 2_000 })).toBe("accepted");
    expect([[...windows.keys()], windows.counters().forgottenKeys]).toEqual([["b", "c"], 1]);
    expect(windows.push({ key: "d", atMs: 2_000 })).toBe("accepted");
    expect(windows.push({ key: "e", atMs: 2_000 })).toBe("too_many_keys");
  });

  it("a key that speaks again is not forgotten", () => {
    const { windows } = start({ maxKeys: 1, idleTimeoutMs: 0 });
    windows.advanceTo(0);
    windows.push({ key: "a", atMs: 0 });
    windows.advanceTo(1_000);
    windows.push({ key: "a", atMs: 1_000 });
    expect(windows.push({ key: "b", atMs: 1_000 })).toBe("too_many_keys");
  });

  it("what is kept of a key does not grow with time", () => {
    const { windows, push } = start({ shape: hopping({ sizeMs: 20, hopMs: 5 }) });
    const sizes = new Set<number>();
    for (let atMs = 0; atMs < 5_000; atMs += 1) {
      push(atMs);
      if (atMs > 1_000 && atMs % 5 === 0) sizes.add(JSON.stringify(windows.snapshot()).length);
    }
    // Numbers grow by a digit at most.
    expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThan(100);
  });
});

describe("options and snapshots", () => {
  it("refuse what cannot be used, with the value", () => {
    expect(() => start({ allowedLatenessMs: -1 })).toThrow(/allowedLatenessMs is -1, but must be/);
    expect(() => start({ maxKeys: 0 })).toThrow(/maxKeys is 0, but must be/);
    expect(() => start({ maxOutOfOrdernessMs: 1.5 })).toThrow(/maxOutOfOrdernessMs is 1.5/);
    expect(() => start({ shape: session({ gapMs: 5 }), keepAliveMs: 5 })).toThrow(/keepAliveMs is 5, but must be 0/);
    expect(() => start({ shape: session({ gapMs: 1 }), allowedLatenessMs: 86_400_000 })).toThrow(
      /allowedLatenessMs is 86400000, but must be so short that a key keeps at most 100000/,
    );
  });

  it("refuse a snapshot of another version or another shape", () => {
    const snapshot = start().windows.snapshot();
    expect(() => start({ snapshot: { ...snapshot, version: 2 as never } })).toThrow(
      "snapshot has version 2, this operator reads 1",
    );
    expect(() => start({ snapshot, shape: tumbling({ sizeMs: 20 }) })).toThrow(/another window shape/);
  });

  it("infer the types of events and results", () => {
    const windows = createWindows({
      shape: session({ gapMs: 1_000 }),
      timeOf: (reading: { atMs: number; speed: number }) => reading.atMs,
      aggregator: combine({ readings: count(), speed: select((reading: { speed: number }) => reading.speed, sum()) }),
    });
    expectTypeOf(windows).toEqualTypeOf<
      Windows<{ atMs: number; speed: number }, { readings: number; speed: number }>
    >();
  });
});
