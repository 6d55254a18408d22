/** One beat of the pulse. */
export interface Tempo {
  readonly intervalMs: number;
  /** How long the beat itself moves; the rest of the interval is still. */
  readonly beatMs: number;
}

const FASTEST_MS = 1_500;
const SLOWEST_MS = 6_000;
/** Motion is what costs: at most this share of the time is spent moving. */
const MOVING_RATIO = 0.09;

/**
 * The tempo of a chat rate in messages per second: 3 s between beats at 1/s, 0.75 s less for every tenfold, within
 * 1.5 s and 6 s. A silent or unknown chat has no pulse.
 */
export function tempoOf(chatRate: number | null | undefined): Tempo | undefined {
  if (chatRate === null || chatRate === undefined || chatRate <= 0) return undefined;
  const wishMs = 3_000 - 750 * Math.log10(chatRate);
  const intervalMs = Math.round(Math.min(SLOWEST_MS, Math.max(FASTEST_MS, wishMs)));
  return { intervalMs, beatMs: Math.round(intervalMs * MOVING_RATIO) };
}
