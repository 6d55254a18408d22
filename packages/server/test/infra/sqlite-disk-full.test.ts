import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openLog, openStore } from "../support/adapter-config.js";
import { runProgram, type RunningProgram } from "../support/program.js";
import { makeAppend, makeBatch, makeChat, makeRow, makeTransaction } from "../support/records.js";
import { mountSmallDisk, type SmallDisk } from "../support/small-disk.js";
import { until } from "../support/until.js";

const MEGABYTE = 1024 * 1024;
const CHAT = { topic: "chat", partition: 0 } as const;

let disk: SmallDisk;
let service: RunningProgram | undefined;

beforeEach(() => {
  disk = mountSmallDisk(32 * MEGABYTE);
});
afterEach(async () => {
  service?.child.kill("SIGKILL");
  await service?.exited;
  service = undefined;
  disk.remove();
});

describe("R11: the embedded mode on a disk of 32 MB", { timeout: 120_000 }, () => {
  it("keeps every acknowledged event when the disk is full, says so, still reads, and goes on when there is space", async () => {
    service = serve();
    const [, address] = await service.untilSaid(/(http:\/\/(?:127\.0\.0\.1|localhost):\d+)/);
    const acknowledged = new Set<string>();
    const refused: { status: number; body: { code?: string; detail?: string } }[] = [];
    let number = 0;
    const post = async (count: number): Promise<number> => {
      const events = Array.from({ length: count }, () => {
        const id = `t${number++}`;
        const event = makeTransaction({ event_id: id, amount: 1, message: "x".repeat(1_500) });
        return { ...event, timestamp: new Date(number * 100).toISOString() };
      });
      const response = await fetch(`${address}/api/v1/events`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify(events),
      });
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
    await service.untilSaid(/disk (of the database )?is full/);
    expect((await fetch(`${address}/liveness`)).status).toBe(200);
    expect((await fetch(`${address}/api/v1/streams/alpha`)).status).toBe(200);

    disk.empty();
    await until(async () => (await post(10)) === 202, { timeoutMs: 30_000, what: "an accepted post" });
    expect(await post(100)).toBe(202);
    const stored = async (): Promise<number | undefined> => {
      const stats = (await (await fetch(`${address}/api/v1/streams/alpha/stats`)).json()) as {
        events?: { transaction: number };
      };
      return stats.events?.transaction;
    };
    await until(async () => (await stored()) === acknowledged.size, {
      timeoutMs: 30_000,
      what: `all ${acknowledged.size} acknowledged events`,
    });
    service.child.kill("SIGTERM");
    expect(await service.exited).toBe(0);
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
    service = serve();
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

function serve(): RunningProgram {
  return runProgram("src/main.ts", {
    cwd: "/",
    args: ["--source", "none", "--port", "0", "--data-dir", disk.path],
  });
}
