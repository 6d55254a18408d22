import { parseEvent, type StreamEvent } from "@telemetra/core";
import { hashText } from "../random.js";

/**
 * Makes events of an old recording happen now, under ids of their own: a service that has seen the recording before, or
 * sees it again tomorrow, takes each showing for a new one.
 *
 * @param showing what tells this showing from the others, at most 32 characters
 */
export function shiftToNow(showing: string): (event: StreamEvent, timestamp: number) => StreamEvent {
  const rename = (id: string): string => {
    const renamed = `${showing}:${id}`;
    return renamed.length <= 128 ? renamed : `${renamed.slice(0, 110)}~${hashText(id).toString(36)}`;
  };
  return (event, timestamp) => {
    const byMs = timestamp - event.timestamp;
    const shifted: Record<string, unknown> = { ...event, event_id: rename(event.event_id), timestamp };
    if (event.type === "chat" && event.reply_to !== undefined) shifted["reply_to"] = rename(event.reply_to);
    if (event.type === "stream_meta") {
      if (event.started_at !== undefined) shifted["started_at"] = event.started_at + byMs;
      if (event.ended_at !== undefined) shifted["ended_at"] = event.ended_at + byMs;
    }
    const parsed = parseEvent(shifted);
    if (!parsed.ok) throw new Error(`shifted event refused: ${parsed.error.detail}`);
    return parsed.event;
  };
}
