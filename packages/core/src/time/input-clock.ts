import { requireInteger } from "../errors.js";

export interface WatermarkOptions {
  /** How far behind the newest event an event may come and still be on time. 0 to 3600000 ms, default 5000 ms. */
  readonly maxOutOfOrdernessMs?: number;
  /**
   * Processing time without an event after which an input no longer holds its stream back. 0 to 3600000 ms, default
   * 10000 ms.
   */
  readonly idleTimeoutMs?: number;
}

export function resolveWatermark(options: WatermarkOptions): Required<WatermarkOptions> {
  return Object.freeze({
    maxOutOfOrdernessMs: requireInteger("maxOutOfOrdernessMs", options.maxOutOfOrdernessMs ?? 5_000, 0, 3_600_000),
    idleTimeoutMs: requireInteger("idleTimeoutMs", options.idleTimeoutMs ?? 10_000, 0, 3_600_000),
  });
}

/**
 * The event-time clock of one input (a kind, a partition) of one stream: its newest event, and when that came.
 * Processing time arrives from outside; while nobody told it (`undefined`), the input counts as busy.
 */
export class InputClock {
  newestMs = -Infinity;
  arrivedMs: number | undefined;

  observe(eventTimeMs: number, nowMs: number | undefined): void {
    if (eventTimeMs < this.newestMs) return;
    this.newestMs = eventTimeMs;
    this.arrivedMs = nowMs;
  }

  /** An event that came before the first word of the clock counts as arrived at that word. */
  isIdle(nowMs: number, idleTimeoutMs: number): boolean {
    this.arrivedMs ??= nowMs;
    return nowMs - this.arrivedMs >= idleTimeoutMs;
  }

  /** Newest event time plus the processing time since it arrived (rule W5, F17). */
  reading(nowMs: number | undefined): number {
    return (
      this.newestMs + (nowMs === undefined || this.arrivedMs === undefined ? 0 : Math.max(0, nowMs - this.arrivedMs))
    );
  }
}
