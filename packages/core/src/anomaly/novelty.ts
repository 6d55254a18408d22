import { requireInteger, requireNumber } from "../errors.js";
import { toScore } from "./band.js";
import type { Detector, DetectorSnapshot } from "./detector.js";
import { Ring } from "./ring.js";
import { openState, QUIET, statefulDetector } from "./stateful-detector.js";

/** What is new, and for how long a state is remembered. The defaults are explained in `docs/concepts/anomalies.md`. */
export interface NoveltyOptions {
  /** Distance from every known state, as a share of the series' range, that is an anomaly. 0.001 to 1, default 0.07. */
  readonly noveltyRatio?: number;
  /** Samples before anything is judged. 2 to 1e6, default 64. */
  readonly minSamples?: number;
  /** A state that was not met again for this many samples is forgotten. 64 to 1e6, default 8,192. */
  readonly memorySamples?: number;
  /** States kept; the one met longest ago makes room. 16 to 8,192, default 512. An update takes that many steps. */
  readonly maxStates?: number;
  /** Samples that an episode lasts at least: until then only a larger novelty counts. 1 to 10,000, default 64. */
  readonly holdSamples?: number;
  /** The range is never taken below this, in the unit of the samples. At least 0, default 0. */
  readonly rangeFloor?: number;
  /** The range is never taken below this share of the largest magnitude. At least 0, default 0.01. */
  readonly rangeFloorRatio?: number;
}

/** A series' state: its newest value and how it stood lately, as two running means, each eight times as slow as the one before. */
const AVERAGE_OVER = [1, 8, 64] as const;
const [, MIDDLE, SLOW] = AVERAGE_OVER;
const DIMENSIONS = AVERAGE_OVER.length;
/** A sample this many ranges outside moves the slowest mean by one range: a lone outlier does not blind it for long. */
const MAX_REACH = SLOW;
const NONE = -1;
const INITIAL = { samples: 0, low: 0, high: 0, middle: 0, slow: 0, newest: NONE };
/** A sample this many times as new as all since the last alarm opens an episode of its own. */
const ESCALATION = 3;

/**
 * How far the series' state is from every state it has been in: the distance to the nearest one remembered, as a share
 * of the range of its values. A state is the value beside two running means of it, so an ordinary value at an unusual
 * moment is new as well. Statistic: that share, 0…1. No assumption about a distribution and nothing to estimate: a
 * noisy series fills its range with known states and falls silent. States are kept as in leader clustering (Hartigan
 * 1975), the nearest-neighbour distance as novelty follows Knorr & Ng (VLDB 1998) and, in streams, KNN-CAD (Burnaev &
 * Ishimtsev 2016).
 *
 * One alarm per episode: scores are 0 unless they exceed all of the last `holdSamples`, and the anomaly is the first of
 * those beyond the threshold, or one three times as new as all of them. At first everything is new: on plain noise about
 * three alarms fall into the first thousand samples, and later one into several thousand. What came once is known for
 * `memorySamples`: an anomaly that repeats is an anomaly the first time.
 * @throws InvalidOptionError for an option outside its range, or a snapshot of another detector
 */
export function createNoveltyDetector(options: NoveltyOptions = {}, snapshot?: DetectorSnapshot): Detector {
  const { noveltyRatio, minSamples, memorySamples, maxStates, holdSamples, rangeFloor, rangeFloorRatio } =
    resolveNovelty(options);
  const state = openState<NoveltyState>("novelty", snapshot);
  const recent = new Ring(holdSamples, state?.recent);
  /** Known states, flat, and when each was met last. */
  const known = [...(state?.known ?? [])];
  const metAt = [...(state?.metAt ?? [])];
  let { samples, low, high, middle, slow, newest } = state ?? INITIAL;

  function range(): number {
    return Math.max(high - low, rangeFloor, rangeFloorRatio * Math.max(Math.abs(low), Math.abs(high)));
  }

  /** Widens to hold the value, by no more than its own width at once, and forgets an end that is not reached any more. */
  function follow(value: number): void {
    const width = high - low;
    const step = width > 0 ? range() : Infinity;
    const leak = width / memorySamples;
    high = value > high ? Math.min(value, high + step) : Math.max(value, high - leak);
    low = value < low ? Math.max(value, low - step) : Math.min(value, low + leak);
  }

  /**
   * Meets the nearest state, or a new one when that is more than half an anomaly away. Returns the distance to the
   * nearest that was there before the last sample: a steady drift must not be known by its own footsteps.
   */
  function meet(value: number, width: number): number {
    let distanceToKnown = Infinity;
    let nearest = Infinity;
    let index = NONE;
    let oldest = 0;
    for (let each = 0; each < metAt.length; each++) {
      if (samples - (metAt[each] as number) > memorySamples) {
        forget(each--);
        continue;
      }
      if ((metAt[each] as number) < (metAt[oldest] as number)) oldest = each;
      const at = each * DIMENSIONS;
      const distance = Math.max(
        Math.abs((known[at] as number) - value),
        Math.abs((known[at + 1] as number) - middle),
        Math.abs((known[at + 2] as number) - slow),
      );
      if (each !== newest && distance < distanceToKnown) distanceToKnown = distance;
      if (distance < nearest) {
        nearest = distance;
        index = each;
      }
    }
    newest = NONE;
    if (nearest > (noveltyRatio / 2) * width) {
      newest = index = metAt.length < maxStates ? metAt.length : oldest;
      known[index * DIMENSIONS] = value;
      known[index * DIMENSIONS + 1] = middle;
      known[index * DIMENSIONS + 2] = slow;
    }
    metAt[index] = samples;
    return distanceToKnown;
  }

  /** The last one takes its place: order does not matter, and nothing has to move up. */
  function forget(index: number): void {
    const last = metAt.length - 1;
    if (newest === last) newest = index;
    known.copyWithin(index * DIMENSIONS, last * DIMENSIONS);
    known.length = last * DIMENSIONS;
    metAt[index] = metAt[last] as number;
    metAt.length = last;
  }

  return statefulDetector(
    "novelty",
    (sample) => {
      if (samples === 0) low = high = middle = slow = sample;
      const reach = range() > 0 ? MAX_REACH * range() : Infinity;
      const value = Math.max(low - reach, Math.min(high + reach, sample));
      follow(value);
      samples += 1;
      middle += (value - middle) / Math.min(MIDDLE, samples);
      slow += (value - slow) / Math.min(SLOW, samples);
      const width = range();
      const distance = meet(value, width);
      if (samples <= minSamples) return QUIET;
      const novelty = width > 0 ? Math.min(1, distance / width) : 0;
      const record = Math.max(0, recent.max());
      recent.push(novelty);
      return {
        score: novelty > record ? toScore(novelty, noveltyRatio) : 0,
        isAnomaly: novelty > noveltyRatio && (record <= noveltyRatio || novelty > ESCALATION * record),
        statistic: novelty,
        baseline: slow,
        upper: null,
        lower: null,
      };
    },
    () =>
      ({
        samples,
        low,
        high,
        middle,
        slow,
        newest,
        known: [...known],
        metAt: [...metAt],
        recent: recent.values(),
      }) satisfies NoveltyState,
  );
}

interface NoveltyState {
  readonly samples: number;
  readonly low: number;
  readonly high: number;
  readonly middle: number;
  readonly slow: number;
  /** Index of the state that the last sample made, if it made one. */
  readonly newest: number;
  readonly known: readonly number[];
  readonly metAt: readonly number[];
  readonly recent: readonly number[];
}

function resolveNovelty(options: NoveltyOptions): Required<NoveltyOptions> {
  const { noveltyRatio = 0.07, minSamples = 64, memorySamples = 8192, maxStates = 512, holdSamples = 64 } = options;
  const { rangeFloor = 0, rangeFloorRatio = 0.01 } = options;
  return {
    noveltyRatio: requireNumber("noveltyRatio", noveltyRatio, 0.001, 1),
    minSamples: requireInteger("minSamples", minSamples, 2, 1e6),
    memorySamples: requireInteger("memorySamples", memorySamples, 64, 1e6),
    maxStates: requireInteger("maxStates", maxStates, 16, 8192),
    holdSamples: requireInteger("holdSamples", holdSamples, 1, 1e4),
    rangeFloor: requireNumber("rangeFloor", rangeFloor, 0),
    rangeFloorRatio: requireNumber("rangeFloorRatio", rangeFloorRatio, 0),
  };
}
