import { afterAll, beforeAll, expect, it } from "vitest";
import { describeWithPostgres } from "../../../../test/support/real-services.js";
import { createPostgresResultStore } from "../../src/adapters/postgres/postgres-result-store.js";
import { createPostgresDatabase, type PostgresDatabase } from "../support/postgres-database.js";
import { readSqlGuide, storeGuideExample, toAnswer } from "../support/sql-guide.js";

describeWithPostgres("docs/guides/sql.md, on PostgreSQL", (serverUrl) => {
  let database: PostgresDatabase;

  beforeAll(async () => {
    database = await createPostgresDatabase(serverUrl);
    const store = createPostgresResultStore({ connectionString: database.connectionString });
    await store.open();
    await storeGuideExample(store);
    await store.close();
  });
  afterAll(() => database.drop());

  it.each(readSqlGuide().map((question) => [question.title, question] as const))(
    "answers: %s",
    async (_title, question) => {
      expect(toAnswer(await database.query(question.sql.PostgreSQL))).toEqual(question.answer);
    },
  );
});
