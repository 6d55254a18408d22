import type { Wait } from "@telemetra/producer";

/** A clock that stands still until somebody waits; waiting moves it on at once. */
export class VirtualClock {
  nowMs: number;
  /** Every wait so far, in milliseconds. */
  readonly waits: number[] = [];
  /** Called before each wait, to make things happen at a time. */
  onWait: (nowMs: number) => void = () => {};

  constructor(nowMs = Date.UTC(2026, 0, 31, 20)) {
    this.nowMs = nowMs;
  }

  readonly now = (): number => this.nowMs;

  readonly wait: Wait = async (ms, signal) => {
    this.waits.push(ms);
    this.onWait(this.nowMs);
    if (!signal.aborted) this.nowMs += ms;
  };
}
