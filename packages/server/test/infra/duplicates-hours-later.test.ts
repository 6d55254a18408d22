import { isDeepStrictEqual } from "node:util";
import type { EventType } from "@telemetra/core";
import { expect, it, onTestFinished } from "vitest";
import { describeWithPostgres } from "../../../../test/support/real-services.js";
import { createPostgresResultStore } from "../../src/adapters/postgres/postgres-result-store.js";
import { databaseForTest } from "../support/database-for-test.js";
import { NOON_MS, openPipelineBench, type PipelineBench } from "../support/pipeline-bench.js";
import type { PostgresDatabase } from "../support/postgres-database.js";
import { makeChat, makeTransaction, makeViewers } from "../support/records.js";

const HOUR_MS = 3_600_000;
const TABLES = ["chat_summary_minute", "viewer_timeseries", "transactions", "moments", "streams"];

/**
 * Kafka's log knows the ids of the last appends of its own process only, and an engine those of its streams since it
 * began. What comes again later than that meets the state and the tables in the database.
 */
describeWithPostgres("duplicates that come hours later, in PostgreSQL", (databaseUrl) => {
  const events = Array.from({ length: 120 }, (_, at) => {
    const fields = { event_id: `e${at}`, timestamp: NOON_MS + at * 1_000 };
    if (at % 10 === 0) return makeViewers({ ...fields, viewer_count: 100 + at });
    return at % 15 === 1 ? makeTransaction(fields) : makeChat(fields);
  });

  async function setUp() {
    const database = await databaseForTest(databaseUrl);
    const store = createPostgresResultStore({ connectionString: database.connectionString });
    await store.open();
    onTestFinished(() => store.close());
    /** A process of its own: nothing is remembered but what is in the database. */
    const start = async (nowMs: number, offsets: PipelineBench["offsets"] = new Map()): Promise<PipelineBench> => {
      const bench = await openPipelineBench({}, store);
      onTestFinished(() => bench.close());
      bench.nowMs = nowMs;
      await bench.assign(0);
      for (const [key, offset] of offsets) bench.offsets.set(key, offset);
      return bench;
    };
    return { database, start };
  }

  async function feedAll(bench: PipelineBench, list: readonly { readonly type: EventType }[]): Promise<void> {
    for (const event of list) await bench.feed(event.type, [event]);
  }
  /** Time goes by, a second a tick. */
  async function pass(bench: PipelineBench, seconds: number): Promise<void> {
    for (let second = 0; second < seconds; second++) {
      bench.nowMs += 1_000;
      await bench.pipeline.tick();
    }
  }
  /** One process sees the whole show; another, six hours later, knows what is in the database and where that one was. */
  async function restartHoursLater() {
    const { database, start } = await setUp();
    const first = await start(NOON_MS + 120_000);
    await feedAll(first, events);
    await pass(first, 600);
    await first.close();
    const before = await readTables(database);
    return { database, before, second: await start(NOON_MS + 6 * HOUR_MS, first.offsets) };
  }
  const readTables = async (database: PostgresDatabase): Promise<Record<string, readonly unknown[]>> =>
    Object.fromEntries(
      await Promise.all(
        TABLES.map(async (table) => [table, await database.query(`SELECT * FROM ${table} ORDER BY 1, 2, 3`)]),
      ),
    ) as Record<string, readonly unknown[]>;

  it("W7: make no second row and change none while their stream goes on", async () => {
    const { database, start } = await setUp();
    const bench = await start(NOON_MS + 120_000);
    await feedAll(bench, events);
    await pass(bench, 200);
    const later = makeChat({ event_id: "later", timestamp: bench.nowMs });
    await feedAll(bench, [later]);
    await pass(bench, 200);
    const before = await readTables(database);
    expect(before["transactions"]).toHaveLength(events.filter(({ type }) => type === "transaction").length);
    await feedAll(bench, events);
    await pass(bench, 200);
    const after = await readTables(database);
    for (const table of ["viewer_timeseries", "transactions"]) expect(after[table]).toEqual(before[table]);
    // The stream went on, silent: its newer windows are zero rows, the older ones are as they were.
    const isNew = (row: unknown): boolean => !before["chat_summary_minute"]!.some((one) => isDeepStrictEqual(one, row));
    const newRows = after["chat_summary_minute"]!.filter(isNew);
    expect(newRows.length).toBe(after["chat_summary_minute"]!.length - before["chat_summary_minute"]!.length);
    expect(newRows.map((row) => (row as { chat_count: number }).chat_count)).toEqual(newRows.map(() => 0));
  });

  it("W7: make no second row and change none after a restart, six hours later, when their stream has long ended", async () => {
    const { database, before, second } = await restartHoursLater();
    expect(before["viewer_timeseries"]).toHaveLength(events.filter(({ type }) => type === "viewer").length);
    expect(before["chat_summary_minute"]!.length).toBeGreaterThan(10);
    await feedAll(second, events);
    await pass(second, 600);
    expect(await readTables(database)).toEqual(before);
  });

  it("W7: make no second raw row when they claim another time", async () => {
    const { database, before, second } = await restartHoursLater();
    await feedAll(
      second,
      events.map((event) => ({ ...event, timestamp: event.timestamp + 6 * HOUR_MS })),
    );
    await pass(second, 200);
    const after = await readTables(database);
    for (const table of ["viewer_timeseries", "transactions"]) expect(after[table]).toEqual(before[table]);
  });
});
