import { describe, expect, it } from "vitest";
import { session, type WindowsOptions } from "@telemetra/core/windowing";
import { operator, type Emitted } from "./arbitrary-readings.js";
import type { Reading, Summary } from "./naive-windows.js";

/** Sessions of events less than 10 ms apart, with no disorder and 30 ms for corrections unless told otherwise. */
function start(options: Partial<WindowsOptions<Reading, Summary>> = {}) {
  const emitted: Emitted[] = [];
  const windows = operator({ shape: session({ gapMs: 10 }), maxOutOfOrdernessMs: 0, ...options }, emitted);
  let id = 0;
  const push = (...times: number[]) =>
    times.map((atMs) => windows.push({ id: (id += 1), key: "k", atMs, plate: "A", speed: 1 }));
  /** What was emitted since the last call, as [start, end, events, revision] or [start, end, "retracted", revision]. */
  const news = () =>
    emitted.splice(0).map((result) => {
      const what = "isRetracted" in result ? "retracted" : result.value.count;
      return [result.startMs, result.endMs, what, result.revision];
    });
  return { windows, push, news };
}

describe("a session", () => {
  /*
   *   0   4         13      24
   *   |---|----------|       |
   *   [0 ············ 23)    [24 ···
   */
  it("S1: reaches from its first event to a gap after its last", () => {
    const { push, news } = start();
    push(0, 4, 13, 24);
    expect(news()).toEqual([[0, 23, 3, 0]]);
  });

  it("S1: is not held together by a silence of exactly the gap", () => {
    const { push, news } = start();
    push(0, 10, 19);
    expect(news()).toEqual([[0, 10, 1, 0]]);
  });

  it("S1: belongs to one key", () => {
    const { windows, push } = start();
    push(0);
    windows.push({ id: 99, key: "other", atMs: 5, plate: "A", speed: 1 });
    expect([windows.peek("k"), windows.peek("other")].map((open) => open.map(({ value }) => value.count))).toEqual([
      [1],
      [1],
    ]);
  });

  it("S2: closes when the watermark reaches its end, and not before", () => {
    const { push, news, windows } = start({ maxOutOfOrdernessMs: 5 });
    push(0, 14);
    expect(news()).toEqual([]);
    expect(windows.peek("k").map(({ startMs, endMs }) => [startMs, endMs])).toEqual([
      [0, 10],
      [14, 24],
    ]);
    push(15);
    expect(news()).toEqual([[0, 10, 1, 0]]);
  });

  it("S2: closes by the clock when nothing more comes", () => {
    const { windows, push, news } = start({ idleTimeoutMs: 50 });
    windows.advanceTo(1_000);
    push(0, 4);
    windows.advanceTo(1_049);
    expect(news()).toEqual([]);
    windows.advanceTo(1_050);
    expect(news()).toEqual([[0, 14, 2, 0]]);
  });
});

describe("a session that is corrected", () => {
  it("S4: is emitted again at once by a late event inside it", () => {
    const { push, news } = start();
    push(0, 8, 20);
    expect(news()).toEqual([[0, 18, 2, 0]]);
    expect(push(5)).toEqual(["accepted"]);
    expect(news()).toEqual([[0, 18, 3, 1]]);
  });

  it("S4: is emitted again at once by a late event that makes it longer, with the same start", () => {
    const { push, news } = start();
    push(0, 30);
    news();
    push(9);
    expect(news()).toEqual([[0, 19, 2, 1]]);
  });

  it("S4: is open again while its new end is beyond the watermark, and emitted when that is reached", () => {
    const { push, news } = start();
    push(0, 12);
    expect(news()).toEqual([[0, 10, 1, 0]]);
    push(9);
    // 9 bridges to 12: one session [0, 22), known by its start; nothing is told of it before it closes.
    expect(news()).toEqual([]);
    push(40);
    expect(news()).toEqual([[0, 22, 3, 1]]);
  });

  it("S4: has another start by a late event before it: the old one is retracted, the new one is its first emission", () => {
    const { push, news } = start();
    push(20, 30);
    expect(news()).toEqual([[20, 30, 1, 0]]);
    push(15);
    expect(news()).toEqual([
      [20, 30, "retracted", 1],
      [15, 30, 2, 0],
    ]);
  });

  /*
   *   [0 ··· 10)   [15 ··· 25)            both closed and emitted
   *            9 ─ touches both
   *   [0 ················· 25)            the later is retracted, the earlier corrected
   */
  it("S4: takes in the session that a late event bridges to, which is retracted first", () => {
    const { push, news } = start();
    push(0, 15, 30);
    expect(news()).toEqual([
      [0, 10, 1, 0],
      [15, 25, 1, 0],
    ]);
    push(9);
    expect(news()).toEqual([
      [15, 25, "retracted", 1],
      [0, 25, 3, 1],
    ]);
    push(16);
    expect(news()).toEqual([[0, 26, 4, 2]]);
  });

  it("S4: retracts each of several that are gone, with the revision that follows its last", () => {
    const { push, news } = start({ allowedLatenessMs: 100 });
    push(0, 15, 45);
    push(16);
    expect(news()).toEqual([
      [0, 10, 1, 0],
      [15, 25, 1, 0],
      [15, 26, 2, 1],
    ]);
    // −5 reaches the first session only, 7 then bridges to the second.
    push(-5, 7);
    expect(news()).toEqual([
      [0, 10, "retracted", 1],
      [-5, 10, 2, 0],
      [15, 26, "retracted", 2],
      [-5, 26, 5, 1],
    ]);
  });

  it("S4: retracts nothing that was never emitted", () => {
    const { push, news } = start({ maxOutOfOrdernessMs: 50 });
    push(0, 15, 9, -5);
    expect(news()).toEqual([]);
    push(100);
    expect(news()).toEqual([[-5, 25, 4, 0]]);
  });
});

describe("a late event", () => {
  it("S3: is counted while its own reach can be corrected, in a session of its own if need be", () => {
    const { push, news } = start();
    push(100);
    expect(push(61)).toEqual(["accepted"]);
    expect(news()).toEqual([[61, 71, 1, 0]]);
    expect(push(60)).toEqual(["late"]);
    expect(news()).toEqual([]);
  });

  it("S3: is counted however old it is inside a session that can still be corrected", () => {
    const { push, windows } = start();
    for (let atMs = 0; atMs <= 1_000; atMs += 5) push(atMs);
    expect(push(3, 500)).toEqual(["accepted", "accepted"]);
    expect(windows.peek("k")).toMatchObject([{ startMs: 0, endMs: 1_010, value: { count: 203 } }]);
  });

  it("S3: is late when it would only reach such a session from before, where another may have been forgotten", () => {
    const { push, news } = start();
    push(-15);
    for (let atMs = 0; atMs <= 1_000; atMs += 5) push(atMs);
    expect(news()).toEqual([[-15, -5, 1, 0]]);
    expect(push(-1)).toEqual(["late"]);
    expect(push(0)).toEqual(["accepted"]);
  });

  it("W11: sessions beyond correction are forgotten", () => {
    const { push, windows } = start();
    for (let atMs = 0; atMs <= 10_000; atMs += 10) push(atMs);
    const sessions = windows.snapshot().keys[0]?.[1].windows;
    // Four end within the lateness and a gap, one is open.
    expect(sessions).toHaveLength(5);
  });
});

describe("the shape", () => {
  it("refuses what is no gap, with the value", () => {
    expect(() => session({ gapMs: 0 })).toThrow("gapMs is 0, but must be a whole number from 1 to 604800000");
  });
});
