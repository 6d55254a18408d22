/**
 * Finds the episodes in which a chat suddenly runs much faster than it did, from the number of messages in each
 * closed slice. A pure state machine: counts in, openings, growth and closings out.
 *
 * The rate is judged over the last few slices against the slices before them, which do not overlap (rule W9). The
 * scale is the larger of what was seen, of what counting noise makes (√mean) and of a floor, so that a near-silent
 * chat does not turn three messages into an event.
 */

export interface ChatSpikeOptions {
  /** Slices judged together. Default 3 (6 s). */
  readonly judgedSlices: number;
  /** Past slices that make the baseline. Default 300 (10 min). */
  readonly baselineSlices: number;
  /** Slices needed before anything is judged. Default 30 (1 min). */
  readonly minSamples: number;
  /** z-score at which an episode opens. */
  readonly raiseAt: number;
  /** z-score below which an episode may close. */
  readonly clearAt: number;
  /** Slices below `clearAt` that close an episode. */
  readonly clearSlices: number;
  /** Slices after an episode in which no other opens. */
  readonly cooldownSlices: number;
  /** Least messages above the baseline, over the judged slices. */
  readonly minExcess: number;
  /** Least multiple of the baseline. */
  readonly minRatio: number;
  /** An episode longer than this many slices is the new normal and closes. */
  readonly maxSlices: number;
}

export const CHAT_SPIKE_DEFAULTS: ChatSpikeOptions = Object.freeze({
  judgedSlices: 3,
  baselineSlices: 300,
  minSamples: 30,
  raiseAt: 5,
  clearAt: 1.5,
  clearSlices: 5,
  cooldownSlices: 15,
  minExcess: 8,
  minRatio: 2,
  maxSlices: 150,
});

export interface SpikeEpisode {
  /** Index of the slice in which it began, of its busiest moment, and of the last one counted in. */
  onset: number;
  peak: number;
  end: number;
  /** Messages in the judged slices at the peak. */
  peakCount: number;
  zScore: number;
  /** Expected messages in as many slices, and the count at which the episode opens. */
  baseline: number;
  threshold: number;
  quietSlices: number;
  /** Peak at the last report. */
  reportedCount: number;
}

interface Judgement {
  /** Messages in the judged slices, how many were to be expected, and the scale of the difference. */
  readonly total: number;
  readonly expected: number;
  readonly deviation: number;
  readonly zScore: number;
}

export type SpikeChange = { readonly phase: "opened" | "updated" | "closed"; readonly episode: Readonly<SpikeEpisode> };

/** A peak this much higher than the last report is worth another. */
const GROWTH = 1.25;

export class ChatSpikeDetector {
  readonly #options: ChatSpikeOptions;
  /** Counts of the slices that are no longer judged and may be compared with, oldest first. */
  #past: number[] = [];
  /** Counts of the judged slices, oldest first. */
  #judged: number[] = [];
  #episode: SpikeEpisode | undefined;
  #cooldown = 0;

  constructor(options: Partial<ChatSpikeOptions> = {}) {
    this.#options = { ...CHAT_SPIKE_DEFAULTS, ...options };
  }

  get episode(): Readonly<SpikeEpisode> | undefined {
    return this.#episode;
  }

  /** Takes the count of the next closed slice. `index` numbers slices without gaps. */
  update(index: number, count: number): SpikeChange | undefined {
    const { judgedSlices } = this.#options;
    this.#judged.push(count);
    if (this.#judged.length > judgedSlices) this.#remember(this.#judged.shift() ?? 0);
    if (this.#cooldown > 0) this.#cooldown -= 1;
    if (this.#past.length < this.#options.minSamples) return undefined;
    const judgement = this.#judge();
    return this.#episode === undefined ? this.#open(index, judgement) : this.#follow(this.#episode, index, judgement);
  }

  /** Ends the episode in hand and forgets the past: the stream stopped. */
  reset(index: number): SpikeChange | undefined {
    const episode = this.#episode;
    this.#past = [];
    this.#judged = [];
    this.#episode = undefined;
    this.#cooldown = 0;
    return episode === undefined
      ? undefined
      : { phase: "closed", episode: { ...episode, end: Math.min(episode.end, index) } };
  }

  /** Slices of an episode do not become the usual, or a long one would raise its own bar. */
  #remember(count: number): void {
    if (this.#episode !== undefined) return;
    this.#past.push(count);
    if (this.#past.length > this.#options.baselineSlices) this.#past.shift();
  }

  #judge(): Judgement {
    const total = this.#judged.reduce((sum, count) => sum + count, 0);
    const sum = this.#past.reduce((all, count) => all + count, 0);
    const squares = this.#past.reduce((all, count) => all + count * count, 0);
    const samples = this.#past.length;
    const mean = sum / samples;
    const variance = Math.max(0, (squares - sum * mean) / Math.max(1, samples - 1));
    const slices = this.#judged.length;
    const expected = mean * slices;
    const deviation = Math.max(1, Math.sqrt(expected), Math.sqrt(variance * slices));
    return { total, expected, deviation, zScore: (total - expected) / deviation };
  }

  #open(index: number, { total, expected, deviation, zScore }: Judgement): SpikeChange | undefined {
    const { raiseAt, minExcess, minRatio } = this.#options;
    const threshold = Math.max(expected + raiseAt * deviation, expected + minExcess, expected * minRatio);
    if (this.#cooldown > 0 || total < threshold) return undefined;
    this.#episode = {
      onset: this.#onset(index, expected / this.#judged.length, deviation / Math.sqrt(this.#judged.length)),
      peak: index,
      end: index,
      peakCount: total,
      zScore,
      baseline: expected,
      threshold,
      quietSlices: 0,
      reportedCount: total,
    };
    return { phase: "opened", episode: { ...this.#episode } };
  }

  /** The first of the judged slices that stands out by itself: the alarm comes later than the beginning. */
  #onset(index: number, expected: number, deviation: number): number {
    const first = this.#judged.findIndex((count) => count > expected + deviation);
    return index - (this.#judged.length - 1) + Math.max(0, first);
  }

  #follow(episode: SpikeEpisode, index: number, { total }: Judgement): SpikeChange | undefined {
    const { clearAt, clearSlices, cooldownSlices, raiseAt, maxSlices } = this.#options;
    const deviation = Math.max(1, (episode.threshold - episode.baseline) / raiseAt);
    if (total > episode.peakCount) {
      episode.peakCount = total;
      episode.peak = index;
      episode.zScore = (total - episode.baseline) / deviation;
    }
    if (total < episode.baseline + clearAt * deviation) {
      episode.quietSlices += 1;
    } else {
      episode.quietSlices = 0;
      episode.end = index;
    }
    if (episode.quietSlices >= clearSlices || index - episode.onset >= maxSlices) {
      this.#episode = undefined;
      this.#cooldown = cooldownSlices;
      // A new normal is learned from nothing: what came before it says nothing about it.
      if (index - episode.onset >= maxSlices) this.#past = [];
      return { phase: "closed", episode: { ...episode } };
    }
    if (total >= episode.reportedCount * GROWTH) {
      episode.reportedCount = total;
      return { phase: "updated", episode: { ...episode } };
    }
    return undefined;
  }

  snapshot(): ChatSpikeSnapshot {
    return {
      past: [...this.#past],
      judged: [...this.#judged],
      episode: this.#episode === undefined ? null : { ...this.#episode },
      cooldown: this.#cooldown,
    };
  }

  restore(snapshot: ChatSpikeSnapshot): void {
    this.#past = [...snapshot.past];
    this.#judged = [...snapshot.judged];
    this.#episode = snapshot.episode === null ? undefined : { ...snapshot.episode };
    this.#cooldown = snapshot.cooldown;
  }
}

export interface ChatSpikeSnapshot {
  readonly past: readonly number[];
  readonly judged: readonly number[];
  readonly episode: SpikeEpisode | null;
  readonly cooldown: number;
}
