import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openSqliteDatabase, type SqliteDatabase } from "../../src/adapters/sqlite/database.js";
import { migrateSqlite, SQLITE_MIGRATIONS } from "../../src/adapters/sqlite/migrate.js";
import { createSqliteEventLog } from "../../src/adapters/sqlite/sqlite-event-log.js";
import { createSqliteResultStore } from "../../src/adapters/sqlite/sqlite-result-store.js";
import { startChild } from "../support/child-program.js";
import { makeAppend, makeBatch, makeChat, makeRow } from "../support/records.js";
import { makeTempFolder } from "../support/temp-folder.js";

let folder: ReturnType<typeof makeTempFolder>;
let opened: SqliteDatabase[];

beforeEach(() => {
  folder = makeTempFolder();
  opened = [];
});
afterEach(() => {
  for (const db of opened) db.close();
  folder.remove();
});

async function open(
  options: Parameters<typeof openSqliteDatabase>[0] = { dataDir: folder.path },
): Promise<SqliteDatabase> {
  const db = await openSqliteDatabase({ lockWaitMs: 0, ...options });
  opened.push(db);
  return db;
}

describe("openSqliteDatabase", { timeout: 30_000 }, () => {
  it("makes the folder and synchronises every commit to the disk", async () => {
    const db = await open({ dataDir: join(folder.path, "new", "deep") });
    const pragma = (name: string): unknown => Object.values(db.prepare(`PRAGMA ${name}`).get()!)[0];
    expect(["journal_mode", "synchronous", "foreign_keys", "busy_timeout"].map(pragma)).toEqual(["wal", 2, 1, 5_000]);
  });

  it("keeps nothing on disk without a folder", async () => {
    const db = await open({});
    migrateSqlite(db);
    expect(db.file).toBe(":memory:");
    expect((await open({})).prepare("SELECT count(*) AS count FROM sqlite_schema").get()).toEqual({ count: 0 });
  });

  it("refuses a folder that is in use with one line that names the holder, and takes it once it is free", async () => {
    const first = await open();
    const refusal = await open().catch((error: unknown) => error);
    expect(refusal).toMatchObject({ name: "StorageError", code: "data_in_use" });
    expect((refusal as Error).message).toMatch(
      new RegExp(
        `^the data folder ${folder.path} is in use by process ${process.pid} on ${hostname()}, started at \\d{4}-[^\\n]*$`,
      ),
    );
    first.close();
    expect(existsSync(join(folder.path, "holder.json"))).toBe(false);
    await open();
  });

  it("names the holder of another process", async () => {
    const child = startChild("append-until-killed.ts", {
      config: { adapter: "sqlite", dataDir: folder.path },
      streamId: "alpha",
    });
    await child.untilLines(1);
    await expect(open()).rejects.toThrow(`in use by process ${child.pid} on`);
    await child.kill();
    await open();
  });

  it("takes over from a process that was killed, although its name is still there", async () => {
    const child = startChild("append-until-killed.ts", {
      config: { adapter: "sqlite", dataDir: folder.path },
      streamId: "alpha",
    });
    await child.untilLines(1);
    await child.kill();
    expect(readFileSync(join(folder.path, "holder.json"), "utf8")).toContain(String(child.pid));
    await open();
    expect(readFileSync(join(folder.path, "holder.json"), "utf8")).toContain(String(process.pid));
  });

  it("takes over although another process bears the process id of the one that was killed", async () => {
    writeFileSync(
      join(folder.path, "holder.json"),
      JSON.stringify({ pid: process.ppid, host: hostname(), started_at: "" }),
    );
    await open();
  });

  it("waits for a holder that is about to end", async () => {
    const first = await open();
    const second = open({ dataDir: folder.path, lockWaitMs: 10_000 });
    setTimeout(() => first.close(), 20);
    await second;
  });

  it("says so when the folder cannot be made", async () => {
    const file = join(folder.path, "a-file");
    writeFileSync(file, "");
    await expect(open({ dataDir: join(file, "data") })).rejects.toMatchObject({
      code: "data_read_only",
      message: expect.stringMatching(
        /^the data folder .*a-file\/data cannot be made: .*; choose another --data-dir$/,
      ) as string,
    });
  });

  it("says so when the folder cannot be written", async () => {
    const dataDir = join(folder.path, "read-only");
    mkdirSync(dataDir);
    chmodSync(dataDir, 0o555);
    chmodSync(folder.path, 0o755);
    // Root may write anywhere, so there it is another account that tries.
    const identity = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {};
    const child = startChild("open-store.ts", { config: { adapter: "sqlite", dataDir } }, identity);
    child.go();
    expect(await child.exited).toBe(1);
    expect(child.errors()).toMatch(
      /StorageError: .*read-only.* cannot be opened: its folder must exist and be writable, or choose another --data-dir/,
    );
  });

  it("says so when the file is no database", async () => {
    writeFileSync(join(folder.path, "telemetra.sqlite"), "this is certainly no database ".repeat(100));
    await expect(open()).rejects.toMatchObject({
      code: "data_corrupt",
      message: expect.stringMatching(/^[^\n]*is damaged or is no/) as string,
    });
    // The folder is free again after the failure.
    await expect(open()).rejects.toMatchObject({ code: "data_corrupt" });
  });

  it("refuses work after it was closed, which may be done twice", async () => {
    const db = await open();
    db.close();
    db.close();
    expect(() => db.prepare("SELECT 1")).toThrow(/is closed/);
    expect(() => db.transaction(() => {})).toThrow(/is closed/);
  });
});

describe("a full disk", { timeout: 30_000 }, () => {
  it("refuses appends and commits with one sentence, loses nothing, still reads, and goes on when there is space", async () => {
    const db = await open();
    const log = createSqliteEventLog(db, { pruneIntervalMs: Infinity });
    const store = createSqliteResultStore(db);
    await log.open();
    await store.open();
    await store.commit(makeBatch({ rows: [makeRow()], events: [makeChat()] }));
    const pages = (db.prepare("PRAGMA page_count").get() as { page_count: number }).page_count;
    db.execute(`PRAGMA max_page_count = ${pages + 30}`);
    const acknowledged: string[] = [];
    let failure: unknown;
    for (let number = 0; failure === undefined; number++) {
      const record = makeAppend(`e${number}`, { value: `"${"x".repeat(2_000)}"` });
      await log.append([record]).then(
        () => acknowledged.push(record.eventId),
        (error: unknown) => (failure = error),
      );
    }
    expect(failure).toMatchObject({
      code: "disk_full",
      message: expect.stringMatching(/^[^\n]*the disk is full[^\n]*$/) as string,
    });
    expect(acknowledged.length).toBeGreaterThan(10);
    const rows = Array.from({ length: 2_000 }, (_, at) => makeRow({ startMs: at * 10_000 }));
    await expect(store.commit(makeBatch({ rows }))).rejects.toMatchObject({ code: "disk_full" });
    expect((await store.readMetrics("alpha", { limit: 10 })).items).toEqual([makeRow()]);
    const kept = db.prepare('SELECT event_id FROM event_log ORDER BY "offset"').all();
    expect(kept.map((row) => row["event_id"])).toEqual(acknowledged);
    db.execute("PRAGMA max_page_count = 1000000");
    expect(await log.append([makeAppend("e0"), makeAppend("later")])).toEqual(["duplicate", "appended"]);
    await store.commit(makeBatch({ rows }));
    await log.close();
  });
});

describe("migrateSqlite", { timeout: 30_000 }, () => {
  it("changes nothing the second time", async () => {
    const db = await open();
    migrateSqlite(db, SQLITE_MIGRATIONS, 1);
    migrateSqlite(db, SQLITE_MIGRATIONS, 2);
    expect(
      db
        .prepare("SELECT number, applied_at FROM schema_migrations")
        .all()
        .map((row) => ({ ...row })),
    ).toEqual(SQLITE_MIGRATIONS.map(({ number }) => ({ number, applied_at: 1 })));
  });

  it("leaves nothing of a migration that fails midway, and applies it at the next attempt", async () => {
    const db = await open();
    const broken = { number: 2, name: "broken", sql: "CREATE TABLE half (a); CREATE TABLE half (a);" };
    const initial = SQLITE_MIGRATIONS[0]!;
    expect(() => migrateSqlite(db, [initial, broken])).toThrow(/already exists/);
    expect(db.prepare("SELECT name FROM sqlite_schema WHERE name = 'half'").all()).toEqual([]);
    migrateSqlite(db, [initial, { ...broken, sql: "CREATE TABLE half (a);" }]);
    expect(db.prepare("SELECT name FROM sqlite_schema WHERE name = 'half'").all()).toHaveLength(1);
  });

  it("takes what an older version has stored into the roll-ups", async () => {
    const db = await open();
    migrateSqlite(db, SQLITE_MIGRATIONS.slice(0, 2));
    // Hours before 1970 too: the remainder of a division has the sign of what is divided.
    const insert = db.prepare(`
      INSERT INTO chat_summary_minute (stream_id, window_start, window_end, chat_count, chat_rate, unique_chatters,
        unique_chatters_exact, top_emotes, positive_count, negative_count, revenue, is_anomaly, revision, written_at)
      VALUES ('alpha', ?, ?, 6, 0.1, 1, 1, '[]', 1, 0, '[]', 0, 0, 5)`);
    for (let start = -120_000; start <= 0; start += 10_000) insert.run(start, start + 60_000);
    db.execute("INSERT INTO viewer_timeseries VALUES ('alpha', 'v', -1, 7, NULL, NULL, 5)");
    const store = createSqliteResultStore(db);
    await store.open();
    expect(await store.refreshRollups()).toBe(2);
    const sql =
      "SELECT hour_start, messages, positive_count, covered_seconds, peak_viewers FROM stream_hourly ORDER BY 1";
    expect(
      db
        .prepare(sql)
        .all()
        .map((row) => Object.values(row)),
    ).toEqual([
      [-3_600_000, 12, 2, 120, 7],
      [0, 6, 1, 60, null],
    ]);
  });

  it("refuses a migration that was changed after it was applied, but not one that was only laid out anew", async () => {
    const db = await open();
    const one = { number: 1, name: "one", sql: "CREATE TABLE a (b);" };
    migrateSqlite(db, [one]);
    migrateSqlite(db, [{ ...one, sql: "  CREATE TABLE\n a (b);" }]);
    expect(() => migrateSqlite(db, [{ ...one, sql: "CREATE TABLE a (c);" }])).toThrow(
      /migration 1 \(one\) in the database is not the one/,
    );
  });

  it("numbers its migrations without holes", () => {
    expect(SQLITE_MIGRATIONS.map((migration) => migration.number)).toEqual(SQLITE_MIGRATIONS.map((_, at) => at + 1));
  });

  it("makes a file that another program can read while it is in use", async () => {
    const db = await open();
    migrateSqlite(db);
    const reader = new DatabaseSync(join(folder.path, "telemetra.sqlite"), { readOnly: true });
    expect(reader.prepare("SELECT count(*) AS count FROM streams").get()).toEqual({ count: 0 });
    reader.close();
  });
});
