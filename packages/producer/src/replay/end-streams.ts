import { parseEvent, type StreamEvent } from "@telemetra/core";
import { hashText } from "../random.js";

/**
 * Passes events on and, after the last one, ends each stream that has not ended by itself (rule F18): a `stream_end` at the
 * newest time seen of that stream. Its id follows from stream and time, so that a second replay changes nothing.
 */
export async function* endStreams(events: AsyncIterable<StreamEvent>): AsyncGenerator<StreamEvent, void, undefined> {
  const newest = new Map<string, { timestamp: number; hasEnded: boolean }>();
  for await (const event of events) {
    const { stream_id: streamId, timestamp } = event;
    const isEnd = event.type === "stream_meta" && event.event_type === "stream_end";
    const known = newest.get(streamId);
    if (known === undefined) newest.set(streamId, { timestamp, hasEnded: isEnd });
    else if (timestamp > known.timestamp || (timestamp === known.timestamp && isEnd)) {
      known.timestamp = timestamp;
      known.hasEnded = isEnd;
    }
    yield event;
  }
  for (const [streamId, { timestamp, hasEnded }] of newest) {
    if (!hasEnded) yield streamEnd(streamId, timestamp);
  }
}

function streamEnd(streamId: string, timestamp: number): StreamEvent {
  const name = streamId.length <= 96 ? streamId : `${streamId.slice(0, 80)}~${hashText(streamId).toString(36)}`;
  const parsed = parseEvent({
    type: "stream_meta",
    event_id: `end:${name}:${timestamp}`,
    timestamp,
    stream_id: streamId,
    event_type: "stream_end",
    ended_at: timestamp,
  });
  if (!parsed.ok) throw new Error(`stream_end refused: ${parsed.error.detail}`);
  return parsed.event;
}
