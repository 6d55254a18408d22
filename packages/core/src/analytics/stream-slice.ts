import { Distinct, type DistinctSnapshot } from "../aggregate/distinct.js";
import { EVENT_TYPES, type ChatEvent, type EventType, type StreamEvent } from "../records/event.js";

/** Compound scores are summed as whole ten-thousandths, so that any order of adding gives the same sum (rule W3). */
export const SCORE_SCALE = 10_000;
/** Money is summed as whole ten-thousandths of its unit (rule F6). */
export const MONEY_SCALE = 10_000;

export interface EmoteTally {
  count: number;
  url: string | undefined;
}

/** What a scorer found in one message. `undefined` where no scorer is in use. */
export interface MessageMood {
  /** Compound score in whole ten-thousandths, −10000 to 10000. */
  readonly score: number;
  readonly label: "positive" | "neutral" | "negative";
}

/**
 * Everything Telemetra counts in one slice of one stream. Slices merge associatively and commutatively on integers.
 * The same class, merged from its slices, is the accumulator of a window.
 */
export class StreamSlice {
  chatCount = 0;
  scoredCount = 0;
  scoreSum = 0;
  positiveCount = 0;
  negativeCount = 0;
  readonly chatters: Distinct;
  readonly emotes = new Map<string, EmoteTally>();
  viewerEvents = 0;
  viewerSum = 0;
  viewerNewestMs = -Infinity;
  viewerNewest = 0;
  readonly revenue = new Map<string, number>();
  /** Newest event of any kind, and whether a `stream_end` is what ends there (an end counts after its equals in time). */
  lastEventMs = -Infinity;
  isEnd = false;
  /** Smallest log position per kind, in the order of EVENT_TYPES: where re-reading must start to rebuild this slice. */
  readonly positions: number[] = EVENT_TYPES.map(() => Infinity);

  constructor(distinctLimit?: number) {
    this.chatters = new Distinct(distinctLimit);
  }

  /** @param emoteLimit distinct emote names kept; returns how many uses found no place */
  add(event: StreamEvent, mood: MessageMood | undefined, emoteLimit: number): number {
    let refused = 0;
    switch (event.type) {
      case "chat":
        refused = this.#addChat(event, mood, emoteLimit);
        break;
      case "viewer":
        this.viewerEvents += 1;
        this.viewerSum += event.viewer_count;
        this.#observeViewers(event.timestamp, event.viewer_count);
        break;
      case "transaction":
        this.#addMoney(event.currency, Math.round(event.amount * MONEY_SCALE));
        break;
      case "stream_meta":
        break;
    }
    this.#observe(event.timestamp, event.type === "stream_meta" && event.event_type === "stream_end");
    return refused;
  }

  notePosition(type: EventType, position: number): void {
    const index = EVENT_TYPES.indexOf(type);
    if (position < (this.positions[index] ?? Infinity)) this.positions[index] = position;
  }

  merge(other: StreamSlice): void {
    this.chatCount += other.chatCount;
    this.scoredCount += other.scoredCount;
    this.scoreSum += other.scoreSum;
    this.positiveCount += other.positiveCount;
    this.negativeCount += other.negativeCount;
    this.chatters.merge(other.chatters);
    for (const [name, { count, url }] of other.emotes) this.#addEmote(name, count, url);
    this.viewerEvents += other.viewerEvents;
    this.viewerSum += other.viewerSum;
    if (other.viewerEvents > 0) this.#observeViewers(other.viewerNewestMs, other.viewerNewest);
    for (const [currency, amount] of other.revenue) this.#addMoney(currency, amount);
    this.#observe(other.lastEventMs, other.isEnd);
  }

  #addChat(event: ChatEvent, mood: MessageMood | undefined, emoteLimit: number): number {
    this.chatCount += 1;
    this.chatters.add(event.user_id);
    if (mood !== undefined) {
      this.scoredCount += 1;
      this.scoreSum += mood.score;
      if (mood.label === "positive") this.positiveCount += 1;
      if (mood.label === "negative") this.negativeCount += 1;
    }
    let refused = 0;
    for (const { name, url } of event.emotes) {
      if (this.emotes.size >= emoteLimit && !this.emotes.has(name)) refused += 1;
      else this.#addEmote(name, 1, url);
    }
    return refused;
  }

  #addEmote(name: string, count: number, url: string | undefined): void {
    const tally = this.emotes.get(name);
    if (tally === undefined) {
      this.emotes.set(name, { count, url });
      return;
    }
    tally.count += count;
    // The smallest address wins, so that the order of arrival does not show in a row.
    if (url !== undefined && (tally.url === undefined || url < tally.url)) tally.url = url;
  }

  #addMoney(currency: string, amount: number): void {
    this.revenue.set(currency, (this.revenue.get(currency) ?? 0) + amount);
  }

  #observeViewers(atMs: number, viewers: number): void {
    if (atMs < this.viewerNewestMs || (atMs === this.viewerNewestMs && viewers <= this.viewerNewest)) return;
    this.viewerNewestMs = atMs;
    this.viewerNewest = viewers;
  }

  #observe(atMs: number, isEnd: boolean): void {
    if (atMs < this.lastEventMs) return;
    this.isEnd = isEnd || (this.isEnd && atMs === this.lastEventMs);
    this.lastEventMs = atMs;
  }

  snapshot(): SliceSnapshot {
    return {
      chat: [this.chatCount, this.scoredCount, this.scoreSum, this.positiveCount, this.negativeCount],
      chatters: this.chatters.snapshot(),
      emotes: [...this.emotes].map(([name, { count, url }]) =>
        url === undefined ? [name, count] : [name, count, url],
      ),
      viewers:
        this.viewerEvents === 0 ? [] : [this.viewerEvents, this.viewerSum, this.viewerNewestMs, this.viewerNewest],
      revenue: [...this.revenue],
      last: [this.lastEventMs, this.isEnd],
      positions: this.positions.map((position) => (position === Infinity ? null : position)),
    };
  }

  static restore(snapshot: SliceSnapshot, distinctLimit?: number): StreamSlice {
    const slice = new StreamSlice(distinctLimit);
    [slice.chatCount, slice.scoredCount, slice.scoreSum, slice.positiveCount, slice.negativeCount] = snapshot.chat;
    slice.chatters.merge(Distinct.restore(snapshot.chatters, distinctLimit));
    for (const [name, count, url] of snapshot.emotes) slice.#addEmote(name, count, url);
    const [events, sum, newestMs, newest] = snapshot.viewers;
    if (events !== undefined && sum !== undefined && newestMs !== undefined && newest !== undefined) {
      slice.viewerEvents = events;
      slice.viewerSum = sum;
      slice.#observeViewers(newestMs, newest);
    }
    for (const [currency, amount] of snapshot.revenue) slice.#addMoney(currency, amount);
    [slice.lastEventMs, slice.isEnd] = snapshot.last;
    snapshot.positions.forEach((position, index) => (slice.positions[index] = position ?? Infinity));
    return slice;
  }
}

export interface SliceSnapshot {
  readonly chat: readonly [number, number, number, number, number];
  readonly chatters: DistinctSnapshot;
  readonly emotes: readonly (readonly [name: string, count: number, url?: string])[];
  readonly viewers: readonly number[];
  readonly revenue: readonly (readonly [currency: string, amount: number])[];
  readonly last: readonly [atMs: number, isEnd: boolean];
  readonly positions: readonly (number | null)[];
}
