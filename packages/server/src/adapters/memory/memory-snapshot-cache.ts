import { requireInteger } from "../shared/require-integer.js";
import type { SnapshotCache } from "../../ports/snapshot-cache.js";

export interface MemorySnapshotCacheOptions {
  /** Most entries kept; the one not asked for longest goes first. Default 10,000. */
  readonly maxEntries?: number;
  /** Most UTF-16 units of keys and values kept together. Default 33,554,432 (64 MiB at two bytes each). */
  readonly maxLength?: number;
  /** Milliseconds; it need not be the time of day. Default `Date.now`. */
  readonly clock?: () => number;
}

interface Entry {
  readonly value: string;
  readonly sequence: number;
  readonly expiresAtMs: number;
}

/** A cache inside this process, bounded in number and in size. */
export function createMemorySnapshotCache(options: MemorySnapshotCacheOptions = {}): SnapshotCache {
  return new MemorySnapshotCache(options);
}

class MemorySnapshotCache implements SnapshotCache {
  // A Map keeps the order of insertion; an entry that is used is inserted anew, so the first is the one to go.
  readonly #entries = new Map<string, Entry>();
  readonly #maxEntries: number;
  readonly #maxLength: number;
  readonly #clock: () => number;
  #length = 0;
  #isClosed = false;

  constructor(options: MemorySnapshotCacheOptions) {
    this.#maxEntries = requireInteger("maxEntries", options.maxEntries ?? 10_000, 1);
    this.#maxLength = requireInteger("maxLength", options.maxLength ?? 32 * 1024 * 1024, 1);
    this.#clock = options.clock ?? Date.now;
  }

  async get(key: string): Promise<string | undefined> {
    const entry = this.#entries.get(key);
    if (entry === undefined) return undefined;
    this.#remove(key, entry);
    if (entry.expiresAtMs <= this.#clock()) return undefined;
    this.#add(key, entry);
    return entry.value;
  }

  async set(key: string, value: string, { sequence, ttlMs }: { sequence: number; ttlMs: number }): Promise<void> {
    if (this.#isClosed) return;
    const nowMs = this.#clock();
    const known = this.#entries.get(key);
    if (known !== undefined) {
      if (known.expiresAtMs > nowMs && known.sequence > sequence) return;
      this.#remove(key, known);
    }
    if (ttlMs <= 0 || key.length + value.length > this.#maxLength) return;
    this.#add(key, { value, sequence, expiresAtMs: nowMs + ttlMs });
    for (const [oldKey, oldEntry] of this.#entries) {
      if (this.#entries.size <= this.#maxEntries && this.#length <= this.#maxLength) break;
      this.#remove(oldKey, oldEntry);
    }
  }

  async ping(): Promise<void> {
    if (this.#isClosed) throw new Error("the cache is closed");
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    this.#entries.clear();
    this.#length = 0;
  }

  #add(key: string, entry: Entry): void {
    this.#entries.set(key, entry);
    this.#length += key.length + entry.value.length;
  }

  #remove(key: string, entry: Entry): void {
    this.#entries.delete(key);
    this.#length -= key.length + entry.value.length;
  }
}
