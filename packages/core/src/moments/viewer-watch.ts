import { EpisodeTracker, type EpisodeChange, type EpisodeSnapshot } from "./episode.js";
import { severityOfRatio, type Finding, type JudgedSlice, type Watch } from "./watch.js";

/** Viewer counts remembered: five minutes at one every 15 s. */
const SAMPLES = 20;
const MIN_SAMPLES = 4;
/** A spike or a drop is this multiple of the usual count, and this many viewers more or fewer. */
const SPIKE_RATIO = 1.3;
const DROP_RATIO = 0.7;
const GOES_ON = 0.5;
const MIN_VIEWERS = 20;
const EPISODE = { quietMs: 60_000, cooldownMs: 60_000, maxMs: 600_000 };

/** Finds when the number of viewers jumps or falls, against the median of the last five minutes' counts. */
export class ViewerWatch implements Watch {
  readonly #spike = new EpisodeTracker({ ...EPISODE, direction: "up" });
  readonly #drop = new EpisodeTracker({ ...EPISODE, direction: "down" });
  #counts: number[] = [];

  update({ startMs, endMs, slice, isExplained }: JudgedSlice): readonly Finding[] {
    // After a raid it is news to nobody that there are more viewers; what is usual now is learned anew.
    if (isExplained && !this.#spike.isOpen) this.#counts = [];
    if (slice?.viewers === undefined) {
      return this.#told(this.#spike.update(endMs, undefined), this.#drop.update(endMs, undefined));
    }
    const value = slice.viewers.newest;
    const sorted = this.#counts.toSorted((a, b) => a - b);
    const usual = sorted[sorted.length >> 1] ?? 0;
    const isKnown = sorted.length >= MIN_SAMPLES;
    const rise = Math.max(usual * (SPIKE_RATIO - 1), MIN_VIEWERS);
    const fall = Math.max(usual * (1 - DROP_RATIO), MIN_VIEWERS);
    const shared = { onsetMs: startMs, value, usual, zScore: null };
    const findings = this.#told(
      this.#spike.update(endMs, {
        ...shared,
        isRaised: isKnown && value >= usual + rise,
        isActive: value >= usual + GOES_ON * rise,
        threshold: usual + rise,
      }),
      this.#drop.update(endMs, {
        ...shared,
        isRaised: isKnown && value <= usual - fall,
        isActive: value <= usual - GOES_ON * fall,
        threshold: usual - fall,
      }),
    );
    this.#counts.push(value);
    if (this.#counts.length > SAMPLES) this.#counts.shift();
    return findings;
  }

  end(atMs: number): readonly Finding[] {
    this.#counts = [];
    return this.#told(this.#spike.close(atMs), this.#drop.close(atMs));
  }

  #told(spike: EpisodeChange | undefined, drop: EpisodeChange | undefined): Finding[] {
    const findings: Finding[] = [];
    if (spike !== undefined) {
      const { peak, usual } = spike.episode;
      const description = `Viewers rose from ${usual} to ${peak}.`;
      // A third more viewers is for viewers what three times the messages is for chat.
      const severity = severityOfRatio(1 + 6 * (peak / Math.max(1, usual) - 1));
      findings.push({ ...spike, type: "viewer_spike", metric: "viewer_count", severity, description });
    }
    if (drop !== undefined) {
      const { peak, usual } = drop.episode;
      const severity = 1 - peak / Math.max(1, usual);
      const description = `Viewers fell from ${usual} to ${peak}.`;
      findings.push({ ...drop, type: "viewer_drop", metric: "viewer_count", severity, description });
    }
    return findings;
  }

  snapshot(): ViewerSnapshot {
    return { counts: [...this.#counts], episodes: [this.#spike.snapshot(), this.#drop.snapshot()] };
  }

  restore({ counts, episodes }: ViewerSnapshot): void {
    this.#counts = [...counts];
    this.#spike.restore(episodes[0]);
    this.#drop.restore(episodes[1]);
  }
}

export interface ViewerSnapshot {
  readonly counts: readonly number[];
  readonly episodes: readonly [EpisodeSnapshot, EpisodeSnapshot];
}
