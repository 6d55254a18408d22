import { randomUUID } from "node:crypto";
import pg from "pg";

/** An empty database of its own on a server that several tests share. */
export interface PostgresDatabase {
  readonly connectionString: string;
  query<Row extends pg.QueryResultRow>(sql: string, parameters?: readonly unknown[]): Promise<readonly Row[]>;
  drop(): Promise<void>;
}

/**
 * @param serverUrl where databases may be made
 * @param folder where its tables are kept; it has to be empty and to belong to the server. Default: with all others
 */
export async function createPostgresDatabase(serverUrl: string, folder?: string): Promise<PostgresDatabase> {
  const name = `test_${randomUUID().replaceAll("-", "")}`;
  if (folder !== undefined) await runOnce(serverUrl, `CREATE TABLESPACE ${name} LOCATION '${folder}'`);
  await runOnce(serverUrl, `CREATE DATABASE ${name}${folder === undefined ? "" : ` TABLESPACE ${name}`}`);
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  const connectionString = url.href;
  return {
    connectionString,
    query: <Row extends pg.QueryResultRow>(sql: string, parameters?: readonly unknown[]) =>
      runOnce<Row>(connectionString, sql, parameters),
    async drop() {
      await runOnce(serverUrl, `DROP DATABASE ${name} WITH (FORCE)`);
      if (folder !== undefined) await runOnce(serverUrl, `DROP TABLESPACE ${name}`);
    },
  };
}

async function runOnce<Row extends pg.QueryResultRow>(
  connectionString: string,
  sql: string,
  parameters: readonly unknown[] = [],
): Promise<readonly Row[]> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    return (await client.query<Row>(sql, [...parameters])).rows;
  } finally {
    await client.end();
  }
}
