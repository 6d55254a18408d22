import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openSqliteDatabase, type SqliteDatabase } from "../../src/adapters/sqlite/database.js";
import { createSqliteResultStore } from "../../src/adapters/sqlite/sqlite-result-store.js";
import { readSqlGuide, storeGuideExample, toAnswer } from "../support/sql-guide.js";

describe("docs/guides/sql.md, on SQLite", () => {
  let db: SqliteDatabase;

  beforeAll(async () => {
    db = await openSqliteDatabase();
    const store = createSqliteResultStore(db);
    await store.open();
    await storeGuideExample(store);
  });
  afterAll(() => db.close());

  it.each(readSqlGuide().map((question) => [question.title, question] as const))("answers: %s", (_title, question) => {
    expect(toAnswer(db.prepare(question.sql.SQLite).all())).toEqual(question.answer);
  });
});
