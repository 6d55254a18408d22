/**
 * The one place where instants change form: ISO 8601 UTC strings on every wire, epoch milliseconds inside.
 */

/** Oldest instant taken: year 1, so that every instant has a four-digit year on the wire. */
export const MIN_INSTANT_MS = -62_135_596_800_000;
/** Newest instant taken: the last millisecond of year 9999. */
export const MAX_INSTANT_MS = 253_402_300_799_999;

const ISO = /^(\d{4})-(\d\d)-(\d\d)[Tt ](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d+))?)?(Z|z|[+-]\d\d(?::?\d\d)?)?$/;
const RFC_3339 = /^\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[+-]\d\d:\d\d)$/;

/** Days of a common year before each month, and in the whole year. */
const DAYS_BEFORE = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334, 365] as const;

const DAY_MS = 86_400_000;
const TWO_DIGITS = Array.from({ length: 100 }, (_, value) => String(value).padStart(2, "0"));

/**
 * Formats epoch milliseconds as `YYYY-MM-DDTHH:mm:ss.sssZ`. @throws RangeError for what is no time at all
 *
 * Done by hand because rows and encoded events are full of instants, and `toISOString` takes several times as long.
 */
export function formatInstant(epochMs: number): string {
  if (!Number.isInteger(epochMs) || epochMs < MIN_INSTANT_MS || epochMs > MAX_INSTANT_MS) {
    return new Date(epochMs).toISOString();
  }
  const day = Math.floor(epochMs / DAY_MS);
  const ms = epochMs - day * DAY_MS;
  const second = Math.floor(ms / 1000);
  const minute = Math.floor(second / 60);
  const time = `${two(Math.floor(minute / 60))}:${two(minute % 60)}:${two(second % 60)}`;
  return `${formatDay(day)}T${time}.${String(ms % 1000).padStart(3, "0")}Z`;
}

/**
 * Reads an ISO 8601 instant or epoch milliseconds. A stamp without a zone is UTC and digits beyond the
 * millisecond are cut (rule F13). Returns `undefined` for anything that is no instant, such as 30 February.
 */
export function parseInstant(value: unknown): number | undefined {
  if (typeof value === "string") return parseUsualForm(value) ?? parseAnyForm(value);
  if (typeof value !== "number" || !(value >= MIN_INSTANT_MS && value <= MAX_INSTANT_MS)) return undefined;
  // Adding zero turns −0 into 0: JSON would, and a restart must not show.
  return Math.floor(value) + 0;
}

/** Reads an RFC 3339 instant, the stricter form that query parameters take (rule F14). */
export function parseRfc3339(value: string): number | undefined {
  return RFC_3339.test(value) ? parseInstant(value) : undefined;
}

/** Reads `YYYY-MM-DDTHH:mm:ss.sssZ` without a regular expression: every event of a log carries an instant in this form. */
function parseUsualForm(text: string): number | undefined {
  const isUsual =
    text.length === 24 &&
    text.charCodeAt(4) === 0x2d &&
    text.charCodeAt(7) === 0x2d &&
    text.charCodeAt(10) === 0x54 &&
    text.charCodeAt(13) === 0x3a &&
    text.charCodeAt(16) === 0x3a &&
    text.charCodeAt(19) === 0x2e &&
    text.charCodeAt(23) === 0x5a;
  if (!isUsual) return undefined;
  const ms = digits(text, 20, 23);
  const timeMs = timeOfDayMs(digits(text, 11, 13), digits(text, 14, 16), digits(text, 17, 19));
  const dayMs = midnightMs(digits(text, 0, 4), digits(text, 5, 7), digits(text, 8, 10));
  return ms === -1 || timeMs === undefined || dayMs === undefined ? undefined : dayMs + timeMs + ms;
}

function parseAnyForm(text: string): number | undefined {
  const parts = ISO.exec(text);
  if (parts === null) return undefined;
  const [, year, month, day, hour, minute, second = "0", fraction = "", zone = "Z"] = parts;
  const dayMs = midnightMs(Number(year), Number(month), Number(day));
  const timeMs = timeOfDayMs(Number(hour), Number(minute), Number(second));
  const offsetMs = zoneOffsetMs(zone);
  if (dayMs === undefined || timeMs === undefined || offsetMs === undefined) return undefined;
  const epochMs = dayMs + timeMs + Number(fraction.slice(0, 3).padEnd(3, "0")) - offsetMs;
  return epochMs < MIN_INSTANT_MS || epochMs > MAX_INSTANT_MS ? undefined : epochMs;
}

/** The number that the digits in `[from, to)` make; −1 when one of them is none. */
function digits(text: string, from: number, to: number): number {
  let value = 0;
  for (let index = from; index < to; index++) {
    const digit = text.charCodeAt(index) - 0x30;
    if (digit < 0 || digit > 9) return -1;
    value = value * 10 + digit;
  }
  return value;
}

/**
 * The calendar date of a day since the epoch. Counted in years that begin in March, so that the leap day is the last
 * of a year and of four-hundred-year cycles, which are all alike.
 */
function formatDay(day: number): string {
  const sinceCycles = day + 719_468;
  const cycle = Math.floor(sinceCycles / 146_097);
  const dayOfCycle = sinceCycles - cycle * 146_097;
  const leapDays = Math.floor(dayOfCycle / 1460) - Math.floor(dayOfCycle / 36_524) + Math.floor(dayOfCycle / 146_096);
  const yearOfCycle = Math.floor((dayOfCycle - leapDays) / 365);
  const dayOfYear = dayOfCycle - (365 * yearOfCycle + Math.floor(yearOfCycle / 4) - Math.floor(yearOfCycle / 100));
  const sinceMarch = Math.floor((5 * dayOfYear + 2) / 153);
  const dayOfMonth = dayOfYear - Math.floor((153 * sinceMarch + 2) / 5) + 1;
  const month = sinceMarch < 10 ? sinceMarch + 3 : sinceMarch - 9;
  const year = cycle * 400 + yearOfCycle + (month <= 2 ? 1 : 0);
  return `${two(Math.floor(year / 100))}${two(year % 100)}-${two(month)}-${two(dayOfMonth)}`;
}

function two(value: number): string {
  return TWO_DIGITS[value] ?? "";
}

/** Where the day of the Gregorian calendar begins; `undefined` for a day that never was. */
function midnightMs(year: number, month: number, day: number): number | undefined {
  if (year < 1 || month < 1 || month > 12 || day < 1) return undefined;
  const isLeap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  const leapDay = isLeap && month > 2 ? 1 : 0;
  const before = DAYS_BEFORE[month - 1] ?? 0;
  const length = (DAYS_BEFORE[month] ?? 0) - before + (isLeap && month === 2 ? 1 : 0);
  if (day > length) return undefined;
  const past = year - 1;
  const leapYears = Math.floor(past / 4) - Math.floor(past / 100) + Math.floor(past / 400);
  return MIN_INSTANT_MS + (past * 365 + leapYears + before + leapDay + day - 1) * DAY_MS;
}

function timeOfDayMs(hour: number, minute: number, second: number): number | undefined {
  const isReal = hour >= 0 && hour < 24 && minute >= 0 && minute < 60 && second >= 0 && second < 60;
  return isReal ? (hour * 3600 + minute * 60 + second) * 1000 : undefined;
}

function zoneOffsetMs(zone: string): number | undefined {
  if (zone === "Z" || zone === "z") return 0;
  const hours = Number(zone.slice(1, 3));
  const minutes = Number(zone.slice(3).replace(":", "") || "0");
  if (hours > 23 || minutes > 59) return undefined;
  return (zone.startsWith("-") ? -1 : 1) * (hours * 60 + minutes) * 60_000;
}
