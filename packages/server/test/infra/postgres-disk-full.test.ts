import { chownSync, mkdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { describeWithPostgres } from "../../../../test/support/real-services.js";
import { createPostgresResultStore } from "../../src/adapters/postgres/postgres-result-store.js";
import type { CommitBatch, ResultStore } from "../../src/ports/result-store.js";
import { remedyFor } from "../../src/ports/storage-error.js";
import { createPostgresDatabase, type PostgresDatabase } from "../support/postgres-database.js";
import { makeBatch, makeChat, makeRow, makeTransaction } from "../support/records.js";
import { mountSmallDisk, type SmallDisk } from "../support/small-disk.js";
import { until } from "../support/until.js";
import { usePrograms } from "../support/use-programs.js";

const MEGABYTE = 1024 * 1024;
const EVENTS_PER_COMMIT = 50;
const CHAT = { topic: "chat", partition: 0 } as const;

describeWithPostgres("R11: a PostgreSQL database on a disk of 64 MB", (serverUrl) => {
  let disk: SmallDisk;
  let database: PostgresDatabase | undefined;
  let stores: ResultStore[];

  beforeEach(async () => {
    stores = [];
    disk = mountSmallDisk(64 * MEGABYTE);
    database = await createPostgresDatabase(serverUrl, await makeTableFolder(disk, serverUrl));
  });
  afterEach(async () => {
    disk.empty();
    await Promise.all(stores.map((store) => store.close()));
    // Undefined when it could not be made; the disk goes all the same.
    await database?.drop();
    database = undefined;
    disk.remove();
  });
  // After the disk, so that whoever uses the database has ended before it goes.
  const programs = usePrograms();

  async function open(): Promise<ResultStore> {
    const store = createPostgresResultStore({ connectionString: database!.connectionString });
    stores.push(store);
    await store.open();
    return store;
  }

  it(
    "refuses commits with one sentence while it is full, still reads, and goes on where it stood",
    { timeout: 120_000 },
    async () => {
      const store = await open();
      const [claim] = await store.claim([CHAT], "test");
      const batchAt = (offset: number): CommitBatch => {
        const numbers = Array.from({ length: EVENTS_PER_COMMIT }, (_, at) => offset * EVENTS_PER_COMMIT + at);
        return makeBatch({
          positions: [{ ...CHAT, epoch: claim!.epoch, nextOffset: offset + 1, lowOffset: offset }],
          events: numbers.flatMap((number) => [
            makeChat({ event_id: `c${number}`, timestamp: number }),
            makeTransaction({ event_id: `t${number}`, timestamp: number, amount: 1, message: noise(2_000) }),
          ]),
          rows: [makeRow({ startMs: offset * 60_000, chat_count: EVENTS_PER_COMMIT })],
        });
      };
      disk.fill(3 * MEGABYTE);
      let committed = 0;
      let failure: unknown;
      while (failure === undefined && committed < 1_000) {
        await store.commit(batchAt(committed)).then(
          () => committed++,
          (error: unknown) => (failure = error),
        );
      }
      expect(committed).toBeGreaterThan(0);
      expect(failure).toMatchObject({
        name: "StorageError",
        code: "disk_full",
        message: expect.stringMatching(/^PostgreSQL at \S+ has no space left: [^\n]*; free some space$/) as string,
      });
      expect(remedyFor(failure)).toBe("wait");
      // However often it is tried, nothing comes of it and nothing is lost by it.
      for (let attempt = 0; attempt < 3; attempt++) {
        await expect(store.commit(batchAt(committed))).rejects.toMatchObject({ code: "disk_full" });
      }
      const total = (commits: number): object => ({
        messages: commits * EVENTS_PER_COMMIT,
        revenue: [{ currency: "EUR", amount: commits * EVENTS_PER_COMMIT }],
        events: { transaction: commits * EVENTS_PER_COMMIT },
      });
      expect(await store.readStats("alpha")).toMatchObject(total(committed));
      await store.ping();

      disk.empty();
      const whole = committed + 20;
      for (; committed < whole; committed++) await store.commit(batchAt(committed));
      expect(await store.readStats("alpha")).toMatchObject(total(whole));
      expect(await store.claim([CHAT], "test")).toMatchObject([{ nextOffset: whole }]);
      await store.refreshRollups();
      expect(await database!.query("SELECT sum(messages)::int AS messages FROM stream_daily")).toEqual([
        { messages: whole * EVENTS_PER_COMMIT },
      ]);
    },
  );

  it(
    "holds up no event: the service takes them while the database is full, and stores every one when it is not",
    { timeout: 180_000 },
    async () => {
      const flags = ["--source", "none", "--port", "0", "--data-dir", programs.folder, "--log-level", "info"];
      const service = await programs.serve(flags, { env: { DATABASE_URL: database!.connectionString } });
      let acknowledged = 0;
      let number = 0;
      const postSome = async (): Promise<void> => {
        const events = Array.from({ length: 200 }, () => {
          const event = makeTransaction({
            event_id: `t${number++}`,
            timestamp: number * 100,
            amount: 1,
            message: noise(1_000),
          });
          return { ...event, timestamp: new Date(event.timestamp).toISOString() };
        });
        const response = await service.post(events);
        expect(response.status).toBe(202);
        acknowledged += ((await response.json()) as { accepted: number }).accepted;
      };
      await postSome();
      disk.fill(MEGABYTE);
      const { stdout, stderr } = service.program;
      const isTold = (): boolean => /no space left|disk of the database is full/i.test(stdout() + stderr());
      await until(
        async () => {
          await postSome();
          return isTold();
        },
        { timeoutMs: 60_000, what: "a word about the full disk" },
      );
      // Taken all the same: the log is elsewhere.
      for (let more = 0; more < 5; more++) await postSome();
      expect(await service.status("/liveness")).toBe(200);
      expect(await service.status("/api/v1/streams/alpha")).toBe(200);
      disk.empty();
      await until(async () => (await service.stored("transaction")) === acknowledged, {
        timeoutMs: 60_000,
        what: `all ${acknowledged} acknowledged events`,
      });
      expect(
        await database!.query("SELECT count(*)::int AS count, count(DISTINCT event_id)::int AS ids FROM transactions"),
      ).toEqual([{ count: acknowledged, ids: acknowledged }]);
      await service.stop();
    },
  );
});

/** A folder of the disk that belongs to the server, which has to run on this machine. */
async function makeTableFolder(disk: SmallDisk, serverUrl: string): Promise<string> {
  const folder = join(disk.path, "tables");
  mkdirSync(folder);
  const { uid, gid } = await ownerOfServer(serverUrl);
  chownSync(folder, uid, gid);
  return folder;
}

async function ownerOfServer(serverUrl: string): Promise<{ readonly uid: number; readonly gid: number }> {
  const probe = await createPostgresDatabase(serverUrl);
  try {
    const [row] = await probe.query<{ data_directory: string }>("SHOW data_directory");
    return statSync(row!.data_directory);
  } finally {
    await probe.drop();
  }
}

/** Text that does not get smaller when it is compressed. */
function noise(length: number): string {
  let text = "";
  while (text.length < length) text += Math.random().toString(36).slice(2);
  return text.slice(0, length);
}
