import type { StreamEvent } from "../../../src/records/event.js";
import type { ContenderOptions, OpenContender, WindowCounts } from "./contender.js";

/** All rows that a contender makes of the events, ordered by stream and start. */
export function rowsOf(
  open: OpenContender,
  options: ContenderOptions,
  events: readonly StreamEvent[],
): readonly WindowCounts[] {
  const rows: WindowCounts[] = [];
  const contender = open(options, (row) => rows.push(row));
  for (const event of events) contender.push(event);
  contender.finish();
  return rows.sort((a, b) =>
    a.stream_id < b.stream_id ? -1 : a.stream_id > b.stream_id ? 1 : a.start_ms - b.start_ms,
  );
}
