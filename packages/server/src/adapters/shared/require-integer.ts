import { InvalidOptionError } from "@telemetra/core";

/** Returns `value` when it is a whole number of at least `min`. @throws InvalidOptionError otherwise */
export function requireInteger(option: string, value: number, min: number): number {
  if (Number.isSafeInteger(value) && value >= min) return value;
  throw new InvalidOptionError(option, value, `a whole number of at least ${min}`);
}
