import { createEngine, type Moment } from "@telemetra/core";
import { describe, expect, it } from "vitest";
import { simulateStream } from "@telemetra/producer";
import { until } from "../support/events.js";

const START_MS = Date.UTC(2026, 0, 31, 20);
const MINUTES = 15;

/** The moments that the engine finds in a simulation that it watches live, in the order in which they open. */
function watch(seed: number, rate: number): Moment[] {
  const engine = createEngine();
  const opened: Moment[] = [];
  engine.on("moment", (moment, phase) => {
    if (phase === "opened") opened.push(moment);
  });
  let nowMs = START_MS;
  const stream = simulateStream({ streamId: "demo", seed, startMs: START_MS, rate });
  for (const event of until(stream, START_MS + MINUTES * 60_000)) {
    while (nowMs + 1_000 <= event.timestamp) engine.advanceTo((nowMs += 1_000));
    engine.push(event);
  }
  return opened;
}

const secondsIn = (moment: Moment) => (Date.parse(String(moment.timestamp)) - START_MS) / 1_000;

describe("what the engine says about a simulated stream", { timeout: 20_000 }, () => {
  it.each([
    [1, 12],
    [1, 4],
    [1, 0.8],
    [2, 12],
    [2, 4],
    [2, 0.8],
  ])("seed %d at %d messages/s: a spike at the first clutch, nothing before it, and more to come", (seed, rate) => {
    const spikes = watch(seed, rate).filter((moment) => moment.moment_type === "chat_spike");
    const onsets = spikes.map(secondsIn);
    expect(onsets[0]).toBeGreaterThanOrEqual(88);
    expect(onsets[0]).toBeLessThanOrEqual(118);
    expect(onsets.length).toBeGreaterThanOrEqual(4);
  });
});
