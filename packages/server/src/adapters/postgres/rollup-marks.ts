import { formatInstant } from "@telemetra/core";
import type pg from "pg";
import type { TouchedHour } from "../shared/touched-hours.js";
import { columnArrays, rowsFrom, type Column } from "./column-arrays.js";

const columns: readonly Column<TouchedHour>[] = [
  ["stream_id", "text", (hour) => hour.streamId],
  ["hour_start", "timestamptz", (hour) => formatInstant(hour.hourStartMs)],
  ["messages", "bigint", (hour) => hour.messages],
];
const RECEIVED = rowsFrom(columns, "touched");

const markHours = `
  INSERT INTO dirty_hours AS stored (stream_id, hour_start)
  SELECT stream_id, hour_start FROM ${RECEIVED} ORDER BY 1, 2
  ON CONFLICT (stream_id, hour_start) DO UPDATE SET version = stored.version + 1`;

const tallyAndMarkHours = `
  WITH tallied AS (
    INSERT INTO chat_tallies AS stored (stream_id, hour_start, messages, written_at)
    SELECT stream_id, hour_start, messages, $${columns.length + 1}::timestamptz FROM ${RECEIVED} WHERE messages > 0
    ON CONFLICT (stream_id, hour_start) DO UPDATE SET messages = stored.messages + excluded.messages
  )${markHours}`;

/**
 * Marks the roll-ups of these hours as out of date, in the transaction that makes them so. The mark of an hour carries a
 * version, by which whoever refreshes sees that something came meanwhile.
 *
 * @param countsMessages false when the commit may be one that was made before: its messages are counted already
 */
export async function markTouchedHours(
  client: pg.ClientBase,
  hours: readonly TouchedHour[],
  { countsMessages, writtenAt }: { readonly countsMessages: boolean; readonly writtenAt: string },
): Promise<void> {
  if (hours.length === 0) return;
  const arrays = columnArrays(columns, hours);
  if (countsMessages && hours.some((hour) => hour.messages > 0)) {
    await client.query(tallyAndMarkHours, [...arrays, writtenAt]);
  } else {
    await client.query(markHours, arrays);
  }
}
