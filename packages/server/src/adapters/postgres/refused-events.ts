import { formatInstant, type StreamEvent } from "@telemetra/core";
import type pg from "pg";
import type { RefusedEvent } from "../../ports/result-store.js";
import { RefusedDataError } from "../../ports/storage-error.js";
import { findRefused } from "../shared/find-refused.js";
import { explainPostgresError } from "./postgres-error.js";
import { writeEvents } from "./result-writes.js";

const NOTHING_ELSE = { positions: [], rows: [], moments: [], states: [], deadLetters: [] };

/** Tries events inside the transaction of `client` and takes everything back. */
export async function findRefusedEvents(
  client: pg.ClientBase,
  events: readonly StreamEvent[],
  nowMs: number,
): Promise<readonly RefusedEvent[]> {
  const writtenAt = formatInstant(nowMs);
  // What would be checked at the end of the transaction is checked at once: nothing here comes to its end.
  await client.query("SET CONSTRAINTS ALL IMMEDIATE");
  await client.query("SAVEPOINT untouched");
  const search = findRefused(events);
  let step = search.next();
  while (step.done !== true) step = search.next(await refusalOf(client, step.value, writtenAt));
  await client.query("ROLLBACK TO SAVEPOINT untouched");
  return step.value;
}

async function refusalOf(
  client: pg.ClientBase,
  events: readonly StreamEvent[],
  writtenAt: string,
): Promise<string | undefined> {
  await client.query("SAVEPOINT attempt");
  try {
    await writeEvents(client, { ...NOTHING_ELSE, events }, writtenAt);
    await client.query("RELEASE SAVEPOINT attempt");
    return undefined;
  } catch (error) {
    const explained = explainPostgresError(error, "");
    if (!(explained instanceof RefusedDataError)) throw error;
    await client.query("ROLLBACK TO SAVEPOINT attempt");
    await client.query("RELEASE SAVEPOINT attempt");
    return explained.message;
  }
}
