import fc from "fast-check";
import type { Detection, Detector } from "../../../src/anomaly/detector.js";
import { seededRandom } from "../../support/seeded-random.js";

/** Standard normal numbers (Box & Muller). */
export function gaussians(count: number, seed: number): number[] {
  const random = seededRandom(seed);
  return Array.from({ length: count }, () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random()));
}

/** Poisson counts, by inversion. */
export function poissons(count: number, mean: number, seed: number): number[] {
  const random = seededRandom(seed);
  return Array.from({ length: count }, () => {
    let left = Math.exp(-mean);
    let sum = left;
    let value = 0;
    const target = random();
    while (sum < target && value < 10 * mean + 50) {
      value += 1;
      left *= mean / value;
      sum += left;
    }
    return value;
  });
}

/** One sample every ten seconds. */
export const STEP_MS = 10_000;

export function feed(detector: Detector, values: readonly number[], from = 0): Detection[] {
  return values.map((value, index) => detector.update(value, (from + index) * STEP_MS));
}

/** Indexes of the anomalies. */
export function alarms(detector: Detector, values: readonly number[]): number[] {
  return feed(detector, values).flatMap(({ isAnomaly }, index) => (isAnomaly ? [index] : []));
}

/** Series with ties, runs, jumps and plain noise, in one of several magnitudes. */
export const seriesArbitrary: fc.Arbitrary<number[]> = fc
  .tuple(
    fc.constantFrom(1e-3, 1, 1e6),
    fc.array(
      fc.oneof(
        { weight: 3, arbitrary: fc.double({ min: -1, max: 1, noNaN: true }) },
        { weight: 3, arbitrary: fc.integer({ min: -3, max: 3 }) },
        { weight: 1, arbitrary: fc.integer({ min: -100, max: 100 }) },
      ),
      { minLength: 1, maxLength: 160 },
    ),
  )
  .map(([unit, values]) => values.map((value) => value * unit));
