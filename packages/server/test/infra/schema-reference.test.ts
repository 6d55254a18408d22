import { expect, it } from "vitest";
import { describeWithPostgres } from "../../../../test/support/real-services.js";
import { createPostgresResultStore } from "../../src/adapters/postgres/postgres-result-store.js";
import { createPostgresDatabase } from "../support/postgres-database.js";
import { isIndexExplained, readSchemaReference } from "../support/schema-reference.js";

describeWithPostgres("docs/reference/schema.md", (serverUrl) => {
  it("lists the tables and columns of the PostgreSQL database, with their types, and says what each index is for", async () => {
    const database = await createPostgresDatabase(serverUrl);
    try {
      const store = createPostgresResultStore({ connectionString: database.connectionString });
      await store.open();
      await store.close();
      const rows = await database.query<{ table: string; columns: string[][] }>(`
        SELECT relname AS table, array_agg(ARRAY[attname::text, format_type(atttypid, atttypmod)] ORDER BY attnum) AS columns
        FROM pg_class JOIN pg_attribute ON attrelid = pg_class.oid
        WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') AND NOT relispartition AND attnum > 0
        GROUP BY relname ORDER BY relname`);
      const documented = [...readSchemaReference()]
        .filter(([, columns]) => columns.every(({ postgres }) => postgres !== undefined))
        .map(([table, columns]) => ({
          table,
          columns: columns.map(({ name, postgres }) => [name, longName(postgres!)]),
        }))
        .toSorted((left, right) => (left.table < right.table ? -1 : 1));
      expect(documented).toEqual(rows);
      const indices = await database.query<{ name: string }>(`
        SELECT relname AS name FROM pg_class JOIN pg_index ON indexrelid = oid
        WHERE relnamespace = 'public'::regnamespace AND NOT relispartition AND NOT indisprimary`);
      expect(indices.length).toBeGreaterThan(10);
      expect(indices.filter(({ name }) => !isIndexExplained(name))).toEqual([]);
    } finally {
      await database.drop();
    }
  });
});

/** PostgreSQL knows one type by its name in the standard. */
function longName(type: string): string {
  return type === "timestamptz" ? "timestamp with time zone" : type;
}
