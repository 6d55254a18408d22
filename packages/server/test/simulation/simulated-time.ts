import { vi } from "vitest";

/** Long after the events of a simulation began to be old. */
export const SIMULATION_START_MS = Date.UTC(2026, 5, 1, 12);

const nextTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/**
 * Runs `body` on a clock of its own, on which a timer fires as soon as everything before it has come to rest: hours take
 * moments, and the same happens in the same order every time.
 */
export async function inSimulatedTime<T>(body: () => Promise<T>): Promise<T> {
  vi.useFakeTimers({
    toFake: ["setTimeout", "clearTimeout", "setInterval", "clearInterval", "Date"],
    now: SIMULATION_START_MS,
  });
  try {
    let outcome: { readonly value: T } | { readonly error: unknown } | undefined;
    body().then(
      (value) => (outcome = { value }),
      (error: unknown) => (outcome = { error }),
    );
    for (;;) {
      await nextTurn();
      if (outcome !== undefined) break;
      if (vi.getTimerCount() === 0) throw new Error("the simulation stands still: nobody waits for a time");
      vi.advanceTimersToNextTimer();
    }
    if ("error" in outcome) throw outcome.error;
    return outcome.value;
  } finally {
    vi.useRealTimers();
  }
}

export function sleep(durationMs: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, durationMs));
}

export function never(): Promise<never> {
  return new Promise(() => {});
}
