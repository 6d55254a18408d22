import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openLog, openStore } from "../support/adapter-config.js";
import { makeAppend, makeBatch, makeChat, makeRow, makeTransaction } from "../support/records.js";
import { mountSmallDisk, type SmallDisk } from "../support/small-disk.js";
import { until } from "../support/until.js";
import { usePrograms } from "../support/use-programs.js";

const MEGABYTE = 1024 * 1024;
const CHAT = { topic: "chat", partition: 0 } as const;

let disk: SmallDisk;

beforeEach(() => {
  disk = mountSmallDisk(32 * MEGABYTE);
});
afterEach(() => disk.remove());
// After the disk, so that whoever writes to it has ended before it goes.
const programs = usePrograms();
const dataFlags = (): string[] => ["--source", "none", "--port", "0", "--data-dir", disk.path];

describe("R11: the embedded mode on a disk of 32 MB", { timeout: 120_000 }, () => {
  it("keeps every acknowledged event when the disk is full, says so, still reads, and goes on when there is space", async () => {
    const service = await programs.serve(dataFlags());
    const acknowledged = new Set<string>();
    const refused: { status: number; body: { code?: string; detail?: string } }[] = [];
    let number = 0;
    const post = async (count: number): Promise<number> => {
      const events = Array.from({ length: count }, () => {
        const id = `t${number++}`;
        const event = makeTransaction({ event_id: id, amount: 1, message: "x".repeat(1_500) });
        return { ...event, timestamp: new Date(number * 100).toISOString() };
      });
      const response = await service.post(events);
      const body = (await response.json()) as { accepted: number; code?: string; detail?: string };
      if (response.status === 202) {
        expect(body.accepted).toBe(count);
        for (const event of events) acknowledged.add(event.event_id);
      } else {
        refused.push({ status: response.status, body });
      }
      return response.status;
    };
    expect(await post(100)).toBe(202);
    disk.fill(2 * MEGABYTE);
    await until(async () => (await post(100)) !== 202, { timeoutMs: 30_000, what: "a refused post" });
    for (let more = 0; more < 5; more++) expect(await post(100)).toBe(503);
    expect(refused.map(({ status }) => status)).toEqual(refused.map(() => 503));
    expect(JSON.stringify(refused)).not.toMatch(/SQLITE|at \w+ \(/);
    await service.program.untilSaid(/disk (of the database )?is full/);
    expect(await service.status("/liveness")).toBe(200);
    expect(await service.status("/api/v1/streams/alpha")).toBe(200);

    disk.empty();
    await until(async () => (await post(10)) === 202, { timeoutMs: 30_000, what: "an accepted post" });
    expect(await post(100)).toBe(202);
    await until(async () => (await service.stored("transaction")) === acknowledged.size, {
      timeoutMs: 30_000,
      what: `all ${acknowledged.size} acknowledged events`,
    });
    await service.stop();
  });

  it("keeps what was acknowledged, and nothing of what was not, over a new start on the full disk", async () => {
    const log = await openLog({ adapter: "sqlite", dataDir: disk.path });
    disk.fill(MEGABYTE / 2);
    const acknowledged: string[] = [];
    let failure: unknown;
    for (let number = 0; failure === undefined; number++) {
      const record = makeAppend(`e${number}`, { value: JSON.stringify("x".repeat(3_000)) });
      await log.port.append([record]).then(
        () => acknowledged.push(record.eventId),
        (error: unknown) => (failure = error),
      );
    }
    expect(failure).toMatchObject({
      code: "disk_full",
      message: expect.stringMatching(
        /^\S+telemetra\.sqlite cannot grow: the disk is full; free some space, nothing acknowledged is lost$/,
      ) as string,
    });
    expect(acknowledged.length).toBeGreaterThan(20);
    await log.close();
    // Opened anew while it is still full: it can be read, and nothing more is asked of the disk.
    const full = await openStore({ adapter: "sqlite", dataDir: disk.path });
    await expect(
      full.port.commit(
        makeBatch({ rows: Array.from({ length: 3_000 }, (_, at) => makeRow({ startMs: at * 10_000 })) }),
      ),
    ).rejects.toMatchObject({ code: "disk_full" });
    expect(await full.port.readMetrics("alpha", { limit: 1 })).toEqual({ items: [] });
    await full.close();
    disk.empty();
    const again = await openLog({ adapter: "sqlite", dataDir: disk.path });
    const verdicts = await again.port.append(acknowledged.map((eventId) => makeAppend(eventId)));
    expect(new Set(verdicts)).toEqual(new Set(["duplicate"]));
    await again.close();
  });

  it("says in one line that the disk is read-only, and has everything when it is not any more", async () => {
    const config = { adapter: "sqlite", dataDir: disk.path } as const;
    const store = await openStore(config);
    const [claim] = await store.port.claim([CHAT], "test");
    await store.port.commit(
      makeBatch({
        positions: [{ ...CHAT, epoch: claim!.epoch, nextOffset: 1, lowOffset: 0 }],
        events: [makeChat()],
        rows: [makeRow()],
      }),
    );
    await store.close();
    disk.remount("ro");
    await expect(openStore(config)).rejects.toMatchObject({ name: "StorageError", code: "data_read_only" });
    const service = programs.start(dataFlags());
    expect(await service.exited).toBe(1);
    expect(service.stderr()).toMatch(
      /^telemetra: the data folder \S+ cannot be written: .*choose another --data-dir$/m,
    );
    expect(service.stderr()).not.toMatch(/^ +at /m);
    disk.remount("rw");
    const again = await openStore(config);
    expect((await again.port.readMetrics("alpha", { limit: 10 })).items).toEqual([makeRow()]);
    expect(await again.port.claim([CHAT], "test")).toMatchObject([{ nextOffset: 1 }]);
    await again.port.commit(makeBatch({ rows: [makeRow({ startMs: 60_000 })] }));
    await again.close();
  });
});
