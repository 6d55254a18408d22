import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { RefusedDataError } from "../../src/ports/storage-error.js";
import type { ResultStore } from "../../src/ports/result-store.js";
import { openStore, type Opened, type StoreConfig } from "../support/adapter-config.js";
import { makeBatch, makeTransaction, makeViewers } from "../support/records.js";

export interface RefusingHarness {
  readonly config: StoreConfig;
  /** From now on the database itself refuses a transaction of more than 100, saying "too much money". */
  refuseLargeAmounts(): Promise<void>;
  dispose(): Promise<void>;
}

/** What a result store says of events that its database refuses. */
export function refusedEventsContract(name: string, createHarness: () => Promise<RefusingHarness>): void {
  describe(`${name} and data that the database refuses`, { timeout: 30_000 }, () => {
    let harness: RefusingHarness;
    let opened: Opened<ResultStore>;
    let store: ResultStore;

    beforeEach(async () => {
      harness = await createHarness();
      opened = await openStore(harness.config);
      store = opened.port;
      await harness.refuseLargeAmounts();
    });
    afterEach(async () => {
      await opened.close();
      await harness.dispose();
    });

    const donations = (amounts: readonly number[]): ReturnType<typeof makeTransaction>[] =>
      amounts.map((amount, at) => makeTransaction({ event_id: `t${at}`, amount }));
    const among = (count: number, bad: readonly number[]): ReturnType<typeof makeTransaction>[] =>
      donations(Array.from({ length: count }, (_, at) => (bad.includes(at) ? 500 : 1)));

    it("refuses the commit, all of it", async () => {
      await expect(store.commit(makeBatch({ events: [makeViewers(), ...among(3, [1])] }))).rejects.toThrow(
        RefusedDataError,
      );
      expect(await store.getStream("alpha")).toBeUndefined();
    });

    it.each([[[0]], [[999]], [[500]], [[3, 4, 5, 700]], [[]]])("R9: finds %j among a thousand", async (bad) => {
      const refused = await store.findRefused(among(1_000, bad));
      expect(refused.map(({ index }) => index)).toEqual(bad);
      for (const { reason } of refused) expect(reason).toMatch(/too much money/);
    });

    it("changes nothing by looking", async () => {
      await store.findRefused([makeViewers(), ...among(10, [4])]);
      expect(await store.getStream("alpha")).toBeUndefined();
      await store.commit(makeBatch({ events: donations([1, 2]) }));
      expect(await store.readStats("alpha")).toMatchObject({ events: { transaction: 2, viewer: 0 } });
    });

    it("finds nothing when it is no event that is refused", async () => {
      expect(await store.findRefused([])).toEqual([]);
      expect(await store.findRefused([makeViewers()])).toEqual([]);
    });
  });
}
