import { EVENT_TYPES, type EventType } from "../records/event.js";
import { InputClock, type WatermarkOptions } from "../time/input-clock.js";

/**
 * Which inputs hold every stream back because their log is still being read (rule F3): from the start, and again
 * whenever a reader falls behind, until the end was reached and the idle timeout has passed since.
 */
export class InputGates {
  readonly #atEndSinceMs = new Map<EventType, number | undefined>();

  constructor(inputs: readonly EventType[]) {
    for (const input of inputs) this.#atEndSinceMs.set(input, undefined);
  }

  report(input: EventType, isAtEnd: boolean, nowMs: number): void {
    if (!isAtEnd) this.#atEndSinceMs.set(input, undefined);
    else if (this.#atEndSinceMs.get(input) === undefined) this.#atEndSinceMs.set(input, nowMs);
  }

  holds(input: EventType, nowMs: number | undefined, idleTimeoutMs: number): boolean {
    if (this.#atEndSinceMs.size === 0 || !this.#atEndSinceMs.has(input)) return false;
    const since = this.#atEndSinceMs.get(input);
    return since === undefined || nowMs === undefined || nowMs - since < idleTimeoutMs;
  }

  /** True when no input holds streams back because of an unread log. */
  isCaughtUp(): boolean {
    for (const since of this.#atEndSinceMs.values()) if (since === undefined) return false;
    return true;
  }
}

/** The event-time clocks of one stream: one for each input, and the watermark that follows from them (rules W4, W5). */
export class StreamClock {
  readonly #inputs = new Map<EventType, InputClock>();
  readonly #options: Required<WatermarkOptions>;
  #watermarkMs = -Infinity;

  constructor(options: Required<WatermarkOptions>) {
    this.#options = options;
  }

  get watermarkMs(): number {
    return this.#watermarkMs;
  }

  observe(input: EventType, eventTimeMs: number, nowMs: number | undefined): void {
    let clock = this.#inputs.get(input);
    if (clock === undefined) this.#inputs.set(input, (clock = new InputClock()));
    clock.observe(eventTimeMs, nowMs);
  }

  /** Moves the watermark as far as the inputs allow; it never goes back. */
  advance(gates: InputGates, nowMs: number | undefined): number {
    const reached = this.#reached(gates, nowMs, EVENT_TYPES);
    if (reached > this.#watermarkMs) this.#watermarkMs = reached;
    return this.#watermarkMs;
  }

  /** How far one input has come by itself, for a detector that reads only that one (rule W10). */
  watermarkOf(input: EventType, gates: InputGates, nowMs: number | undefined): number {
    return Math.max(this.#watermarkMs, this.#reached(gates, nowMs, [input]));
  }

  /** The stream's own "now": the furthest reading of its inputs. −∞ before the first event. */
  nowMs(processingTimeMs: number | undefined): number {
    let newest = -Infinity;
    for (const clock of this.#inputs.values()) newest = Math.max(newest, clock.reading(processingTimeMs));
    return newest;
  }

  #reached(gates: InputGates, nowMs: number | undefined, inputs: readonly EventType[]): number {
    const { idleTimeoutMs, maxOutOfOrdernessMs } = this.#options;
    let slowest = Infinity;
    let furthest = -Infinity;
    for (const input of inputs) {
      const clock = this.#inputs.get(input);
      const isHolding = gates.holds(input, nowMs, idleTimeoutMs);
      if (clock === undefined) {
        if (isHolding) return -Infinity;
        continue;
      }
      const isBusy = nowMs === undefined || !clock.isIdle(nowMs, idleTimeoutMs);
      if (isHolding || isBusy) slowest = Math.min(slowest, clock.newestMs);
      furthest = Math.max(furthest, clock.reading(nowMs));
    }
    return (slowest === Infinity ? furthest : slowest) - maxOutOfOrdernessMs;
  }

  snapshot(): StreamClockSnapshot {
    return {
      watermark: finiteOrNull(this.#watermarkMs),
      inputs: [...this.#inputs].map(([input, clock]) => [input, clock.newestMs, clock.arrivedMs ?? null]),
    };
  }

  static restore(snapshot: StreamClockSnapshot, options: Required<WatermarkOptions>): StreamClock {
    const clock = new StreamClock(options);
    clock.#watermarkMs = snapshot.watermark ?? -Infinity;
    for (const [input, newestMs, arrivedMs] of snapshot.inputs) clock.observe(input, newestMs, arrivedMs ?? undefined);
    return clock;
  }
}

export interface StreamClockSnapshot {
  readonly watermark: number | null;
  readonly inputs: readonly (readonly [input: EventType, newestMs: number, arrivedMs: number | null])[];
}

function finiteOrNull(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}
