import pg from "pg";
import { afterEach, beforeEach, expect, it } from "vitest";
import { describeWithPostgres } from "../../../../test/support/real-services.js";
import { POSTGRES_MIGRATIONS } from "../../src/adapters/postgres/migrate.js";
import { createPostgresResultStore } from "../../src/adapters/postgres/postgres-result-store.js";
import { migrationChecksum } from "../../src/adapters/shared/migration.js";
import { createPostgresDatabase, type PostgresDatabase } from "../support/postgres-database.js";
import type { RunningProgram } from "../support/program.js";
import { makeBatch, makeRow } from "../support/records.js";
import { until } from "../support/until.js";
import { usePrograms } from "../support/use-programs.js";

const NAMES = ["one", "two", "three", "four", "five"];

describeWithPostgres("telemetra migrate on an empty PostgreSQL", (serverUrl) => {
  let database: PostgresDatabase;

  beforeEach(async () => {
    database = await createPostgresDatabase(serverUrl);
  });
  afterEach(() => database.drop());
  // After the database, so that whoever uses it has ended before it goes.
  const programs = usePrograms();

  /** The name is what the database knows the process by. */
  function migrate(name: string): RunningProgram {
    const url = new URL(database.connectionString);
    url.searchParams.set("application_name", name);
    return programs.start(["migrate", "--ephemeral", "--log-level", "error"], { env: { DATABASE_URL: url.href } });
  }
  async function expectWholeSchema(): Promise<void> {
    const applied = await database.query("SELECT number, name, checksum FROM schema_migrations ORDER BY number");
    expect(applied).toEqual(
      POSTGRES_MIGRATIONS.map((migration) => ({
        number: migration.number,
        name: migration.name,
        checksum: migrationChecksum(migration),
      })),
    );
    const locks = await database.query(
      `SELECT FROM pg_locks WHERE locktype = 'advisory' AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`,
    );
    expect(locks).toEqual([]);
    const store = createPostgresResultStore({ connectionString: database.connectionString });
    await store.open();
    await store.commit(makeBatch({ rows: [makeRow()] }));
    expect((await store.readMetrics("alpha", { limit: 1 })).items).toEqual([makeRow()]);
    await store.close();
  }

  it("R18: five processes at once apply each migration once", { timeout: 120_000 }, async () => {
    const started = NAMES.map(migrate);
    expect(await Promise.all(started.map((program) => program.exited))).toEqual(NAMES.map(() => 0));
    expect(started.map((program) => program.stderr())).toEqual(NAMES.map(() => ""));
    await expectWholeSchema();
  });

  it(
    "R18: a process that is killed amid its migration leaves nothing of it, and the four others finish",
    { timeout: 120_000 },
    async () => {
      // A table of the first migration that is there and not there yet: whoever migrates comes to a halt in the middle.
      const obstacle = new pg.Client({ connectionString: database.connectionString });
      obstacle.on("error", () => {});
      await obstacle.connect();
      await obstacle.query("BEGIN; CREATE TABLE moments ()");
      const started = new Map(NAMES.map((name) => [name, migrate(name)]));
      const victim = await until(
        async () => {
          const [halted] = await database.query<{ name: string }>(
            `SELECT application_name AS name FROM pg_stat_activity
             WHERE datname = current_database() AND wait_event_type = 'Lock' AND query LIKE '%CREATE TABLE log_positions%'`,
          );
          return halted?.name;
        },
        { timeoutMs: 60_000, what: "a process amid its migration" },
      );
      const killed = started.get(victim)!;
      killed.child.kill("SIGKILL");
      expect(await killed.exited).toBe("SIGKILL");
      await obstacle.query("ROLLBACK");
      await obstacle.end();
      const others = NAMES.filter((name) => name !== victim).map((name) => started.get(name)!);
      expect(await Promise.all(others.map((program) => program.exited))).toEqual(others.map(() => 0));
      expect(others.map((program) => program.stderr())).toEqual(others.map(() => ""));
      await expectWholeSchema();
      expect(await migrate("six").exited).toBe(0);
      await expectWholeSchema();
    },
  );

  it("refuses a database with a newer schema in one line, and changes nothing", { timeout: 60_000 }, async () => {
    expect(await migrate("one").exited).toBe(0);
    await database.query("INSERT INTO schema_migrations VALUES (999, 'from the future', 'x')");
    const late = migrate("two");
    expect(await late.exited).toBe(1);
    expect(late.stderr().trim()).toMatch(/^[^\n]*has schema 999[^\n]*use a newer version[^\n]*$/);
  });
});
