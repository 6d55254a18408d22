import type { ChatEvent, Emote } from "../records/event.js";

/** What is kept of a message. */
export type Sample = Pick<ChatEvent, "timestamp" | "event_id" | "user_id" | "message"> & {
  readonly emotes: readonly Pick<Emote, "name">[];
};

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
    let place = samples.length;
    while (place > 0 && isBefore(event, samples[place - 1]!)) place -= 1;
    samples.splice(place, 0, event);
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
    return Array.from(this.#slices, ([index, samples]) => [
      index,
      samples.map(({ timestamp, event_id, user_id, message, emotes }) => {
        return { atMs: timestamp, id: event_id, user: user_id, text: message, emotes: emotes.map(({ name }) => name) };
      }),
    ]);
  }

  restore(snapshot: MessageSamplesSnapshot): void {
    for (const [index, samples] of snapshot) {
      const kept = samples.map(({ atMs, id, user, text, emotes }) => {
        return {
          timestamp: atMs,
          event_id: id,
          user_id: user,
          message: text,
          emotes: emotes.map((name) => ({ name })),
        };
      });
      this.#slices.set(index, kept);
    }
  }
}

export type MessageSamplesSnapshot = readonly (readonly [
  index: number,
  samples: readonly {
    readonly atMs: number;
    readonly id: string;
    readonly user: string;
    readonly text: string;
    readonly emotes: readonly string[];
  }[],
])[];

function isBefore(event: Sample, sample: Sample): boolean {
  return (
    event.timestamp < sample.timestamp || (event.timestamp === sample.timestamp && event.event_id < sample.event_id)
  );
}
