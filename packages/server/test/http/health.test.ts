import { describe, expect, it } from "vitest";
import { createHealth, type HealthOptions } from "../../src/http/health.js";

const fine = async (): Promise<void> => {};
const broken = (): Promise<void> => Promise.reject(new Error("postgres://user:secret@db is away"));
const open = (options: Partial<HealthOptions> = {}): ReturnType<typeof createHealth> => {
  const health = createHealth({
    checks: { database: fine, redis: fine, kafka: fine },
    timeoutMs: 50,
    maxAgeMs: 0,
    ...options,
  });
  health.markStarted();
  return health;
};

describe("health", () => {
  it("has no reasons while all is well", async () => {
    expect(await open().report()).toMatchObject({ status: "ok", reasons: [], lag: [] });
  });

  it("is degraded, for a stated reason, while results cannot be written; requests may come", async () => {
    const health = open({ troubles: () => ["results are not written: the disk is full"] });
    expect(await health.report()).toMatchObject({
      status: "degraded",
      database: "ok",
      reasons: ["results are not written: the disk is full"],
    });
    expect(await health.whyNotReady()).toBeUndefined();
  });

  it("names the parts that do not answer, without what they said", async () => {
    const report = await open({ checks: { database: broken, redis: broken, kafka: broken } }).report();
    expect(report).toMatchObject({ status: "error", database: "unavailable" });
    expect(report.reasons).toHaveLength(3);
    expect(JSON.stringify(report)).not.toContain("secret");
  });

  it("is not ready when partitions stand still", async () => {
    const health = open({ whyNotReady: () => "results of some partitions cannot be written" });
    expect(await health.whyNotReady()).toBe("results of some partitions cannot be written");
  });

  it("tells the lag, or none when the log does not answer in time", async () => {
    const partition = { topic: "chat", partition: 3, records: 7, seconds: 1.5 } as const;
    expect((await open({ lag: async () => [partition] }).report()).lag).toEqual([partition]);
    expect((await open({ lag: () => new Promise(() => {}) }).report()).lag).toEqual([]);
    expect((await open({ lag: () => Promise.reject(new Error("away")) }).report()).lag).toEqual([]);
  });
});
