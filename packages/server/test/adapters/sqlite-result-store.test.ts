import { DatabaseSync } from "node:sqlite";
import { join } from "node:path";
import type { DeadLetter } from "../../src/ports/result-store.js";
import { resultStoreContract } from "../contract/result-store.contract.js";
import type { ResultStoreHarness } from "../contract/result-store/result-store-bench.js";
import { rollupContract, type RollupHarness } from "../contract/rollups.contract.js";
import { toTableRow } from "../support/table-rows.js";
import { makeTempFolder } from "../support/temp-folder.js";

const createHarness = async (): Promise<ResultStoreHarness & RollupHarness> => {
  const folder = makeTempFolder();
  const withFile = <T>(work: (db: DatabaseSync) => T): T => {
    const db = new DatabaseSync(join(folder.path, "telemetra.sqlite"));
    try {
      return work(db);
    } finally {
      db.close();
    }
  };
  return {
    config: { adapter: "sqlite", dataDir: folder.path },
    sharedConfig: { adapter: "sqlite", dataDir: folder.path, isShared: true },
    readDeadLetters: async () =>
      withFile((db) =>
        db
          .prepare(
            'SELECT topic, partition, "offset", value, code, detail FROM dead_letters ORDER BY topic, partition, "offset"',
          )
          .all()
          .map(
            (row) =>
              ({ ...row, value: Buffer.from(row["value"] as Uint8Array).toString("utf8") }) as unknown as DeadLetter,
          ),
      ),
    readAppliedMigrations: async () =>
      withFile((db) =>
        db
          .prepare("SELECT number FROM schema_migrations ORDER BY number")
          .all()
          .map((row) => row["number"] as number),
      ),
    pretendNewerSchema: async () =>
      withFile((db) => db.exec("INSERT INTO schema_migrations VALUES (999, 'from the future', 'x', 0)")),
    readTable: async (name) => withFile((db) => db.prepare(`SELECT * FROM ${name}`).all().map(toTableRow)),
    dispose: async () => folder.remove(),
  };
};

resultStoreContract("SqliteResultStore", createHarness);
rollupContract("SqliteResultStore", createHarness);
