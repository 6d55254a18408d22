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

  /** True when no input ever holds. */
  get isEmpty(): boolean {
    return this.#atEndSinceMs.size === 0;
  }

  holds(input: EventType, nowMs: number | undefined, idleTimeoutMs: number): boolean {
    if (!this.#atEndSinceMs.has(input)) return false;
    const since = this.#atEndSinceMs.get(input);
    return since === undefined || nowMs === undefined || nowMs - since < idleTimeoutMs;
  }

  /** True when no input holds streams back because of an unread log. */
  isCaughtUp(): boolean {
    for (const since of this.#atEndSinceMs.values()) if (since === undefined) return false;
    return true;
  }
}

/** Place of each kind in EVENT_TYPES. */
export const INPUT_INDEX = Object.fromEntries(EVENT_TYPES.map((type, index) => [type, index])) as Readonly<
  Record<EventType, number>
>;

/** The event-time clocks of one stream: one for each input, and the watermark that follows from them (rules W4, W5). */
export class StreamClock {
  /** In the order of EVENT_TYPES; `undefined` before the first event of an input. */
  readonly #inputs: (InputClock | undefined)[] = EVENT_TYPES.map(() => undefined);
  readonly #options: Required<WatermarkOptions>;
  #watermarkMs = -Infinity;

  constructor(options: Required<WatermarkOptions>) {
    this.#options = options;
  }

  get watermarkMs(): number {
    return this.#watermarkMs;
  }

  observe(input: EventType, eventTimeMs: number, nowMs: number | undefined): void {
    const clock = (this.#inputs[INPUT_INDEX[input]] ??= new InputClock());
    clock.observe(eventTimeMs, nowMs);
  }

  /** Moves the watermark as far as the inputs allow; it never goes back. */
  advance(gates: InputGates, nowMs: number | undefined): number {
    const reached = this.#reached(gates, nowMs, 0, EVENT_TYPES.length);
    if (reached > this.#watermarkMs) this.#watermarkMs = reached;
    return this.#watermarkMs;
  }

  /** How far one input has come by itself, for a detector that reads only that one (rule W10). */
  watermarkOf(input: EventType, gates: InputGates, nowMs: number | undefined): number {
    const index = INPUT_INDEX[input];
    return Math.max(this.#watermarkMs, this.#reached(gates, nowMs, index, index + 1));
  }

  /** The stream's own "now": the furthest reading of its inputs. −∞ before the first event. */
  nowMs(processingTimeMs: number | undefined): number {
    let newest = -Infinity;
    for (const clock of this.#inputs) {
      if (clock !== undefined) newest = Math.max(newest, clock.reading(processingTimeMs));
    }
    return newest;
  }

  /** How far the inputs in `[from, to)` of EVENT_TYPES allow. */
  #reached(gates: InputGates, nowMs: number | undefined, from: number, to: number): number {
    const { idleTimeoutMs, maxOutOfOrdernessMs } = this.#options;
    let slowest = Infinity;
    let furthest = -Infinity;
    for (let index = from; index < to; index++) {
      const clock = this.#inputs[index];
      const isHolding = gates.isEmpty ? false : gates.holds(EVENT_TYPES[index] as EventType, nowMs, idleTimeoutMs);
      if (clock === undefined) {
        if (isHolding) return -Infinity;
        continue;
      }
      const isBusy = nowMs === undefined || !clock.isIdle(nowMs, idleTimeoutMs);
      if ((isHolding || isBusy) && clock.newestMs < slowest) slowest = clock.newestMs;
      const reading = clock.reading(nowMs);
      if (reading > furthest) furthest = reading;
    }
    return (slowest === Infinity ? furthest : slowest) - maxOutOfOrdernessMs;
  }

  snapshot(): StreamClockSnapshot {
    return {
      watermark: finiteOrNull(this.#watermarkMs),
      inputs: this.#inputs.flatMap((clock, index) =>
        clock === undefined
          ? []
          : [[EVENT_TYPES[index] as EventType, clock.newestMs, clock.arrivedMs ?? null] as const],
      ),
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
