import { requireInteger } from "../errors.js";

/** How exactly numbers are added. */
export interface FixedPointOptions {
  /** Decimal places that values are rounded to before they are added, 0 to 9. Default 4. */
  readonly decimals?: number;
}

/** How many units a whole is cut into: 10 to the power of the decimals. @throws InvalidOptionError */
export function resolveScale(options: FixedPointOptions): number {
  return 10 ** requireInteger("decimals", options.decimals ?? 4, 0, 9);
}

/**
 * The value as a whole number of units, so that sums are exact. `undefined` for what cannot be added exactly:
 * NaN, infinities and values of more than 2^53 − 1 units.
 */
export function toUnits(value: number, scale: number): number | undefined {
  const units = Math.round(value * scale);
  return Number.isSafeInteger(units) ? units : undefined;
}
