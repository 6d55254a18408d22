import { EpisodeTracker, type EpisodeChange, type EpisodeSnapshot, type Judgement } from "./episode.js";
import { PoissonCusum, type CusumSnapshot } from "./poisson-cusum.js";
import { UsualRate, type Usual, type UsualRateSnapshot } from "./usual-rate.js";
import { NOTHING, say, sayTimes, severityOfRatio, type Finding, type JudgedSlice, type Watch } from "./watch.js";

/**
 * A spike is looked for at four times the usual rate, a drop at a quarter of it. The sum of evidence stays where it is at
 * 2.2 times the usual, so a chat that merely got livelier never adds up to a moment.
 */
const SPIKE_RATIO = 4;
const DROP_RATIO = 0.25;
/**
 * Where counts are Poisson, at least so long lies between two false alarms (Lorden 1971), and a crowd is asked for besides.
 * Silence is asked for more: it is how a slow chat looks for half a minute anyway.
 */
const SPIKE_FALSE_ALARM_MS = 3_600_000;
const DROP_FALSE_ALARM_MS = 12 * 3_600_000;
/**
 * A chat comes in waves of many sizes. What varies from one ten seconds to the next counts against the evidence up to this
 * (variance over mean); what varies more are the moments that are looked for.
 */
const MAX_DISPERSION = 2;
/** A spike is worth a moment when it brought this many more people than the usual, and this many seconds' worth of usual chat. */
const MIN_EXCESS_PEOPLE = 6;
const MIN_EXCESS_MS = 4_000;
/** What took longer to add up did not happen suddenly. */
const MAX_RUN_MS = 40_000;
/** Nobody can tell less than this, in chatters a second, from nothing: the first word would be infinitely surprising. */
const MIN_USUAL = 0.1;
/** Silence says nothing about a chat that says little: a drop needs this many chatters a second as the usual. */
const MIN_USUAL_FOR_DROP = 0.5;
/** However fast the chat, this much silence is needed: shorter ones are hiccups of a network. */
const MIN_DROP_MS = 8_000;
/** An open episode goes on while the last ten seconds are beyond these multiples of the usual. */
const SPIKE_GOES_ON = 2;
const DROP_GOES_ON = 0.6;
const RECENT_MS = 10_000;
/** The rate that is told, and how fast it runs now when its onset is looked for, are taken over this long. */
const RATE_MS = 6_000;
const NOW_MS = 4_000;
/** The usual: five minutes in bins of ten seconds. Ten minutes were too slow for chats that calm down; see the bench. */
const BIN_MS = 10_000;
const USUAL_BINS = 30;
const MIN_BINS = 5;
const WAITING_BINS = 2;

const EPISODE = { quietMs: 8_000, cooldownMs: 20_000, maxMs: 300_000 };

/**
 * Finds when the chat suddenly runs faster or slower than it did.
 *
 * It counts chatters per slice, not messages, and asks for as many different people: a flood by a few is no spike, while
 * the messages everybody sends still give the rate that is told. A Poisson cumulative sum finds the change with the least
 * delay and estimates its onset; the usual is a median over five minutes without the episode itself.
 */
export class ChatRateWatch implements Watch {
  readonly #sliceMs: number;
  readonly #usualChatters: UsualRate;
  readonly #usualMessages: UsualRate;
  readonly #rise: PoissonCusum;
  readonly #fall: PoissonCusum;
  readonly #spike = new EpisodeTracker({ ...EPISODE, direction: "up" });
  readonly #drop = new EpisodeTracker({ ...EPISODE, direction: "down" });
  /** Chatters and messages of the newest slices, as many as a run of evidence may hold. */
  #chatters: number[] = [];
  #messages: number[] = [];

  constructor(sliceMs: number) {
    this.#sliceMs = sliceMs;
    const bins = {
      sliceCount: Math.max(1, Math.round(BIN_MS / sliceMs)),
      maxBins: USUAL_BINS,
      minBins: MIN_BINS,
      waitingBins: WAITING_BINS,
      maxDispersion: MAX_DISPERSION,
    };
    this.#rise = new PoissonCusum({ ratio: SPIKE_RATIO, threshold: Math.log(SPIKE_FALSE_ALARM_MS / sliceMs) });
    this.#fall = new PoissonCusum({ ratio: DROP_RATIO, threshold: Math.log(DROP_FALSE_ALARM_MS / sliceMs) });
    this.#usualChatters = new UsualRate(bins);
    this.#usualMessages = new UsualRate(bins);
  }

  /** While a spike may be coming, and while one or a silence goes on or has only just ended. */
  explains(atMs: number): boolean {
    return this.#rise.isRising || this.#spike.isBusy(atMs) || this.#drop.isBusy(atMs);
  }

  update(judged: JudgedSlice): readonly Finding[] {
    const { slice } = judged;
    const chatters = slice?.chatters.count ?? 0;
    const messages = slice?.chatCount ?? 0;
    this.#chatters.push(chatters);
    this.#messages.push(messages);
    if (this.#chatters.length > this.#slicesIn(MAX_RUN_MS)) {
      this.#chatters.shift();
      this.#messages.shift();
    }
    const usual = this.#usualChatters.usual;
    const findings = usual === undefined ? NOTHING : this.#judge(judged, chatters, usual);
    const isEpisode = this.#spike.isOpen || this.#drop.isOpen;
    this.#usualChatters.add(chatters, isEpisode);
    this.#usualMessages.add(messages, isEpisode);
    return findings;
  }

  end(atMs: number): readonly Finding[] {
    const findings = this.#told(this.#spike.close(atMs), this.#drop.close(atMs));
    this.#rise.reset();
    this.#fall.reset();
    this.#forgetUsual();
    this.#chatters = [];
    this.#messages = [];
    return findings;
  }

  #judge(judged: JudgedSlice, chatters: number, usual: Usual): readonly Finding[] {
    const { index, endMs } = judged;
    const mean = Math.max(usual.mean, MIN_USUAL * (this.#sliceMs / 1000));
    this.#addEvidence(this.#rise, index, chatters, mean, usual.dispersion);
    this.#addEvidence(this.#fall, index, chatters, mean, usual.dispersion);
    const isSpike = this.#rise.isRaised && !this.#spike.isOpen && this.#isCrowd(judged, mean);
    const isDrop =
      this.#fall.isRaised &&
      !this.#drop.isOpen &&
      (index + 1 - (this.#fall.since ?? index)) * this.#sliceMs >= MIN_DROP_MS &&
      mean >= MIN_USUAL_FOR_DROP * (this.#sliceMs / 1000);
    if (!isSpike && !isDrop && !this.#spike.isOpen && !this.#drop.isOpen) return NOTHING;
    const recent = this.#meanChatters(RECENT_MS);
    const shared = this.#judgementOf(usual);
    // Only what may open an episode needs an onset.
    const spikeRatio = Math.max(this.#meanChatters(NOW_MS) / mean, SPIKE_RATIO);
    const spike = this.#spike.update(endMs, {
      ...shared,
      isRaised: isSpike,
      isActive: recent >= SPIKE_GOES_ON * mean,
      onsetMs: isSpike ? this.#onset(index, mean, spikeRatio) * this.#sliceMs : endMs,
      threshold: shared.usual * SPIKE_RATIO,
    });
    const drop = this.#drop.update(endMs, {
      ...shared,
      isRaised: isDrop,
      isActive: recent <= DROP_GOES_ON * mean,
      onsetMs: isDrop ? this.#onset(index, mean, DROP_RATIO) * this.#sliceMs : endMs,
      threshold: shared.usual * DROP_RATIO,
    });
    if (spike === undefined && drop === undefined) return NOTHING;
    for (const change of [spike, drop]) {
      if (change?.phase !== "closed") continue;
      this.#rise.reset();
      this.#fall.reset();
      // What lasted this long is how it is now; the past says nothing about it.
      if (change.episode.lastActiveMs - change.episode.onsetMs >= EPISODE.maxMs - 2 * EPISODE.quietMs)
        this.#forgetUsual();
    }
    return this.#told(spike, drop);
  }

  #addEvidence(sum: PoissonCusum, index: number, chatters: number, mean: number, dispersion: number): void {
    sum.update(index, chatters, mean, dispersion);
    if (!sum.isRaised && index - (sum.since ?? index) >= MAX_RUN_MS / this.#sliceMs) sum.reset();
  }

  /**
   * The slice from which on the rate of now explains the counts better than the usual does. The sum of evidence looks for
   * one rate only, and so begins too early when something stirred before.
   */
  #onset(index: number, mean: number, ratio: number): number {
    let best = { evidence: 0, slices: 1 };
    let evidence = 0;
    for (let slices = 1; slices <= this.#chatters.length; slices++) {
      evidence += (this.#chatters.at(-slices) ?? 0) * Math.log(ratio) - mean * (ratio - 1);
      if (evidence > best.evidence) best = { evidence, slices };
    }
    return index + 1 - best.slices;
  }

  /** Whether enough different people write: three who flood the chat for a minute are in every slice of it. */
  #isCrowd({ index, people }: JudgedSlice, mean: number): boolean {
    const least = Math.max(MIN_EXCESS_PEOPLE, mean * (MIN_EXCESS_MS / this.#sliceMs));
    if (this.#rise.excess < least) return false;
    const since = this.#rise.since ?? index;
    return people(since) - mean * (index + 1 - since) >= least;
  }

  #judgementOf({ mean, dispersion }: Usual): Pick<Judgement, "value" | "usual" | "zScore"> {
    const told = Math.min(this.#slicesIn(RATE_MS), this.#chatters.length);
    const perSecond = 1000 / (told * this.#sliceMs);
    const expected = mean * told;
    const seen = sumOfLast(told, this.#chatters);
    return {
      value: sumOfLast(told, this.#messages) * perSecond,
      usual: (this.#usualMessages.usual?.mean ?? 0) / (this.#sliceMs / 1000),
      zScore: (seen - expected) / Math.max(1, Math.sqrt(dispersion * expected)),
    };
  }

  #told(spike: EpisodeChange | undefined, drop: EpisodeChange | undefined): Finding[] {
    const findings: Finding[] = [];
    if (spike !== undefined) {
      const { peak, usual } = spike.episode;
      const severity = severityOfRatio(peak / Math.max(usual, 0.05));
      findings.push({ ...spike, type: "chat_spike", metric: "chat_rate", severity, description: describeSpike(spike) });
    }
    if (drop !== undefined) {
      const { peak, usual } = drop.episode;
      const severity = 1 - Math.min(1, peak / usual);
      findings.push({ ...drop, type: "chat_drop", metric: "chat_rate", severity, description: describeDrop(drop) });
    }
    return findings;
  }

  #meanChatters(durationMs: number): number {
    const slices = Math.min(this.#slicesIn(durationMs), this.#chatters.length);
    return slices === 0 ? 0 : sumOfLast(slices, this.#chatters) / slices;
  }

  #slicesIn(durationMs: number): number {
    return Math.max(1, Math.round(durationMs / this.#sliceMs));
  }

  #forgetUsual(): void {
    this.#usualChatters.reset();
    this.#usualMessages.reset();
  }

  snapshot(): ChatRateSnapshot {
    return {
      usual: [this.#usualChatters.snapshot(), this.#usualMessages.snapshot()],
      sums: [this.#rise.snapshot(), this.#fall.snapshot()],
      episodes: [this.#spike.snapshot(), this.#drop.snapshot()],
      recent: this.#chatters.map((people, slice) => [people, this.#messages[slice] ?? 0]),
    };
  }

  restore({ usual, sums, episodes, recent }: ChatRateSnapshot): void {
    this.#usualChatters.restore(usual[0]);
    this.#usualMessages.restore(usual[1]);
    this.#rise.restore(sums[0]);
    this.#fall.restore(sums[1]);
    this.#spike.restore(episodes[0]);
    this.#drop.restore(episodes[1]);
    this.#chatters = recent.map(([people]) => people);
    this.#messages = recent.map(([, messages]) => messages);
  }
}

export interface ChatRateSnapshot {
  readonly usual: readonly [UsualRateSnapshot, UsualRateSnapshot];
  readonly sums: readonly [CusumSnapshot, CusumSnapshot];
  readonly episodes: readonly [EpisodeSnapshot, EpisodeSnapshot];
  readonly recent: readonly (readonly [number, number])[];
}

function sumOfLast(slices: number, counts: readonly number[]): number {
  let sum = 0;
  for (let at = counts.length - slices; at < counts.length; at++) sum += counts[at] as number;
  return sum;
}

function secondsOf({ episode }: EpisodeChange): number {
  return Math.max(1, Math.round((episode.lastActiveMs - episode.onsetMs) / 1000));
}

function describeDrop(change: EpisodeChange): string {
  const { peak, usual } = change.episode;
  const how = `${say(peak)} messages/s instead of the usual ${say(usual)}`;
  return change.phase === "closed" ? `Chat went quiet for ${secondsOf(change)} s: ${how}.` : `Chat went quiet: ${how}.`;
}

function describeSpike(change: EpisodeChange): string {
  const { peak, usual } = change.episode;
  const how = usual < 0.05 ? "out of near silence" : `${sayTimes(peak, usual)} the usual ${say(usual)}`;
  return change.phase === "closed"
    ? `Chat ran at up to ${say(peak)} messages/s for ${secondsOf(change)} s, ${how}.`
    : `Chat jumped to ${say(peak)} messages/s, ${how}.`;
}
