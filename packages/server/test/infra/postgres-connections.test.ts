import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { describeWithPostgres } from "../../../../test/support/real-services.js";
import { connectAlone, createPool, type ConnectionOptions } from "../../src/adapters/postgres/connections.js";
import { failureKind } from "../../src/adapters/postgres/postgres-error.js";
import { createPostgresDatabase, type PostgresDatabase } from "../support/postgres-database.js";

describeWithPostgres("connections to PostgreSQL", (serverUrl) => {
  let database: PostgresDatabase;

  beforeEach(async () => {
    database = await createPostgresDatabase(serverUrl);
  });
  afterEach(() => database.drop());

  const options = (): ConnectionOptions => ({
    connectionString: database.connectionString,
    applicationName: "test",
    onError: () => {},
  });

  it("come with an end to every wait", async () => {
    const client = await connectAlone(options(), 1_234);
    const names = ["statement_timeout", "lock_timeout", "idle_in_transaction_session_timeout", "TimeZone", "jit"];
    const { rows } = await client.query<{ name: string; setting: string }>(
      "SELECT name, setting FROM pg_settings WHERE name = ANY ($1)",
      [names],
    );
    await client.end();
    expect(Object.fromEntries(rows.map(({ name, setting }) => [name, setting]))).toEqual({
      statement_timeout: "1234",
      lock_timeout: "2000",
      idle_in_transaction_session_timeout: "10000",
      TimeZone: "UTC",
      jit: "off",
    });
  });

  it("end a statement that takes too long, tell it as something that passes, and can be used again", async () => {
    const pool = createPool(options(), { connections: 1, statementMs: 200 });
    const before = performance.now();
    const error: unknown = await pool.query("SELECT pg_sleep(30)").catch((thrown: unknown) => thrown);
    expect(performance.now() - before).toBeLessThan(5_000);
    expect(error).toMatchObject({ code: "57014" });
    expect(failureKind(error)).toBe("wait");
    expect((await pool.query<{ one: number }>("SELECT 1 AS one")).rows).toEqual([{ one: 1 }]);
    await pool.end();
  });

  it("are let go of when they idle in a transaction, whose locks would stop others", async () => {
    const pool = createPool(options(), { connections: 1, statementMs: 5_000 });
    const client = await pool.connect();
    await client.query("SET idle_in_transaction_session_timeout = 50; BEGIN");
    await vi.waitFor(async () => {
      const idle = await database.query("SELECT FROM pg_stat_activity WHERE state = 'idle in transaction'");
      expect(idle).toEqual([]);
    });
    const error: unknown = await client.query("SELECT 1").catch((thrown: unknown) => thrown);
    expect(failureKind(error)).toBe("reconnect");
    client.release(true);
    expect((await pool.query("SELECT 1")).rowCount).toBe(1);
    await pool.end();
  });
});
