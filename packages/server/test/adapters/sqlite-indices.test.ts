import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openSqliteDatabase, type SqliteDatabase } from "../../src/adapters/sqlite/database.js";
import { migrateSqlite } from "../../src/adapters/sqlite/migrate.js";
import { getStream, listStreams, readMetrics, readMoments, readStats } from "../../src/adapters/sqlite/result-reads.js";
import { deleteWrittenBefore } from "../../src/adapters/sqlite/result-retention.js";
import { writeCommit } from "../../src/adapters/sqlite/result-writes.js";
import { refreshRollups } from "../../src/adapters/sqlite/rollups.js";
import { createSqliteEventLog } from "../../src/adapters/sqlite/sqlite-event-log.js";
import { HOT_READS, makeHotBatch } from "../support/hot-statements.js";
import { makeAppend } from "../support/records.js";

/** Tables that grow. The others have a row per stream or per partition. */
const LARGE =
  /\b(chat_summary_minute|viewer_timeseries|transactions|moments|stream_hourly|stream_daily|chat_tallies|dead_letters|event_log|event_ids)\b/;

let db: SqliteDatabase;

beforeEach(async () => {
  db = await openSqliteDatabase();
  migrateSqlite(db);
  db.execute("INSERT INTO log_positions (topic, partition, epoch, owner) VALUES ('chat', 0, 1, 'test')");
  db.transaction(() => writeCommit(db, makeHotBatch(200), 0));
});
afterEach(() => db.close());

/** The statements that `work` prepares. */
async function record(work: (recorder: SqliteDatabase) => unknown): Promise<ReadonlySet<string>> {
  const statements = new Set<string>();
  const recorder = new Proxy(db, {
    get(target, name) {
      if (name === "prepare") {
        return (sql: string) => {
          statements.add(sql);
          return target.prepare(sql);
        };
      }
      const value: unknown = Reflect.get(target, name, target);
      return typeof value === "function" ? value.bind(target) : value;
    },
  });
  await work(recorder);
  return statements;
}

/** Steps of a plan that read a large table from one end to the other. Small temporary results are not tables. */
function findScans(sql: string): readonly string[] {
  const steps = db.prepare(`EXPLAIN QUERY PLAN ${sql}`).all();
  return steps
    .map((step) => step["detail"] as string)
    .filter((detail) => detail.startsWith("SCAN ") && LARGE.test(detail));
}

function expectNoScans(statements: ReadonlySet<string>): void {
  expect(statements.size).toBeGreaterThan(0);
  const scans = [...statements].map((sql) => [sql.trim().slice(0, 120), findScans(sql)] as const);
  expect(scans.filter(([, steps]) => steps.length > 0)).toEqual([]);
}

describe("the indices of the SQLite tables", () => {
  it("are missed by a statement that reads a whole table, and that is noticed", () => {
    expect(findScans("SELECT count(*) FROM viewer_timeseries WHERE viewer_count > 5")).toEqual([
      "SCAN viewer_timeseries",
    ]);
  });

  it.each(HOT_READS)("serve %s %j, first page and next, in the order of the index", async (list, range) => {
    const read = list === "metrics" ? readMetrics : readMoments;
    const statements = await record((recorder) => {
      const { nextCursor } = read(recorder, "s0", { ...range, limit: 1 });
      read(recorder, "s0", { ...range, limit: 1, ...(nextCursor === undefined ? {} : { cursor: nextCursor }) });
    });
    expectNoScans(statements);
    for (const sql of statements) {
      const steps = db.prepare(`EXPLAIN QUERY PLAN ${sql}`).all();
      expect(steps.map((step) => step["detail"]).join()).not.toContain("TEMP B-TREE");
    }
  });

  it("serve streams and totals", async () => {
    expectNoScans(
      await record((recorder) => {
        listStreams(recorder, { limit: 100, offset: 0 });
        getStream(recorder, "s0");
        readStats(recorder, "s0");
      }),
    );
  });

  it("serve commits, roll-ups and retention", async () => {
    const statements = await record(async (recorder) => {
      writeCommit(recorder, makeHotBatch(20), 1);
      await refreshRollups(recorder, 1, () => true);
      await deleteWrittenBefore(recorder, 1, 1, () => true);
    });
    expect(statements.size).toBeGreaterThan(15);
    expectNoScans(statements);
  });

  it("serve the event log", async () => {
    expectNoScans(
      await record(async (recorder) => {
        const log = createSqliteEventLog(recorder, { pruneIntervalMs: Infinity, clock: () => 9e12 });
        await log.open();
        await log.append([makeAppend("a"), makeAppend("b")]);
        await log.close();
      }),
    );
  });
});
