import type { EventInput } from "@telemetra/core";

const START_MS = Date.UTC(2026, 0, 1, 20);

/** Two minutes of a small chat, eight seconds in which twenty people saw the same thing, a minute after it, the end. */
export function* recordedChat(): Generator<EventInput> {
  let count = 0;
  const chat = (second: number, person: number, message: string, emotes: string[] = []): EventInput => ({
    type: "chat",
    event_id: `message-${(count += 1)}`,
    timestamp: START_MS + second * 1000,
    stream_id: "my_stream",
    user_id: `viewer-${person}`,
    username: `viewer_${person}`,
    message,
    emotes,
  });
  for (let second = 0; second < 120; second++) yield chat(second, second % 7, "hello there");
  for (let tenth = 0; tenth < 80; tenth++) {
    yield chat(
      120 + tenth / 10,
      tenth % 20,
      tenth % 3 === 0 ? "what a play" : "PogChamp PogChamp",
      tenth % 3 === 0 ? [] : ["PogChamp", "PogChamp"],
    );
  }
  for (let second = 128; second < 180; second++) yield chat(second, second % 7, "that was great");
  const at = new Date(START_MS + 180_000).toISOString();
  yield { type: "stream_meta", event_id: "end", timestamp: at, stream_id: "my_stream", event_type: "stream_end" };
}
