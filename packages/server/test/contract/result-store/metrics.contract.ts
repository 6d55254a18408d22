import type { MetricRow } from "@telemetra/core";
import fc from "fast-check";
import { expect, it } from "vitest";
import { InvalidCursorError } from "../../../src/ports/result-store.js";
import { makeMoment, makeRow, makeViewers } from "../../support/records.js";
import { fresh } from "../../support/stored-model.js";
import { compare, readPages } from "./pages.js";
import type { ResultStoreBench } from "./result-store-bench.js";

const MINUTE_MS = 60_000;

/** Metric rows come back as they were written, one per window, in pages. */
export function metricsContract(bench: ResultStoreBench): void {
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
    await bench.commit({ rows: [row] });
    expect(await bench.store.readMetrics("alpha", { limit: 10 })).toEqual({ items: [row] });
  });

  it("F7: keeps one row per window, the one of the highest revision, in whatever order they come", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.shuffledSubarray([0, 1, 2, 3], { minLength: 1 }),
        fc.boolean(),
        async (revisions, inOneCommit) => {
          const stream_id = `s${fresh()}`;
          const rows = revisions.map((revision) => makeRow({ stream_id, revision, chat_count: revision * 6 }));
          if (inOneCommit) await bench.commit({ rows });
          else for (const row of rows) await bench.commit({ rows: [row] });
          const { items } = await bench.store.readMetrics(stream_id, { limit: 10 });
          expect(items).toEqual([rows.find((row) => row.revision === Math.max(...revisions))]);
        },
      ),
      { numRuns: 20 },
    );
  });

  it("never stores a provisional row", async () => {
    await bench.commit({ rows: [makeRow({ is_final: false })] });
    expect(await bench.store.readMetrics("alpha", { limit: 10 })).toEqual({ items: [] });
  });

  it("F14: gives the rows whose end lies in [start, end), newest first, of this stream only", async () => {
    const rows = [0, 1, 2, 3, 4].map((minute) => makeRow({ startMs: minute * MINUTE_MS }));
    await bench.commit({ rows: [...rows.toReversed(), makeRow({ stream_id: "beta" })] });
    const ends = async (range: { startMs?: number; endMs?: number }): Promise<readonly number[]> =>
      (await bench.store.readMetrics("alpha", { limit: 10, ...range })).items.map(
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
          await bench.commit({ rows: windows.map(toRow) });
          const wanted = distinctWindows(windows.map(toRow));
          let newest = 100;
          const pages = await readPages(async (cursor) => {
            const page = await bench.store.readMetrics(stream_id, { limit, ...cursor });
            await bench.commit({ rows: [toRow({ end: newest++, size: 1 })] });
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
    await expect(bench.store.readMetrics("alpha", { limit: 1, cursor })).rejects.toThrow(InvalidCursorError);
    await expect(bench.store.readMoments("alpha", { limit: 1, cursor })).rejects.toThrow(InvalidCursorError);
  });

  it("refuses the cursor of another list", async () => {
    await bench.commit({
      rows: [makeRow(), makeRow({ startMs: 10_000 })],
      moments: [makeMoment(), makeMoment({ number: 2, atMs: 10_000 })],
    });
    const { nextCursor: ofMetrics } = await bench.store.readMetrics("alpha", { limit: 1 });
    const { nextCursor: ofMoments } = await bench.store.readMoments("alpha", { limit: 1 });
    await expect(bench.store.readMoments("alpha", { limit: 1, cursor: ofMetrics! })).rejects.toThrow(
      InvalidCursorError,
    );
    await expect(bench.store.readMetrics("alpha", { limit: 1, cursor: ofMoments! })).rejects.toThrow(
      InvalidCursorError,
    );
  });

  it("gives no cursor with a last page that is full", async () => {
    await bench.commit({ rows: [makeRow(), makeRow({ startMs: 10_000 })] });
    expect(await bench.store.readMetrics("alpha", { limit: 2 })).not.toHaveProperty("nextCursor");
  });

  it("stores windows of any year that an event may bear", async () => {
    const rows = [Date.UTC(9999, 11, 31), Date.UTC(1969, 0, 1), new Date("0001-01-01T00:00:00Z").getTime()].map(
      (startMs) => makeRow({ startMs }),
    );
    await bench.commit({ rows, events: [makeViewers({ timestamp: new Date("0001-01-01T00:00:00Z").getTime() })] });
    expect((await bench.store.readMetrics("alpha", { limit: 10 })).items).toEqual(rows);
    expect(await bench.store.getStream("alpha")).toMatchObject({ started_at: "0001-01-01T00:00:00.000Z" });
  });
}

/** One row per window, newest first. */
function distinctWindows(rows: readonly MetricRow[]): readonly MetricRow[] {
  const byWindow = new Map(rows.map((row) => [`${row.window_start}/${row.window_end}`, row]));
  return [...byWindow.values()].toSorted(
    (a, b) => compare(b.window_end, a.window_end) || compare(b.window_start, a.window_start),
  );
}
