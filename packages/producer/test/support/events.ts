import { parseEvent, type EventInput, type StreamEvent } from "@telemetra/core";
import type { EventSource } from "@telemetra/producer";

/** A chat event of no interest but its time; `more` changes what matters. */
export function chatAt(timestamp: number, more: Partial<EventInput> = {}): StreamEvent {
  const parsed = parseEvent({
    type: "chat",
    event_id: `event-${timestamp}`,
    timestamp,
    stream_id: "demo",
    user_id: "1",
    username: "pixel_otter",
    message: "hello",
    ...more,
  });
  if (!parsed.ok) throw new Error(parsed.error.detail);
  return parsed.event;
}

/** Everything a source gives until it ends. */
export async function readAll(source: EventSource, signal = new AbortController().signal): Promise<StreamEvent[]> {
  const events: StreamEvent[] = [];
  for await (const batch of source.batches(signal)) events.push(...batch);
  return events;
}

/** The events of an endless sequence up to a time. */
export function until(events: Iterable<StreamEvent>, endMs: number): StreamEvent[] {
  const taken: StreamEvent[] = [];
  for (const event of events) {
    if (event.timestamp >= endMs) break;
    taken.push(event);
  }
  return taken;
}
