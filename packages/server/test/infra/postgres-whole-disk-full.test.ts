import pg from "pg";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { startOwnPostgres, type PostgresServer } from "../../../../scripts/services/postgres.mjs";
import { createPostgresResultStore } from "../../src/adapters/postgres/postgres-result-store.js";
import type { CommitBatch, ResultStore } from "../../src/ports/result-store.js";
import { remedyFor } from "../../src/ports/storage-error.js";
import { makeBatch, makeTransaction } from "../support/records.js";
import { mountSmallDisk, type SmallDisk } from "../support/small-disk.js";
import { until } from "../support/until.js";

const MEGABYTE = 1024 * 1024;
const EVENTS_PER_COMMIT = 50;
const PLACE = { topic: "transaction", partition: 0 } as const;

describe("R11: a PostgreSQL server with tables and write-ahead log on a disk of 128 MB", () => {
  let disk: SmallDisk;
  let server: PostgresServer | undefined;
  let store: ResultStore | undefined;

  beforeEach(async () => {
    disk = mountSmallDisk(128 * MEGABYTE);
    vi.stubEnv("TMPDIR", disk.path);
    try {
      server = await startOwnPostgres({ min_wal_size: "32MB", max_wal_size: "32MB" });
    } finally {
      vi.unstubAllEnvs();
    }
  });
  afterEach(async () => {
    await store?.close();
    await server?.stop();
    disk.remove();
  });

  async function query(sql: string): Promise<void> {
    const client = new pg.Client({ connectionString: server!.url });
    client.on("error", () => {});
    await client.connect();
    try {
      await client.query(sql);
    } finally {
      await client.end();
    }
  }

  it.each([
    ["tables", async () => {}],
    // The rest of the segment in hand is skipped, so that the next one needs 16 MB that are not there.
    ["write-ahead log", () => query("SELECT pg_switch_wal()").catch(() => {})],
  ])(
    "loses nothing that was committed when there is no space for its %s, and goes on when there is",
    async (_what, before) => {
      store = createPostgresResultStore({ connectionString: server!.url });
      await store.open();
      const [claim] = await store.claim([PLACE], "test");
      const batchAt = (offset: number): CommitBatch =>
        makeBatch({
          positions: [{ ...PLACE, epoch: claim!.epoch, nextOffset: offset + 1, lowOffset: offset }],
          events: Array.from({ length: EVENTS_PER_COMMIT }, (_, at) =>
            makeTransaction({ event_id: `${offset}-${at}`, timestamp: offset, amount: 1, message: "x".repeat(1_900) }),
          ),
        });
      const total = async (): Promise<number | undefined> => (await store!.readStats("alpha"))?.events.transaction;
      await store.commit(batchAt(0));
      disk.fill(4 * MEGABYTE);
      let committed = 1;
      const failures: unknown[] = [];
      // As the pipeline does: the same again, whatever became of the attempt before.
      while (failures.length < 5 && committed < 3_000) {
        await before();
        await store.commit(batchAt(committed)).then(
          () => committed++,
          (error: unknown) => failures.push(error),
        );
      }
      expect(failures).toHaveLength(5);
      expect(failures.map(remedyFor)).toEqual(failures.map(() => "wait"));
      for (const failure of failures) expect((failure as Error).message).toMatch(/^PostgreSQL at [^\n]*$/);

      disk.empty();
      const isUp = (): Promise<boolean> =>
        store!.ping().then(
          () => true,
          () => false,
        );
      // Without space for its log it ends itself; whoever runs it starts it again.
      await until(isUp, { timeoutMs: 10_000 }).catch(async () => {
        await server!.end();
        await server!.start();
      });
      await until(isUp, { timeoutMs: 30_000, what: "the database" });
      // The last attempt may have come to something that nobody was told.
      expect([committed, committed + 1]).toContain((await until(total)) / EVENTS_PER_COMMIT);
      const whole = committed + 20;
      for (; committed < whole; committed++) await store.commit(batchAt(committed));
      expect(await total()).toBe(whole * EVENTS_PER_COMMIT);
      expect(await store.claim([PLACE], "test")).toMatchObject([{ nextOffset: whole }]);
    },
    180_000,
  );
});
