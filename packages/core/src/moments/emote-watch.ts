import type { NameTable } from "../counting/name-table.js";
import { RecentEmotes, UsualEmotes, type NamedSaid, type Said } from "./emote-memory.js";
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
/** Emotes whose usual is remembered. */
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
  readonly #recent: RecentEmotes;
  readonly #usual: UsualEmotes;
  /** The emote of the open episode, or of the last one. */
  #emote = "";

  constructor(sliceMs: number, emoteNames: NameTable) {
    this.#sliceMs = sliceMs;
    this.#recentSlices = Math.max(1, Math.round(RECENT_MS / sliceMs));
    this.#names = emoteNames;
    this.#recent = new RecentEmotes(emoteNames);
    this.#usual = new UsualEmotes(emoteNames, MAX_EMOTES);
  }

  update(judged: JudgedSlice): readonly Finding[] {
    const { index, endMs, slice, isExplained } = judged;
    const { isOpen } = this.#episodes;
    if (index % Math.round(HALVED_EVERY_MS / this.#sliceMs) === 0) this.#usual.halve();
    if (isExplained && !isOpen) {
      this.#recent.forget();
      return NOTHING;
    }
    this.#recent.enter(slice);
    if (this.#recent.length > this.#recentSlices) this.#recent.leave(this.#learn);
    if (this.#usual.chatters < MIN_USUAL_CHATTERS) return this.#told(this.#episodes.update(endMs, undefined));
    const id = isOpen ? this.#names.idOf(this.#emote) : this.#recent.mostUsed();
    const count = this.#recent.usesOf(id);
    if (!isOpen && count < MIN_PEOPLE) return NOTHING;
    const all = this.#recent.chatters;
    const share = all === 0 ? 0 : count / all;
    const usual = this.#usual.shareOf(id);
    const threshold = Math.max(MIN_SHARE, RATIO * usual);
    if (!isOpen && share < threshold) return NOTHING;
    const name = isOpen || id === undefined ? this.#emote : this.#names.nameOf(id);
    const first = index + 1 - this.#recent.length + this.#recent.firstUse(id);
    const isRaised = count >= MIN_PEOPLE && share >= threshold && isCrowd(judged, first, name);
    if (isRaised) this.#emote = name;
    const variance = Math.max(usual, 1 / this.#usual.chatters) / Math.max(1, all);
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

  readonly #learn = (said: Said): void => {
    // What belongs to an episode is not the usual.
    if (!this.#episodes.isOpen) this.#usual.add(said);
  };

  explains(atMs: number): boolean {
    return this.#episodes.isBusy(atMs);
  }

  end(atMs: number): readonly Finding[] {
    const findings = this.#told(this.#episodes.close(atMs));
    this.forget();
    return findings;
  }

  forget(): void {
    this.#recent.forget();
    this.#usual.forget();
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
    return {
      recent: this.#recent.snapshot(),
      usual: this.#usual.snapshot(),
      emote: this.#emote,
      episode: this.#episodes.snapshot(),
    };
  }

  restore({ recent, usual, emote, episode }: EmoteSnapshot): void {
    this.#recent.restore(recent);
    this.#usual.restore(usual);
    this.#emote = emote;
    this.#episodes.restore(episode);
  }
}

export interface EmoteSnapshot {
  readonly recent: readonly NamedSaid[];
  readonly usual: NamedSaid;
  readonly emote: string;
  readonly episode: EpisodeSnapshot;
}

function isCrowd({ samples }: JudgedSlice, fromIndex: number, emote: string): boolean {
  const users = samples(fromIndex).flatMap(({ user, emotes }) => (emotes.includes(emote) ? user : []));
  return new Set(users).size >= MIN_PEOPLE;
}
