import { afterEach, beforeEach } from "vitest";
import type { CommitBatch, ResultStore } from "../../src/ports/result-store.js";
import { openStore, type Opened, type StoreConfig } from "../support/adapter-config.js";
import { makeBatch } from "../support/records.js";

/** An empty database of its own for one test. */
export interface StoreHarness {
  readonly config: StoreConfig;
  /** Removes the database. */
  dispose(): Promise<void>;
}

/** What the clock of the store shows at the beginning of each test. */
export const START_MS = Date.UTC(2026, 0, 2, 3, 4, 5);

/** An open store over an empty database, under a clock that the test moves. */
export class StoreBench<Harness extends StoreHarness = StoreHarness> {
  harness!: Harness;
  /** Replaced by a test that opens another. */
  store!: ResultStore;
  nowMs = START_MS;
  readonly #createHarness: () => Promise<Harness>;
  #opened: Opened<ResultStore>[] = [];

  constructor(createHarness: () => Promise<Harness>) {
    this.#createHarness = createHarness;
  }

  /** Takes a database that nobody has opened yet. */
  async begin(): Promise<void> {
    this.nowMs = START_MS;
    this.harness = await this.#createHarness();
  }

  /** @param aheadMs how far the clock of this one is ahead of the others */
  async open(config: StoreConfig = this.harness.config, aheadMs = 0): Promise<ResultStore> {
    const one = await openStore(config, () => this.nowMs + aheadMs);
    this.#opened.push(one);
    return one.port;
  }

  async closeAll(): Promise<void> {
    await Promise.all(this.#opened.splice(0).map((one) => one.close()));
  }

  async end(): Promise<void> {
    await this.closeAll();
    await this.harness.dispose();
  }

  async commit(fields: Partial<CommitBatch>): Promise<void> {
    await this.store.commit(makeBatch(fields));
  }

  /** Everything that can be read of a stream. */
  async readStream(streamId = "alpha"): Promise<unknown> {
    return {
      stream: await this.store.getStream(streamId),
      metrics: await this.store.readMetrics(streamId, { limit: 1_000 }),
      moments: await this.store.readMoments(streamId, { limit: 1_000 }),
      stats: await this.store.readStats(streamId),
    };
  }
}

/** Gives each test of a group a store of its own, which goes with the test. */
export function useStoreBench<Harness extends StoreHarness>(
  createHarness: () => Promise<Harness>,
): StoreBench<Harness> {
  const bench = new StoreBench(createHarness);
  beforeEach(async () => {
    await bench.begin();
    bench.store = await bench.open();
  });
  afterEach(() => bench.end());
  return bench;
}
