import { describe, expect, it } from "vitest";
import { createLag } from "../../src/pipeline/lag.js";
import type { CommittedPlace } from "../../src/pipeline/shard.js";

const NOW_MS = 1_000_000;
const place = (fields: Partial<CommittedPlace> = {}): CommittedPlace => ({
  topic: "chat",
  partition: 0,
  nextOffset: 10,
  newestEventMs: NOW_MS - 2_500,
  ...fields,
});
const lagOf = async (end: number, fields: Partial<CommittedPlace> = {}): Promise<unknown> =>
  (await createLag({ log: { ends: async () => [end] }, places: () => [place(fields)], now: () => NOW_MS }).read())[0];

describe("lag", () => {
  it("is what waits in the log, and how old the newest written event is", async () => {
    expect(await lagOf(17)).toEqual({ topic: "chat", partition: 0, records: 7, seconds: 2.5 });
  });

  it("is nothing when nothing waits, however long ago the last event was", async () => {
    expect(await lagOf(10)).toMatchObject({ records: 0, seconds: 0 });
    // A position may be ahead of an end that was looked up a moment before.
    expect(await lagOf(9)).toMatchObject({ records: 0, seconds: 0 });
  });

  it("is unknown in time before the first event, and never negative", async () => {
    expect(await lagOf(17, { newestEventMs: undefined })).toMatchObject({ records: 7, seconds: null });
    expect(await lagOf(17, { newestEventMs: NOW_MS + 500 })).toMatchObject({ seconds: 0 });
  });

  it("asks the log once for everybody who asks at about the same time, and not at all without partitions", async () => {
    let asked = 0;
    const ends = async (places: readonly unknown[]): Promise<number[]> => {
      asked++;
      return places.map(() => 20);
    };
    const lag = createLag({ log: { ends }, places: () => [place(), place({ topic: "viewer" })], now: () => NOW_MS });
    const [first, second] = await Promise.all([lag.read(), lag.read()]);
    expect([first, asked]).toEqual([second, 1]);
    expect(await createLag({ log: { ends }, places: () => [], now: () => NOW_MS }).read()).toEqual([]);
    expect(asked).toBe(1);
  });
});
