import { EpisodeTracker, type EpisodeChange, type EpisodeSnapshot } from "./episode.js";
import { severityOfRatio, type Finding, type JudgedSlice, type Watch } from "./watch.js";

/** Judged over this long. */
const RECENT_MS = 10_000;
/** How fast the usual share of an emote forgets. */
const HALF_LIFE_MS = 600_000;
const MIN_USUAL_CHATTERS = 60;
/** A burst: one emote from this many people at least, in this share of what people say, and so much above its usual share. */
const MIN_USES = 10;
const MIN_SHARE = 0.3;
const RATIO = 4;
const GOES_ON_SHARE = 0.2;
/** Emotes whose usual is remembered. */
const MAX_EMOTES = 64;

/**
 * Finds when the whole chat falls for one emote. Per slice an emote counts at most once per chatter there was, so one
 * person's wall of emotes does not make a burst.
 */
export class EmoteWatch implements Watch {
  readonly input = "chat";
  readonly #sliceMs: number;
  readonly #forget: number;
  readonly #episodes = new EpisodeTracker({ quietMs: 10_000, cooldownMs: 30_000, maxMs: 120_000, direction: "up" });
  #recent: Slice[] = [];
  #usualChatters = 0;
  #usualUses = new Map<string, number>();
  #emote = "";

  constructor(sliceMs: number) {
    this.#sliceMs = sliceMs;
    this.#forget = 0.5 ** (sliceMs / HALF_LIFE_MS);
  }

  update({ endMs, slice }: JudgedSlice): readonly Finding[] {
    const chatters = slice?.chatters.count() ?? 0;
    const uses = [...(slice?.emotes ?? [])].map(([name, { count }]) => [name, Math.min(count, chatters)] as const);
    this.#recent.push({ chatters, uses });
    if (this.#recent.length > Math.max(1, Math.round(RECENT_MS / this.#sliceMs))) this.#remember(this.#recent.shift());
    if (this.#usualChatters < MIN_USUAL_CHATTERS) return this.#told(this.#episodes.update(endMs, undefined));
    const all = this.#recent.reduce((sum, one) => sum + one.chatters, 0);
    const [name, count] = this.#episodes.isOpen ? [this.#emote, this.#usesOf(this.#emote)] : this.#leader();
    const share = all === 0 ? 0 : count / all;
    const usual = (this.#usualUses.get(name) ?? 0) / this.#usualChatters;
    const threshold = Math.max(MIN_SHARE, RATIO * usual);
    const isRaised = count >= MIN_USES && share >= threshold;
    if (isRaised && !this.#episodes.isOpen) this.#emote = name;
    const variance = Math.max(usual, 1 / this.#usualChatters) / Math.max(1, all);
    const change = this.#episodes.update(endMs, {
      isRaised,
      isActive: share >= GOES_ON_SHARE,
      onsetMs: endMs - (this.#recent.length - this.#firstUse(name)) * this.#sliceMs,
      value: share,
      usual,
      threshold,
      zScore: (share - usual) / Math.sqrt(variance),
    });
    return this.#told(change);
  }

  end(atMs: number): readonly Finding[] {
    const findings = this.#told(this.#episodes.close(atMs));
    this.#recent = [];
    this.#usualChatters = 0;
    this.#usualUses.clear();
    return findings;
  }

  #usesOf(name: string): number {
    return this.#recent.reduce((sum, { uses }) => sum + (uses.find(([other]) => other === name)?.[1] ?? 0), 0);
  }

  #leader(): [name: string, uses: number] {
    const counts = new Map<string, number>();
    for (const { uses } of this.#recent)
      for (const [name, count] of uses) counts.set(name, (counts.get(name) ?? 0) + count);
    return [...counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1))[0] ?? ["", 0];
  }

  #firstUse(name: string): number {
    return Math.max(
      0,
      this.#recent.findIndex(({ uses }) => uses.some(([other]) => other === name)),
    );
  }

  /** What belongs to an episode is not the usual. */
  #remember(slice: Slice | undefined): void {
    if (slice === undefined || this.#episodes.isOpen) return;
    this.#usualChatters = this.#usualChatters * this.#forget + slice.chatters;
    for (const [name, uses] of this.#usualUses) this.#usualUses.set(name, uses * this.#forget);
    for (const [name, uses] of slice.uses) this.#usualUses.set(name, (this.#usualUses.get(name) ?? 0) + uses);
    if (this.#usualUses.size <= 2 * MAX_EMOTES) return;
    const kept = [...this.#usualUses].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1)).slice(0, MAX_EMOTES);
    this.#usualUses = new Map(kept);
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
      recent: this.#recent,
      usual: [this.#usualChatters, [...this.#usualUses]],
      emote: this.#emote,
      episode: this.#episodes.snapshot(),
    };
  }

  restore({ recent, usual, emote, episode }: EmoteSnapshot): void {
    this.#recent = [...recent];
    this.#usualChatters = usual[0];
    this.#usualUses = new Map(usual[1]);
    this.#emote = emote;
    this.#episodes.restore(episode);
  }
}

interface Slice {
  readonly chatters: number;
  readonly uses: readonly (readonly [name: string, uses: number])[];
}

export interface EmoteSnapshot {
  readonly recent: readonly Slice[];
  readonly usual: readonly [chatters: number, uses: readonly (readonly [string, number])[]];
  readonly emote: string;
  readonly episode: EpisodeSnapshot;
}
