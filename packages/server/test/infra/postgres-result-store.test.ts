import { describeWithPostgres } from "../../../../test/support/real-services.js";
import type { DeadLetter } from "../../src/ports/result-store.js";
import { resultStoreContract } from "../contract/result-store.contract.js";
import { createPostgresDatabase } from "../support/postgres-database.js";

describeWithPostgres("PostgreSQL", (serverUrl) => {
  resultStoreContract("PostgresResultStore", async () => {
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
      dispose: () => database.drop(),
    };
  });
});
