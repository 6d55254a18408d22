import type { StreamEvent } from "../records/event.js";
import { formatInstant } from "../time/instant.js";

/** An event as one line of JSON for a log, a file or the wire: instants as ISO 8601 strings. Its inverse is `parseEventJson`. */
export function encodeEvent(event: StreamEvent): string {
  return JSON.stringify(wireOf(event));
}

/** A copy with instants as text; fields that are `undefined` in it are none in JSON. */
function wireOf(event: StreamEvent): object {
  const timestamp = formatInstant(event.timestamp);
  if (event.type === "chat") {
    return { ...event, timestamp, emotes: event.emotes.length === 0 ? undefined : event.emotes };
  }
  if (event.type !== "stream_meta") return { ...event, timestamp };
  const { started_at, ended_at } = event;
  return {
    ...event,
    timestamp,
    started_at: started_at === undefined ? undefined : formatInstant(started_at),
    ended_at: ended_at === undefined ? undefined : formatInstant(ended_at),
  };
}
