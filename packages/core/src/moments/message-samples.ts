import type { ChatEvent } from "../records/event.js";

/** What is kept of a message. */
export interface Sample {
  readonly atMs: number;
  readonly user: string;
  readonly text: string;
  /** Names of its emotes. */
  readonly emotes: readonly string[];
}

/** Messages kept of each slice. */
const PER_SLICE = 12;
const NO_EMOTES: readonly string[] = Object.freeze([]);

/**
 * A few messages of every recent slice: what the reasons of a moment are taken from. Which ones does not depend on the
 * order of arrival: the earliest of the slice, and of those of the same millisecond the first in the alphabet.
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
    if (samples.length === PER_SLICE && event.timestamp > (samples[PER_SLICE - 1] as Sample).atMs) return;
    const sample = sampleOf(event);
    let place = samples.length;
    while (place > 0 && isBefore(sample, samples[place - 1] as Sample)) place -= 1;
    if (place === PER_SLICE) return;
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
    for (const index of this.#slices.keys()) {
      // One that came late and lies behind a newer one has its turn after that.
      if (index * this.#sliceMs >= beforeMs) return;
      this.#slices.delete(index);
    }
  }

  snapshot(): MessageSamplesSnapshot {
    return [...this.#slices];
  }

  restore(snapshot: MessageSamplesSnapshot): void {
    for (const [index, samples] of snapshot) this.#slices.set(index, [...samples]);
  }
}

export type MessageSamplesSnapshot = readonly (readonly [index: number, samples: readonly Sample[]])[];

/** A copy: to keep the event would keep all that came with it. */
function sampleOf({ timestamp, user_id, message, emotes }: ChatEvent): Sample {
  return {
    atMs: timestamp,
    user: user_id,
    text: message,
    emotes: emotes.length === 0 ? NO_EMOTES : emotes.map(({ name }) => name),
  };
}

/** Two that are neither before nor after each other are the same. */
function isBefore(a: Sample, b: Sample): boolean {
  if (a.atMs !== b.atMs) return a.atMs < b.atMs;
  if (a.user !== b.user) return a.user < b.user;
  return a.text === b.text ? a.emotes.join(" ") < b.emotes.join(" ") : a.text < b.text;
}
