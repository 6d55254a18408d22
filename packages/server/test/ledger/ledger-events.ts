import type { EventInput } from "@telemetra/core";
import { seeded } from "../integration/numbered-events.js";

export interface LedgerEventsOptions {
  readonly seed: number;
  /** Number of streams. Default 6. */
  readonly streams?: number;
  /** Event time of the first event, epoch ms. */
  readonly startMs: number;
  /** Usual messages per second and stream, of event time. Default 8. */
  readonly messagesPerSecond?: number;
  /** Seconds between two viewer counts of a stream. Default 5. */
  readonly viewerSeconds?: number;
  /** An event comes at most this long after it happened, ms; so does the disorder. Default 2000. */
  readonly shuffleMs?: number;
  /** Part of the events that come a second time, within 20 s. Default 0. */
  readonly repeats?: number;
}

/** Something that happens to a stream for a while, so that there are moments. */
interface Scene {
  readonly kind: "surge" | "silence" | "gifts" | "emotes" | "audience";
  readonly fromSecond: number;
  readonly toSecond: number;
}

const SCENES: readonly Scene["kind"][] = ["surge", "silence", "gifts", "emotes", "audience"];
const EMOTES = ["LUL", "Kappa", "PogChamp", "NotLikeThis", "모자"];
const TALK = ["what a day", "no way", "gg", "I love this", "this is terrible, I hate it", "is this the last level?"];
/** Until here a stream is only itself, so that there is something usual to compare with. */
const QUIET_SECONDS = 70;

/**
 * Numbered events of all four kinds, in the order in which they arrive, for as long as they are asked for: chat, viewers,
 * money and titles of several streams, with surges, silences, gifts, walls of emotes and audiences that come. The same
 * options give the same events.
 */
export class LedgerEvents {
  readonly streamIds: readonly string[];
  readonly #options: Required<LedgerEventsOptions>;
  readonly #random: () => number;
  readonly #scenes: Scene[];
  #waiting: { readonly event: EventInput; readonly arrivesMs: number }[] = [];
  #ready: EventInput[] = [];
  #second = 0;
  #number = 0;

  constructor(options: LedgerEventsOptions) {
    const defaults = { streams: 6, messagesPerSecond: 8, viewerSeconds: 5, shuffleMs: 2_000, repeats: 0 };
    this.#options = { ...defaults, ...options };
    this.#random = seeded(options.seed);
    this.streamIds = Array.from({ length: this.#options.streams }, (_, number) => `ledger_${number}`);
    this.#scenes = this.streamIds.map(() => this.#nextScene(QUIET_SECONDS));
  }

  /** Event time up to which everything has been handed out or waits for its turn, epoch ms. */
  get reachedMs(): number {
    return this.#options.startMs + this.#second * 1_000;
  }

  /** The next events, this many. */
  take(count: number): EventInput[] {
    while (this.#ready.length < count) this.#makeSecond();
    return this.#ready.splice(0, count);
  }

  /** What arrives until this much event time has passed since the start. */
  takeUntil(second: number): EventInput[] {
    while (this.#second < second) this.#makeSecond();
    return this.#ready.splice(0);
  }

  /** What was still on its way; nothing new after that. */
  takeRest(): EventInput[] {
    const rest = this.#waiting.toSorted((a, b) => a.arrivesMs - b.arrivesMs).map(({ event }) => event);
    this.#waiting = [];
    return [...this.#ready.splice(0), ...rest];
  }

  /** The end of each stream; to be sent when everything else has arrived. */
  ends(): EventInput[] {
    const timestamp = this.reachedMs + this.#options.shuffleMs;
    return this.streamIds.map((stream_id) => {
      return { type: "stream_meta", event_id: `${stream_id}-end`, stream_id, timestamp, event_type: "stream_end" };
    });
  }

  #makeSecond(): void {
    const second = this.#second++;
    for (const [at, streamId] of this.streamIds.entries()) {
      if (second >= this.#scenes[at]!.toSecond) this.#scenes[at] = this.#nextScene(second + 40);
      const scene = this.#scenes[at]!;
      this.#fill(streamId, second, second >= scene.fromSecond ? scene.kind : undefined);
    }
    const untilMs = this.reachedMs;
    this.#waiting.sort((a, b) => a.arrivesMs - b.arrivesMs);
    const arrived = this.#waiting.findIndex(({ arrivesMs }) => arrivesMs > untilMs);
    const taken = this.#waiting.splice(0, arrived === -1 ? this.#waiting.length : arrived);
    for (const { event } of taken) this.#ready.push(event);
  }

  #fill(streamId: string, second: number, scene: Scene["kind"] | undefined): void {
    const { messagesPerSecond, viewerSeconds } = this.#options;
    const factor = scene === "surge" ? 6 : scene === "silence" ? 0.02 : 1;
    for (let left = this.#poisson(messagesPerSecond * factor); left > 0; left--) this.#chat(streamId, second, scene);
    if (second % viewerSeconds === 0) {
      const viewer_count = Math.floor((scene === "audience" ? 2_500 : 500) * (0.97 + 0.06 * this.#random()));
      this.#send(streamId, second, (base) => ({ ...base, type: "viewer", viewer_count }));
    }
    for (let left = this.#poisson(scene === "gifts" ? 2 : 0.05); left > 0; left--) {
      const amount = Math.floor(this.#random() * 10_000) / 100;
      const currency = this.#random() < 0.7 ? "EUR" : "USD";
      this.#send(streamId, second, (base) => {
        return { ...base, ...this.#who(60), type: "transaction", transaction_type: "donation", amount, currency };
      });
    }
    if (this.#random() < 0.01) {
      const new_title = `Part ${this.#number}`;
      this.#send(streamId, second, (base) => {
        return { ...base, type: "stream_meta", event_type: "title_change", new_title };
      });
    }
  }

  #chat(streamId: string, second: number, scene: Scene["kind"] | undefined): void {
    const isWall = scene === "emotes" && this.#random() < 0.8;
    const emotes = isWall ? ["PogChamp"] : this.#random() < 0.7 ? [] : [this.#pick(EMOTES)];
    const message = isWall ? "PogChamp" : `${this.#pick(TALK)} ${emotes.join(" ")}`.trim();
    const who = this.#who(scene === "surge" ? 900 : 120);
    this.#send(streamId, second, (base) => ({ ...base, ...who, type: "chat", message, emotes }));
  }

  #send(
    streamId: string,
    second: number,
    make: (base: { event_id: string; stream_id: string; timestamp: number }) => EventInput,
  ): void {
    const { startMs, shuffleMs, repeats } = this.#options;
    const timestamp = startMs + second * 1_000 + Math.floor(this.#random() * 1_000);
    const event = make({ event_id: `n${this.#number++}`, stream_id: streamId, timestamp });
    const arrivesMs = timestamp + this.#random() * shuffleMs;
    this.#waiting.push({ event, arrivesMs });
    if (repeats > 0 && this.#random() < repeats) {
      this.#waiting.push({ event, arrivesMs: arrivesMs + this.#random() * 20_000 });
    }
  }

  #who(people: number): { user_id: string; username: string } {
    const person = Math.floor(this.#random() * people);
    return { user_id: `u${person}`, username: `person ${person}` };
  }

  #nextScene(afterSecond: number): Scene {
    const fromSecond = Math.floor(afterSecond + this.#random() * 60);
    return {
      kind: this.#pick(SCENES),
      fromSecond,
      toSecond: fromSecond + 12 + Math.floor(this.#random() * 15),
    };
  }

  #pick<T>(items: readonly T[]): T {
    return items[Math.floor(this.#random() * items.length)]!;
  }

  #poisson(mean: number): number {
    const limit = Math.exp(-mean);
    let count = 0;
    for (let product = this.#random(); product > limit; product *= this.#random()) count += 1;
    return count;
  }
}
