import { describe, expect, it } from "vitest";
import { createMemorySnapshotCache } from "../../src/adapters/memory/memory-snapshot-cache.js";
import { snapshotCacheContract } from "../contract/snapshot-cache.contract.js";

snapshotCacheContract("MemorySnapshotCache", async () => {
  let nowMs = 0;
  return {
    cache: createMemorySnapshotCache({ clock: () => nowMs }),
    elapse: async (ms) => void (nowMs += ms),
    dispose: async () => {},
  };
});

describe("createMemorySnapshotCache", () => {
  const options = { sequence: 1, ttlMs: 1_000 };

  it("gives up the entry that was not asked for longest when there are too many", async () => {
    const cache = createMemorySnapshotCache({ maxEntries: 3, clock: () => 0 });
    for (const key of ["a", "b", "c"]) await cache.set(key, key, options);
    await cache.get("a");
    await cache.set("d", "d", options);
    expect(await Promise.all(["a", "b", "c", "d"].map((key) => cache.get(key)))).toEqual(["a", undefined, "c", "d"]);
  });

  it("gives up entries when they are too long together, and keeps none that is too long alone", async () => {
    const cache = createMemorySnapshotCache({ maxLength: 100, clock: () => 0 });
    await cache.set("a", "x".repeat(49), options);
    await cache.set("b", "x".repeat(49), options);
    expect(await cache.get("a")).toHaveLength(49);
    await cache.set("c", "x".repeat(40), options);
    expect(await Promise.all(["a", "b", "c"].map(async (key) => (await cache.get(key))?.length))).toEqual([
      49,
      undefined,
      40,
    ]);
    await cache.set("d", "x".repeat(100), options);
    expect(await cache.get("d")).toBeUndefined();
    expect(await cache.get("a")).toHaveLength(49);
  });

  it("counts a value that replaces another once", async () => {
    const cache = createMemorySnapshotCache({ maxLength: 100, clock: () => 0 });
    for (let sequence = 0; sequence < 50; sequence++) await cache.set("a", "x".repeat(40), { sequence, ttlMs: 1_000 });
    await cache.set("b", "x".repeat(40), options);
    expect(await cache.get("a")).toHaveLength(40);
  });

  it("lets a value of the same sequence renew the time to live", async () => {
    let nowMs = 0;
    const cache = createMemorySnapshotCache({ clock: () => nowMs });
    await cache.set("a", "1", { sequence: 1, ttlMs: 100 });
    nowMs = 60;
    await cache.set("a", "1", { sequence: 1, ttlMs: 100 });
    nowMs = 120;
    expect(await cache.get("a")).toBe("1");
  });

  it.each([{ maxEntries: 0 }, { maxLength: 0.5 }])("refuses the limits %j", (limits) => {
    expect(() => createMemorySnapshotCache(limits)).toThrow(/must be a whole number of at least 1/);
  });
});
