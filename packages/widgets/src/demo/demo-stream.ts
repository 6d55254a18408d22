import type { EmoteCount, MetricsMessage, Moment, MomentMessage, MomentType } from "@telemetra/core";
import type { HistoryRow } from "../live/decode-message.js";
import { DEMO_EMOTES } from "./demo-emotes.js";
import { seededRandom } from "./seeded-random.js";

export interface DemoStreamOptions {
  /** The same seed plays the same stream. Default 7. */
  readonly seed?: number;
  /** The stream's clock at its first second, epoch milliseconds. */
  readonly startMs: number;
  readonly streamId?: string;
}

/** What one step of the stream brings, in the order in which a server would send it. */
export type DemoMessage = MetricsMessage | MomentMessage;

const WINDOW_SECONDS = 60;
const EPOCH = "demo";
const STREAM_ID = "demo";
const USUAL_RATE = 3.2;
/** The threshold of the demo's own spikes, as a multiple of the usual rate. */
const SPIKE_RATIO = 1.75;

interface Episode {
  readonly type: MomentType;
  readonly startSecond: number;
  readonly lengthSeconds: number;
  /** Factor on the chat rate at the height of the episode. */
  readonly force: number;
  readonly emote: number;
}

/**
 * A made-up but lifelike stream, second by second: a chat that breathes, viewers that drift, and episodes that become
 * moments. Deterministic: the same seed gives the same frames, so stories and tests can share it.
 */
export class DemoStream {
  readonly streamId: string;
  readonly #startMs: number;
  readonly #random: () => number;
  readonly #counts: number[] = [];
  readonly #viewers: number[] = [];
  readonly #sentiments: number[] = [];
  readonly #emotes: (readonly number[])[] = [];
  #moments: Moment[] = [];
  #episode: Episode;
  #offset = 0;
  #drift = 0;

  constructor({ seed = 7, startMs, streamId = STREAM_ID }: DemoStreamOptions) {
    this.#random = seededRandom(seed);
    this.#startMs = startMs;
    this.streamId = streamId;
    this.#episode = this.#plan(45);
  }

  /** The stream's clock now, epoch milliseconds. */
  get clockMs(): number {
    return this.#startMs + this.#counts.length * 1000;
  }

  /** Moments so far, newest first. */
  get moments(): readonly Moment[] {
    return this.#moments;
  }

  /** Plays `seconds` more; returns the moment frames of that time and then one frame of numbers. */
  advance(seconds: number): DemoMessage[] {
    const messages: DemoMessage[] = [];
    for (let step = 0; step < seconds; step++) messages.push(...this.#second());
    messages.push(this.#metrics());
    return messages;
  }

  /** Closed windows so far as REST answers them, newest first. */
  history(hopSeconds = 10): HistoryRow[] {
    const rows: HistoryRow[] = [];
    for (let end = hopSeconds; end <= this.#counts.length; end += hopSeconds) {
      rows.unshift({
        timestamp: new Date(this.#startMs + end * 1000).toISOString(),
        chat_rate: this.#rateAt(end),
        viewer_count: this.#viewers[end - 1] ?? null,
      });
    }
    return rows;
  }

  #second(): MomentMessage[] {
    const second = this.#counts.length;
    const force = this.#forceAt(second);
    this.#drift += (this.#random() - 0.5) * 0.08 - this.#drift * 0.01;
    const expected = USUAL_RATE * (1 + this.#drift + 0.25 * Math.sin(second / 47)) * force;
    const count = Math.max(0, Math.round(expected + (this.#random() - 0.5) * 2 * Math.sqrt(expected)));
    this.#counts.push(count);
    const last = this.#viewers.at(-1) ?? 1_840;
    const raiders = this.#episode.type === "raid" && second === this.#episode.startSecond ? 420 : 0;
    this.#viewers.push(Math.max(40, Math.round(last + raiders + (this.#random() - 0.48) * 7)));
    const swing = this.#episode.type === "sentiment_shift" && force > 1 ? -0.7 : 0;
    this.#sentiments.push(Math.max(-1, Math.min(1, 0.22 + swing + (this.#random() - 0.5) * 0.5)));
    this.#emotes.push(this.#drawEmotes(count, force));
    return this.#followEpisode(second);
  }

  #drawEmotes(count: number, force: number): number[] {
    const drawn: number[] = [];
    for (let index = 0; index < count; index++) {
      if (this.#random() > 0.55) continue;
      const isOfEpisode = force > 1.2 && this.#random() < 0.7;
      // The square leans towards the first emotes: every chat has its favourites.
      drawn.push(isOfEpisode ? this.#episode.emote : Math.floor(this.#random() ** 2 * DEMO_EMOTES.length));
    }
    return drawn;
  }

  #plan(fromSecond: number): Episode {
    const types: readonly MomentType[] = ["chat_spike", "emote_burst", "raid", "sentiment_shift", "chat_spike"];
    return {
      type: types[Math.floor(this.#random() * types.length)] ?? "chat_spike",
      startSecond: Math.round(fromSecond + this.#random() * 40),
      lengthSeconds: Math.round(28 + this.#random() * 26),
      force: 2.6 + this.#random() * 2.4,
      emote: Math.floor(this.#random() * 6),
    };
  }

  /** Rises within five seconds, ebbs away over the rest. */
  #forceAt(second: number): number {
    const { startSecond, lengthSeconds, force } = this.#episode;
    const age = second - startSecond;
    if (age < 0 || age > lengthSeconds) return 1;
    const shape = age < 5 ? (age + 1) / 5 : 1 - (age - 5) / (lengthSeconds - 5);
    return 1 + (force - 1) * Math.max(0, shape);
  }

  #followEpisode(second: number): MomentMessage[] {
    const { startSecond, lengthSeconds } = this.#episode;
    const age = second - startSecond;
    if (age === 5) {
      this.#moments = [this.#momentOf(second, null), ...this.#moments].slice(0, 20);
      return this.#momentMessage("opened");
    }
    if (age > 5 && age < lengthSeconds && age % 6 === 0) {
      this.#moments = [this.#momentOf(second, null), ...this.#moments.slice(1)];
      return this.#momentMessage("updated");
    }
    if (age !== lengthSeconds) return [];
    this.#moments = [this.#momentOf(second, second), ...this.#moments.slice(1)];
    const messages = this.#momentMessage("closed");
    this.#episode = this.#plan(second + 50);
    return messages;
  }

  #momentMessage(phase: MomentMessage["phase"]): MomentMessage[] {
    const [moment] = this.#moments;
    if (moment === undefined) return [];
    return [{ type: "moment", stream_id: this.streamId, epoch: EPOCH, offset: ++this.#offset, phase, moment }];
  }

  #momentOf(second: number, endSecond: number | null): Moment {
    const { type, startSecond, force, emote } = this.#episode;
    const at = (value: number): string => new Date(this.#startMs + value * 1000).toISOString();
    const name = DEMO_EMOTES[emote]?.name ?? "";
    const factor = force.toFixed(1);
    const sentences: Partial<Record<MomentType, string>> = {
      chat_spike: `Chat is ${factor} times as fast as usual, led by ${name}.`,
      emote_burst: `${name} fills the chat: ${factor} times its usual share.`,
      raid: "420 viewers arrived with a raid.",
      sentiment_shift: "The mood turned sour within a few seconds.",
    };
    return {
      moment_id: `00000000-0000-4000-8000-${String(startSecond).padStart(12, "0")}`,
      stream_id: this.streamId,
      timestamp: at(startSecond),
      detected_at: at(startSecond + 5),
      peaked_at: at(Math.min(second, startSecond + 5)),
      ended_at: endSecond === null ? null : at(endSecond),
      moment_type: type,
      description: sentences[type] ?? "Something happened.",
      metric_name: "chat_rate",
      metric_value: USUAL_RATE * force,
      threshold: USUAL_RATE * SPIKE_RATIO,
      z_score: force * 1.6,
      severity: Math.min(1, force / 5),
      metadata: { baseline: USUAL_RATE, window_ms: 10_000, top_emotes: this.#topEmotes(second + 1, 12).slice(0, 3) },
    };
  }

  #metrics(): MetricsMessage {
    const second = this.#counts.length;
    const sentiments = this.#sentiments.slice(-WINDOW_SECONDS);
    const mean = sentiments.reduce((sum, value) => sum + value, 0) / Math.max(1, sentiments.length);
    const rate = this.#rateAt(second);
    return {
      type: "metrics",
      stream_id: this.streamId,
      epoch: EPOCH,
      offset: ++this.#offset,
      timestamp: new Date(this.clockMs).toISOString(),
      viewer_count: this.#viewers.at(-1) ?? null,
      chat_rate: rate,
      unique_chatters: Math.round(rate * 21),
      top_emotes: this.#topEmotes(second, WINDOW_SECONDS),
      sentiment_score: sentiments.length === 0 ? null : mean,
      chat_rate_baseline: second < WINDOW_SECONDS ? null : USUAL_RATE,
      chat_rate_threshold: second < WINDOW_SECONDS ? null : USUAL_RATE * SPIKE_RATIO,
      recent_moments: this.#moments.slice(0, 5),
    };
  }

  #rateAt(second: number): number {
    const seconds = this.#counts.slice(Math.max(0, second - WINDOW_SECONDS), second);
    return seconds.reduce((sum, count) => sum + count, 0) / Math.max(1, seconds.length);
  }

  #topEmotes(second: number, spanSeconds: number): EmoteCount[] {
    const counts = new Map<number, number>();
    for (const drawn of this.#emotes.slice(Math.max(0, second - spanSeconds), second)) {
      for (const index of drawn) counts.set(index, (counts.get(index) ?? 0) + 1);
    }
    return [...counts]
      .flatMap(([index, count]) => {
        const emote = DEMO_EMOTES[index];
        if (emote === undefined) return [];
        return [emote.url === undefined ? { name: emote.name, count } : { name: emote.name, count, url: emote.url }];
      })
      .sort((left, right) => right.count - left.count || (left.name < right.name ? -1 : 1))
      .slice(0, 10);
  }
}
