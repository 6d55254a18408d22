import { SCORE_SCALE } from "../counting/stream-slice.js";
import { EpisodeTracker, type EpisodeChange, type EpisodeSnapshot } from "./episode.js";
import { NOTHING, type Finding, type JudgedSlice, type Watch } from "./watch.js";

/** Judged over this long. */
const RECENT_MS = 20_000;
/** The usual is halved this often: it speaks of the last ten minutes or so, in whole numbers. */
const HALVED_EVERY_MS = 300_000;
const MIN_USUAL_MESSAGES = 60;
/** A mood is many people's: since it turned, so many of them, and at least half as many as there are messages. */
const MIN_RECENT_MESSAGES = 15;
const MIN_PEOPLE = 10;
/** Standard deviation of one message's compound score, as seen in recorded chats. */
const MESSAGE_DEVIATION = 0.4;
/** A shift is this far in compound score, and this many standard errors. */
const MIN_SHIFT = 0.35;
const RAISE_AT = 5;
const GOES_ON = 0.5;

type Mood = readonly [messages: number, scores: number];

/** Finds when the mood of the chat turns: the mean score of twenty seconds against the minutes before. */
export class SentimentWatch implements Watch {
  readonly #sliceMs: number;
  readonly #episodes = new EpisodeTracker({ quietMs: 20_000, cooldownMs: 60_000, maxMs: 300_000, direction: "up" });
  #recent: Mood[] = [];
  /** Sums over the recent ones. */
  #recentCount = 0;
  #recentSum = 0;
  #usualCount = 0;
  #usualSum = 0;
  /** −1 or 1: which way the open episode turned. */
  #sign = 1;

  constructor(sliceMs: number) {
    this.#sliceMs = sliceMs;
  }

  update({ index, endMs, slice, people, isExplained }: JudgedSlice): readonly Finding[] {
    if (index % Math.round(HALVED_EVERY_MS / this.#sliceMs) === 0) this.#halve();
    if (isExplained && !this.#episodes.isOpen) {
      this.#forgetRecent();
      return NOTHING;
    }
    this.#enter([slice?.scoredCount ?? 0, slice?.scoreSum ?? 0]);
    if (this.#recent.length > RECENT_MS / this.#sliceMs) this.#leave();
    const [count, usualCount] = [this.#recentCount, this.#usualCount];
    if (usualCount < MIN_USUAL_MESSAGES || count === 0) return this.#told(this.#episodes.update(endMs, undefined));
    const usual = this.#usualSum / usualCount / SCORE_SCALE;
    const mean = this.#recentSum / count / SCORE_SCALE;
    const shift = mean - usual;
    const zScore = shift / (MESSAGE_DEVIATION * Math.sqrt(1 / count + 1 / usualCount));
    const isShifted =
      !this.#episodes.isOpen &&
      count >= MIN_RECENT_MESSAGES &&
      Math.abs(shift) >= MIN_SHIFT &&
      Math.abs(zScore) >= RAISE_AT;
    if (!isShifted && !this.#episodes.isOpen) return NOTHING;
    if (isShifted) this.#sign = Math.sign(shift);
    // Only what may open an episode needs an onset.
    const first = isShifted ? this.#firstTurned(usual) : 0;
    const fromIndex = index + 1 - this.#recent.length + first;
    const isRaised = isShifted && people(fromIndex) >= Math.max(MIN_PEOPLE, this.#messagesFrom(first) / 2);
    const change = this.#episodes.update(endMs, {
      isRaised,
      isActive: shift * this.#sign >= GOES_ON * MIN_SHIFT,
      onsetMs: fromIndex * this.#sliceMs,
      value: shift * this.#sign,
      usual,
      threshold: MIN_SHIFT,
      zScore,
    });
    return this.#told(change);
  }

  end(atMs: number): readonly Finding[] {
    const findings = this.#told(this.#episodes.close(atMs));
    this.#forgetRecent();
    this.#usualCount = 0;
    this.#usualSum = 0;
    return findings;
  }

  #enter(mood: Mood): void {
    this.#recent.push(mood);
    this.#recentCount += mood[0];
    this.#recentSum += mood[1];
  }

  #leave(): void {
    const [count, sum] = this.#recent.shift() ?? [0, 0];
    this.#recentCount -= count;
    this.#recentSum -= sum;
    // What belongs to an episode is not the usual.
    if (this.#episodes.isOpen) return;
    this.#usualCount += count;
    this.#usualSum += sum;
  }

  #forgetRecent(): void {
    this.#recent = [];
    this.#recentCount = 0;
    this.#recentSum = 0;
  }

  #halve(): void {
    this.#usualCount >>= 1;
    this.#usualSum = Math.trunc(this.#usualSum / 2);
  }

  #messagesFrom(first: number): number {
    return this.#recent.slice(first).reduce((sum, [count]) => sum + count, 0);
  }

  /** The first of the recent slices whose mood is beyond half the shift. */
  #firstTurned(usual: number): number {
    const first = this.#recent.findIndex(
      ([count, sum]) => count > 0 && (sum / count / SCORE_SCALE - usual) * this.#sign >= GOES_ON * MIN_SHIFT,
    );
    return Math.max(0, first);
  }

  #told(change: EpisodeChange | undefined): readonly Finding[] {
    if (change === undefined) return NOTHING;
    const { peak, usual, threshold } = change.episode;
    const level = usual + this.#sign * peak;
    const description = `The mood turned ${this.#sign > 0 ? "brighter" : "darker"}: ${level.toFixed(2)} instead of the usual ${usual.toFixed(2)}.`;
    const episode = { ...change.episode, peak: level, threshold: usual + this.#sign * threshold };
    return [
      {
        phase: change.phase,
        episode,
        type: "sentiment_shift",
        metric: "sentiment_score",
        severity: Math.min(1, peak),
        description,
      },
    ];
  }

  snapshot(): SentimentSnapshot {
    return {
      recent: this.#recent.map(([count, sum]) => [count, sum]),
      usual: [this.#usualCount, this.#usualSum],
      sign: this.#sign,
      episode: this.#episodes.snapshot(),
    };
  }

  restore(snapshot: SentimentSnapshot): void {
    this.#forgetRecent();
    for (const [count, sum] of snapshot.recent) this.#enter([count, sum]);
    [this.#usualCount, this.#usualSum] = snapshot.usual;
    this.#sign = snapshot.sign;
    this.#episodes.restore(snapshot.episode);
  }
}

export interface SentimentSnapshot {
  readonly recent: readonly (readonly [number, number])[];
  readonly usual: readonly [number, number];
  readonly sign: number;
  readonly episode: EpisodeSnapshot;
}
