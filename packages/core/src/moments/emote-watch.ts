import type { NameTable } from "../counting/name-table.js";
import type { StreamSlice } from "../counting/stream-slice.js";
import { EpisodeTracker, type EpisodeChange, type EpisodeSnapshot } from "./episode.js";
import { NOTHING, severityOfRatio, type Finding, type JudgedSlice, type Watch } from "./watch.js";

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
  readonly #recentSlices: number;
  readonly #names: NameTable;
  readonly #episodes = new EpisodeTracker({ ...EPISODE, direction: "up" });
  #recent: Said[] = [];
  #recentChatters = 0;
  #usualChatters = 0;
  /** Uses by the number of the emote. */
  readonly #usualUses = new Map<number, number>();
  /** The emote of the open episode, or of the last one. */
  #emote = "";

  constructor(sliceMs: number, emoteNames: NameTable) {
    this.#sliceMs = sliceMs;
    this.#recentSlices = Math.max(1, Math.round(RECENT_MS / sliceMs));
    this.#names = emoteNames;
  }

  update(judged: JudgedSlice): readonly Finding[] {
    const { index, endMs, slice, isExplained } = judged;
    if (index % Math.round(HALVED_EVERY_MS / this.#sliceMs) === 0) this.#halve();
    if (isExplained && !this.#episodes.isOpen) {
      this.#forgetRecent();
      return NOTHING;
    }
    this.#enter(slice === undefined ? SILENCE : this.#saidIn(slice));
    if (this.#recent.length > this.#recentSlices) this.#leave();
    if (this.#usualChatters < MIN_USUAL_CHATTERS) return this.#told(this.#episodes.update(endMs, undefined));
    const { isOpen } = this.#episodes;
    const id = isOpen ? this.#names.idOf(this.#emote) : this.#mostUsed();
    const count = this.#recent.reduce((sum, { uses }) => sum + usesOf(id, uses), 0);
    if (!isOpen && count < MIN_PEOPLE) return NOTHING;
    const all = this.#recentChatters;
    const share = all === 0 ? 0 : count / all;
    const usual = id === undefined ? 0 : (this.#usualUses.get(id) ?? 0) / this.#usualChatters;
    const threshold = Math.max(MIN_SHARE, RATIO * usual);
    if (!isOpen && share < threshold) return NOTHING;
    const name = isOpen || id === undefined ? this.#emote : this.#names.nameOf(id);
    const first = index + 1 - this.#recent.length + this.#firstUse(id);
    const isRaised = count >= MIN_PEOPLE && share >= threshold && isCrowd(judged, first, name);
    if (isRaised) this.#emote = name;
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
    this.forget();
    return findings;
  }

  forget(): void {
    this.#forgetRecent();
    this.#usualChatters = 0;
    for (const id of this.#usualUses.keys()) this.#names.release(id);
    this.#usualUses.clear();
  }

  /** The first of the recent slices from which on the emote is in every other one. */
  #firstUse(id: number | undefined): number {
    let first = this.#recent.length - 1;
    for (let at = first; at >= 0 && first - at <= 2; at--) {
      if (usesOf(id, this.#recent[at]?.uses ?? NO_USES) > 0) first = at;
    }
    return first;
  }

  /** A copy, whose names are held: a slice may still change. */
  #saidIn({ chatters: { count: chatters }, emotes }: StreamSlice): Said {
    if (emotes === undefined) return { chatters, uses: NO_USES };
    const uses = [...emotes.entries];
    for (let at = 0; at < uses.length; at += 2) {
      this.#names.hold(uses[at] as number);
      if ((uses[at + 1] as number) > chatters) uses[at + 1] = chatters;
    }
    return { chatters, uses };
  }

  #enter(said: Said): void {
    this.#recent.push(said);
    this.#recentChatters += said.chatters;
  }

  #leave(): void {
    const said = this.#recent.shift() ?? SILENCE;
    this.#recentChatters -= said.chatters;
    // What belongs to an episode is not the usual.
    if (!this.#episodes.isOpen) this.#remember(said);
    this.#release(said);
  }

  #release({ uses }: Said): void {
    for (let at = 0; at < uses.length; at += 2) this.#names.release(uses[at] as number);
  }

  #forgetRecent(): void {
    for (const said of this.#recent) this.#release(said);
    this.#recent = [];
    this.#recentChatters = 0;
  }

  #remember({ chatters, uses }: Said): void {
    this.#usualChatters += chatters;
    for (let at = 0; at < uses.length; at += 2) {
      const id = uses[at] as number;
      const known = this.#usualUses.get(id);
      if (known === undefined) this.#names.hold(id);
      this.#usualUses.set(id, (known ?? 0) + (uses[at + 1] as number));
    }
    if (this.#usualUses.size <= 2 * MAX_EMOTES) return;
    const byRank = [...this.#usualUses].sort(([a, m], [b, n]) => n - m || (this.#isBefore(a, b) ? -1 : 1));
    this.#usualUses.clear();
    byRank.forEach(([id, count], rank) => {
      if (rank < MAX_EMOTES) this.#usualUses.set(id, count);
      else this.#names.release(id);
    });
  }

  #halve(): void {
    this.#usualChatters >>= 1;
    for (const [id, count] of this.#usualUses) this.#usualUses.set(id, count >> 1);
  }

  /** The first in the alphabet of those used most; undefined when there is none. */
  #mostUsed(): number | undefined {
    const ids: number[] = [];
    const sums: number[] = [];
    this.#names.beginSum();
    let best = 0;
    for (const { uses } of this.#recent) {
      for (let at = 0; at < uses.length; at += 2) {
        const place = this.#names.placeInSum(uses[at] as number, ids.length);
        if (place === ids.length) ids.push(uses[at] as number);
        const sum = (sums[place] ?? 0) + (uses[at + 1] as number);
        sums[place] = sum;
        const more = sum - (sums[best] as number);
        if (more > 0 || (more === 0 && this.#isBefore(ids[place] as number, ids[best] as number))) best = place;
      }
    }
    return ids[best];
  }

  #isBefore(id: number, other: number): boolean {
    return this.#names.nameOf(id) < this.#names.nameOf(other);
  }

  #told(change: EpisodeChange | undefined): readonly Finding[] {
    if (change === undefined) return NOTHING;
    const { peak, usual } = change.episode;
    const percent = (share: number) => `${Math.round(100 * Math.min(1, share))} %`;
    const description = `${this.#emote} all over the chat: ${percent(peak)} of the chatters, ${percent(usual)} usually.`;
    const severity = severityOfRatio(1 + 8 * Math.min(1, peak));
    return [
      { ...change, type: "emote_burst", metric: "emote_share", severity, description, details: { emote: this.#emote } },
    ];
  }

  snapshot(): EmoteSnapshot {
    const named = ([id, uses]: readonly [number, number]) => [this.#names.nameOf(id), uses] as const;
    return {
      recent: this.#recent.map(({ chatters, uses }) => [chatters, pairsIn(uses).map(named)]),
      usual: [this.#usualChatters, [...this.#usualUses].map(named)],
      emote: this.#emote,
      episode: this.#episodes.snapshot(),
    };
  }

  restore({ recent, usual, emote, episode }: EmoteSnapshot): void {
    this.forget();
    const numbered = ([name, uses]: readonly [string, number]) => [this.#names.take(name), uses] as const;
    for (const [chatters, uses] of recent) this.#enter({ chatters, uses: uses.flatMap(numbered) });
    this.#usualChatters = usual[0];
    for (const [id, uses] of usual[1].map(numbered)) this.#usualUses.set(id, uses);
    this.#emote = emote;
    this.#episodes.restore(episode);
  }
}

/** How many chatted in a slice, and numbers of emotes, each with its uses behind it: at most once per chatter. */
interface Said {
  readonly chatters: number;
  readonly uses: readonly number[];
}

const NO_USES: readonly number[] = [];
const SILENCE: Said = { chatters: 0, uses: NO_USES };

type NamedUses = readonly (readonly [name: string, uses: number])[];

export interface EmoteSnapshot {
  readonly recent: readonly (readonly [chatters: number, uses: NamedUses])[];
  readonly usual: readonly [chatters: number, uses: NamedUses];
  readonly emote: string;
  readonly episode: EpisodeSnapshot;
}

function usesOf(id: number | undefined, uses: readonly number[]): number {
  for (let at = 0; at < uses.length; at += 2) if (uses[at] === id) return uses[at + 1] as number;
  return 0;
}

function pairsIn(uses: readonly number[]): (readonly [id: number, uses: number])[] {
  const pairs: (readonly [number, number])[] = [];
  for (let at = 0; at < uses.length; at += 2) pairs.push([uses[at] as number, uses[at + 1] as number]);
  return pairs;
}

function isCrowd({ samples }: JudgedSlice, fromIndex: number, emote: string): boolean {
  const users = samples(fromIndex).flatMap(({ user, emotes }) => (emotes.includes(emote) ? user : []));
  return new Set(users).size >= MIN_PEOPLE;
}
