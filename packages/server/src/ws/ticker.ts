import type { Metrics } from "../metrics.js";
import type { Room } from "./room.js";
import { SLICE_SIZE } from "./in-slices.js";

/** Rooms that tick before others get a turn: each computes the numbers of a minute. */
const ROOMS_PER_TURN = SLICE_SIZE / 10;

export interface Ticker {
  stop(): void;
}

/** Every `intervalMs`, one metrics frame for each stream that is watched here. A tick that is late replaces the next. */
export function startTicker(rooms: () => Iterable<Room>, intervalMs: number, metrics: Metrics): Ticker {
  let isTicking = false;
  const tick = async (): Promise<void> => {
    const startedAtMs = performance.now();
    let inTurn = 0;
    for (const room of rooms()) {
      if (inTurn === ROOMS_PER_TURN) {
        await new Promise(setImmediate);
        inTurn = 0;
      }
      // Not awaited: a stream whose publishing hangs holds up nobody else.
      void room.tick();
      inTurn++;
    }
    metrics.liveTickSeconds.observe((performance.now() - startedAtMs) / 1_000);
  };
  const timer = setInterval(() => {
    if (isTicking) return;
    isTicking = true;
    void tick().finally(() => {
      isTicking = false;
    });
  }, intervalMs);
  return { stop: () => clearInterval(timer) };
}
