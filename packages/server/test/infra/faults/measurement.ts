import type { Differences } from "../../ledger/ledger.js";

/** What one row of the matrix came to. */
export interface Measurement {
  /** How often the fault happened. */
  readonly times: number;
  /** Events that count, and how fast they came while the faults happened; undefined when one after the other is sent. */
  readonly events: number;
  readonly eventsPerSecond: number | undefined;
  /** What was compared beside raw rows and positions. */
  readonly windows: number;
  readonly moments: number;
  readonly differences: Differences;
  /** From the end of each fault to the first results that were committed after it, ms. */
  readonly firstCommitMs: readonly number[];
  /** From the end of each fault until no more than a second's events were waiting, ms. */
  readonly caughtUpMs: readonly number[];
  /** What else was seen, as short sentences with figures. */
  readonly notes: readonly string[];
}

export function median(values: readonly number[]): number | undefined {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted.length === 0 ? undefined : sorted[Math.floor((sorted.length - 1) / 2)];
}

export function percentile95(values: readonly number[]): number | undefined {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted.length === 0 ? undefined : sorted[Math.ceil(sorted.length * 0.95) - 1];
}
