/** Shown wherever a number is not known; never 0, which would be a claim. */
export const UNKNOWN = "–";

const formats = new Map<string, Intl.NumberFormat>();

function format(locale: string, digits: number, isCompact: boolean): Intl.NumberFormat {
  const key = `${locale}/${digits}/${isCompact}`;
  let found = formats.get(key);
  if (found === undefined) {
    found = new Intl.NumberFormat(locale, {
      minimumFractionDigits: isCompact ? 0 : digits,
      maximumFractionDigits: digits,
      ...(isCompact ? { notation: "compact" } : {}),
    });
    formats.set(key, found);
  }
  return found;
}

/** A count: grouped below 10,000 (`9,876`), compact from there (`12.3K`), so that the slot keeps its width. */
export function formatCount(value: number | null | undefined, locale: string): string {
  if (value === null || value === undefined) return UNKNOWN;
  return Math.abs(value) < 10_000 ? format(locale, 0, false).format(value) : format(locale, 1, true).format(value);
}

/** A rate per second with about three digits: `0.05`, `4.2`, `128`, `1.3K`. */
export function formatRate(value: number | null | undefined, locale: string): string {
  if (value === null || value === undefined) return UNKNOWN;
  if (value >= 1_000) return format(locale, 1, true).format(value);
  const digits = value >= 99.95 || value === 0 ? 0 : value >= 0.995 ? 1 : 2;
  return format(locale, digits, false).format(value);
}

/** A mark on a scale: no more digits than it has. */
export function formatMark(value: number, locale: string): string {
  return value < 1_000
    ? format(locale, Number.isInteger(value) ? 0 : value < 1 ? 2 : 1, false).format(value)
    : formatRate(value, locale);
}

/** A multiple with one decimal: `1.8`; from ten on without. */
export function formatRatio(value: number, locale: string): string {
  return format(locale, value < 9.95 ? 1 : 0, false).format(value);
}

/** A difference with its sign: `+38`, `−12`, `±0`. */
export function formatDelta(value: number, locale: string): string {
  const sign = value > 0 ? "+" : value < 0 ? "−" : "±";
  return sign + formatCount(Math.abs(value), locale);
}
