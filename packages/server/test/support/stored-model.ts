import type { MetricRow, Moment, StreamEvent } from "@telemetra/core";
import fc from "fast-check";
import type { CommitBatch } from "../../src/ports/result-store.js";
import { makeChat, makeMoment, makeRow, makeTransaction, makeViewers } from "./records.js";
import type { RollupSources } from "./rollup-oracle.js";

const HOUR_MS = 3_600_000;

const FLAGS = ["repeat", "refresh", "crash"] as const;
/** Instants where hours and days meet, and others. */
const arbitraryInstant = fc
  .tuple(fc.integer({ min: -2, max: 26 }), fc.constantFrom(0, 1, 59_999, 60_000, 1_800_000, 3_599_999))
  .map(([hour, offset]) => hour * HOUR_MS + offset);
/** What a commit brings, and what happens after it. */
export const arbitraryStep = fc.record({
  chats: fc.array(arbitraryInstant, { maxLength: 5 }),
  viewers: fc.array(fc.record({ id: fc.nat(6), at: arbitraryInstant, count: fc.nat(50) }), { maxLength: 3 }),
  payments: fc.array(
    fc.record({
      id: fc.nat(6),
      at: arbitraryInstant,
      amount: fc.nat(100_000).map((units) => units / 10_000),
      currency: fc.constantFrom("EUR", "USD", "bits"),
    }),
    { maxLength: 3 },
  ),
  windows: fc.array(
    fc.record({
      hour: fc.integer({ min: 0, max: 25 }),
      hop: fc.integer({ min: -7, max: 7 }),
      count: fc.nat(30),
      revision: fc.nat(2),
      sentiment: fc.integer({ min: -100, max: 100 }).map((percent) => percent / 100),
    }),
    { maxLength: 6 },
  ),
  moments: fc.array(fc.nat(9), { maxLength: 3 }),
  isBeta: fc.boolean(),
  afterwards: fc.subarray([...FLAGS]),
});
type Step = typeof arbitraryStep extends fc.Arbitrary<infer T> ? T : never;

/** What is stored after the steps, by the rules of the store: the first content of an event, the highest revision of a window. */
export class StoredModel {
  readonly #events = new Map<string, StreamEvent>();
  readonly #rows = new Map<string, MetricRow>();
  readonly #moments = new Map<string, Moment>();

  toBatch(step: Step, prefix: string): Pick<CommitBatch, "events" | "rows" | "moments"> {
    const stream_id = prefix + (step.isBeta ? "beta" : "alpha");
    const batch = {
      events: [
        ...step.chats.map((timestamp) => makeChat({ stream_id, event_id: `c${fresh()}`, timestamp })),
        ...step.viewers.map(({ id, at, count }) =>
          makeViewers({ stream_id, event_id: `v${id}`, timestamp: at, viewer_count: count }),
        ),
        ...step.payments.map(({ id, at, amount, currency }) =>
          makeTransaction({ stream_id, event_id: `t${id}`, timestamp: at, amount, currency }),
        ),
      ],
      rows: step.windows.map(({ hour, hop, count, revision, sentiment }) =>
        makeRow({
          stream_id,
          startMs: hour * HOUR_MS + hop * 10_000,
          chat_count: count,
          sentiment_score: count === 0 ? null : sentiment,
          positive_count: count >> 1,
          negative_count: count >> 2,
          revision,
        }),
      ),
      // Stream, type and onset make the id, so they do not change.
      moments: step.moments.map((kind) => ({
        ...makeMoment({ stream_id, atMs: kind * 3 * HOUR_MS, moment_type: kind % 2 === 0 ? "raid" : "chat_drop" }),
        moment_id: `${stream_id}-${kind}`,
      })),
    };
    for (const event of batch.events) {
      const key = `${event.stream_id}/${event.type}/${event.event_id}`;
      if (!this.#events.has(key)) this.#events.set(key, event);
    }
    for (const row of batch.rows) {
      const key = `${row.stream_id}/${row.window_start}`;
      if (row.revision > (this.#rows.get(key)?.revision ?? -1)) this.#rows.set(key, row);
    }
    for (const moment of batch.moments) this.#moments.set(moment.moment_id, moment);
    return batch;
  }

  sources(): RollupSources {
    return {
      events: [...this.#events.values()],
      rows: [...this.#rows.values()],
      moments: [...this.#moments.values()],
    };
  }
}

let last = 0;

/** Another number each time. */
export function fresh(): number {
  return ++last;
}
