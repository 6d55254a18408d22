import { EVENT_TYPES, type ChatEvent, type EventType, type StreamEvent } from "../records/event.js";
import type { ChattersSnapshot, SliceChatters, StreamChatters } from "./chatters.js";
import { EmoteUses } from "./emote-uses.js";
import type { NameTable } from "./name-table.js";

/** Compound scores are summed as whole ten-thousandths, so that any order of adding gives the same sum (rule W3). */
export const SCORE_SCALE = 10_000;
/** Money is summed as whole ten-thousandths of its unit (rule F6). */
export const MONEY_SCALE = 10_000;

/** What a scorer found in one message. `undefined` where no scorer is in use. */
export interface MessageMood {
  /** Compound score in whole ten-thousandths, −10000 to 10000. */
  readonly score: number;
  readonly label: "positive" | "neutral" | "negative";
}

/** What was counted of viewer events. */
export interface ViewerCounts {
  events: number;
  sum: number;
  /** The newest of them, the larger where two tie (rule F4). */
  newestMs: number;
  newest: number;
}

const NO_MONEY: ReadonlyMap<string, number> = new Map();
/** Everything Telemetra counts in one slice of one stream, in whole numbers: slices add up the same in any order. */
export class StreamSlice {
  readonly #stream: StreamChatters;
  readonly #emoteNames: NameTable;
  readonly chatters: SliceChatters;
  chatCount = 0;
  scoredCount = 0;
  scoreSum = 0;
  positiveCount = 0;
  negativeCount = 0;
  /** Most slices of a slow chat have none. */
  emotes: EmoteUses | undefined;
  viewers: ViewerCounts | undefined;
  #revenue: Map<string, number> | undefined;
  /** Newest event of any kind, and whether a `stream_end` is what ends there (an end counts after its equals in time). */
  lastEventMs = -Infinity;
  isEnd = false;
  /** Smallest log position per kind, in the order of EVENT_TYPES: where re-reading must start to rebuild this slice. */
  #positions: number[] | undefined;

  /** @param stream the people of the slice's stream @param emoteNames of all streams @param index which slice it is */
  constructor(stream: StreamChatters, emoteNames: NameTable, index: number) {
    this.#stream = stream;
    this.#emoteNames = emoteNames;
    this.chatters = stream.open(index);
  }

  /**
   * @param person fingerprint of who chats @param emoteLimit distinct emote names kept
   * @returns how many uses of emotes found no place
   */
  add(event: StreamEvent, person: number, mood: MessageMood | undefined, emoteLimit: number): number {
    let refused = 0;
    switch (event.type) {
      case "chat":
        refused = this.#addChat(event, person, mood, emoteLimit);
        break;
      case "viewer":
        this.viewers = withViewers(this.viewers, {
          events: 1,
          sum: event.viewer_count,
          newestMs: event.timestamp,
          newest: event.viewer_count,
        });
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

  get revenue(): ReadonlyMap<string, number> {
    return this.#revenue ?? NO_MONEY;
  }

  /** Whether an event of the kind is in it; of `stream_meta` nothing is counted. */
  holds(input: EventType): boolean {
    if (input === "chat") return this.chatCount > 0;
    return input === "viewer" ? this.viewers !== undefined : this.revenue.size > 0;
  }

  notePosition(type: EventType, position: number): void {
    this.#positions ??= EVENT_TYPES.map(() => Infinity);
    const index = EVENT_TYPES.indexOf(type);
    if (position < (this.#positions[index] as number)) this.#positions[index] = position;
  }

  /** Smallest log position of a kind, by its place in EVENT_TYPES; ∞ where none was noted. */
  positionOf(typeIndex: number): number {
    return this.#positions?.[typeIndex] ?? Infinity;
  }

  /** Lets go of the names: nothing may be asked of the slice afterwards. */
  release(): void {
    this.#stream.forget(this.chatters);
    this.emotes?.release();
  }

  #addChat(event: ChatEvent, person: number, mood: MessageMood | undefined, emoteLimit: number): number {
    this.chatCount += 1;
    this.#stream.add(this.chatters, person);
    if (mood !== undefined) {
      this.scoredCount += 1;
      this.scoreSum += mood.score;
      if (mood.label === "positive") this.positiveCount += 1;
      if (mood.label === "negative") this.negativeCount += 1;
    }
    let refused = 0;
    for (const { name, url } of event.emotes) if (!this.#addEmote(name, 1, url, emoteLimit)) refused += 1;
    return refused;
  }

  #addEmote(name: string, count: number, url: string | undefined, limit: number): boolean {
    this.emotes ??= new EmoteUses(this.#emoteNames);
    return this.emotes.add(name, count, url, limit);
  }

  #addMoney(currency: string, amount: number): void {
    this.#revenue ??= new Map();
    this.#revenue.set(currency, (this.#revenue.get(currency) ?? 0) + amount);
  }

  #observe(atMs: number, isEnd: boolean): void {
    if (atMs < this.lastEventMs) return;
    this.isEnd = isEnd || (this.isEnd && atMs === this.lastEventMs);
    this.lastEventMs = atMs;
  }

  snapshot(): SliceSnapshot {
    const { viewers } = this;
    return {
      chat: [this.chatCount, this.scoredCount, this.scoreSum, this.positiveCount, this.negativeCount],
      chatters: this.chatters.snapshot(),
      emotes: [...(this.emotes ?? [])].map(([name, count, url]) =>
        url === undefined ? [name, count] : [name, count, url],
      ),
      viewers: viewers === undefined ? [] : [viewers.events, viewers.sum, viewers.newestMs, viewers.newest],
      revenue: [...this.revenue],
      last: [this.lastEventMs, this.isEnd],
      positions: EVENT_TYPES.map((_, index) => (this.positionOf(index) === Infinity ? null : this.positionOf(index))),
    };
  }

  /** Puts back what `snapshot` returned; called before anything else. */
  restore(snapshot: SliceSnapshot): void {
    [this.chatCount, this.scoredCount, this.scoreSum, this.positiveCount, this.negativeCount] = snapshot.chat;
    this.#stream.restore(this.chatters, snapshot.chatters);
    for (const [name, count, url] of snapshot.emotes) this.#addEmote(name, count, url, Infinity);
    const [events, sum, newestMs, newest] = snapshot.viewers;
    if (events !== undefined && sum !== undefined && newestMs !== undefined && newest !== undefined) {
      this.viewers = { events, sum, newestMs, newest };
    }
    for (const [currency, amount] of snapshot.revenue) this.#addMoney(currency, amount);
    [this.lastEventMs, this.isEnd] = snapshot.last;
    EVENT_TYPES.forEach((type, place) => {
      const position = snapshot.positions[place];
      if (typeof position === "number") this.notePosition(type, position);
    });
  }
}

/** Adds counts of viewers to those that there are. */
export function withViewers(known: ViewerCounts | undefined, more: Readonly<ViewerCounts>): ViewerCounts {
  if (known === undefined) return { ...more };
  known.events += more.events;
  known.sum += more.sum;
  if (more.newestMs > known.newestMs || (more.newestMs === known.newestMs && more.newest > known.newest)) {
    known.newestMs = more.newestMs;
    known.newest = more.newest;
  }
  return known;
}

export interface SliceSnapshot {
  readonly chat: readonly [number, number, number, number, number];
  readonly chatters: ChattersSnapshot;
  readonly emotes: readonly (readonly [name: string, count: number, url?: string])[];
  readonly viewers: readonly number[];
  readonly revenue: readonly (readonly [currency: string, amount: number])[];
  readonly last: readonly [atMs: number, isEnd: boolean];
  readonly positions: readonly (number | null)[];
}
