import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { SnapshotCache } from "../../src/ports/snapshot-cache.js";

export interface SnapshotCacheHarness {
  readonly cache: SnapshotCache;
  /** Lets time pass for the cache. */
  elapse(ms: number): Promise<void>;
  dispose(): Promise<void>;
}

const TTL = { ttlMs: 60_000 };

/** Every promise of the `SnapshotCache` port as a test; any adapter can be put to it. */
export function snapshotCacheContract(name: string, createHarness: () => Promise<SnapshotCacheHarness>): void {
  describe(`${name} keeps the SnapshotCache contract`, { timeout: 30_000 }, () => {
    let harness: SnapshotCacheHarness;
    let cache: SnapshotCache;

    beforeEach(async () => {
      harness = await createHarness();
      cache = harness.cache;
    });
    afterEach(() => harness.dispose());

    it("answers a miss with undefined", async () => {
      expect(await cache.get("nothing")).toBeUndefined();
    });

    it("gives a value back as it was set", async () => {
      const values = ["", '{"a":"Grüße 🎉 \u2028"}', "x".repeat(100_000)];
      await Promise.all(values.map((value, at) => cache.set(`key ${at} 🎉`, value, { sequence: 1, ...TTL })));
      expect(await Promise.all(values.map((_, at) => cache.get(`key ${at} 🎉`)))).toEqual(values);
    });

    it("keeps the entry with the highest sequence, whatever the order of arrival", async () => {
      let round = 0;
      await fc.assert(
        fc.asyncProperty(fc.shuffledSubarray([1, 2, 3, 4, 5, 6], { minLength: 1 }), async (sequences) => {
          const key = `k${round++}`;
          for (const sequence of sequences) await cache.set(key, String(sequence), { sequence, ...TTL });
          expect(await cache.get(key)).toBe(String(Math.max(...sequences)));
        }),
        { numRuns: 30 },
      );
    });

    it("keeps the sequences of different keys apart", async () => {
      await cache.set("a", "new", { sequence: 9, ...TTL });
      await cache.set("b", "old", { sequence: 1, ...TTL });
      expect([await cache.get("a"), await cache.get("b")]).toEqual(["new", "old"]);
    });

    it("has forgotten an entry after its time to live, and not before", async () => {
      await cache.set("short", "1", { sequence: 5, ttlMs: 200 });
      await cache.set("long", "2", { sequence: 5, ttlMs: 60_000 });
      await harness.elapse(50);
      expect(await cache.get("short")).toBe("1");
      await harness.elapse(200);
      expect([await cache.get("short"), await cache.get("long")]).toEqual([undefined, "2"]);
    });

    it("takes a lower sequence once the higher one has expired", async () => {
      await cache.set("key", "high", { sequence: 9, ttlMs: 100 });
      await harness.elapse(150);
      await cache.set("key", "low", { sequence: 1, ...TTL });
      expect(await cache.get("key")).toBe("low");
    });

    it("answers a ping while it can be reached", async () => {
      await cache.ping();
    });

    it("is no error when it cannot be reached: only a ping tells", async () => {
      await cache.set("key", "value", { sequence: 1, ...TTL });
      await cache.close();
      await cache.set("key", "value", { sequence: 2, ...TTL });
      expect(await cache.get("key")).toBeUndefined();
      await expect(cache.ping()).rejects.toThrow();
    });
  });
}
