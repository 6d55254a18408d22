import type { ChatEvent } from "../records/event.js";

export interface Sample {
  readonly atMs: number;
  readonly id: string;
  readonly user: string;
  readonly text: string;
  readonly emotes: readonly string[];
}

/** Messages kept of each slice. */
const PER_SLICE = 12;

/**
 * A few messages of every recent slice: what the reasons of a moment are taken from. Which ones does not depend on the
 * order of arrival: the earliest of the slice, by time and then by id.
 */
export class MessageSamples {
  readonly #sliceMs: number;
  readonly #slices = new Map<number, Sample[]>();

  constructor(sliceMs: number) {
    this.#sliceMs = sliceMs;
  }

  add(event: ChatEvent): void {
    const index = Math.floor(event.timestamp / this.#sliceMs);
    let samples = this.#slices.get(index);
    if (samples === undefined) this.#slices.set(index, (samples = []));
    const last = samples.at(-1);
    if (samples.length === PER_SLICE && last !== undefined && !isBefore(event, last)) return;
    const sample = {
      atMs: event.timestamp,
      id: event.event_id,
      user: event.user_id,
      text: event.message,
      emotes: event.emotes.map(({ name }) => name),
    };
    let place = samples.length;
    while (place > 0 && isBefore(event, samples[place - 1]!)) place -= 1;
    samples.splice(place, 0, sample);
    if (samples.length > PER_SLICE) samples.pop();
  }

  /** In the order of their times. */
  between(fromMs: number, toMs: number): Sample[] {
    const found: Sample[] = [];
    for (let index = Math.floor(fromMs / this.#sliceMs); index * this.#sliceMs < toMs; index++) {
      found.push(...(this.#slices.get(index) ?? []));
    }
    return found;
  }

  /** Forgets the slices that begin before the instant. */
  expire(beforeMs: number): void {
    for (const index of this.#slices.keys()) if (index * this.#sliceMs < beforeMs) this.#slices.delete(index);
  }

  snapshot(): MessageSamplesSnapshot {
    return [...this.#slices];
  }

  restore(snapshot: MessageSamplesSnapshot): void {
    for (const [index, samples] of snapshot) this.#slices.set(index, [...samples]);
  }
}

export type MessageSamplesSnapshot = readonly (readonly [index: number, samples: readonly Sample[]])[];

function isBefore(event: ChatEvent, sample: Sample): boolean {
  return event.timestamp < sample.atMs || (event.timestamp === sample.atMs && event.event_id < sample.id);
}
