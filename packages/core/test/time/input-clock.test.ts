import { describe, expect, it } from "vitest";
import { InputClock, resolveWatermark } from "../../src/time/input-clock.js";

describe("InputClock", () => {
  it("W5: reads the newest event plus the processing time since it arrived", () => {
    const clock = new InputClock();
    expect(clock.reading(100)).toBe(-Infinity);
    clock.observe(1_000, 50);
    expect([clock.reading(undefined), clock.reading(50), clock.reading(80)]).toEqual([1_000, 1_000, 1_030]);
  });

  it("W5: an older event neither moves it back nor counts as an arrival", () => {
    const clock = new InputClock();
    clock.observe(1_000, 50);
    clock.observe(900, 70);
    expect([clock.newestMs, clock.reading(80)]).toEqual([1_000, 1_030]);
    clock.observe(1_000, 75);
    expect(clock.reading(80)).toBe(1_005);
  });

  it("W5: a clock that steps back holds event time still", () => {
    const clock = new InputClock();
    clock.observe(1_000, 50);
    expect(clock.reading(20)).toBe(1_000);
  });

  it("W5: is idle from the timeout on, counted from the first word of the clock when none was known before", () => {
    const clock = new InputClock();
    clock.observe(1_000, undefined);
    expect(clock.reading(5_000)).toBe(1_000);
    expect(clock.isIdle(5_000, 100)).toBe(false);
    expect(clock.isIdle(5_099, 100)).toBe(false);
    expect(clock.isIdle(5_100, 100)).toBe(true);
    expect(clock.reading(5_100)).toBe(1_100);
  });
});

describe("resolveWatermark", () => {
  it("waits five seconds for disorder and ten for an idle input unless told otherwise", () => {
    expect(resolveWatermark({})).toEqual({ maxOutOfOrdernessMs: 5_000, idleTimeoutMs: 10_000 });
    expect(resolveWatermark({ maxOutOfOrdernessMs: 0, idleTimeoutMs: 1 })).toEqual({
      maxOutOfOrdernessMs: 0,
      idleTimeoutMs: 1,
    });
  });

  it("refuses what is no time span, with the value", () => {
    expect(() => resolveWatermark({ maxOutOfOrdernessMs: 0.5 })).toThrow(/maxOutOfOrdernessMs is 0.5/);
    expect(() => resolveWatermark({ idleTimeoutMs: 3_600_001 })).toThrow(/from 0 to 3600000/);
  });
});
