import type { DeadLetter } from "../../../src/ports/result-store.js";
import type { StoreConfig } from "../../support/adapter-config.js";
import type { TableRow } from "../../support/table-rows.js";
import type { StoreBench, StoreHarness } from "../store-bench.js";

/** An empty database of its own for one test. */
export interface ResultStoreHarness extends StoreHarness {
  /** For opening by several processes at once. */
  readonly sharedConfig: StoreConfig;
  /** What the port has no call for, read straight from the tables. */
  readDeadLetters(): Promise<readonly DeadLetter[]>;
  readAppliedMigrations(): Promise<readonly number[]>;
  readTable(name: string): Promise<readonly TableRow[]>;
  /** Makes the database look as if a newer version had migrated it. */
  pretendNewerSchema(): Promise<void>;
}

/** What the tests of the `ResultStore` contract work on. */
export type ResultStoreBench = StoreBench<ResultStoreHarness>;
