import { describeWithPostgres } from "../../../../test/support/real-services.js";
import type { DeadLetter } from "../../src/ports/result-store.js";
import { resultStoreContract } from "../contract/result-store.contract.js";
import type { ResultStoreHarness } from "../contract/result-store/result-store-bench.js";
import { rollupContract, type RollupHarness } from "../contract/rollups.contract.js";
import { createPostgresDatabase } from "../support/postgres-database.js";
import { toTableRow } from "../support/table-rows.js";

describeWithPostgres("PostgreSQL", (serverUrl) => {
  const createHarness = async (): Promise<ResultStoreHarness & RollupHarness> => {
    const database = await createPostgresDatabase(serverUrl);
    const config = { adapter: "postgres", connectionString: database.connectionString } as const;
    return {
      config,
      sharedConfig: config,
      readDeadLetters: async () => {
        const rows = await database.query<Omit<DeadLetter, "value"> & { readonly value: Buffer }>(
          `SELECT topic, partition, "offset"::float8 AS "offset", value, code, detail
           FROM dead_letters ORDER BY topic, partition, "offset"`,
        );
        return rows.map((row) => ({ ...row, value: row.value.toString("utf8") }));
      },
      readAppliedMigrations: async () =>
        (await database.query<{ number: number }>("SELECT number FROM schema_migrations ORDER BY number")).map(
          (row) => row.number,
        ),
      pretendNewerSchema: async () =>
        void (await database.query("INSERT INTO schema_migrations VALUES (999, 'from the future', 'x')")),
      readTable: async (name) =>
        (await database.query<{ row: object }>(`SELECT to_json(stored) AS row FROM ${name} stored`)).map(({ row }) =>
          toTableRow(row),
        ),
      dispose: () => database.drop(),
    };
  };

  resultStoreContract("PostgresResultStore", createHarness);
  rollupContract("PostgresResultStore", createHarness);
});
