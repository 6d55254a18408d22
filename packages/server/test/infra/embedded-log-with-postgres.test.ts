import { expect, it, onTestFinished, vi } from "vitest";
import { describeWithPostgres } from "../../../../test/support/real-services.js";
import { createPostgresResultStore } from "../../src/adapters/postgres/postgres-result-store.js";
import { openSqliteDatabase } from "../../src/adapters/sqlite/database.js";
import { createSqliteEventLog } from "../../src/adapters/sqlite/sqlite-event-log.js";
import { silentLogger } from "../../src/logger.js";
import { Pipeline } from "../../src/pipeline/pipeline.js";
import { createIngest } from "../../src/pipeline/event-ingest.js";
import { databaseForTest } from "../support/database-for-test.js";
import { makeTransaction } from "../support/records.js";

const HOUR_MS = 3_600_000;

describeWithPostgres("the embedded log with results in PostgreSQL", (databaseUrl) => {
  it("is cleaned up as far as the results in the other database allow", async () => {
    const database = await databaseForTest(databaseUrl);
    const db = await openSqliteDatabase();
    onTestFinished(() => db.close());
    let nowMs = Date.now();
    const log = createSqliteEventLog(db, { clock: () => nowMs, pruneIntervalMs: Infinity, keepRecordsMs: 1_000 });
    await log.open();
    onTestFinished(() => log.close());
    const store = createPostgresResultStore({ connectionString: database.connectionString });
    await store.open();
    onTestFinished(() => store.close());
    const pipeline = new Pipeline({
      store,
      engine: { idleTimeoutMs: 100, streamTimeoutMs: 1_000 },
      logger: silentLogger,
      owner: "test",
      onMoment: async () => {},
      onCommit: ({ positions }) => log.committed(positions),
      now: () => nowMs,
    });
    onTestFinished(() => pipeline.stop());
    const consumption = await log.consume(pipeline);
    onTestFinished(() => consumption.stop());
    const ingest = createIngest({ log, now: () => nowMs, maxFutureMs: HOUR_MS });
    const events = Array.from({ length: 50 }, (_, at) =>
      makeTransaction({ event_id: `t${at}`, timestamp: nowMs + at }),
    );
    expect(await ingest.accept(events)).toMatchObject({ accepted: 50 });
    await vi.waitFor(async () => expect((await store.readStats("alpha"))?.events.transaction).toBe(50), 10_000);
    const kept = (): number => db.prepare("SELECT count(*) AS count FROM event_log").get()!["count"] as number;

    // Its window is open: everything is needed, however old.
    nowMs += 2_000;
    expect([await log.prune(), kept()]).toMatchObject([{ records: 0 }, 50]);

    for (let second = 0; second < 200; second++) {
      nowMs += 1_000;
      await pipeline.tick();
    }
    // What comes next is committed, and with it that the windows of the others need nothing more.
    await ingest.accept([makeTransaction({ event_id: "next", timestamp: nowMs })]);
    await vi.waitFor(async () => {
      await log.prune();
      expect(kept()).toBe(1);
    }, 10_000);
    expect((await store.readStats("alpha"))?.events.transaction).toBe(51);
  });
});
