import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { formatPlace } from "../../src/ports/dead-letters.js";
import { FencedError, type CommitBatch } from "../../src/ports/result-store.js";
import { RefusedDataError, StorageError } from "../../src/ports/storage-error.js";
import { NOON_MS, openPipelineBench, placesOf, type PipelineBench } from "../support/pipeline-bench.js";
import { makeChat, makeTransaction, makeViewers } from "../support/records.js";

const AWAY = new StorageError("unavailable", "PostgreSQL at db/x cannot be used: no route; check that it runs");
const donation = (number: number, fields: object = {}): object =>
  makeTransaction({ event_id: `t${number}`, timestamp: NOON_MS + number, amount: 1, ...fields });
const chat = (number: number): object => makeChat({ event_id: `c${number}`, timestamp: NOON_MS + number });

describe("a pipeline whose store fails", () => {
  let bench: PipelineBench;

  beforeEach(async () => {
    bench = await openPipelineBench();
  });
  afterEach(() => bench.close());

  const transactions = async (): Promise<number> =>
    ((await bench.store.readStats("alpha"))?.events["transaction"] ?? 0) as number;

  describe("for a passing reason", () => {
    it("writes what it could not write before, once, and says so in two lines", async () => {
      await bench.assign(0);
      let failures = 0;
      bench.fault = (call) => {
        if (call === "commit" && failures++ < 20) throw AWAY;
      };
      await bench.feed("transaction", [donation(1), donation(2)]);
      expect(await transactions()).toBe(2);
      expect(bench.pipeline.retries).toBe(20);
      expect(bench.lines).toEqual([
        {
          level: "error",
          facts: { code: "unavailable", reason: AWAY.message, attempt: 1, for_seconds: 0 },
          sentence: "results could not be written; it is tried again until it works",
        },
        { level: "info", facts: { attempts: 21, for_seconds: 0 }, sentence: expect.any(String) as string },
      ]);
    });

    it("is in trouble, and its numbers are stale, until it is over; the reason names no address", async () => {
      await bench.assign(0);
      let isAway = true;
      bench.fault = (call) => {
        if (call === "commit" && isAway) throw AWAY;
      };
      expect([bench.pipeline.isStale(), bench.pipeline.troubles()]).toEqual([false, []]);
      const fed = bench.feed("transaction", [donation(1)]);
      await vi.waitFor(() => expect(bench.pipeline.isStale()).toBe(true));
      expect(bench.pipeline.troubles()).toEqual(["results are not written: the database cannot be used, for 0 s"]);
      isAway = false;
      await fed;
      expect([bench.pipeline.isStale(), bench.pipeline.troubles()]).toEqual([false, []]);
    });

    it("takes partitions over as soon as that is possible", async () => {
      let failures = 0;
      bench.fault = (call) => {
        if (call === "claim" && failures++ < 3) throw AWAY;
        if (call === "loadStreamStates" && failures++ < 6) throw AWAY;
      };
      expect(await bench.assign(0)).toEqual([0, 0, 0, 0]);
      await bench.feed("transaction", [donation(1)]);
      expect(await transactions()).toBe(1);
    });

    it("does not take over what is no longer its own", async () => {
      bench.fault = (call) => {
        if (call === "claim") throw AWAY;
      };
      const assignment = new AbortController();
      const assigned = bench.pipeline.onAssigned(placesOf([0]), assignment.signal);
      await vi.waitFor(() => expect(bench.pipeline.retries).toBeGreaterThan(2));
      assignment.abort();
      await expect(assigned).rejects.toBe(AWAY);
      bench.fault = () => {};
      expect(await bench.assign(1)).toEqual([0, 0, 0, 0]);
    });

    it("gives up when it is stopped", async () => {
      await bench.assign(0);
      bench.fault = () => {
        throw AWAY;
      };
      const fed = bench.feed("transaction", [donation(1)]);
      await vi.waitFor(() => expect(bench.pipeline.retries).toBeGreaterThan(2));
      const outcome = expect(fed).rejects.toBe(AWAY);
      await bench.pipeline.stop();
      await outcome;
    });
  });

  describe("because the data are refused", () => {
    const refuseLargeAmounts = (): void =>
      bench.db.execute(`CREATE TRIGGER refuse BEFORE INSERT ON transactions WHEN NEW.amount > 100
                        BEGIN SELECT RAISE(ABORT, 'too much money'); END`);

    it("R9: buries the poison record in a batch of a thousand and writes the rest, at once", async () => {
      await bench.assign(0);
      refuseLargeAmounts();
      const events = Array.from({ length: 1_000 }, (_, at) => donation(at, at === 617 ? { amount: 5_000 } : {}));
      const beganMs = performance.now();
      await bench.feed("transaction", events);
      expect(performance.now() - beganMs).toBeLessThan(2_000);
      expect(await transactions()).toBe(999);
      const [letter, ...others] = await bench.store.deadLetters.list({ limit: 10, order: "oldest" });
      expect(others).toEqual([]);
      expect(formatPlace(letter!)).toBe("transaction/0/617");
      expect(JSON.parse(Buffer.from(letter!.bytes).toString("utf8"))).toEqual(events[617]);
      expect([letter!.code, letter!.detail]).toEqual([
        "refused_by_database",
        "counted in its windows, but the database refused its row: too much money",
      ]);
      expect(bench.lines).toMatchObject([{ level: "error", facts: { count: 1, reason: "too much money" } }]);
      const position = (await bench.store.claim(placesOf([0]), "next")).find(({ topic }) => topic === "transaction");
      expect(position).toMatchObject({ nextOffset: 1_000 });
    });

    it("tells who listens what was really committed", async () => {
      const told: CommitBatch[] = [];
      await bench.close();
      bench = await openPipelineBench({ onCommit: (batch) => told.push(batch) });
      await bench.assign(0);
      refuseLargeAmounts();
      await bench.feed("transaction", [donation(1), donation(2, { amount: 900 })]);
      expect(told.flatMap(({ events }) => events.map(({ event_id }) => event_id))).toEqual(["t1"]);
      expect(told.flatMap(({ deadLetters }) => deadLetters.map(formatPlace))).toEqual(["transaction/0/1"]);
    });

    it("waits for a database that goes away while it looks for the poison", async () => {
      await bench.assign(0);
      refuseLargeAmounts();
      let failures = 0;
      bench.fault = (call) => {
        if (call === "findRefused" && failures++ < 3) throw AWAY;
      };
      await bench.feed("transaction", [donation(1), donation(2, { amount: 900 }), donation(3)]);
      expect(await transactions()).toBe(2);
    });

    it("lets a partition stand still when what was computed is refused, says why, and goes on with the others", async () => {
      await bench.assign(0, 1);
      const isOf = (batch: CommitBatch, partition: number): boolean =>
        batch.positions.some((position) => position.partition === partition);
      let attempts = 0;
      bench.fault = (call, batch) => {
        if (call !== "commit" || !isOf(batch as CommitBatch, 0)) return;
        attempts++;
        throw new RefusedDataError("value out of range");
      };
      await bench.feed("transaction", [donation(1)], 0);
      await bench.feed("transaction", [donation(2)], 0);
      await bench.feed("transaction", [donation(3, { stream_id: "beta" })], 1);
      expect(attempts).toBe(1);
      expect(await bench.store.getStream("alpha")).toBeUndefined();
      expect(await bench.store.getStream("beta")).toBeDefined();
      expect(bench.pipeline.isStanding).toBe(true);
      expect(bench.pipeline.troubles()).toEqual([
        "partition 0 stands still: the database refuses its results; the log of the service tells more",
      ]);
      expect(bench.pipeline.live("alpha")).toBeUndefined();
      expect(bench.lines.map(({ level, facts }) => [level, facts["partition"]])).toEqual([["error", 0]]);
      // Once the cause is mended, a new start has lost nothing: no position has moved.
      bench.fault = () => {};
      expect(await bench.assign(0)).toEqual([0, 0, 0, 0]);
      expect(bench.pipeline.troubles()).toEqual([]);
    });

    it("stands still for an error that nobody knows", async () => {
      await bench.assign(0);
      bench.fault = (call) => {
        if (call === "commit") throw new TypeError("a mistake in the program");
      };
      await bench.feed("chat", [chat(1)]);
      expect(bench.pipeline.isStanding).toBe(true);
      await bench.pipeline.onRevoked(placesOf([0]));
      expect(bench.pipeline.isStanding).toBe(false);
    });
  });

  describe("because somebody else owns the partition", () => {
    it("writes nothing, and asks to be assigned anew when the log still hands it over", async () => {
      await bench.assign(0);
      await bench.store.claim(placesOf([0]), "somebody else");
      expect(await bench.feed("transaction", [donation(1)])).toBeUndefined();
      expect(await bench.store.getStream("alpha")).toBeUndefined();
      expect(await bench.feed("transaction", [donation(2)])).toBe("reassign");
      await bench.pipeline.onRevoked(placesOf([0]));
      expect(await bench.assign(0)).toEqual([0, 0, 0, 0]);
    });

    it("keeps quiet about a partition that was revoked", async () => {
      await bench.assign(0);
      await bench.pipeline.onRevoked(placesOf([0]));
      expect(await bench.feed("viewer", [makeViewers()])).toBeUndefined();
    });

    it("is not refused for ever: an error of the fence is no poison", async () => {
      await bench.assign(0);
      bench.fault = (call) => {
        if (call === "commit") throw new FencedError("another owner");
      };
      await bench.feed("transaction", [donation(1)]);
      expect(bench.pipeline.isStanding).toBe(false);
    });
  });
});
