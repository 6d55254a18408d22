/** Thrown for an option that cannot be used: a mistake in the program, never in the data. */
export class InvalidOptionError extends RangeError {
  /** Always this, so that it can be told apart where `instanceof` cannot reach. */
  override readonly name = "InvalidOptionError";
  /** Always this. */
  readonly code = "invalid_option";
  /** Name of the option, with its path where it is inside another: `thresholds.positive`. */
  readonly option: string;

  constructor(option: string, value: unknown, allowed: string) {
    super(`${option} is ${show(value)}, but must be ${allowed}`);
    this.option = option;
  }
}

function show(value: unknown): string {
  return typeof value === "string" ? JSON.stringify(value) : String(value);
}

/** Returns `value` when it is a whole number in `[min, max]`. @throws InvalidOptionError otherwise. */
export function requireInteger(option: string, value: number, min: number, max = Number.MAX_SAFE_INTEGER): number {
  if (Number.isInteger(value) && value >= min && value <= max) return value;
  throw new InvalidOptionError(option, value, `a whole number ${describeRange(min, max, Number.MAX_SAFE_INTEGER)}`);
}

/** Returns `value` when it is a finite number in `[min, max]`. @throws InvalidOptionError otherwise. */
export function requireNumber(option: string, value: number, min: number, max = Infinity): number {
  if (Number.isFinite(value) && value >= min && value <= max) return value;
  throw new InvalidOptionError(option, value, `a number ${describeRange(min, max, Infinity)}`);
}

function describeRange(min: number, max: number, unbounded: number): string {
  return max >= unbounded ? `of at least ${min}` : `from ${min} to ${max}`;
}
