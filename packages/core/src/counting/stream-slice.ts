import { EXACT_LIMIT, type DistinctSnapshot } from "../aggregate/distinct.js";
import { HyperLogLog } from "../aggregate/hyper-log-log.js";
import { EVENT_TYPES, type ChatEvent, type EventType, type StreamEvent } from "../records/event.js";
import { NameTable } from "./name-table.js";

/** Compound scores are summed as whole ten-thousandths, so that any order of adding gives the same sum (rule W3). */
export const SCORE_SCALE = 10_000;
/** Money is summed as whole ten-thousandths of its unit (rule F6). */
export const MONEY_SCALE = 10_000;

/** The names that all slices of one stream speak of. */
export class StreamNames {
  readonly chatters = new NameTable();
  readonly emotes = new NameTable();
}

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
/** Most slices of a slow chat have no emotes: what is not there takes no room. Never added to. */
const NO_EMOTES: number[] = [];
/** An emote's entry in a slice: its number and its count. */
export const EMOTE_WIDTH = 2;

/** Everything Telemetra counts in one slice of one stream, in whole numbers: slices add up the same in any order. */
export class StreamSlice {
  readonly #names: StreamNames;
  readonly #index: number;
  chatCount = 0;
  scoredCount = 0;
  scoreSum = 0;
  positiveCount = 0;
  negativeCount = 0;
  /** Who wrote, once each, while they are few enough to be known; then `manyChatters` estimates how many. */
  readonly chatterIds: number[] = [];
  manyChatters: HyperLogLog | undefined;
  /** The emotes used, each with its count behind it: a list of pairs. */
  emoteUses: number[] = NO_EMOTES;
  /** Pictures of emotes, by their place in that list. */
  emoteUrls: (string | undefined)[] | undefined;
  viewers: ViewerCounts | undefined;
  #revenue: Map<string, number> | undefined;
  /** Newest event of any kind, and whether a `stream_end` is what ends there (an end counts after its equals in time). */
  lastEventMs = -Infinity;
  isEnd = false;
  /** Smallest log position per kind, in the order of EVENT_TYPES: where re-reading must start to rebuild this slice. */
  #positions: number[] | undefined;

  /** @param index which slice of its stream this is */
  constructor(names: StreamNames, index: number) {
    this.#names = names;
    this.#index = index;
  }

  /** @param emoteLimit distinct emote names kept; returns how many uses found no place */
  add(event: StreamEvent, mood: MessageMood | undefined, emoteLimit: number): number {
    let refused = 0;
    switch (event.type) {
      case "chat":
        refused = this.#addChat(event, mood, emoteLimit);
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

  get chatterCount(): number {
    return this.manyChatters?.count() ?? this.chatterIds.length;
  }

  get revenue(): ReadonlyMap<string, number> {
    return this.#revenue ?? NO_MONEY;
  }

  /** How often each emote was used. */
  emotes(): [name: string, count: number][] {
    const uses: [string, number][] = [];
    for (let place = 0; place < this.emoteUses.length; place += EMOTE_WIDTH) {
      uses.push([this.#names.emotes.nameOf(this.emoteUses[place] as number), this.emoteUses[place + 1] as number]);
    }
    return uses;
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
    this.#names.chatters.release(this.chatterIds, 1);
    this.#names.emotes.release(this.emoteUses, EMOTE_WIDTH);
  }

  #addChat(event: ChatEvent, mood: MessageMood | undefined, emoteLimit: number): number {
    this.chatCount += 1;
    this.#addChatter(event.user_id);
    if (mood !== undefined) {
      this.scoredCount += 1;
      this.scoreSum += mood.score;
      if (mood.label === "positive") this.positiveCount += 1;
      if (mood.label === "negative") this.negativeCount += 1;
    }
    const { emotes } = this.#names;
    let refused = 0;
    for (const { name, url } of event.emotes) {
      if (
        this.emoteUses.length >= emoteLimit * EMOTE_WIDTH &&
        emotes.find(this.#index, this.emoteUses, EMOTE_WIDTH, name) === -1
      )
        refused += 1;
      else this.#addEmote(name, 1, url);
    }
    return refused;
  }

  #addChatter(userId: string): void {
    if (this.manyChatters !== undefined) {
      this.manyChatters.add(userId);
      return;
    }
    const { chatters } = this.#names;
    chatters.placeIn(this.#index, this.chatterIds, 1, userId);
    if (this.chatterIds.length <= EXACT_LIMIT) return;
    this.manyChatters = new HyperLogLog();
    for (const id of this.chatterIds) this.manyChatters.add(chatters.nameOf(id));
    chatters.release(this.chatterIds.splice(0), 1);
  }

  #addEmote(name: string, count: number, url: string | undefined): void {
    if (this.emoteUses === NO_EMOTES) this.emoteUses = [];
    const place = this.#names.emotes.placeIn(this.#index, this.emoteUses, EMOTE_WIDTH, name);
    this.emoteUses[place + 1] = (this.emoteUses[place + 1] as number) + count;
    if (url === undefined) return;
    this.emoteUrls ??= [];
    this.emoteUrls[place] = smallerUrl(this.emoteUrls[place], url);
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
    const { chatters } = this.#names;
    const { viewers } = this;
    return {
      chat: [this.chatCount, this.scoredCount, this.scoreSum, this.positiveCount, this.negativeCount],
      chatters: this.manyChatters?.snapshot() ?? this.chatterIds.map((id) => chatters.nameOf(id)),
      emotes: this.emotes().map(([name, count], emote) => {
        const url = this.emoteUrls?.[emote * EMOTE_WIDTH];
        return url === undefined ? [name, count] : [name, count, url];
      }),
      viewers: viewers === undefined ? [] : [viewers.events, viewers.sum, viewers.newestMs, viewers.newest],
      revenue: [...this.revenue],
      last: [this.lastEventMs, this.isEnd],
      positions: EVENT_TYPES.map((_, index) => (this.positionOf(index) === Infinity ? null : this.positionOf(index))),
    };
  }

  static restore(names: StreamNames, index: number, snapshot: SliceSnapshot): StreamSlice {
    const slice = new StreamSlice(names, index);
    [slice.chatCount, slice.scoredCount, slice.scoreSum, slice.positiveCount, slice.negativeCount] = snapshot.chat;
    if (typeof snapshot.chatters === "string") slice.manyChatters = HyperLogLog.restore(snapshot.chatters);
    else for (const userId of snapshot.chatters) slice.#addChatter(userId);
    for (const [name, count, url] of snapshot.emotes) slice.#addEmote(name, count, url);
    const [events, sum, newestMs, newest] = snapshot.viewers;
    if (events !== undefined && sum !== undefined && newestMs !== undefined && newest !== undefined) {
      slice.viewers = { events, sum, newestMs, newest };
    }
    for (const [currency, amount] of snapshot.revenue) slice.#addMoney(currency, amount);
    [slice.lastEventMs, slice.isEnd] = snapshot.last;
    EVENT_TYPES.forEach((type, place) => {
      const position = snapshot.positions[place];
      if (typeof position === "number") slice.notePosition(type, position);
    });
    return slice;
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

/** Of two addresses the smaller one wins, so that the order of arrival does not show in a row. */
export function smallerUrl(known: string | undefined, url: string): string {
  return known === undefined || url < known ? url : known;
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
