import { describe, expect, it } from "vitest";
import { onwardClock } from "../../src/pipeline/onward-clock.js";

describe("the pipeline's clock", () => {
  it("R10: goes on at the pace of time when the machine's clock is set back, and follows it when it is set ahead", () => {
    let wallMs = 1_000_000;
    let monotonicMs = 50;
    const now = onwardClock(
      () => wallMs,
      () => monotonicMs,
    );
    const after = (realMs: number, jumpMs = 0): number => {
      monotonicMs += realMs;
      wallMs += realMs + jumpMs;
      return now();
    };
    expect(now()).toBe(1_000_000);
    expect(after(10)).toBe(1_000_010);
    expect(after(10, -3_600_000)).toBe(1_000_020);
    expect(after(500)).toBe(1_000_520);
    expect(after(10, 3_600_000)).toBe(1_000_530);
    expect(after(10, 60_000)).toBe(1_060_540);
    expect(after(10)).toBe(1_060_550);
  });
});
