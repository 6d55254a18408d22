import { randomUUID } from "node:crypto";
import pg from "pg";

/** An empty database of its own on a server that several tests share. */
export interface PostgresDatabase {
  readonly connectionString: string;
  query<Row extends pg.QueryResultRow>(sql: string, parameters?: readonly unknown[]): Promise<readonly Row[]>;
  drop(): Promise<void>;
}

/** @param serverUrl where databases may be made */
export async function createPostgresDatabase(serverUrl: string): Promise<PostgresDatabase> {
  const name = `test_${randomUUID().replaceAll("-", "")}`;
  await runOnce(serverUrl, `CREATE DATABASE ${name}`);
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  const connectionString = url.href;
  return {
    connectionString,
    query: <Row extends pg.QueryResultRow>(sql: string, parameters?: readonly unknown[]) =>
      runOnce<Row>(connectionString, sql, parameters),
    drop: async () => void (await runOnce(serverUrl, `DROP DATABASE ${name} WITH (FORCE)`)),
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
