import { describeWithPostgres } from "../../../../test/support/real-services.js";
import { deadLettersContract } from "../contract/dead-letters.contract.js";
import { createPostgresDatabase } from "../support/postgres-database.js";

describeWithPostgres("PostgreSQL", (serverUrl) => {
  deadLettersContract("PostgresResultStore", async () => {
    const database = await createPostgresDatabase(serverUrl);
    return {
      config: { adapter: "postgres", connectionString: database.connectionString },
      dispose: () => database.drop(),
    };
  });
});
