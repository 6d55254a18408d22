import type { StreamEvent } from "../records/event.js";
import { formatInstant } from "../time/instant.js";

/** An event as one line of JSON for a log, a file or the wire: instants as ISO 8601 strings. Its inverse is `parseEventJson`. */
export function encodeEvent(event: StreamEvent): string {
  const wire: Record<string, unknown> = { ...event, timestamp: formatInstant(event.timestamp) };
  if (event.type === "chat" && event.emotes.length === 0) delete wire["emotes"];
  if (event.type === "stream_meta") {
    if (event.started_at !== undefined) wire["started_at"] = formatInstant(event.started_at);
    if (event.ended_at !== undefined) wire["ended_at"] = formatInstant(event.ended_at);
  }
  return JSON.stringify(wire);
}
