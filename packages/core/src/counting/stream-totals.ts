import { HyperLogLog } from "../aggregate/hyper-log-log.js";
import type { EmoteCount, Revenue } from "../records/metric-row.js";
import {
  EMOTE_WIDTH,
  MONEY_SCALE,
  SCORE_SCALE,
  smallerUrl,
  withViewers,
  type StreamNames,
  type StreamSlice,
  type ViewerCounts,
} from "./stream-slice.js";

/** What some slices of one stream hold together: a window, or a stretch of one. To be read before the slices change. */
export class StreamTotals {
  readonly #names: StreamNames;
  chatCount = 0;
  scoredCount = 0;
  scoreSum = 0;
  positiveCount = 0;
  negativeCount = 0;
  chatterCount = 0;
  /** False when the number of chatters is an estimate. */
  isChatterCountExact = true;
  /** Uses of emotes in all. */
  emoteUses = 0;
  readonly #emoteIds: number[] = [];
  readonly #emoteCounts: number[] = [];
  readonly #emoteUrls: (string | undefined)[] = [];
  viewers: ViewerCounts | undefined;
  #revenue: Map<string, number> | undefined;

  constructor(names: StreamNames, slices: readonly StreamSlice[]) {
    this.#names = names;
    this.#sumChatters(slices);
    names.emotes.beginSum();
    for (const slice of slices) this.#add(slice);
  }

  /** Mean compound score, −1 to 1; null when no message was scored. */
  get meanSentiment(): number | null {
    return this.scoredCount === 0 ? null : this.scoreSum / this.scoredCount / SCORE_SCALE;
  }

  /** The most used emotes: count descending, then name by UTF-16 code unit (rule F5). */
  topEmotes(limit: number): EmoteCount[] {
    const top: number[] = [];
    for (let place = 0; place < this.#emoteIds.length; place++) {
      if (top.length === limit && !this.#isBefore(place, top[limit - 1] as number)) continue;
      let rank = top.length;
      while (rank > 0 && this.#isBefore(place, top[rank - 1] as number)) rank -= 1;
      top.splice(rank, 0, place);
      if (top.length > limit) top.pop();
    }
    return top.map((place) => {
      const [name, count, url] = [this.#nameAt(place), this.#emoteCounts[place] ?? 0, this.#emoteUrls[place]];
      return url === undefined ? { name, count } : { name, count, url };
    });
  }

  /** Uses of one emote. */
  usesOf(emote: string): number {
    const id = this.#names.emotes.idOf(emote);
    return id === undefined ? 0 : (this.#emoteCounts[this.#emoteIds.indexOf(id)] ?? 0);
  }

  /** One entry per currency, by currency (rule F6). */
  revenue(): Revenue[] {
    return [...(this.#revenue ?? [])]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([currency, amount]) => ({ currency, amount: amount / MONEY_SCALE }));
  }

  #sumChatters(slices: readonly StreamSlice[]): void {
    const { chatters } = this.#names;
    if (slices.some(({ manyChatters }) => manyChatters !== undefined)) {
      const estimate = new HyperLogLog();
      for (const { chatterIds, manyChatters } of slices) {
        if (manyChatters !== undefined) estimate.merge(manyChatters);
        for (const id of chatterIds) estimate.add(chatters.nameOf(id));
      }
      this.chatterCount = estimate.count();
      this.isChatterCountExact = false;
      return;
    }
    chatters.beginSum();
    let met = 0;
    for (const { chatterIds } of slices) {
      for (const id of chatterIds) if (chatters.placeInSum(id, met) === met) met += 1;
    }
    this.chatterCount = met;
  }

  #add(slice: StreamSlice): void {
    this.chatCount += slice.chatCount;
    this.scoredCount += slice.scoredCount;
    this.scoreSum += slice.scoreSum;
    this.positiveCount += slice.positiveCount;
    this.negativeCount += slice.negativeCount;
    this.#addEmotes(slice);
    if (slice.viewers !== undefined) this.viewers = withViewers(this.viewers, slice.viewers);
    if (slice.revenue.size === 0) return;
    this.#revenue ??= new Map();
    for (const [currency, amount] of slice.revenue) {
      this.#revenue.set(currency, (this.#revenue.get(currency) ?? 0) + amount);
    }
  }

  #addEmotes({ emoteUses, emoteUrls }: StreamSlice): void {
    const { emotes } = this.#names;
    for (let at = 0; at < emoteUses.length; at += EMOTE_WIDTH) {
      const id = emoteUses[at] as number;
      const count = emoteUses[at + 1] as number;
      const next = this.#emoteIds.length;
      const place = emotes.placeInSum(id, next);
      if (place === next) {
        this.#emoteIds.push(id);
        this.#emoteCounts.push(count);
      } else {
        this.#emoteCounts[place] = (this.#emoteCounts[place] as number) + count;
      }
      this.emoteUses += count;
      const url = emoteUrls?.[at];
      if (url !== undefined) this.#emoteUrls[place] = smallerUrl(this.#emoteUrls[place], url);
    }
  }

  #isBefore(place: number, other: number): boolean {
    const difference = (this.#emoteCounts[place] as number) - (this.#emoteCounts[other] as number);
    return difference > 0 || (difference === 0 && this.#nameAt(place) < this.#nameAt(other));
  }

  #nameAt(place: number): string {
    return this.#names.emotes.nameOf(this.#emoteIds[place] as number);
  }
}
