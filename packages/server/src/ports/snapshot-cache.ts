/**
 * Short-lived copies of answers and frames. Its absence is not an outage.
 *
 * Promises: the entry with the highest sequence wins, whatever the order of arrival; an entry is gone after its time to
 * live; a miss and an unreachable cache are both `undefined`, never an error.
 */
export interface SnapshotCache {
  get(key: string): Promise<string | undefined>;
  set(key: string, value: string, options: { sequence: number; ttlMs: number }): Promise<void>;
  /** Rejects when the cache cannot be reached now; only health reports ask. */
  ping(): Promise<void>;
  close(): Promise<void>;
}
