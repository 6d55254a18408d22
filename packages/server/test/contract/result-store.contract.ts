import { formatInstant, type MetricRow, type Moment } from "@telemetra/core";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  FencedError,
  InvalidCursorError,
  type CommitBatch,
  type DeadLetter,
  type Page,
  type ResultStore,
} from "../../src/ports/result-store.js";
import { openStore, type Opened, type StoreConfig } from "../support/adapter-config.js";
import { startChild } from "../support/child-program.js";
import {
  makeBatch,
  makeChat,
  makeMeta,
  makeMoment,
  makeRow,
  makeTransaction,
  makeViewers,
} from "../support/records.js";
import type { TableRow } from "../support/table-rows.js";

/** An empty database of its own for one test. */
export interface ResultStoreHarness {
  readonly config: StoreConfig;
  /** For opening by several processes at once. */
  readonly sharedConfig: StoreConfig;
  /** What the port has no call for, read straight from the tables. */
  readDeadLetters(): Promise<readonly DeadLetter[]>;
  readAppliedMigrations(): Promise<readonly number[]>;
  readTable(name: string): Promise<readonly TableRow[]>;
  /** Makes the database look as if a newer version had migrated it. */
  pretendNewerSchema(): Promise<void>;
  dispose(): Promise<void>;
}

const CHAT = { topic: "chat", partition: 0 } as const;
const START_MS = Date.UTC(2026, 0, 2, 3, 4, 5);
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** Every promise of the `ResultStore` port as a test; any adapter can be put to it. */
export function resultStoreContract(name: string, createHarness: () => Promise<ResultStoreHarness>): void {
  describe(`${name} keeps the ResultStore contract`, { timeout: 30_000 }, () => {
    let harness: ResultStoreHarness;
    let opened: Opened<ResultStore>[];
    let store: ResultStore;
    let nowMs: number;

    async function open(config = harness.config, aheadMs = 0): Promise<ResultStore> {
      const one = await openStore(config, () => nowMs + aheadMs);
      opened.push(one);
      return one.port;
    }
    async function closeAll(): Promise<void> {
      await Promise.all(opened.splice(0).map((one) => one.close()));
    }

    beforeEach(async () => {
      nowMs = START_MS;
      opened = [];
      harness = await createHarness();
      store = await open();
    });
    afterEach(async () => {
      await closeAll();
      await harness.dispose();
    });

    async function commit(fields: Partial<CommitBatch>): Promise<void> {
      await store.commit(makeBatch(fields));
    }
    /** Everything that can be read of a stream. */
    async function readStream(streamId = "alpha"): Promise<unknown> {
      return {
        stream: await store.getStream(streamId),
        metrics: await store.readMetrics(streamId, { limit: 1_000 }),
        moments: await store.readMoments(streamId, { limit: 1_000 }),
        stats: await store.readStats(streamId),
      };
    }

    describe("positions", () => {
      it("claims a new partition with epoch 1 from the beginning", async () => {
        expect(await store.claim([CHAT], "one")).toEqual([{ ...CHAT, epoch: 1, nextOffset: 0, lowOffset: 0 }]);
      });

      it("raises the epoch with every claim and tells where each partition stands", async () => {
        const other = { topic: "viewer", partition: 3 } as const;
        await store.claim([CHAT, other], "one");
        await commit({ positions: [{ ...other, epoch: 1, nextOffset: 70, lowOffset: 40 }] });
        expect(await store.claim([other, CHAT], "two")).toEqual([
          { ...other, epoch: 2, nextOffset: 70, lowOffset: 40 },
          { ...CHAT, epoch: 2, nextOffset: 0, lowOffset: 0 },
        ]);
      });

      it("keeps positions over a restart", async () => {
        await store.claim([CHAT], "one");
        await commit({ positions: [{ ...CHAT, epoch: 1, nextOffset: 9, lowOffset: 7 }] });
        await closeAll();
        store = await open();
        expect(await store.claim([CHAT], "two")).toEqual([{ ...CHAT, epoch: 2, nextOffset: 9, lowOffset: 7 }]);
      });

      it("never moves a position back", async () => {
        await store.claim([CHAT], "one");
        await commit({ positions: [{ ...CHAT, epoch: 1, nextOffset: 9, lowOffset: 7 }] });
        await commit({ positions: [{ ...CHAT, epoch: 1, nextOffset: 5, lowOffset: 3 }] });
        expect(await store.claim([CHAT], "two")).toEqual([{ ...CHAT, epoch: 2, nextOffset: 9, lowOffset: 7 }]);
      });

      it("refuses a commit of an older epoch, and nothing of it is written", async () => {
        await store.claim([CHAT], "one");
        await store.claim([CHAT], "two");
        const zombie = makeBatch({
          positions: [{ ...CHAT, epoch: 1, nextOffset: 5, lowOffset: 5 }],
          events: [makeChat(), makeViewers()],
          rows: [makeRow()],
          moments: [makeMoment()],
          states: [{ streamId: "alpha", partition: 0, state: {} }],
          deadLetters: [{ ...CHAT, offset: 0, value: "x", code: "invalid_json", detail: "not readable as JSON" }],
        });
        await expect(store.commit(zombie)).rejects.toThrow(FencedError);
        expect(await readStream()).toEqual({
          stream: undefined,
          metrics: { items: [] },
          moments: { items: [] },
          stats: undefined,
        });
        expect(await store.loadStreamStates(0)).toEqual([]);
        expect(await harness.readDeadLetters()).toEqual([]);
        expect((await store.claim([CHAT], "three"))[0]!.nextOffset).toBe(0);
      });

      it("refuses a commit when only one of its partitions has another owner", async () => {
        const other = { topic: "viewer", partition: 0 } as const;
        await store.claim([CHAT, other], "one");
        await store.claim([other], "two");
        const positions = [CHAT, other].map((place) => ({ ...place, epoch: 1, nextOffset: 5, lowOffset: 5 }));
        await expect(store.commit(makeBatch({ positions, rows: [makeRow()] }))).rejects.toThrow(FencedError);
        expect((await store.claim([CHAT], "three"))[0]!.nextOffset).toBe(0);
        expect(await store.readMetrics("alpha", { limit: 1 })).toEqual({ items: [] });
      });

      it("refuses a commit to a partition that nobody has claimed", async () => {
        const positions = [{ ...CHAT, epoch: 1, nextOffset: 1, lowOffset: 0 }];
        await expect(store.commit(makeBatch({ positions }))).rejects.toThrow(FencedError);
      });
    });

    describe("commits", () => {
      it("leaves nothing of a commit that fails midway", async () => {
        await store.claim([CHAT], "one");
        const broken = { ...makeMoment(), severity: null as never };
        const batch = makeBatch({
          positions: [{ ...CHAT, epoch: 1, nextOffset: 5, lowOffset: 5 }],
          events: [makeChat(), makeViewers(), makeTransaction()],
          rows: [makeRow()],
          moments: [makeMoment({ number: 2 }), broken],
        });
        await expect(store.commit(batch)).rejects.toThrow();
        expect(await readStream()).toEqual({
          stream: undefined,
          metrics: { items: [] },
          moments: { items: [] },
          stats: undefined,
        });
        expect((await store.claim([CHAT], "two"))[0]!.nextOffset).toBe(0);
      });

      it("works again after a commit that failed", async () => {
        await expect(commit({ moments: [{ ...makeMoment(), severity: null as never }] })).rejects.toThrow();
        await commit({ rows: [makeRow()] });
        expect((await store.readMetrics("alpha", { limit: 1 })).items).toEqual([makeRow()]);
      });

      it("stores each kind of event where SQL finds it, with every field", async () => {
        const place = { stream_id: "beta", timestamp: 1_500 };
        const messages = { message: "Grüße 🎉" };
        await commit({
          events: [
            makeMeta({ ...place, new_title: "A title", new_category: "Chess", started_at: 1_000 }),
            makeChat({ ...place, ...messages }),
            makeViewers({ ...place, viewer_count: 0, unique_viewers: 7, peak_viewers: 9 }),
            makeViewers({ ...place, event_id: "v2", viewer_count: 3 }),
            makeTransaction({ ...place, ...messages, transaction_type: "gift", amount: 0.0001, currency: "USD" }),
            makeTransaction({ ...place, event_id: "t2" }),
          ],
          rows: [makeRow({ stream_id: "beta", chat_count: 1 })],
        });
        const written = { stream_id: "beta", written_at: START_MS };
        expect(await harness.readTable("streams")).toMatchObject([
          {
            stream_id: "beta",
            title: "A title",
            game_category: "Chess",
            started_at: 1_000,
            is_live: true,
            viewer_count: 3,
          },
        ]);
        expect(await harness.readTable("chat_summary_minute")).toMatchObject([
          { ...written, window_start: 0, window_end: MINUTE_MS, chat_count: 1, chat_rate: 1 / 60, avg_sentiment: 0.25 },
        ]);
        expect(await harness.readTable("viewer_timeseries")).toEqual([
          { ...written, event_id: "viewer-1", timestamp: 1_500, viewer_count: 0, unique_viewers: 7, peak_viewers: 9 },
          { ...written, event_id: "v2", timestamp: 1_500, viewer_count: 3, unique_viewers: null, peak_viewers: null },
        ]);
        const transaction = { ...written, timestamp: 1_500, user_id: "user-1", username: "user_one" };
        expect(await harness.readTable("transactions")).toEqual([
          {
            ...transaction,
            ...messages,
            event_id: "transaction-1",
            transaction_type: "gift",
            amount: 0.0001,
            currency: "USD",
          },
          {
            ...transaction,
            message: null,
            event_id: "t2",
            transaction_type: "donation",
            amount: 5,
            currency: "EUR",
          },
        ]);
        expect(await harness.readTable("chat_tallies")).toEqual([]);
      });

      it("changes nothing when the same batch is written again", async () => {
        const batch = makeBatch({
          events: [
            makeMeta({ new_title: "A title", new_category: "Chess", started_at: 500, timestamp: 1_000 }),
            makeChat({ timestamp: 2_000 }),
            makeViewers({ timestamp: 3_000 }),
            makeTransaction({ timestamp: 4_000 }),
            makeMeta({ event_id: "meta-2", event_type: "stream_end", timestamp: 5_000 }),
          ],
          rows: [makeRow(), makeRow({ startMs: 10_000 })],
          moments: [makeMoment(), makeMoment({ number: 2, atMs: 9_000, ended_at: formatInstant(12_000) })],
          states: [{ streamId: "alpha", partition: 0, state: { a: [1, null] } }],
          deadLetters: [{ ...CHAT, offset: 4, value: "{", code: "invalid_json", detail: "not readable as JSON" }],
        });
        await store.commit(batch);
        const before = [await readStream(), await store.loadStreamStates(0), await harness.readDeadLetters()];
        nowMs += HOUR_MS;
        await store.commit(batch);
        const first = batch.events.slice(0, 2);
        await commit({ events: first });
        expect([await readStream(), await store.loadStreamStates(0), await harness.readDeadLetters()]).toEqual(before);
        expect(JSON.stringify(before)).toContain("A title");
      });

      it("takes events of one stream that arrive in several commits, in any order, to the same stream and totals", async () => {
        const events = [
          makeMeta({ event_id: "m1", timestamp: 1_000, new_title: "first", started_at: 900 }),
          makeViewers({ event_id: "v1", timestamp: 2_000, viewer_count: 5 }),
          makeViewers({ event_id: "v2", timestamp: 2_000, viewer_count: 8 }),
          makeTransaction({ event_id: "t1", timestamp: 2_500, amount: 0.1 }),
          makeMeta({ event_id: "m2", timestamp: 3_000, event_type: "title_change", new_title: "second" }),
          makeTransaction({ event_id: "t2", timestamp: 3_500, amount: 0.2 }),
        ];
        await commit({ events });
        const wanted = await readStream();
        await fc.assert(
          fc.asyncProperty(
            fc.shuffledSubarray(events, { minLength: events.length }),
            fc.integer({ min: 0, max: 6 }),
            async (order, cut) => {
              const streamId = `s${fresh()}`;
              const own = order.map((event) => ({ ...event, stream_id: streamId }));
              await commit({ events: own.slice(0, cut) });
              await commit({ events: own.slice(cut) });
              expect(JSON.parse(JSON.stringify(await readStream(streamId)).replaceAll(streamId, "alpha"))).toEqual(
                wanted,
              );
            },
          ),
          { numRuns: 20 },
        );
      });

      it("is all there or not at all when the process is killed while it commits", async () => {
        await closeAll();
        const child = startChild("commit-until-killed.ts", { config: harness.config, streamId: "alpha" });
        await child.untilLines(50);
        await child.kill();
        store = await open();
        const [claim] = await store.claim([{ topic: "transaction", partition: 0 }], "after");
        const committed = claim!.nextOffset;
        expect(committed).toBeGreaterThanOrEqual(Number(child.lines.at(-1)) + 1);
        expect(await store.readStats("alpha")).toMatchObject({
          messages: committed,
          events: { transaction: committed },
          revenue: [{ currency: "EUR", amount: committed }],
        });
        expect(await store.loadStreamStates(0)).toEqual([{ streamId: "alpha", state: { offset: committed - 1 } }]);
      });

      it("keeps dead letters with their place, their text and the reason", async () => {
        const letters = ['{"broken', "", "NUL \0 and 🎉", "x".repeat(5_000)].map((value, offset): DeadLetter => ({
          ...CHAT,
          offset,
          value,
          code: "invalid_json",
          detail: "not readable as JSON",
        }));
        await commit({ deadLetters: letters });
        expect(await harness.readDeadLetters()).toEqual(letters);
      });
    });

    describe("stream states", () => {
      it("loads the newest state of each stream of one partition number", async () => {
        await commit({
          states: [
            { streamId: "beta", partition: 0, state: { n: 1 } },
            { streamId: "alpha", partition: 0, state: [1, "two", null, { three: 3.5 }] },
            { streamId: "gamma", partition: 1, state: "elsewhere" },
          ],
        });
        await commit({ states: [{ streamId: "beta", partition: 0, state: { n: 2 } }] });
        expect(await store.loadStreamStates(0)).toEqual([
          { streamId: "alpha", state: [1, "two", null, { three: 3.5 }] },
          { streamId: "beta", state: { n: 2 } },
        ]);
        expect(await store.loadStreamStates(1)).toEqual([{ streamId: "gamma", state: "elsewhere" }]);
        expect(await store.loadStreamStates(2)).toEqual([]);
      });
    });

    describe("streams", () => {
      it("knows nothing of a stream before its first event", async () => {
        expect(await store.getStream("alpha")).toBeUndefined();
        expect(await store.listStreams({ limit: 10, offset: 0 })).toEqual([]);
      });

      it("F1: opens a stream's life with any event, and knows nothing it was not told", async () => {
        await commit({ events: [makeChat({ timestamp: 7_000 })] });
        expect(await store.getStream("alpha")).toEqual({
          stream_id: "alpha",
          streamer_name: "alpha",
          title: null,
          game_category: null,
          started_at: formatInstant(7_000),
          is_live: true,
          viewer_count: null,
          created_at: formatInstant(START_MS),
          updated_at: formatInstant(START_MS),
        });
      });

      it("takes title, category and start from what the stream tells of itself", async () => {
        await commit({
          events: [makeMeta({ timestamp: 9_000, new_title: "Grüße 🎉", new_category: "Chess", started_at: 4_000 })],
        });
        expect(await store.getStream("alpha")).toMatchObject({
          title: "Grüße 🎉",
          game_category: "Chess",
          started_at: formatInstant(4_000),
        });
        await commit({
          events: [
            makeMeta({ event_id: "2", timestamp: 11_000, event_type: "title_change", new_title: "Endgame" }),
            makeMeta({ event_id: "3", timestamp: 12_000, event_type: "category_change", new_category: "Go" }),
          ],
        });
        expect(await store.getStream("alpha")).toMatchObject({ title: "Endgame", game_category: "Go" });
      });

      it("F4: shows the newest viewer count by event time, the larger when two tie", async () => {
        await commit({ events: [makeViewers({ event_id: "1", timestamp: 5_000, viewer_count: 30 })] });
        await commit({ events: [makeViewers({ event_id: "2", timestamp: 4_000, viewer_count: 99 })] });
        expect(await store.getStream("alpha")).toMatchObject({ viewer_count: 30 });
        await commit({
          events: [
            makeViewers({ event_id: "3", timestamp: 5_000, viewer_count: 31 }),
            makeViewers({ event_id: "4", timestamp: 5_000, viewer_count: 12 }),
          ],
        });
        expect(await store.getStream("alpha")).toMatchObject({ viewer_count: 31 });
      });

      it("F1: ends a life with stream_end and opens another with the next event", async () => {
        const end = makeMeta({ event_id: "end", event_type: "stream_end", timestamp: 9_000 });
        await commit({ events: [makeChat({ timestamp: 2_000 }), end] });
        expect(await store.getStream("alpha")).toMatchObject({ is_live: false, started_at: formatInstant(2_000) });
        await commit({ events: [makeChat({ event_id: "late", timestamp: 8_000 })] });
        expect(await store.getStream("alpha")).toMatchObject({ is_live: false, started_at: formatInstant(2_000) });
        await commit({ events: [makeChat({ event_id: "new", timestamp: 20_000 })] });
        expect(await store.getStream("alpha")).toMatchObject({ is_live: true, started_at: formatInstant(20_000) });
      });

      it("F1: is not live after a life that ran out, until a newer event comes", async () => {
        await commit({ events: [makeChat({ timestamp: 2_000 })] });
        await commit({ endedLives: [{ streamId: "alpha", endedAtMs: 302_000 }] });
        expect(await store.getStream("alpha")).toMatchObject({ is_live: false });
        await commit({ events: [makeChat({ event_id: "new", timestamp: 400_000 })] });
        expect(await store.getStream("alpha")).toMatchObject({ is_live: true, started_at: formatInstant(400_000) });
      });

      it("moves updated_at with the first news and not with what it knew", async () => {
        await commit({ events: [makeChat({ timestamp: 2_000 })] });
        nowMs += 1_000;
        await commit({ events: [makeChat({ timestamp: 1_000, event_id: "older" }), makeChat({ timestamp: 2_000 })] });
        nowMs += 1_000;
        await commit({ events: [makeChat({ timestamp: 1_000, event_id: "older" })], rows: [makeRow()] });
        expect(await store.getStream("alpha")).toMatchObject({
          created_at: formatInstant(START_MS),
          updated_at: formatInstant(START_MS + 1_000),
        });
      });

      it("F14: lists streams by their id, character by character, in pages", async () => {
        const ids = ["b", "B", "a.1", "a-1", "a_1", "a1", "a", "10", "9", "a:1"];
        await commit({ events: ids.map((stream_id) => makeChat({ stream_id })) });
        const listed = await store.listStreams({ limit: 100, offset: 0 });
        expect(listed.map((stream) => stream.stream_id)).toEqual(ids.toSorted());
        expect(await store.listStreams({ limit: 3, offset: 4 })).toEqual(listed.slice(4, 7));
        expect(await store.listStreams({ limit: 3, offset: 40 })).toEqual([]);
      });
    });

    describe("metrics", () => {
      it("gives a row back as it was written", async () => {
        const row = makeRow({
          startMs: Date.UTC(2026, 5, 1),
          unique_chatters_exact: false,
          top_emotes: [
            { name: "Kappa", count: 3, url: "https://example.com/k.png" },
            { name: "🎉", count: 1 },
          ],
          sentiment_score: -0.123456789012345,
          viewer_count: 12_345,
          avg_viewers: 12_344.333333333334,
          revenue: [
            { currency: "EUR", amount: 10.0001 },
            { currency: "bits", amount: 500 },
          ],
          z_score: 3.0000000000000004,
          is_anomaly: true,
          revision: 2,
        });
        await commit({ rows: [row] });
        expect(await store.readMetrics("alpha", { limit: 10 })).toEqual({ items: [row] });
      });

      it("F7: keeps one row per window, the one of the highest revision, in whatever order they come", async () => {
        await fc.assert(
          fc.asyncProperty(
            fc.shuffledSubarray([0, 1, 2, 3], { minLength: 1 }),
            fc.boolean(),
            async (revisions, inOneCommit) => {
              const stream_id = `s${fresh()}`;
              const rows = revisions.map((revision) => makeRow({ stream_id, revision, chat_count: revision * 6 }));
              if (inOneCommit) await commit({ rows });
              else for (const row of rows) await commit({ rows: [row] });
              const { items } = await store.readMetrics(stream_id, { limit: 10 });
              expect(items).toEqual([rows.find((row) => row.revision === Math.max(...revisions))]);
            },
          ),
          { numRuns: 20 },
        );
      });

      it("never stores a provisional row", async () => {
        await commit({ rows: [makeRow({ is_final: false })] });
        expect(await store.readMetrics("alpha", { limit: 10 })).toEqual({ items: [] });
      });

      it("F14: gives the rows whose end lies in [start, end), newest first, of this stream only", async () => {
        const rows = [0, 1, 2, 3, 4].map((minute) => makeRow({ startMs: minute * MINUTE_MS }));
        await commit({ rows: [...rows.toReversed(), makeRow({ stream_id: "beta" })] });
        const ends = async (range: { startMs?: number; endMs?: number }): Promise<readonly number[]> =>
          (await store.readMetrics("alpha", { limit: 10, ...range })).items.map(
            (row) => Date.parse(row.timestamp) / MINUTE_MS,
          );
        expect(await ends({})).toEqual([5, 4, 3, 2, 1]);
        expect(await ends({ startMs: 2 * MINUTE_MS, endMs: 4 * MINUTE_MS })).toEqual([3, 2]);
        expect(await ends({ startMs: 2 * MINUTE_MS + 1, endMs: 4 * MINUTE_MS + 1 })).toEqual([4, 3]);
        expect(await ends({ startMs: 5 * MINUTE_MS })).toEqual([5]);
        expect(await ends({ endMs: MINUTE_MS })).toEqual([]);
      });

      it("pages neither skip nor repeat, whatever comes in meanwhile", async () => {
        const arbitraryWindow = fc.record({
          end: fc.integer({ min: 1, max: 12 }),
          size: fc.integer({ min: 1, max: 3 }),
        });
        await fc.assert(
          fc.asyncProperty(
            fc.array(arbitraryWindow, { maxLength: 25 }),
            fc.integer({ min: 1, max: 7 }),
            async (windows, limit) => {
              const stream_id = `s${fresh()}`;
              const toRow = ({ end, size }: { end: number; size: number }): MetricRow =>
                makeRow({ stream_id, startMs: (end - size) * MINUTE_MS, sizeMs: size * MINUTE_MS });
              await commit({ rows: windows.map(toRow) });
              const wanted = distinctWindows(windows.map(toRow));
              let newest = 100;
              const pages = await readPages(async (cursor) => {
                const page = await store.readMetrics(stream_id, { limit, ...cursor });
                await commit({ rows: [toRow({ end: newest++, size: 1 })] });
                return page;
              });
              expect(pages.flat()).toEqual(wanted);
              for (const page of pages.slice(0, -1)) expect(page).toHaveLength(limit);
            },
          ),
          { numRuns: 25 },
        );
      });

      it.each([
        ["nonsense", "nonsense"],
        ["JSON of another shape", Buffer.from('{"a":1}').toString("base64url")],
        ["an empty text", ""],
      ])("refuses %s for a cursor", async (_what, cursor) => {
        await expect(store.readMetrics("alpha", { limit: 1, cursor })).rejects.toThrow(InvalidCursorError);
        await expect(store.readMoments("alpha", { limit: 1, cursor })).rejects.toThrow(InvalidCursorError);
      });

      it("refuses the cursor of another list", async () => {
        await commit({
          rows: [makeRow(), makeRow({ startMs: 10_000 })],
          moments: [makeMoment(), makeMoment({ number: 2, atMs: 10_000 })],
        });
        const { nextCursor: ofMetrics } = await store.readMetrics("alpha", { limit: 1 });
        const { nextCursor: ofMoments } = await store.readMoments("alpha", { limit: 1 });
        await expect(store.readMoments("alpha", { limit: 1, cursor: ofMetrics! })).rejects.toThrow(InvalidCursorError);
        await expect(store.readMetrics("alpha", { limit: 1, cursor: ofMoments! })).rejects.toThrow(InvalidCursorError);
      });

      it("gives no cursor with a last page that is full", async () => {
        await commit({ rows: [makeRow(), makeRow({ startMs: 10_000 })] });
        expect(await store.readMetrics("alpha", { limit: 2 })).not.toHaveProperty("nextCursor");
      });

      it("stores windows of any year that an event may bear", async () => {
        const rows = [Date.UTC(9999, 11, 31), Date.UTC(1969, 0, 1), new Date("0001-01-01T00:00:00Z").getTime()].map(
          (startMs) => makeRow({ startMs }),
        );
        await commit({ rows, events: [makeViewers({ timestamp: new Date("0001-01-01T00:00:00Z").getTime() })] });
        expect((await store.readMetrics("alpha", { limit: 10 })).items).toEqual(rows);
        expect(await store.getStream("alpha")).toMatchObject({ started_at: "0001-01-01T00:00:00.000Z" });
      });
    });

    describe("moments", () => {
      it("gives a moment back as it was written", async () => {
        const moment = makeMoment({
          ended_at: formatInstant(99_000),
          z_score: null,
          description: "Grüße 🎉",
          metadata: { baseline: null, sample_messages: ["a", "\u2028"], deep: { list: [1.5, true] } },
        });
        await commit({ moments: [moment] });
        expect(await store.readMoments("alpha", { limit: 10 })).toEqual({ items: [moment] });
      });

      it("keeps one moment per id in its newest version", async () => {
        const versions = [1, 2, 3].map((severity) => makeMoment({ severity: severity / 10 }));
        await commit({ moments: versions.slice(0, 2) });
        await commit({ moments: versions.slice(2) });
        expect((await store.readMoments("alpha", { limit: 10 })).items).toEqual([versions[2]]);
      });

      it("does not reopen a moment that has ended", async () => {
        const closed = makeMoment({ ended_at: formatInstant(50_000), severity: 0.9 });
        await commit({ moments: [makeMoment(), closed] });
        await commit({ moments: [makeMoment({ severity: 0.1 })] });
        expect((await store.readMoments("alpha", { limit: 10 })).items).toEqual([closed]);
      });

      it("F14: gives the moments whose onset lies in [start, end), newest first, of one type when asked", async () => {
        const moments = [1, 2, 3, 4].map((number) =>
          makeMoment({ number, atMs: number * 1_000, moment_type: number % 2 === 0 ? "raid" : "chat_spike" }),
        );
        await commit({ moments: [...moments, makeMoment({ number: 9, stream_id: "beta" })] });
        const numbers = async (range: Partial<Parameters<ResultStore["readMoments"]>[1]>): Promise<readonly number[]> =>
          (await store.readMoments("alpha", { limit: 10, ...range })).items.map((moment) =>
            Number(moment.moment_id.slice(-1)),
          );
        expect(await numbers({})).toEqual([4, 3, 2, 1]);
        expect(await numbers({ startMs: 2_000, endMs: 4_000 })).toEqual([3, 2]);
        expect(await numbers({ momentType: "raid" })).toEqual([4, 2]);
        expect(await numbers({ momentType: "raid", endMs: 4_000 })).toEqual([2]);
        expect(await numbers({ momentType: "viewer_drop" })).toEqual([]);
      });

      it("pages neither skip nor repeat, also among moments of the same instant", async () => {
        await fc.assert(
          fc.asyncProperty(
            fc.array(fc.record({ second: fc.integer({ min: 0, max: 4 }), isRaid: fc.boolean() }), { maxLength: 25 }),
            fc.integer({ min: 1, max: 7 }),
            async (places, limit) => {
              const stream_id = `s${fresh()}`;
              const moments = places.map(({ second, isRaid }) =>
                makeMoment({
                  number: fresh(),
                  stream_id,
                  atMs: second * 1_000,
                  moment_type: isRaid ? "raid" : "chat_drop",
                }),
              );
              await commit({ moments });
              const newestFirst = moments.toSorted(
                (a, b) => compare(b.timestamp, a.timestamp) || compare(b.moment_id, a.moment_id),
              );
              const pages = await readPages((cursor) => store.readMoments(stream_id, { limit, ...cursor }));
              expect(pages.flat()).toEqual(newestFirst);
              const raids = await readPages((cursor) =>
                store.readMoments(stream_id, { limit, momentType: "raid", ...cursor }),
              );
              expect(raids.flat()).toEqual(newestFirst.filter((moment) => moment.moment_type === "raid"));
            },
          ),
          { numRuns: 25 },
        );
      });
    });

    describe("stats", () => {
      it("has none of a stream that nobody has seen, and empty ones of a stream without results", async () => {
        expect(await store.readStats("alpha")).toBeUndefined();
        await commit({ events: [makeMeta()] });
        expect(await store.readStats("alpha")).toEqual({
          stream_id: "alpha",
          first_window_start: null,
          last_window_end: null,
          messages: 0,
          peak_chat_rate: null,
          avg_chat_rate: null,
          avg_sentiment: null,
          peak_viewers: null,
          avg_viewers: null,
          moments: {},
          revenue: [],
          events: { chat: 0, viewer: 0, transaction: 0 },
        });
      });

      it("counts each message once although it is in six overlapping windows", async () => {
        await fc.assert(
          fc.asyncProperty(
            fc.array(fc.integer({ min: 0, max: 900 }), { minLength: 1, maxLength: 60 }),
            async (seconds) => {
              const stream_id = `s${fresh()}`;
              await commit({ rows: hoppingRows(stream_id, seconds) });
              expect(await store.readStats(stream_id)).toMatchObject({
                messages: seconds.length,
                events: { chat: seconds.length },
              });
            },
          ),
          { numRuns: 15 },
        );
      });

      it("weighs the sentiment of a window by its messages and the rate by its time", async () => {
        await commit({
          rows: [
            makeRow({ chat_count: 30, sentiment_score: 0.5 }),
            makeRow({ startMs: MINUTE_MS, chat_count: 10, sentiment_score: -0.5 }),
            makeRow({ startMs: 2 * MINUTE_MS, chat_count: 0 }),
          ],
        });
        expect(await store.readStats("alpha")).toMatchObject({
          first_window_start: formatInstant(0),
          last_window_end: formatInstant(3 * MINUTE_MS),
          messages: 40,
          peak_chat_rate: 0.5,
          avg_chat_rate: 40 / 180,
          avg_sentiment: 0.25,
        });
      });

      it("F6: adds up amounts exactly, by currency", async () => {
        const amounts = [0.1, 0.2, 0.7, 1.1, 1_000_000, 0.0001];
        await commit({
          events: [
            ...amounts.map((amount, at) => makeTransaction({ event_id: `e${at}`, amount })),
            makeTransaction({ event_id: "b", amount: 250, currency: "bits", transaction_type: "bits" }),
            makeTransaction({ event_id: "z", amount: 0, currency: "CHF" }),
          ],
        });
        expect((await store.readStats("alpha"))!.revenue).toEqual([
          { currency: "CHF", amount: 0 },
          { currency: "EUR", amount: 1_000_002.1001 },
          { currency: "bits", amount: 250 },
        ]);
      });

      it("takes peak and mean of the viewer events, each event once", async () => {
        const events = [10, 40, 25].map((viewer_count, at) =>
          makeViewers({ event_id: `v${at}`, viewer_count, timestamp: at }),
        );
        await commit({ events });
        await commit({ events: [...events, makeViewers({ event_id: "v0", viewer_count: 900, timestamp: 50 })] });
        expect(await store.readStats("alpha")).toMatchObject({
          peak_viewers: 40,
          avg_viewers: 25,
          events: { viewer: 3 },
        });
      });

      it("counts moments by their type", async () => {
        const types: readonly Moment["moment_type"][] = ["raid", "chat_spike", "raid"];
        await commit({ moments: types.map((moment_type, number) => makeMoment({ number, moment_type })) });
        expect((await store.readStats("alpha"))!.moments).toEqual({ chat_spike: 1, raid: 2 });
      });
    });

    describe("retention", () => {
      it("F8: deletes by when something was written, not by when it happened", async () => {
        const everything = (hours: number): Partial<CommitBatch> => ({
          events: [
            makeViewers({ event_id: `v${hours}`, timestamp: -hours * HOUR_MS }),
            makeTransaction({ event_id: `t${hours}`, timestamp: -hours * HOUR_MS }),
          ],
          rows: [makeRow({ startMs: -hours * HOUR_MS })],
          moments: [makeMoment({ number: hours, atMs: -hours * HOUR_MS })],
          deadLetters: [{ ...CHAT, offset: hours, value: "x", code: "invalid_json", detail: "not readable as JSON" }],
        });
        // What is written later happened earlier: a recording that is replayed.
        for (let hours = 0; hours < 144; hours += 24) {
          nowMs = START_MS + hours * HOUR_MS;
          await commit(everything(hours));
        }
        expect(await store.deleteWrittenBefore(Date.UTC(2026, 0, 5))).toBe(3 * 5);
        const { items } = await store.readMetrics("alpha", { limit: 10 });
        expect(items.map((row) => Date.parse(row.window_start) / -HOUR_MS)).toEqual([72, 96, 120]);
        expect(await store.readStats("alpha")).toMatchObject({
          events: { viewer: 3, transaction: 3 },
          moments: { chat_spike: 3 },
        });
        expect((await harness.readDeadLetters()).map((letter) => letter.offset)).toEqual([72, 96, 120]);
        expect(await store.deleteWrittenBefore(Date.UTC(2026, 0, 5))).toBe(0);
      });

      it("takes the same event for a new one only after it was deleted", async () => {
        await commit({ events: [makeViewers()] });
        nowMs += 50 * HOUR_MS;
        await commit({ events: [makeViewers()] });
        expect(await store.readStats("alpha")).toMatchObject({ events: { viewer: 1 } });
        await store.deleteWrittenBefore(Date.UTC(2026, 0, 3));
        expect(await store.readStats("alpha")).toBeUndefined();
        await commit({ events: [makeViewers()] });
        expect(await store.readStats("alpha")).toMatchObject({ events: { viewer: 1 } });
      });

      it("keeps the highest revision although the row was first written days before", async () => {
        await commit({ rows: [makeRow({ revision: 0, chat_count: 1 })] });
        nowMs += 50 * HOUR_MS;
        await commit({ rows: [makeRow({ revision: 1, chat_count: 2 })] });
        nowMs += 50 * HOUR_MS;
        await commit({ rows: [makeRow({ revision: 0, chat_count: 1 })] });
        expect((await store.readMetrics("alpha", { limit: 10 })).items).toEqual([
          makeRow({ revision: 1, chat_count: 2 }),
        ]);
      });

      it("forgets a stream of which nothing is left, and keeps one that has something", async () => {
        await commit({
          events: [makeChat(), makeChat({ stream_id: "beta" })],
          states: [{ streamId: "alpha", partition: 0, state: 1 }],
        });
        nowMs += HOUR_MS;
        await commit({ rows: [makeRow({ stream_id: "beta" })] });
        await store.deleteWrittenBefore(nowMs);
        expect((await store.listStreams({ limit: 9, offset: 0 })).map((stream) => stream.stream_id)).toEqual(["beta"]);
        expect(await store.loadStreamStates(0)).toEqual([]);
      });
    });

    describe("a clock that jumps", () => {
      const DAY_MS = 24 * HOUR_MS;

      it("R10: refuses and loses nothing when it goes an hour forth and back again and again, around midnight too", async () => {
        await fc.assert(
          fc.asyncProperty(
            fc.array(fc.constantFrom(-HOUR_MS, HOUR_MS, -10_000, 1_000), { minLength: 1, maxLength: 10 }),
            async (jumps) => {
              const stream_id = `s${fresh()}`;
              nowMs = Date.UTC(2026, 0, 5, 23, 59, 58);
              const seen: string[] = [];
              for (const [number, jump] of jumps.entries()) {
                nowMs += jump;
                const place = { stream_id, event_id: String(number), timestamp: number };
                await commit({
                  events: [makeChat(place), makeViewers(place), makeTransaction({ ...place, amount: 1 })],
                  rows: [makeRow({ stream_id, startMs: number * MINUTE_MS, chat_count: 1 })],
                  moments: [makeMoment({ stream_id, number: fresh(), atMs: number })],
                });
                const { created_at, updated_at } = (await store.getStream(stream_id))!;
                expect(compare(created_at, updated_at)).toBeLessThanOrEqual(0);
                seen.push(updated_at);
                // The shortest retention there is, by a clock that may be an hour ahead.
                await store.deleteWrittenBefore(nowMs - DAY_MS);
              }
              expect(seen).toEqual(seen.toSorted());
              expect(await store.readStats(stream_id)).toMatchObject({
                messages: jumps.length,
                moments: { chat_spike: jumps.length },
                revenue: [{ amount: jumps.length }],
                events: { viewer: jumps.length, transaction: jumps.length },
              });
              expect((await store.readMetrics(stream_id, { limit: 100 })).items).toHaveLength(jumps.length);
            },
          ),
          { numRuns: 10 },
        );
      });

      it("R10: keeps one row per event, window and moment although it was written under two dates", async () => {
        const batch = { events: [makeViewers(), makeTransaction()], rows: [makeRow()], moments: [makeMoment()] };
        nowMs = Date.UTC(2026, 0, 5, 0, 30);
        await commit(batch);
        for (const jump of [-HOUR_MS, 2 * HOUR_MS, -HOUR_MS]) {
          nowMs += jump;
          await commit(batch);
        }
        for (const table of ["viewer_timeseries", "transactions", "chat_summary_minute", "moments"]) {
          expect(await harness.readTable(table)).toHaveLength(1);
        }
      });

      it("R10: writes on after another process, whose clock is days ahead, has cleaned up", async () => {
        await commit({ rows: [makeRow()] });
        await closeAll();
        store = await open(harness.sharedConfig);
        const other = await open(harness.sharedConfig, 10 * DAY_MS);
        await commit({ rows: [makeRow({ startMs: MINUTE_MS })] });
        await other.deleteWrittenBefore(nowMs + 9 * DAY_MS);
        await commit({ rows: [makeRow({ startMs: 2 * MINUTE_MS })] });
        expect((await store.readMetrics("alpha", { limit: 10 })).items).toEqual([makeRow({ startMs: 2 * MINUTE_MS })]);
      });
    });

    describe("opening", () => {
      it("applies each migration exactly once when several processes open it at once", async () => {
        await closeAll();
        await harness.dispose();
        harness = await createHarness();
        const children = Array.from({ length: 5 }, () => startChild("open-store.ts", { config: harness.sharedConfig }));
        await Promise.all(children.map((child) => child.untilLines(1)));
        for (const child of children) child.go();
        const codes = await Promise.all(children.map((child) => child.exited));
        expect(children.map((child) => child.errors())).toEqual(children.map(() => ""));
        expect(codes).toEqual(children.map(() => 0));
        const applied = await harness.readAppliedMigrations();
        expect(applied).toEqual(applied.map((_, at) => at + 1));
        expect(applied.length).toBeGreaterThan(0);
      });

      it("refuses a newer schema with one sentence that says what to do", async () => {
        await closeAll();
        await harness.pretendNewerSchema();
        await expect(open()).rejects.toMatchObject({
          code: "newer_schema",
          message: expect.stringMatching(/^[^\n]*use a newer version$/) as string,
        });
      });

      it("answers a ping while it is open and refuses work when it is closed", async () => {
        await store.ping();
        await store.close();
        await expect(store.ping()).rejects.toThrow(/not open/);
        await expect(store.getStream("alpha")).rejects.toThrow(/not open/);
        await expect(commit({ rows: [makeRow()] })).rejects.toThrow(/not open/);
      });
    });
  });
}

let last = 1_000;

/** Another number each time, for ids that several runs of one test must not share. */
function fresh(): number {
  return ++last;
}

function compare(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}

async function readPages<T>(
  read: (cursor: { cursor?: string }) => Promise<Page<T>>,
): Promise<readonly (readonly T[])[]> {
  const pages: (readonly T[])[] = [];
  for (let cursor: { cursor?: string } | undefined = {}; cursor !== undefined;) {
    const page: Page<T> = await read(cursor);
    pages.push(page.items);
    cursor = page.nextCursor === undefined ? undefined : { cursor: page.nextCursor };
  }
  return pages;
}

/** One row per window, newest first. */
function distinctWindows(rows: readonly MetricRow[]): readonly MetricRow[] {
  const byWindow = new Map(rows.map((row) => [`${row.window_start}/${row.window_end}`, row]));
  return [...byWindow.values()].toSorted(
    (a, b) => compare(b.window_end, a.window_end) || compare(b.window_start, a.window_start),
  );
}

/** The rows of 60 s every 10 s over messages at these seconds, from the first window that holds one to 5 min after the last. */
function hoppingRows(stream_id: string, seconds: readonly number[]): readonly MetricRow[] {
  const first = Math.floor(Math.min(...seconds) / 10) * 10 - 50;
  const rows: MetricRow[] = [];
  for (let start = first; start <= Math.max(...seconds) + 300; start += 10) {
    const chat_count = seconds.filter((second) => second >= start && second < start + 60).length;
    rows.push(makeRow({ stream_id, startMs: start * 1_000, chat_count }));
  }
  return rows;
}
