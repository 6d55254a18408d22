import pg from "pg";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { describeWithPostgres } from "../../../../test/support/real-services.js";
import { connectAlone } from "../../src/adapters/postgres/connections.js";
import { migratePostgres, POSTGRES_MIGRATIONS } from "../../src/adapters/postgres/migrate.js";
import { ensurePartitions } from "../../src/adapters/postgres/partitions.js";
import {
  createPostgresResultStore,
  type PostgresResultStoreOptions,
} from "../../src/adapters/postgres/postgres-result-store.js";
import type { ResultStore } from "../../src/ports/result-store.js";
import { createPostgresDatabase, type PostgresDatabase } from "../support/postgres-database.js";
import { makeBatch, makeChat, makeRow, makeTransaction, makeViewers } from "../support/records.js";
import { startTcpProxy } from "../support/tcp-proxy.js";

const DAY_MS = 86_400_000;
const START_MS = Date.UTC(2026, 0, 2, 23, 59, 0);
const TABLES = ["chat_summary_minute", "transactions", "viewer_timeseries"];

describeWithPostgres("the PostgreSQL adapter", (serverUrl) => {
  let database: PostgresDatabase;
  let stores: ResultStore[];
  let nowMs: number;

  beforeEach(async () => {
    nowMs = START_MS;
    stores = [];
    database = await createPostgresDatabase(serverUrl);
  });
  afterEach(async () => {
    await Promise.all(stores.map((store) => store.close()));
    await database.drop();
  });

  function create(options: Partial<PostgresResultStoreOptions> = {}): ResultStore {
    const store = createPostgresResultStore({
      connectionString: database.connectionString,
      clock: () => nowMs,
      ...options,
    });
    stores.push(store);
    return store;
  }
  async function open(options: Partial<PostgresResultStoreOptions> = {}): Promise<ResultStore> {
    const store = create(options);
    await store.open();
    return store;
  }
  async function partitions(): Promise<readonly string[]> {
    const rows = await database.query<{ name: string }>(
      "SELECT inhrelid::regclass::text AS name FROM pg_inherits JOIN pg_class ON oid = inhparent WHERE relkind = 'p' ORDER BY 1",
    );
    return rows.map((row) => row.name);
  }
  const endConnections = (): Promise<unknown> =>
    database.query(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
       WHERE application_name = 'telemetra' AND datname = current_database()`,
    );
  const partitionsOf = (...days: readonly string[]): readonly string[] =>
    TABLES.flatMap((table) => days.map((day) => `${table}_${day}`)).toSorted();

  describe("opening", () => {
    it.each([
      ["no server listens", (url: URL) => (url.port = "1"), /check that it runs and that DATABASE_URL is right$/],
      [
        "there is no such database",
        (url: URL) => (url.pathname = "/nothing-here"),
        /check user, password and database in DATABASE_URL$/,
      ],
    ])("says so in one line without the password when %s", async (_what, change, advice) => {
      const url = new URL(database.connectionString);
      url.password = "hush-hush";
      change(url);
      const error = await create({ connectionString: url.href })
        .open()
        .catch((thrown: unknown) => thrown as Error);
      expect(error).toMatchObject({ name: "StorageError", code: "unavailable" });
      expect((error as Error).message).toMatch(/^PostgreSQL at 127\.0\.0\.1:\d+\/\S+ cannot be used: [^\n]*$/);
      expect((error as Error).message).toMatch(advice);
      expect((error as Error).message).not.toContain("hush");
    });

    it("may be called again", async () => {
      const store = await open();
      await store.open();
      await store.ping();
    });

    it("names itself to whoever looks after the database", async () => {
      const store = await open({ applicationName: "telemetra-test" });
      const table = await connectTo(database);
      await table.query("BEGIN; LOCK TABLE streams IN ACCESS EXCLUSIVE MODE");
      const waiting = store.getStream("alpha").catch(() => {});
      await vi.waitFor(async () => {
        const rows = await database.query(
          "SELECT FROM pg_stat_activity WHERE application_name = 'telemetra-test' AND wait_event_type = 'Lock'",
        );
        expect(rows).toHaveLength(1);
      });
      await table.end();
      await waiting;
    });
  });

  describe("migrations", () => {
    it("leave nothing of one that fails midway, and apply it at the next attempt", async () => {
      await open();
      const options = { connectionString: database.connectionString, applicationName: "test", onError: () => {} };
      const client = await connectAlone(options, 10_000);
      const broken = {
        number: POSTGRES_MIGRATIONS.length + 1,
        name: "broken",
        sql: "CREATE TABLE half (a int); CREATE TABLE half (a int)",
      };
      await expect(migratePostgres(client, [...POSTGRES_MIGRATIONS, broken])).rejects.toThrow(/already exists/);
      expect(await database.query("SELECT FROM pg_class WHERE relname = 'half'")).toHaveLength(0);
      await migratePostgres(client, [...POSTGRES_MIGRATIONS, { ...broken, sql: "CREATE TABLE half (a int)" }]);
      expect(await database.query("SELECT FROM pg_class WHERE relname = 'half'")).toHaveLength(1);
      await client.end();
    });

    it("take what an older version has stored into the roll-ups", async () => {
      const options = { connectionString: database.connectionString, applicationName: "test", onError: () => {} };
      const client = await connectAlone(options, 10_000);
      await migratePostgres(client, POSTGRES_MIGRATIONS.slice(0, 2));
      await ensurePartitions(client, nowMs);
      await client.query(`
        INSERT INTO chat_summary_minute (stream_id, window_start, window_end, chat_count, chat_rate, unique_chatters,
          unique_chatters_exact, top_emotes, positive_count, negative_count, revenue, is_anomaly, revision, written_at)
        SELECT 'alpha', start, start + interval '60 s', 6, 0.1, 1, true, '[]', 1, 0, '[]', false, 0, '2026-01-02T12:00:00Z'
        FROM generate_series('2026-01-02T10:58:00Z', '2026-01-02T11:00:00Z', interval '10 s') start;
        INSERT INTO viewer_timeseries (stream_id, event_id, timestamp, viewer_count, written_at)
        VALUES ('alpha', 'v', '2026-01-02T10:59:59.999Z', 7, '2026-01-02T12:00:00Z')`);
      await client.end();
      const store = await open();
      expect(await store.refreshRollups()).toBe(2);
      expect(
        await database.query(
          `SELECT hour_start, messages::int, positive_count::int, covered_seconds, peak_viewers FROM stream_hourly ORDER BY 1`,
        ),
      ).toEqual([
        {
          hour_start: new Date("2026-01-02T10:00:00Z"),
          messages: 12,
          positive_count: 2,
          covered_seconds: 120,
          peak_viewers: 7,
        },
        {
          hour_start: new Date("2026-01-02T11:00:00Z"),
          messages: 6,
          positive_count: 1,
          covered_seconds: 60,
          peak_viewers: null,
        },
      ]);
    });

    it("give the lock back to others when the process that migrates is gone", async () => {
      await open();
      const options = { connectionString: database.connectionString, applicationName: "test", onError: () => {} };
      const holder = await connectAlone(options, 10_000);
      const slow = { number: POSTGRES_MIGRATIONS.length + 1, name: "slow", sql: "SELECT pg_sleep(60)" };
      const stuck = migratePostgres(holder, [...POSTGRES_MIGRATIONS, slow]).catch((error: unknown) => error);
      await vi.waitFor(async () => {
        const [row] = await database.query<{ pid: number }>(
          "SELECT pid FROM pg_stat_activity WHERE wait_event = 'PgSleep'",
        );
        await database.query("SELECT pg_terminate_backend($1)", [row!.pid]);
      });
      expect(await stuck).toBeInstanceOf(Error);
      await (await open()).ping();
    });
  });

  describe("partitions", () => {
    it("are made for today and two days ahead, by whoever is first", async () => {
      await Promise.all([open(), open(), open(), open(), open()]);
      expect(await partitions()).toEqual(partitionsOf("20260102", "20260103", "20260104"));
    });

    it("are made when the day changes, whatever day it is", async () => {
      const store = await open();
      nowMs += DAY_MS;
      await store.commit(makeBatch({ rows: [makeRow()] }));
      nowMs += 30 * DAY_MS;
      await store.commit(makeBatch({ rows: [makeRow({ startMs: 60_000 })] }));
      nowMs = START_MS - 300 * DAY_MS;
      await store.commit(makeBatch({ rows: [makeRow({ startMs: 120_000 })] }));
      expect((await store.readMetrics("alpha", { limit: 10 })).items).toHaveLength(3);
      expect(await partitions()).toEqual(
        partitionsOf(
          "20250308",
          "20250309",
          "20250310",
          "20260102",
          "20260103",
          "20260104",
          "20260105",
          "20260202",
          "20260203",
          "20260204",
        ),
      );
    });

    it("hold an event of any year by the day it was written", async () => {
      const store = await open();
      await store.commit(
        makeBatch({
          events: [makeViewers({ timestamp: Date.UTC(2016, 1, 1) })],
          rows: [makeRow({ startMs: Date.UTC(2016, 1, 1) })],
        }),
      );
      expect(await database.query("SELECT FROM chat_summary_minute_20260102")).toHaveLength(1);
      expect(await database.query("SELECT FROM viewer_timeseries_20260102")).toHaveLength(1);
    });

    it("F8: are dropped when their whole day is past, while others are written and read", async () => {
      const store = await open();
      for (let day = 0; day < 4; day++) {
        await store.commit(
          makeBatch({ rows: [makeRow({ startMs: day * 60_000 })], events: [makeTransaction({ event_id: `t${day}` })] }),
        );
        nowMs += DAY_MS;
      }
      let isDone = false;
      const deletion = store.deleteWrittenBefore(Date.UTC(2026, 0, 4, 12)).finally(() => (isDone = true));
      let commits = 0;
      do {
        await store.commit(makeBatch({ rows: [makeRow({ startMs: (100 + commits++) * 60_000 })] }));
        await store.readMetrics("alpha", { limit: 10 });
      } while (!isDone);
      expect(await deletion).toBe(4);
      expect((await partitions()).filter((name) => name.endsWith("20260103"))).toEqual([]);
      expect((await partitions()).filter((name) => name.endsWith("20260104"))).toHaveLength(3);
      expect((await store.readMetrics("alpha", { limit: 1_000 })).items).toHaveLength(2 + commits);
    });

    it("are dropped although a process died while it detached one", async () => {
      const store = await open();
      await store.commit(makeBatch({ rows: [makeRow()] }));
      // A transaction that has read the table keeps the detaching from ending.
      const reader = await connectTo(database);
      await reader.query("BEGIN ISOLATION LEVEL REPEATABLE READ; SELECT * FROM chat_summary_minute");
      const detacher = await connectTo(database);
      const detaching = detacher
        .query("ALTER TABLE chat_summary_minute DETACH PARTITION chat_summary_minute_20260102 CONCURRENTLY")
        .catch((error: unknown) => error);
      await vi.waitFor(async () => {
        const [row] = await database.query<{ pid: number }>(
          `SELECT pid FROM pg_stat_activity JOIN pg_inherits ON inhdetachpending WHERE query LIKE 'ALTER TABLE chat%' AND wait_event_type = 'Lock'`,
        );
        await database.query("SELECT pg_terminate_backend($1)", [row!.pid]);
      });
      expect(await detaching).toBeInstanceOf(Error);
      await reader.end();
      expect(await store.deleteWrittenBefore(START_MS + DAY_MS)).toBe(2);
      expect((await partitions()).filter((name) => name.endsWith("20260102"))).toEqual([]);
    });

    it("are cleaned up by one process at a time", async () => {
      const [one, two] = [await open(), await open()];
      await one.commit(makeBatch({ rows: [makeRow()] }));
      const counts = await Promise.all([one, two].map((store) => store.deleteWrittenBefore(START_MS + DAY_MS)));
      expect(counts.toSorted((left, right) => left - right)).toEqual([0, 2]);
    });
  });

  describe("trouble", () => {
    it("loses and doubles nothing while its connections are ended again and again", async () => {
      const errors: Error[] = [];
      const store = await open({ onError: (error) => errors.push(error) });
      const [claim] = await store.claim([{ topic: "transaction", partition: 0 }], "test");
      let isDone = false;
      let kills = 0;
      const killer = (async () => {
        for (; !isDone; kills++) {
          await endConnections();
          // Long enough for some commits to get through, too short for most of them to do so undisturbed.
          await new Promise((resolve) => setTimeout(resolve, 10 + Math.random() * 30));
        }
      })();
      let failed = 0;
      const count = 150;
      for (let offset = 0; offset < count;) {
        const position = {
          topic: "transaction",
          partition: 0,
          epoch: claim!.epoch,
          nextOffset: offset + 1,
          lowOffset: 0,
        } as const;
        const event = makeTransaction({ event_id: String(offset), amount: 1 });
        await store
          .commit(
            makeBatch({
              positions: [position],
              events: [event],
              rows: [makeRow({ startMs: offset * 60_000, chat_count: 1 })],
            }),
          )
          .then(
            () => offset++,
            () => failed++,
          );
      }
      isDone = true;
      await killer;
      expect(kills).toBeGreaterThan(5);
      expect(failed).toBeLessThan(count);
      expect(await store.readStats("alpha")).toMatchObject({
        messages: count,
        revenue: [{ amount: count }],
        events: { transaction: count },
      });
      expect((await store.claim([{ topic: "transaction", partition: 0 }], "test"))[0]!.nextOffset).toBe(count);
    });

    it("survives that an idle connection is ended, and tells it", async () => {
      const errors: Error[] = [];
      const store = await open({ onError: (error) => errors.push(error) });
      await store.getStream("alpha");
      await endConnections();
      await vi.waitFor(() => expect(errors.length).toBeGreaterThan(0));
      expect(await store.getStream("alpha")).toBeUndefined();
    });

    it("commits again by itself when two transactions deadlocked", async () => {
      const store = await open();
      await store.commit(makeBatch({ events: [makeChat()], rows: [makeRow()] }));
      const other = await connectTo(database);
      await other.query("SET deadlock_timeout = '10s'");
      await other.query("BEGIN; UPDATE chat_summary_minute SET chat_count = 7");
      const commit = store.commit(
        makeBatch({ events: [makeChat({ timestamp: 9_000 })], rows: [makeRow({ revision: 1, chat_count: 12 })] }),
      );
      await vi.waitFor(async () => {
        const waiting = await database.query(
          "SELECT FROM pg_stat_activity WHERE application_name = 'telemetra' AND wait_event_type = 'Lock'",
        );
        expect(waiting).toHaveLength(1);
      });
      // Now each waits for the other; the one with the shorter deadlock_timeout, ours, is rolled back.
      await other.query("UPDATE streams SET title = 'by hand'");
      await other.query("COMMIT");
      await commit;
      expect((await store.readMetrics("alpha", { limit: 1 })).items).toMatchObject([{ revision: 1, chat_count: 12 }]);
      await other.end();
    });

    it("does not let readers that have to wait hold up commits and health reports", async () => {
      const store = await open({ apiConnections: 2 });
      const other = await connectTo(database);
      await other.query("BEGIN; LOCK TABLE moments IN ACCESS EXCLUSIVE MODE");
      const readers = Array.from({ length: 6 }, () =>
        store.readMoments("alpha", { limit: 1 }).catch((error: unknown) => error),
      );
      await vi.waitFor(async () => {
        const waiting = await database.query(
          "SELECT FROM pg_stat_activity WHERE application_name = 'telemetra' AND wait_event_type = 'Lock'",
        );
        expect(waiting).toHaveLength(2);
      });
      await store.ping();
      await store.commit(makeBatch({ rows: [makeRow()] }));
      // Waiting has an end, and it is told as something that passes.
      expect(await readers[0]).toMatchObject({ name: "StorageError", code: "unavailable" });
      await other.end();
      await Promise.all(readers);
      expect(await store.readMoments("alpha", { limit: 1 })).toEqual({ items: [] });
    });

    it("gives an answer in time when the server no longer answers at all", async () => {
      const url = new URL(database.connectionString);
      const proxy = await startTcpProxy(url.hostname, Number(url.port));
      url.port = String(proxy.port);
      const store = await open({ connectionString: url.href });
      await store.ping();
      proxy.freeze();
      const before = performance.now();
      await expect(store.ping()).rejects.toMatchObject({ code: "unavailable" });
      expect(performance.now() - before).toBeLessThan(6_000);
      proxy.reset();
      proxy.thaw();
      await store.ping();
      proxy.reset();
      expect(await store.getStream("alpha")).toBeUndefined();
      await store.close();
      await proxy.close();
    });

    it("dates a change that somebody made by hand", async () => {
      const store = await open();
      await store.commit(makeBatch({ events: [makeChat()] }));
      await database.query("UPDATE streams SET streamer_name = 'Alpha'");
      const stream = await store.getStream("alpha");
      expect(stream!.streamer_name).toBe("Alpha");
      expect(Date.parse(stream!.updated_at)).toBeGreaterThan(START_MS);
    });
  });
});

async function connectTo(database: PostgresDatabase): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: database.connectionString });
  client.on("error", () => {});
  await client.connect();
  return client;
}
