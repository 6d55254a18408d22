import type { StreamSlice } from "../counting/stream-slice.js";
import { EpisodeTracker, type EpisodeChange, type EpisodeSnapshot } from "./episode.js";
import { severityOfRatio, type Finding, type JudgedSlice, type Watch } from "./watch.js";

/** Judged over this long. */
const RECENT_MS = 10_000;
/** The usual is halved this often: it speaks of the last ten minutes or so, in whole numbers. */
const HALVED_EVERY_MS = 300_000;
const MIN_USUAL_CHATTERS = 60;
/** A burst: one emote from this many people at least, in this share of what people say, and so much above its usual share. */
const MIN_PEOPLE = 8;
const MIN_SHARE = 0.35;
const RATIO = 4;
const GOES_ON_SHARE = 0.2;
/** Emotes whose usual is remembered; when there are twice as many the rarer half is forgotten. */
const MAX_EMOTES = 48;
const EPISODE = { quietMs: 10_000, cooldownMs: 60_000, maxMs: 120_000 };

/**
 * Finds when the whole chat falls for one emote. Per slice an emote counts at most once per chatter there was, and
 * different people are asked for, so a wall of emotes from a few does not make a burst.
 */
export class EmoteWatch implements Watch {
  readonly #sliceMs: number;
  readonly #episodes = new EpisodeTracker({ ...EPISODE, direction: "up" });
  #recent: Slice[] = [];
  /** The sums of the recent slices. */
  #recentChatters = 0;
  readonly #recentUses = new Map<string, number>();
  #usualChatters = 0;
  #usualUses = new Map<string, number>();
  #emote = "";

  constructor(sliceMs: number) {
    this.#sliceMs = sliceMs;
  }

  update(judged: JudgedSlice): readonly Finding[] {
    const { index, endMs, slice, isExplained } = judged;
    if (index % Math.round(HALVED_EVERY_MS / this.#sliceMs) === 0) this.#halve();
    if (isExplained && !this.#episodes.isOpen) {
      this.#forgetRecent();
      return [];
    }
    this.#enter(slice === undefined ? [0, []] : [slice.chatterCount, usesIn(slice)]);
    if (this.#recent.length > Math.max(1, Math.round(RECENT_MS / this.#sliceMs))) {
      const old = this.#leave();
      // What belongs to an episode is not the usual.
      if (old !== undefined && !this.#episodes.isOpen) this.#remember(old);
    }
    if (this.#usualChatters < MIN_USUAL_CHATTERS) return this.#told(this.#episodes.update(endMs, undefined));
    const name = this.#episodes.isOpen ? this.#emote : mostUsed(this.#recentUses);
    const count = this.#recentUses.get(name) ?? 0;
    if (!this.#episodes.isOpen && count < MIN_PEOPLE) return [];
    const all = this.#recentChatters;
    const share = all === 0 ? 0 : count / all;
    const usual = (this.#usualUses.get(name) ?? 0) / this.#usualChatters;
    const threshold = Math.max(MIN_SHARE, RATIO * usual);
    const first = index + 1 - this.#recent.length + this.#firstUse(name);
    const isRaised = count >= MIN_PEOPLE && share >= threshold && isCrowd(judged, first, name);
    if (isRaised && !this.#episodes.isOpen) this.#emote = name;
    const variance = Math.max(usual, 1 / this.#usualChatters) / Math.max(1, all);
    const change = this.#episodes.update(endMs, {
      isRaised,
      isActive: share >= GOES_ON_SHARE,
      onsetMs: first * this.#sliceMs,
      value: share,
      usual,
      threshold,
      zScore: (share - usual) / Math.sqrt(variance),
    });
    return this.#told(change);
  }

  explains(atMs: number): boolean {
    return this.#episodes.isBusy(atMs);
  }

  end(atMs: number): readonly Finding[] {
    const findings = this.#told(this.#episodes.close(atMs));
    this.#forgetRecent();
    this.#usualChatters = 0;
    this.#usualUses.clear();
    return findings;
  }

  /** The first of the recent slices from which on the emote is in every other one. */
  #firstUse(name: string): number {
    let first = this.#recent.length - 1;
    for (let at = first; at >= 0 && first - at <= 2; at--) {
      if (this.#recent[at]?.[1].some(([other]) => other === name) === true) first = at;
    }
    return first;
  }

  #enter(slice: Slice): void {
    const [chatters, uses] = slice;
    this.#recent.push(slice);
    this.#recentChatters += chatters;
    for (const [name, count] of uses) this.#recentUses.set(name, (this.#recentUses.get(name) ?? 0) + count);
  }

  #leave(): Slice | undefined {
    const slice = this.#recent.shift();
    if (slice === undefined) return undefined;
    const [chatters, uses] = slice;
    this.#recentChatters -= chatters;
    for (const [name, count] of uses) {
      const left = (this.#recentUses.get(name) ?? 0) - count;
      if (left > 0) this.#recentUses.set(name, left);
      else this.#recentUses.delete(name);
    }
    return slice;
  }

  #forgetRecent(): void {
    this.#recent = [];
    this.#recentChatters = 0;
    this.#recentUses.clear();
  }

  #remember([chatters, uses]: Slice): void {
    this.#usualChatters += chatters;
    for (const [name, count] of uses) this.#usualUses.set(name, (this.#usualUses.get(name) ?? 0) + count);
    if (this.#usualUses.size > 2 * MAX_EMOTES) this.#usualUses = new Map(ranked(this.#usualUses).slice(0, MAX_EMOTES));
  }

  #halve(): void {
    this.#usualChatters >>= 1;
    this.#usualUses = new Map([...this.#usualUses].map(([name, count]) => [name, count >> 1]));
  }

  #told(change: EpisodeChange | undefined): Finding[] {
    if (change === undefined) return [];
    const { peak, usual } = change.episode;
    const percent = (share: number) => `${Math.round(100 * Math.min(1, share))} %`;
    const description = `${this.#emote} all over the chat: ${percent(peak)} of the chatters, ${percent(usual)} usually.`;
    const severity = severityOfRatio(1 + 8 * Math.min(1, peak));
    return [
      { ...change, type: "emote_burst", metric: "emote_share", severity, description, details: { emote: this.#emote } },
    ];
  }

  snapshot(): EmoteSnapshot {
    return {
      recent: [...this.#recent],
      usual: [this.#usualChatters, [...this.#usualUses]],
      emote: this.#emote,
      episode: this.#episodes.snapshot(),
    };
  }

  restore({ recent, usual, emote, episode }: EmoteSnapshot): void {
    this.#forgetRecent();
    for (const slice of recent) this.#enter(slice);
    this.#usualChatters = usual[0];
    this.#usualUses = new Map(usual[1]);
    this.#emote = emote;
    this.#episodes.restore(episode);
  }
}

type Uses = readonly (readonly [name: string, uses: number])[];
type Slice = readonly [chatters: number, uses: Uses];

export interface EmoteSnapshot {
  readonly recent: readonly Slice[];
  readonly usual: readonly [chatters: number, uses: Uses];
  readonly emote: string;
  readonly episode: EpisodeSnapshot;
}

function isCrowd({ samples }: JudgedSlice, fromIndex: number, emote: string): boolean {
  const users = samples(fromIndex).flatMap(({ user, emotes }) => (emotes.includes(emote) ? user : []));
  return new Set(users).size >= MIN_PEOPLE;
}

/** An emote counts at most once per chatter. */
function usesIn(slice: StreamSlice): Uses {
  const chatters = slice.chatterCount;
  return slice.emotes().map(([name, count]) => [name, Math.min(count, chatters)]);
}

/** The first in the alphabet of those used most; "" when there is none. */
function mostUsed(uses: ReadonlyMap<string, number>): string {
  let [most, best] = ["", 0];
  for (const [name, count] of uses) if (count > best || (count === best && name < most)) [most, best] = [name, count];
  return most;
}

function ranked(counts: ReadonlyMap<string, number>): [name: string, uses: number][] {
  return [...counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
}
