import type { EmoteCount, Revenue } from "../records/metric-row.js";
import { peopleIn } from "./chatters.js";
import { smallerUrl, type EmoteUses } from "./emote-uses.js";
import type { NameTable } from "./name-table.js";
import { MONEY_SCALE, SCORE_SCALE, withViewers, type StreamSlice, type ViewerCounts } from "./stream-slice.js";

/** What some slices of one stream hold together: a window, or a stretch of one. To be read before the slices change. */
export class StreamTotals {
  readonly #emoteNames: NameTable;
  chatCount = 0;
  scoredCount = 0;
  scoreSum = 0;
  positiveCount = 0;
  negativeCount = 0;
  readonly chatterCount: number;
  /** False when the number of chatters is an estimate. */
  readonly isChatterCountExact: boolean;
  /** Uses of emotes in all. */
  emoteUses = 0;
  readonly #emoteIds: number[] = [];
  readonly #emoteCounts: number[] = [];
  readonly #emoteUrls: (string | undefined)[] = [];
  viewers: ViewerCounts | undefined;
  #revenue: Map<string, number> | undefined;

  /** @param slices oldest first */
  constructor(emoteNames: NameTable, slices: readonly StreamSlice[]) {
    this.#emoteNames = emoteNames;
    const people = peopleIn(slices.map(({ chatters }) => chatters));
    this.chatterCount = people.count;
    this.isChatterCountExact = people.isExact;
    emoteNames.beginSum();
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
    const id = this.#emoteNames.idOf(emote);
    return id === undefined ? 0 : (this.#emoteCounts[this.#emoteIds.indexOf(id)] ?? 0);
  }

  /** One entry per currency, by currency (rule F6). */
  revenue(): Revenue[] {
    return [...(this.#revenue ?? [])]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([currency, amount]) => ({ currency, amount: amount / MONEY_SCALE }));
  }

  #add(slice: StreamSlice): void {
    this.chatCount += slice.chatCount;
    this.scoredCount += slice.scoredCount;
    this.scoreSum += slice.scoreSum;
    this.positiveCount += slice.positiveCount;
    this.negativeCount += slice.negativeCount;
    if (slice.emotes !== undefined) this.#addEmotes(slice.emotes);
    if (slice.viewers !== undefined) this.viewers = withViewers(this.viewers, slice.viewers);
    if (slice.revenue.size === 0) return;
    this.#revenue ??= new Map();
    for (const [currency, amount] of slice.revenue) {
      this.#revenue.set(currency, (this.#revenue.get(currency) ?? 0) + amount);
    }
  }

  #addEmotes({ entries, urls }: EmoteUses): void {
    for (let at = 0; at < entries.length; at += 2) {
      const id = entries[at] as number;
      const count = entries[at + 1] as number;
      const next = this.#emoteIds.length;
      const place = this.#emoteNames.placeInSum(id, next);
      if (place === next) {
        this.#emoteIds.push(id);
        this.#emoteCounts.push(count);
      } else {
        this.#emoteCounts[place] = (this.#emoteCounts[place] as number) + count;
      }
      this.emoteUses += count;
      const url = urls?.[at];
      if (url !== undefined) this.#emoteUrls[place] = smallerUrl(this.#emoteUrls[place], url);
    }
  }

  #isBefore(place: number, other: number): boolean {
    const difference = (this.#emoteCounts[place] as number) - (this.#emoteCounts[other] as number);
    return difference > 0 || (difference === 0 && this.#nameAt(place) < this.#nameAt(other));
  }

  #nameAt(place: number): string {
    return this.#emoteNames.nameOf(this.#emoteIds[place] as number);
  }
}
