import { expect, it } from "vitest";
import { FencedError } from "../../../src/ports/result-store.js";
import { makeBatch, makeChat, makeMoment, makeRow, makeViewers } from "../../support/records.js";
import type { ResultStoreBench } from "./result-store-bench.js";

const CHAT = { topic: "chat", partition: 0 } as const;

/** Claims fence former owners off, and a position moves with its commit or not at all. */
export function positionsContract(bench: ResultStoreBench): void {
  it("claims a new partition with epoch 1 from the beginning", async () => {
    expect(await bench.store.claim([CHAT], "one")).toEqual([{ ...CHAT, epoch: 1, nextOffset: 0, lowOffset: 0 }]);
  });

  it("raises the epoch with every claim and tells where each partition stands", async () => {
    const other = { topic: "viewer", partition: 3 } as const;
    await bench.store.claim([CHAT, other], "one");
    await bench.commit({ positions: [{ ...other, epoch: 1, nextOffset: 70, lowOffset: 40 }] });
    expect(await bench.store.claim([other, CHAT], "two")).toEqual([
      { ...other, epoch: 2, nextOffset: 70, lowOffset: 40 },
      { ...CHAT, epoch: 2, nextOffset: 0, lowOffset: 0 },
    ]);
  });

  it("keeps positions over a restart", async () => {
    await bench.store.claim([CHAT], "one");
    await bench.commit({ positions: [{ ...CHAT, epoch: 1, nextOffset: 9, lowOffset: 7 }] });
    await bench.closeAll();
    bench.store = await bench.open();
    expect(await bench.store.claim([CHAT], "two")).toEqual([{ ...CHAT, epoch: 2, nextOffset: 9, lowOffset: 7 }]);
  });

  it("never moves a position back", async () => {
    await bench.store.claim([CHAT], "one");
    await bench.commit({ positions: [{ ...CHAT, epoch: 1, nextOffset: 9, lowOffset: 7 }] });
    await bench.commit({ positions: [{ ...CHAT, epoch: 1, nextOffset: 5, lowOffset: 3 }] });
    expect(await bench.store.claim([CHAT], "two")).toEqual([{ ...CHAT, epoch: 2, nextOffset: 9, lowOffset: 7 }]);
  });

  it("refuses a commit of an older epoch, and nothing of it is written", async () => {
    await bench.store.claim([CHAT], "one");
    await bench.store.claim([CHAT], "two");
    const zombie = makeBatch({
      positions: [{ ...CHAT, epoch: 1, nextOffset: 5, lowOffset: 5 }],
      events: [makeChat(), makeViewers()],
      rows: [makeRow()],
      moments: [makeMoment()],
      states: [{ streamId: "alpha", partition: 0, state: {} }],
      deadLetters: [{ ...CHAT, offset: 0, value: "x", code: "invalid_json", detail: "not readable as JSON" }],
    });
    await expect(bench.store.commit(zombie)).rejects.toThrow(FencedError);
    expect(await bench.readStream()).toEqual({
      stream: undefined,
      metrics: { items: [] },
      moments: { items: [] },
      stats: undefined,
    });
    expect(await bench.store.loadStreamStates(0)).toEqual([]);
    expect(await bench.harness.readDeadLetters()).toEqual([]);
    expect((await bench.store.claim([CHAT], "three"))[0]!.nextOffset).toBe(0);
  });

  it("refuses a commit when only one of its partitions has another owner", async () => {
    const other = { topic: "viewer", partition: 0 } as const;
    await bench.store.claim([CHAT, other], "one");
    await bench.store.claim([other], "two");
    const positions = [CHAT, other].map((place) => ({ ...place, epoch: 1, nextOffset: 5, lowOffset: 5 }));
    await expect(bench.store.commit(makeBatch({ positions, rows: [makeRow()] }))).rejects.toThrow(FencedError);
    expect((await bench.store.claim([CHAT], "three"))[0]!.nextOffset).toBe(0);
    expect(await bench.store.readMetrics("alpha", { limit: 1 })).toEqual({ items: [] });
  });

  it("refuses a commit to a partition that nobody has claimed", async () => {
    const positions = [{ ...CHAT, epoch: 1, nextOffset: 1, lowOffset: 0 }];
    await expect(bench.store.commit(makeBatch({ positions }))).rejects.toThrow(FencedError);
  });
}
