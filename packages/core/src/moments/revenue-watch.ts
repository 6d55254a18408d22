import { MONEY_SCALE } from "../counting/stream-slice.js";
import { EpisodeTracker, type EpisodeChange, type EpisodeSnapshot } from "./episode.js";
import { say, sayTimes, severityOfRatio, type Finding, type JudgedSlice, type Watch } from "./watch.js";

/** Judged over a minute, against the mean minute of the half hour before it. */
const RECENT_MS = 60_000;
const HALF_LIFE_MS = 1_800_000;
const RATIO = 5;
/** Less than this is no spike, however little is usual: in units of the currency; a bit is a hundredth of a dollar. */
const MIN_AMOUNT = 20;
const MIN_BITS = 2_000;
/** How much of a half-life must have been seen before anything is usual. */
const MIN_SEEN_MS = 120_000;
const MAX_CURRENCIES = 8;

/** Finds when much more money comes in than usual, each currency by itself: nobody here knows an exchange rate. */
export class RevenueWatch implements Watch {
  readonly #sliceMs: number;
  readonly #forget: number;
  readonly #currencies = new Map<string, Currency>();
  #seenMs = 0;

  constructor(sliceMs: number) {
    this.#sliceMs = sliceMs;
    this.#forget = 0.5 ** (sliceMs / HALF_LIFE_MS);
  }

  update({ endMs, slice }: JudgedSlice): readonly Finding[] {
    this.#seenMs += this.#sliceMs;
    // In the order of their names: that of arrival must not decide which find a place.
    for (const name of [...(slice?.revenue.keys() ?? [])].sort()) {
      if (!this.#currencies.has(name) && this.#currencies.size < MAX_CURRENCIES)
        this.#currencies.set(name, new Currency());
    }
    return [...this.#currencies].flatMap(([name, currency]) =>
      this.#told(name, this.#judge(name, currency, endMs, (slice?.revenue.get(name) ?? 0) / MONEY_SCALE)),
    );
  }

  end(atMs: number): readonly Finding[] {
    const findings = [...this.#currencies].flatMap(([name, { episodes }]) => this.#told(name, episodes.close(atMs)));
    this.#currencies.clear();
    this.#seenMs = 0;
    return findings;
  }

  #judge(name: string, currency: Currency, endMs: number, amount: number): EpisodeChange | undefined {
    const { recent, episodes } = currency;
    recent.push(amount);
    if (recent.length > RECENT_MS / this.#sliceMs) {
      const old = recent.shift() ?? 0;
      if (!episodes.isOpen) {
        currency.usualAmount = currency.usualAmount * this.#forget + old;
        currency.usualSlices = currency.usualSlices * this.#forget + 1;
      }
    }
    const value = recent.reduce((sum, one) => sum + one, 0);
    const slices = RECENT_MS / this.#sliceMs;
    const usual = currency.usualSlices === 0 ? 0 : (currency.usualAmount / currency.usualSlices) * slices;
    const threshold = Math.max(RATIO * usual, name === "bits" ? MIN_BITS : MIN_AMOUNT);
    const first = recent.findIndex((one) => one > 0);
    return episodes.update(endMs, {
      isRaised: this.#seenMs >= MIN_SEEN_MS && value >= threshold,
      isActive: amount > 0 && value >= 0.5 * threshold,
      onsetMs: endMs - (recent.length - Math.max(0, first)) * this.#sliceMs,
      value,
      usual,
      threshold,
      zScore: null,
    });
  }

  #told(currency: string, change: EpisodeChange | undefined): Finding[] {
    if (change === undefined) return [];
    const { peak, usual } = change.episode;
    const how = usual < 0.005 ? "out of nothing" : `${sayTimes(peak, usual)} the usual ${say(usual)}`;
    const description = `${say(peak)} ${currency} came in within a minute, ${how}.`;
    // What is just enough is as much of a moment as three times the messages.
    const severity = severityOfRatio((3 * peak) / change.episode.threshold);
    return [
      {
        ...change,
        type: "revenue_spike",
        scope: currency,
        metric: "revenue_per_minute",
        severity,
        description,
        details: { currency },
      },
    ];
  }

  snapshot(): RevenueSnapshot {
    return {
      seenMs: this.#seenMs,
      currencies: [...this.#currencies].map(([name, { recent, usualAmount, usualSlices, episodes }]) => {
        return [name, { recent: [...recent], usualAmount, usualSlices, episode: episodes.snapshot() }];
      }),
    };
  }

  restore({ seenMs, currencies }: RevenueSnapshot): void {
    this.#seenMs = seenMs;
    for (const [name, { recent, usualAmount, usualSlices, episode }] of currencies) {
      const currency = new Currency();
      currency.recent.push(...recent);
      currency.usualAmount = usualAmount;
      currency.usualSlices = usualSlices;
      currency.episodes.restore(episode);
      this.#currencies.set(name, currency);
    }
  }
}

class Currency {
  /** Amounts of the newest minute, one per slice. */
  readonly recent: number[] = [];
  usualAmount = 0;
  usualSlices = 0;
  readonly episodes = new EpisodeTracker({ quietMs: 60_000, cooldownMs: 60_000, maxMs: 600_000, direction: "up" });
}

export interface RevenueSnapshot {
  readonly seenMs: number;
  readonly currencies: readonly (readonly [
    name: string,
    state: {
      readonly recent: readonly number[];
      readonly usualAmount: number;
      readonly usualSlices: number;
      readonly episode: EpisodeSnapshot;
    },
  ])[];
}
