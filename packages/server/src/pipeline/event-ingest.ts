import { encodeEvent, parseEvent, type StreamEvent } from "@telemetra/core";
import type { AppendRecord, EventLog } from "../ports/event-log.js";
import { UnreadableLine, type Ingest, type IngestReport, type Rejection } from "../ports/ingest.js";

export interface IngestOptions {
  readonly log: Pick<EventLog, "append">;
  readonly now: () => number;
  /** An event this far ahead of the clock is refused (W6). */
  readonly maxFutureMs: number;
}

/** Checks events and appends them to the log: the only way in, for HTTP and for this process's own sources alike. */
export function createIngest({ log, now, maxFutureMs }: IngestOptions): Ingest {
  return {
    async accept(events): Promise<IngestReport> {
      const rejected: Rejection[] = [];
      const records: AppendRecord[] = [];
      const latestMs = now() + maxFutureMs;
      for (const [index, input] of events.entries()) {
        if (input instanceof UnreadableLine) {
          rejected.push({ index, code: "invalid_json", detail: input.detail });
          continue;
        }
        const result = parseEvent(input);
        if (!result.ok) {
          rejected.push({ index, ...result.error });
        } else if (result.event.timestamp > latestMs) {
          const detail = `timestamp is more than ${maxFutureMs / 1000} s ahead of the clock`;
          rejected.push({ index, code: "future_timestamp", detail });
        } else {
          records.push(recordOf(result.event));
        }
      }
      const verdicts = records.length === 0 ? [] : await log.append(records);
      const duplicates = verdicts.filter((verdict) => verdict === "duplicate").length;
      return { accepted: records.length - duplicates, duplicates, rejected };
    },
  };
}

/** The log record of a checked event. */
export function recordOf(event: StreamEvent): AppendRecord {
  return { type: event.type, streamId: event.stream_id, eventId: event.event_id, value: encodeEvent(event) };
}
