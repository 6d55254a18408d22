import { formatInstant } from "@telemetra/core";
import fc from "fast-check";
import { expect, it } from "vitest";
import type { ResultStore } from "../../../src/ports/result-store.js";
import { makeMoment } from "../../support/records.js";
import { fresh } from "../../support/stored-model.js";
import { compare, readPages } from "./pages.js";
import type { ResultStoreBench } from "./result-store-bench.js";

/** Moments come back as they were written, one per id, in pages. */
export function momentsContract(bench: ResultStoreBench): void {
  it("gives a moment back as it was written", async () => {
    const moment = makeMoment({
      ended_at: formatInstant(99_000),
      z_score: null,
      description: "Grüße 🎉",
      metadata: { baseline: null, sample_messages: ["a", "\u2028"], deep: { list: [1.5, true] } },
    });
    await bench.commit({ moments: [moment] });
    expect(await bench.store.readMoments("alpha", { limit: 10 })).toEqual({ items: [moment] });
  });

  it("keeps one moment per id in its newest version", async () => {
    const versions = [1, 2, 3].map((severity) => makeMoment({ severity: severity / 10 }));
    await bench.commit({ moments: versions.slice(0, 2) });
    await bench.commit({ moments: versions.slice(2) });
    expect((await bench.store.readMoments("alpha", { limit: 10 })).items).toEqual([versions[2]]);
  });

  it("does not reopen a moment that has ended", async () => {
    const closed = makeMoment({ ended_at: formatInstant(50_000), severity: 0.9 });
    await bench.commit({ moments: [makeMoment(), closed] });
    await bench.commit({ moments: [makeMoment({ severity: 0.1 })] });
    expect((await bench.store.readMoments("alpha", { limit: 10 })).items).toEqual([closed]);
  });

  it("F14: gives the moments whose onset lies in [start, end), newest first, of one type when asked", async () => {
    const moments = [1, 2, 3, 4].map((number) =>
      makeMoment({ number, atMs: number * 1_000, moment_type: number % 2 === 0 ? "raid" : "chat_spike" }),
    );
    await bench.commit({ moments: [...moments, makeMoment({ number: 9, stream_id: "beta" })] });
    const numbers = async (range: Partial<Parameters<ResultStore["readMoments"]>[1]>): Promise<readonly number[]> =>
      (await bench.store.readMoments("alpha", { limit: 10, ...range })).items.map((moment) =>
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
          await bench.commit({ moments });
          const newestFirst = moments.toSorted(
            (a, b) => compare(b.timestamp, a.timestamp) || compare(b.moment_id, a.moment_id),
          );
          const pages = await readPages((cursor) => bench.store.readMoments(stream_id, { limit, ...cursor }));
          expect(pages.flat()).toEqual(newestFirst);
          const raids = await readPages((cursor) =>
            bench.store.readMoments(stream_id, { limit, momentType: "raid", ...cursor }),
          );
          expect(raids.flat()).toEqual(newestFirst.filter((moment) => moment.moment_type === "raid"));
        },
      ),
      { numRuns: 25 },
    );
  });
}
