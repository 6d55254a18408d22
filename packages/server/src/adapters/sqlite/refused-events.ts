import type { StreamEvent } from "@telemetra/core";
import type { RefusedEvent } from "../../ports/result-store.js";
import { RefusedDataError } from "../../ports/storage-error.js";
import { findRefused } from "../shared/find-refused.js";
import type { SqliteDatabase } from "./database.js";
import { writeEvents } from "./result-writes.js";

const NOTHING_ELSE = { positions: [], rows: [], moments: [], states: [], deadLetters: [] };

/** Tries events and takes everything back; call it inside a transaction. */
export function findRefusedEvents(
  db: SqliteDatabase,
  events: readonly StreamEvent[],
  nowMs: number,
): readonly RefusedEvent[] {
  db.execute("SAVEPOINT untouched");
  const search = findRefused(events);
  let step = search.next();
  while (step.done !== true) step = search.next(refusalOf(db, step.value, nowMs));
  db.execute("ROLLBACK TO untouched; RELEASE untouched");
  return step.value;
}

function refusalOf(db: SqliteDatabase, events: readonly StreamEvent[], nowMs: number): string | undefined {
  db.execute("SAVEPOINT attempt");
  try {
    db.read(() => writeEvents(db, { ...NOTHING_ELSE, events }, nowMs));
    db.execute("RELEASE attempt");
    return undefined;
  } catch (error) {
    if (!(error instanceof RefusedDataError)) throw error;
    db.execute("ROLLBACK TO attempt; RELEASE attempt");
    return error.message;
  }
}
