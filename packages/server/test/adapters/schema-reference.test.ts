import { describe, expect, it } from "vitest";
import { openSqliteDatabase } from "../../src/adapters/sqlite/database.js";
import { migrateSqlite } from "../../src/adapters/sqlite/migrate.js";
import { isIndexExplained, readSchemaReference } from "../support/schema-reference.js";

describe("docs/reference/schema.md", () => {
  it("lists the tables and columns of the SQLite database, with their types", async () => {
    const db = await openSqliteDatabase();
    migrateSqlite(db);
    const tables = db.prepare("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name").all();
    const real = tables.map(({ name }) => [
      name,
      db
        .prepare("SELECT name, type FROM pragma_table_info(?) ORDER BY cid")
        .all(name as string)
        .map((column) => [column["name"], column["type"]]),
    ]);
    const documented = [...readSchemaReference()]
      .map(([name, columns]) => [name, columns.map((column) => [column.name, column.sqlite])] as const)
      .toSorted(([left], [right]) => (left < right ? -1 : 1));
    expect(documented).toEqual(real);
    db.close();
  });

  it("says what each index of the SQLite database is for", async () => {
    const db = await openSqliteDatabase();
    migrateSqlite(db);
    const indices = db.prepare("SELECT name FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL").all();
    expect(indices.length).toBeGreaterThan(10);
    expect(indices.map(({ name }) => name as string).filter((name) => !isIndexExplained(name))).toEqual([]);
    expect(isIndexExplained("moments_by_nothing")).toBe(false);
    db.close();
  });
});
