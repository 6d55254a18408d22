import { EpisodeTracker, type EpisodeChange, type EpisodeSnapshot, type Judgement } from "./episode.js";
import { PoissonCusum, type CusumSnapshot } from "./poisson-cusum.js";
import { UsualRate, type Usual, type UsualRateSnapshot } from "./usual-rate.js";
import { say, sayTimes, severityOfRatio, type Finding, type JudgedSlice, type Watch } from "./watch.js";

/** A spike is looked for at three times the usual rate, a drop at a quarter of it. */
const SPIKE_RATIO = 3;
const DROP_RATIO = 0.25;
/** Evidence for an alarm, in nats: e^12 restarts of the sum, days of chat, between two false ones where counts are Poisson. */
const ALARM = 12;
/** A spike is worth a moment when it brought this much more than the usual: in people, and in seconds of usual chat. */
const MIN_EXCESS_CHATTERS = 8;
const MIN_EXCESS_MS = 5_000;
/** Silence says nothing about a chat that says little: a drop needs this many chatters a second as the usual. */
const MIN_USUAL_FOR_DROP = 0.5;
/** An open episode goes on while the last ten seconds are beyond these multiples of the usual. */
const SPIKE_GOES_ON = 1.6;
const DROP_GOES_ON = 0.6;
const RECENT_MS = 10_000;
/** The rate that is told is taken over this long. */
const RATE_MS = 6_000;
const BIN_MS = 10_000;
/** How much of the past is the usual, and from when on there is one. */
const USUAL_BINS = 60;
const MIN_BINS = 5;
const WAITING_BINS = 2;

const QUIET_MS = 8_000;
const COOLDOWN_MS = 20_000;
const MAX_MS = 300_000;

/**
 * Finds when the chat suddenly runs faster or slower than it did.
 *
 * It counts chatters per slice, not messages: one spammer adds at most one to a slice, so a flood by one or two people is
 * no spike, while the messages everybody sends still give the rate that is told. A Poisson cumulative sum finds the change
 * with the least delay and estimates its onset; the usual is a median over ten minutes without the episode itself.
 */
export class ChatRateWatch implements Watch {
  readonly input = "chat";
  readonly #sliceMs: number;
  readonly #usualChatters: UsualRate;
  readonly #usualMessages: UsualRate;
  readonly #rise = new PoissonCusum({ ratio: SPIKE_RATIO, threshold: ALARM });
  readonly #fall = new PoissonCusum({ ratio: DROP_RATIO, threshold: ALARM });
  readonly #spike = new EpisodeTracker({ quietMs: QUIET_MS, cooldownMs: COOLDOWN_MS, maxMs: MAX_MS, direction: "up" });
  readonly #drop = new EpisodeTracker({ quietMs: QUIET_MS, cooldownMs: COOLDOWN_MS, maxMs: MAX_MS, direction: "down" });
  /** The newest slices as [chatters, messages], as many as ten seconds hold. */
  #recent: [chatters: number, messages: number][] = [];

  constructor(sliceMs: number) {
    this.#sliceMs = sliceMs;
    const bins = {
      sliceCount: Math.max(1, Math.round(BIN_MS / sliceMs)),
      maxBins: USUAL_BINS,
      minBins: MIN_BINS,
      waitingBins: WAITING_BINS,
    };
    this.#usualChatters = new UsualRate(bins);
    this.#usualMessages = new UsualRate(bins);
  }

  /** Messages per second that are usual; undefined before enough is known. */
  get usualRate(): number | undefined {
    const usual = this.#usualMessages.usual;
    return usual === undefined ? undefined : usual.mean / (this.#sliceMs / 1000);
  }

  update({ index, endMs, slice }: JudgedSlice): readonly Finding[] {
    const chatters = slice?.chatters.count() ?? 0;
    const messages = slice?.chatCount ?? 0;
    this.#recent.push([chatters, messages]);
    if (this.#recent.length > this.#slicesIn(RECENT_MS)) this.#recent.shift();
    const usual = this.#usualChatters.usual;
    const findings = usual === undefined ? [] : this.#judge(index, endMs, chatters, usual);
    const isEpisode = this.#spike.isOpen || this.#drop.isOpen;
    this.#usualChatters.add(chatters, isEpisode);
    this.#usualMessages.add(messages, isEpisode);
    return findings;
  }

  end(atMs: number): readonly Finding[] {
    const findings = this.#told([this.#spike.close(atMs), "chat_spike"], [this.#drop.close(atMs), "chat_drop"]);
    this.#rise.reset();
    this.#fall.reset();
    this.#usualChatters.reset();
    this.#usualMessages.reset();
    this.#recent = [];
    return findings;
  }

  #judge(index: number, endMs: number, chatters: number, usual: Usual): readonly Finding[] {
    // A mean of nothing would make every first word infinitely surprising.
    const mean = Math.max(usual.mean, 0.1 * (this.#sliceMs / 1000));
    this.#rise.update(index, chatters, mean, usual.dispersion);
    this.#fall.update(index, chatters, mean, usual.dispersion);
    const recent = this.#recent.reduce((sum, [people]) => sum + people, 0) / this.#recent.length;
    const shared = this.#judgementOf(usual);
    const spike = this.#spike.update(endMs, {
      ...shared,
      isRaised: this.#rise.isRaised && this.#rise.excess >= this.#leastExcess(mean),
      isActive: recent >= SPIKE_GOES_ON * mean,
      onsetMs: (this.#rise.since ?? index) * this.#sliceMs,
      threshold: shared.usual * SPIKE_RATIO,
    });
    const drop = this.#drop.update(endMs, {
      ...shared,
      isRaised: this.#fall.isRaised && mean >= MIN_USUAL_FOR_DROP * (this.#sliceMs / 1000),
      isActive: recent <= DROP_GOES_ON * mean,
      onsetMs: (this.#fall.since ?? index) * this.#sliceMs,
      threshold: shared.usual * DROP_RATIO,
    });
    for (const change of [spike, drop]) {
      if (change?.phase !== "closed") continue;
      this.#rise.reset();
      this.#fall.reset();
      // What lasted this long is how it is now; the past says nothing about it.
      if (change.episode.lastActiveMs - change.episode.onsetMs >= MAX_MS - 2 * QUIET_MS) this.#forgetUsual();
    }
    return this.#told([spike, "chat_spike"], [drop, "chat_drop"]);
  }

  #leastExcess(mean: number): number {
    return Math.max(MIN_EXCESS_CHATTERS, mean * (MIN_EXCESS_MS / this.#sliceMs));
  }

  #judgementOf({ mean, dispersion }: Usual): Pick<Judgement, "value" | "usual" | "zScore"> {
    const told = this.#recent.slice(-this.#slicesIn(RATE_MS));
    const perSecond = 1000 / (told.length * this.#sliceMs);
    const expected = mean * told.length;
    const seen = told.reduce((sum, [people]) => sum + people, 0);
    return {
      value: told.reduce((sum, [, messages]) => sum + messages, 0) * perSecond,
      usual: this.usualRate ?? 0,
      zScore: (seen - expected) / Math.max(1, Math.sqrt(dispersion * expected)),
    };
  }

  #told(...changes: readonly [EpisodeChange | undefined, "chat_spike" | "chat_drop"][]): Finding[] {
    return changes.flatMap(([change, type]) => {
      if (change === undefined) return [];
      const { peak, usual } = change.episode;
      const severity =
        type === "chat_spike" ? severityOfRatio(peak / Math.max(usual, 0.05)) : 1 - Math.min(1, peak / usual);
      return [{ ...change, type, metric: "chat_rate", severity, description: describe(type, change) }];
    });
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
      recent: this.#recent.map(([people, messages]) => [people, messages]),
    };
  }

  restore({ usual, sums, episodes, recent }: ChatRateSnapshot): void {
    this.#usualChatters.restore(usual[0]);
    this.#usualMessages.restore(usual[1]);
    this.#rise.restore(sums[0]);
    this.#fall.restore(sums[1]);
    this.#spike.restore(episodes[0]);
    this.#drop.restore(episodes[1]);
    this.#recent = recent.map(([people, messages]) => [people, messages]);
  }
}

export interface ChatRateSnapshot {
  readonly usual: readonly [UsualRateSnapshot, UsualRateSnapshot];
  readonly sums: readonly [CusumSnapshot, CusumSnapshot];
  readonly episodes: readonly [EpisodeSnapshot, EpisodeSnapshot];
  readonly recent: readonly (readonly [number, number])[];
}

function describe(type: "chat_spike" | "chat_drop", { phase, episode }: EpisodeChange): string {
  const { peak, usual } = episode;
  const seconds = Math.max(1, Math.round((episode.lastActiveMs - episode.onsetMs) / 1000));
  if (type === "chat_drop") {
    const how = `${say(peak)} messages/s instead of the usual ${say(usual)}`;
    return phase === "closed" ? `Chat went quiet for ${seconds} s: ${how}.` : `Chat went quiet: ${how}.`;
  }
  const how = usual < 0.05 ? "out of near silence" : `${sayTimes(peak, usual)} the usual ${say(usual)}`;
  return phase === "closed"
    ? `Chat ran at up to ${say(peak)} messages/s for ${seconds} s, ${how}.`
    : `Chat jumped to ${say(peak)} messages/s, ${how}.`;
}
