import { onTestFinished } from "vitest";
import { createPostgresDatabase, type PostgresDatabase } from "./postgres-database.js";

/** An empty database of its own on a server that several tests share; it goes with the test. */
export async function databaseForTest(serverUrl: string): Promise<PostgresDatabase> {
  const database = await createPostgresDatabase(serverUrl);
  onTestFinished(() => database.drop());
  return database;
}
