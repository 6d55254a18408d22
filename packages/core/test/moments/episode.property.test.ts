import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { EpisodeTracker, type EpisodeChange, type EpisodeOptions, type Judgement } from "../../src/moments/episode.js";

const SLICE_MS = 2_000;
const OPTIONS: EpisodeOptions = { quietMs: 8_000, cooldownMs: 20_000, maxMs: 60_000, direction: "up" };

interface Step {
  readonly value: number;
  /** How many slices ago it seems to have begun. */
  readonly ago: number;
  /** Judged at all. */
  readonly isKnown: boolean;
}

/** Raised from 10 on, active from 5 on. */
function judgementOf({ value, ago, isKnown }: Step, endMs: number): Judgement | undefined {
  if (!isKnown) return undefined;
  const onsetMs = endMs - SLICE_MS * ago;
  return { isRaised: value >= 10, isActive: value >= 5, onsetMs, value, usual: 2, threshold: 10, zScore: value };
}

const steps = fc.array(
  fc.record({
    value: fc.oneof({ weight: 3, arbitrary: fc.integer({ min: 0, max: 4 }) }, fc.integer({ min: 0, max: 40 })),
    ago: fc.integer({ min: 1, max: 12 }),
    isKnown: fc.constantFrom(true, true, true, false),
  }),
  { minLength: 1, maxLength: 200 },
);

function run(all: readonly Step[], options = OPTIONS): { endMs: number; change: EpisodeChange }[] {
  const tracker = new EpisodeTracker(options);
  const changes: { endMs: number; change: EpisodeChange }[] = [];
  all.forEach((step, index) => {
    const endMs = (index + 1) * SLICE_MS;
    const change = tracker.update(endMs, judgementOf(step, endMs));
    expect(tracker.isOpen).toBe(change === undefined ? tracker.isOpen : change.phase !== "closed");
    if (change !== undefined) changes.push({ endMs, change: structuredClone(change) });
  });
  const change = tracker.close(all.length * SLICE_MS);
  if (change !== undefined) changes.push({ endMs: all.length * SLICE_MS, change });
  return changes;
}

describe("EpisodeTracker", () => {
  it("has one episode at a time: opened, updated as it grows, closed, a cool-down", () => {
    fc.assert(
      fc.property(steps, (all) => {
        let open: EpisodeChange["episode"] | undefined;
        let endedMs = -Infinity;
        let toldMs = 0;
        for (const { endMs, change } of run(all)) {
          const { phase, episode } = change;
          if (phase === "opened") {
            expect(open).toBeUndefined();
            expect(endMs).toBeGreaterThanOrEqual(endedMs + OPTIONS.cooldownMs);
            expect(episode.onsetMs).toBeGreaterThanOrEqual(endedMs);
            expect(episode.onsetMs).toBeLessThanOrEqual(endMs);
            expect(episode.detectedMs).toBe(endMs);
          } else {
            expect(episode.onsetMs).toBe(open!.onsetMs);
            expect(episode.detectedMs).toBe(open!.detectedMs);
            expect(episode.peak).toBeGreaterThanOrEqual(open!.peak);
          }
          if (phase === "updated") {
            expect(episode.peak).toBeGreaterThanOrEqual(1.25 * open!.peak);
            expect(endMs - toldMs).toBeGreaterThanOrEqual(4_000);
          }
          if (phase === "closed") {
            expect(episode.peakMs).toBeLessThanOrEqual(episode.lastActiveMs);
            expect(endMs - episode.onsetMs).toBeLessThanOrEqual(OPTIONS.maxMs + SLICE_MS * 12);
            endedMs = episode.lastActiveMs;
            open = undefined;
          } else {
            open = episode;
            toldMs = endMs;
          }
        }
        expect(open).toBeUndefined();
      }),
    );
  });

  it("opens exactly when it is raised, is closed, and the cool-down is over", () => {
    fc.assert(
      fc.property(steps, (all) => {
        const opened = new Set(run(all).flatMap(({ endMs, change }) => (change.phase === "opened" ? endMs : [])));
        const closed = new Map(
          run(all).flatMap(({ endMs, change }) => (change.phase === "closed" ? [[endMs, change.episode]] : [])),
        );
        let isOpen = false;
        let openFromMs = -Infinity;
        all.forEach((step, index) => {
          const endMs = (index + 1) * SLICE_MS;
          const may = !isOpen && endMs >= openFromMs && step.isKnown && step.value >= 10;
          expect(opened.has(endMs)).toBe(may);
          if (may) isOpen = true;
          const end = closed.get(endMs);
          if (end === undefined || index === all.length - 1) return;
          isOpen = false;
          openFromMs = end.lastActiveMs + OPTIONS.cooldownMs;
        });
      }),
    );
  });

  it("stays open above the lower line (hysteresis) and closes after quiet", () => {
    const at = (value: number, count: number): Step[] =>
      Array.from({ length: count }, (): Step => ({ value, ago: 1, isKnown: true }));
    const changes = run([...at(12, 1), ...at(6, 5), ...at(2, 10)]);
    expect(changes.map(({ change, endMs }) => [change.phase, endMs])).toEqual([
      ["opened", 2_000],
      ["closed", 20_000],
    ]);
    expect(changes[1]!.change.episode.lastActiveMs).toBe(12_000);
  });

  it("takes the least value as the peak of a drop", () => {
    const tracker = new EpisodeTracker({ ...OPTIONS, direction: "down" });
    const base = { isRaised: true, isActive: true, onsetMs: 0, usual: 9, threshold: 3, zScore: null };
    tracker.update(2_000, { ...base, value: 3 });
    tracker.update(4_000, { ...base, value: 1 });
    tracker.update(6_000, { ...base, value: 2 });
    expect(tracker.close(6_000)?.episode).toMatchObject({ peak: 1, peakMs: 4_000 });
  });

  it("continues from its snapshot wherever it was taken", () => {
    fc.assert(
      fc.property(steps, fc.nat(), (all, where) => {
        const whole = new EpisodeTracker(OPTIONS);
        let parts = new EpisodeTracker(OPTIONS);
        all.forEach((step, index) => {
          if (index === where % all.length) {
            const next = new EpisodeTracker(OPTIONS);
            next.restore(JSON.parse(JSON.stringify(parts.snapshot())) as never);
            parts = next;
          }
          const endMs = (index + 1) * SLICE_MS;
          expect(parts.update(endMs, judgementOf(step, endMs))).toEqual(whole.update(endMs, judgementOf(step, endMs)));
        });
      }),
    );
  });
});
