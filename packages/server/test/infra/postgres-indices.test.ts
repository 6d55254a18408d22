import type pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { describeWithPostgres } from "../../../../test/support/real-services.js";
import { connectAlone } from "../../src/adapters/postgres/connections.js";
import { ensurePartitions } from "../../src/adapters/postgres/partitions.js";
import { createPostgresResultStore } from "../../src/adapters/postgres/postgres-result-store.js";
import {
  getStream,
  listStreams,
  readMetrics,
  readMoments,
  readStats,
} from "../../src/adapters/postgres/result-reads.js";
import { writeCommit } from "../../src/adapters/postgres/result-writes.js";
import { refreshRollups } from "../../src/adapters/postgres/rollups.js";
import { HOT_READS, makeHotBatch } from "../support/hot-statements.js";
import { createPostgresDatabase, type PostgresDatabase } from "../support/postgres-database.js";

const DAY_MS = 86_400_000;
const NOW_MS = Date.UTC(2026, 0, 8, 12);
/** Tables of fewer rows are read as a whole faster than by an index. */
const MANY_ROWS = 1_000;

interface Statement {
  readonly sql: string;
  readonly parameters: unknown[];
}

interface PlanNode {
  readonly "Node Type": string;
  readonly "Relation Name"?: string;
  readonly Plans?: readonly PlanNode[];
}

describeWithPostgres("the indices of the PostgreSQL tables", (serverUrl) => {
  let database: PostgresDatabase;
  /** With the settings of the service's own connections. */
  let client: pg.Client;
  let large: ReadonlySet<string>;

  beforeAll(async () => {
    database = await createPostgresDatabase(serverUrl);
    const store = createPostgresResultStore({ connectionString: database.connectionString, clock: () => NOW_MS });
    await store.open();
    await store.claim([{ topic: "chat", partition: 0 }], "test");
    await store.close();
    const options = { connectionString: database.connectionString, applicationName: "test", onError: () => {} };
    client = await connectAlone(options, 60_000);
    for (let day = 1; day <= 7; day++) await ensurePartitions(client, NOW_MS - day * DAY_MS);
    await client.query(FILL);
    await refreshRollups(client, NOW_MS);
    await client.query("VACUUM ANALYZE");
    const { rows } = await client.query<{ name: string }>(
      "SELECT relname AS name FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND reltuples > $1",
      [MANY_ROWS],
    );
    large = new Set(rows.map((row) => row.name));
    expect(large.size).toBeGreaterThan(20);
  }, 120_000);
  afterAll(async () => {
    await client.end();
    await database.drop();
  });

  /** The statements that `work` makes; whatever they change is taken back. */
  async function record(work: (db: pg.Client) => Promise<unknown>): Promise<readonly Statement[]> {
    const statements: Statement[] = [];
    const recorder = {
      query: (sql: string, parameters: unknown[] = []) => {
        if (/^\s*(SELECT|WITH|INSERT|UPDATE|DELETE)\b/.test(sql)) statements.push({ sql, parameters });
        return /^\s*(BEGIN|COMMIT|ROLLBACK)\b/.test(sql) ? Promise.resolve() : client.query(sql, parameters);
      },
    };
    await client.query("BEGIN");
    await work(recorder as unknown as pg.Client);
    await client.query("ROLLBACK");
    return statements;
  }

  /** Large tables that a statement reads from one end to the other. */
  async function findScans({ sql, parameters }: Statement): Promise<readonly string[]> {
    const { rows } = await client.query<{ "QUERY PLAN": readonly [{ readonly Plan: PlanNode }] }>(
      `EXPLAIN (FORMAT JSON) ${sql}`,
      parameters,
    );
    const scans: string[] = [];
    const visit = (node: PlanNode): void => {
      if (node["Node Type"] === "Seq Scan" && large.has(node["Relation Name"] ?? ""))
        scans.push(node["Relation Name"]!);
      node.Plans?.forEach(visit);
    };
    visit(rows[0]!["QUERY PLAN"][0].Plan);
    return scans;
  }

  async function expectNoScans(statements: readonly Statement[]): Promise<void> {
    const scans: (readonly [string, readonly string[]])[] = [];
    for (const statement of statements) {
      const tables = await findScans(statement);
      if (tables.length > 0) scans.push([statement.sql.trim().slice(0, 120), tables]);
    }
    expect(scans).toEqual([]);
  }

  it("notices a statement that reads a whole table", async () => {
    const sql = "SELECT count(*) FROM viewer_timeseries WHERE viewer_count > 5";
    expect(await findScans({ sql, parameters: [] })).toContain("viewer_timeseries_20260107");
  });

  describe("serve every read of the API", () => {
    it.each(HOT_READS)("%s %j, first page and next", async (list, range) => {
      const read = async (cursor?: string): Promise<readonly Statement[]> => {
        let nextCursor: string | undefined;
        const statements = await record(async (db) => {
          const more = cursor === undefined ? {} : { cursor };
          const page = await (list === "metrics"
            ? readMetrics(db, "s7", { ...range, ...more })
            : readMoments(db, "s7", { ...range, ...more }));
          nextCursor = page.nextCursor;
        });
        return nextCursor === undefined || cursor !== undefined
          ? statements
          : [...statements, ...(await read(nextCursor))];
      };
      const statements = await read();
      expect(statements.length).toBeGreaterThan(0);
      await expectNoScans(statements);
    });

    it("streams and totals", async () => {
      const statements = await record(async (db) => {
        await listStreams(db, { limit: 100, offset: 0 });
        await getStream(db, "s7");
        await readStats(db, "s7");
      });
      expect(statements).toHaveLength(8);
      await expectNoScans(statements);
    });
  });

  it.each([1, 40, 1_000])("serve every statement of a commit of %i events of each kind", async (count) => {
    const statements = await record((db) => writeCommit(db, makeHotBatch(count), NOW_MS));
    expect(statements.length).toBeGreaterThan(10);
    await expectNoScans(statements);
  });

  it("are asked by as many statements for a thousand events as for one", async () => {
    const counts: number[] = [];
    for (const count of [1, 1_000]) {
      counts.push((await record((db) => writeCommit(db, makeHotBatch(count), NOW_MS))).length);
    }
    expect(counts[1]).toBe(counts[0]);
  });

  it("serve the refreshing of roll-ups", async () => {
    const statements = await record(async (db) => {
      await writeCommit(db, makeHotBatch(1_000), NOW_MS);
      await refreshRollups(db, NOW_MS);
    });
    expect(statements.some(({ sql }) => sql.includes("INTO stream_daily"))).toBe(true);
    await expectNoScans(statements);
  });
});

/** A week of 40 streams among 1,000: 201,600 windows, viewer events and transactions each, and 13,440 moments. */
const FILL = `
  INSERT INTO streams SELECT 's' || n, 's' || n, NULL, NULL, NULL, false, NULL, now(), now(), '{}' FROM generate_series(0, 999) n;
  INSERT INTO chat_summary_minute (stream_id, window_start, window_end, chat_count, chat_rate, unique_chatters,
    unique_chatters_exact, top_emotes, avg_sentiment, positive_count, negative_count, revenue, is_anomaly, revision, written_at)
  SELECT 's' || s, to_timestamp(m * 60), to_timestamp(m * 60 + 60), m % 50, 0.5, 3, true, '[]', 0.1, 1, 1, '[]', false, 0,
    timestamptz '2026-01-01T12:00:00Z' + m * interval '2 min'
  FROM generate_series(0, 39) s, generate_series(0, 5039) m;
  INSERT INTO viewer_timeseries (stream_id, event_id, timestamp, viewer_count, written_at)
  SELECT 's' || s, 'v' || m, to_timestamp(m * 60), m, timestamptz '2026-01-01T12:00:00Z' + m * interval '2 min'
  FROM generate_series(0, 39) s, generate_series(0, 5039) m;
  INSERT INTO transactions (stream_id, event_id, timestamp, user_id, username, transaction_type, amount, currency, written_at)
  SELECT 's' || s, 't' || m, to_timestamp(m * 60), 'u', 'u', 'bits', 5, 'bits', timestamptz '2026-01-01T12:00:00Z' + m * interval '2 min'
  FROM generate_series(0, 39) s, generate_series(0, 5039) m;
  INSERT INTO moments SELECT 's' || s || '-' || m, 's' || s, to_timestamp(m * 900), to_timestamp(m * 900), to_timestamp(m * 900), NULL,
    CASE m % 2 WHEN 0 THEN 'raid' ELSE 'chat_spike' END, 'x', 'chat_rate', 1, 1, NULL, 0.5, '{}', now()
  FROM generate_series(0, 39) s, generate_series(0, 335) m;
  INSERT INTO stream_state SELECT 's' || n, n % 8, '{}', now() FROM generate_series(0, 999) n;
  INSERT INTO dead_letters (topic, partition, "offset", value, code, detail, written_at)
  SELECT 'chat', 0, n + 1000, '', 'late', 'x', now() FROM generate_series(0, 4999) n;
  INSERT INTO dirty_hours SELECT DISTINCT stream_id, date_trunc('hour', window_end - interval '1 ms', 'UTC') FROM chat_summary_minute;
  INSERT INTO chat_tallies SELECT stream_id, hour_start, 100, now() FROM dirty_hours`;
