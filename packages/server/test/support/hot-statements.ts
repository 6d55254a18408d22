import type { CommitBatch } from "../../src/ports/result-store.js";
import { makeBatch, makeChat, makeMoment, makeRow, makeTransaction, makeViewers } from "./records.js";

const MINUTE_MS = 60_000;

/** What is asked of a store all day long, for looking at how the database answers it. */
export const HOT_READS = [
  ["metrics", { limit: 100 }],
  ["metrics", { limit: 1_000, startMs: 100 * MINUTE_MS, endMs: 200 * MINUTE_MS }],
  ["moments", { limit: 100 }],
  ["moments", { limit: 100, startMs: 100 * MINUTE_MS, endMs: 200 * MINUTE_MS, momentType: "raid" }],
] as const;

/** One step of the pipeline: `count` events of each kind and windows, for streams that are known already. */
export function makeHotBatch(count: number): CommitBatch {
  const numbers = Array.from({ length: count }, (_, number) => number);
  const place = (number: number): { stream_id: string; event_id: string; timestamp: number } => ({
    stream_id: `s${number % 40}`,
    event_id: `new-${number}`,
    timestamp: number * MINUTE_MS,
  });
  return makeBatch({
    positions: [{ topic: "chat", partition: 0, epoch: 1, nextOffset: count, lowOffset: 0 }],
    events: numbers.flatMap((number) => [
      makeChat(place(number)),
      makeViewers(place(number)),
      makeTransaction(place(number)),
    ]),
    rows: numbers.map((number) => makeRow({ stream_id: `s${number % 40}`, startMs: number * MINUTE_MS, revision: 1 })),
    moments: numbers.slice(0, 5).map((number) => makeMoment({ number, stream_id: `s${number % 40}` })),
    states: numbers.slice(0, 40).map((number) => ({ streamId: `s${number}`, partition: 0, state: { number } })),
    deadLetters: [{ topic: "chat", partition: 0, offset: 7, value: "{", code: "invalid_json", detail: "broken" }],
  });
}
