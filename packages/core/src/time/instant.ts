/**
 * The one place where instants change form: ISO 8601 UTC strings on every wire, epoch milliseconds inside.
 */

/** Oldest instant taken: year 1, so that every instant has a four-digit year on the wire. */
export const MIN_INSTANT_MS = -62_135_596_800_000;
/** Newest instant taken: the last millisecond of year 9999. */
export const MAX_INSTANT_MS = 253_402_300_799_999;

const ISO = /^(\d{4})-(\d\d)-(\d\d)[Tt ](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d+))?)?(Z|z|[+-]\d\d(?::?\d\d)?)?$/;
const RFC_3339 = /^\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[+-]\d\d:\d\d)$/;

/** Formats epoch milliseconds as `YYYY-MM-DDTHH:mm:ss.sssZ`. */
export function formatInstant(epochMs: number): string {
  return new Date(epochMs).toISOString();
}

/**
 * Reads an ISO 8601 instant or epoch milliseconds. A stamp without a zone is UTC and digits beyond the
 * millisecond are cut (rule F13). Returns `undefined` for anything that is no instant, such as 30 February.
 */
export function parseInstant(value: unknown): number | undefined {
  if (typeof value === "number") {
    if (!Number.isFinite(value) || value < MIN_INSTANT_MS || value > MAX_INSTANT_MS) return undefined;
    return Math.floor(value);
  }
  if (typeof value !== "string") return undefined;
  const parts = ISO.exec(value);
  if (parts === null) return undefined;
  const [, year, month, day, hour, minute, second = "0", fraction = "", zone = "Z"] = parts;
  const offsetMinutes = parseZone(zone);
  if (offsetMinutes === undefined) return undefined;
  const milliseconds = Number(fraction.slice(0, 3).padEnd(3, "0"));
  const date = new Date(0);
  date.setUTCFullYear(Number(year), Number(month) - 1, Number(day));
  date.setUTCHours(Number(hour), Number(minute), Number(second), milliseconds);
  // Date rolls impossible parts over (31 April becomes 1 May); an instant that moved was never one.
  const isReal =
    date.getUTCFullYear() === Number(year) &&
    date.getUTCMonth() === Number(month) - 1 &&
    date.getUTCDate() === Number(day) &&
    date.getUTCHours() === Number(hour) &&
    date.getUTCMinutes() === Number(minute) &&
    date.getUTCSeconds() === Number(second);
  if (!isReal) return undefined;
  const epochMs = date.getTime() - offsetMinutes * 60_000;
  return epochMs < MIN_INSTANT_MS || epochMs > MAX_INSTANT_MS ? undefined : epochMs;
}

/** Reads an RFC 3339 instant, the stricter form that query parameters take (rule F14). */
export function parseRfc3339(value: string): number | undefined {
  return RFC_3339.test(value) ? parseInstant(value) : undefined;
}

function parseZone(zone: string): number | undefined {
  if (zone === "Z" || zone === "z") return 0;
  const hours = Number(zone.slice(1, 3));
  const minutes = Number(zone.slice(3).replace(":", "") || "0");
  if (hours > 23 || minutes > 59) return undefined;
  return (zone.startsWith("-") ? -1 : 1) * (hours * 60 + minutes);
}
