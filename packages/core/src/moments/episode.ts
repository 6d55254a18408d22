import type { MomentPhase } from "../records/moment.js";

/** How one judged slice looks to the episode of one moment type. */
export interface Judgement {
  /** May open an episode. */
  readonly isRaised: boolean;
  /** Keeps an open one going; easier to meet than `isRaised` (hysteresis). */
  readonly isActive: boolean;
  /** Event time at which it began, as far as can be told now. */
  readonly onsetMs: number;
  /** The metric, what is usual, and the value at which an episode opens. */
  readonly value: number;
  readonly usual: number;
  readonly threshold: number;
  readonly zScore: number | null;
}

export interface Episode {
  onsetMs: number;
  detectedMs: number;
  peakMs: number;
  lastActiveMs: number;
  peak: number;
  usual: number;
  threshold: number;
  zScore: number | null;
  /** The peak that was told last. */
  toldPeak: number;
  toldMs: number;
}

export interface EpisodeChange {
  readonly phase: MomentPhase;
  readonly episode: Readonly<Episode>;
}

export interface EpisodeOptions {
  /** Event time without activity that ends an episode. */
  readonly quietMs: number;
  /** Event time after an episode in which no other opens. */
  readonly cooldownMs: number;
  /** An episode that lasts longer is the new normal and closes. */
  readonly maxMs: number;
  /** Whether more of the metric is more of the moment (a spike) or less (a drop). */
  readonly direction: "up" | "down";
}

/** A peak this much further than the last one told is worth telling, at most once in this time. */
const GROWTH = 1.25;
const TELL_EVERY_MS = 4_000;

/**
 * One moment type's episodes: raised above one line, kept up above a lower one, closed after quiet, then a pause. A pure
 * state machine over judged slices.
 */
export class EpisodeTracker {
  readonly #options: EpisodeOptions;
  #episode: Episode | undefined;
  #openFromMs = -Infinity;

  constructor(options: EpisodeOptions) {
    this.#options = options;
  }

  get isOpen(): boolean {
    return this.#episode !== undefined;
  }

  /** True while an episode is open and until its cool-down is over. */
  isBusy(atMs: number): boolean {
    return this.isOpen || atMs < this.#openFromMs;
  }

  /** @param endMs end of the judged slice */
  update(endMs: number, judgement: Judgement | undefined): EpisodeChange | undefined {
    const episode = this.#episode;
    if (episode === undefined) return judgement?.isRaised === true ? this.#open(endMs, judgement) : undefined;
    if (judgement?.isActive === true) {
      episode.lastActiveMs = endMs;
      if (this.#isFurther(judgement.value, episode.peak)) this.#rise(episode, endMs, judgement);
    }
    const isOver = endMs - episode.lastActiveMs >= this.#options.quietMs;
    if (isOver || endMs - episode.onsetMs >= this.#options.maxMs) return this.close(episode.lastActiveMs);
    const isGrown = this.#options.direction === "up" && episode.peak >= episode.toldPeak * GROWTH;
    if (!isGrown || endMs - episode.toldMs < TELL_EVERY_MS) return undefined;
    episode.toldPeak = episode.peak;
    episode.toldMs = endMs;
    return { phase: "updated", episode: { ...episode } };
  }

  /** Ends the open episode, if there is one. */
  close(atMs: number): EpisodeChange | undefined {
    const episode = this.#episode;
    if (episode === undefined) return undefined;
    this.#episode = undefined;
    episode.lastActiveMs = Math.min(episode.lastActiveMs, atMs);
    this.#openFromMs = episode.lastActiveMs + this.#options.cooldownMs;
    return { phase: "closed", episode };
  }

  #open(endMs: number, { onsetMs, value, usual, threshold, zScore }: Judgement): EpisodeChange | undefined {
    if (endMs < this.#openFromMs) return undefined;
    this.#episode = {
      // It may have begun in the cool-down, but not in the episode before.
      onsetMs: Math.max(onsetMs, this.#openFromMs - this.#options.cooldownMs),
      detectedMs: endMs,
      peakMs: endMs,
      lastActiveMs: endMs,
      peak: value,
      usual,
      threshold,
      zScore,
      toldPeak: value,
      toldMs: endMs,
    };
    return { phase: "opened", episode: { ...this.#episode } };
  }

  #rise(episode: Episode, endMs: number, { value, zScore }: Judgement): void {
    episode.peak = value;
    episode.peakMs = endMs;
    episode.zScore = zScore;
  }

  #isFurther(value: number, than: number): boolean {
    return this.#options.direction === "up" ? value > than : value < than;
  }

  snapshot(): EpisodeSnapshot {
    return {
      episode: this.#episode === undefined ? null : { ...this.#episode },
      openFromMs: Number.isFinite(this.#openFromMs) ? this.#openFromMs : null,
    };
  }

  restore({ episode, openFromMs }: EpisodeSnapshot): void {
    this.#episode = episode === null ? undefined : { ...episode };
    this.#openFromMs = openFromMs ?? -Infinity;
  }
}

export interface EpisodeSnapshot {
  readonly episode: Episode | null;
  readonly openFromMs: number | null;
}
