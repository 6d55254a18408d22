const FIRST_DELAY_MS = 500;
const LONGEST_DELAY_MS = 15_000;
/** A server may ask for more patience than we would have, but not for any. */
const LONGEST_RETRY_AFTER_MS = 120_000;

/**
 * How long to wait after a failed attempt, in milliseconds: what the server's `Retry-After` says (seconds or a date), else twice
 * as long after each attempt, half of it left to chance.
 *
 * @param attempt 1 after the first attempt
 * @param random in [0, 1)
 */
export function retryDelayMs(attempt: number, retryAfter: string | null, nowMs: number, random: number): number {
  const askedMs = readRetryAfterMs(retryAfter, nowMs);
  if (askedMs !== undefined) return Math.min(Math.max(0, askedMs), LONGEST_RETRY_AFTER_MS);
  const fullMs = Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** (attempt - 1));
  return fullMs * (0.5 + random / 2);
}

function readRetryAfterMs(retryAfter: string | null, nowMs: number): number | undefined {
  if (retryAfter === null) return undefined;
  if (/^\d+$/.test(retryAfter.trim())) return Number(retryAfter) * 1_000;
  const dateMs = Date.parse(retryAfter);
  return Number.isNaN(dateMs) ? undefined : dateMs - nowMs;
}
