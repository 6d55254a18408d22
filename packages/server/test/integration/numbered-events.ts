import type { EventInput } from "@telemetra/core";

const START_MS = Date.UTC(2026, 0, 1, 18, 0, 7, 313);
const EMOTES = ["LUL", "Kappa", "PogChamp", "NotLikeThis", "모자"];

/**
 * Numbered events of three streams: chat with emotes, viewers, money and a title, in order of time except for a shuffle
 * within two seconds, each stream ended at the end. The n-th event is always the same.
 */
export function numberedEvents(count: number, eventsPerSecond: number): EventInput[] {
  const random = seeded(count);
  const events = Array.from({ length: count }, (_, index): EventInput => {
    const base = {
      event_id: `n${index}`,
      stream_id: `ledger_${index % 3}`,
      timestamp: START_MS + Math.round((index / eventsPerSecond) * 1000),
    };
    const person = Math.floor(random() * 40);
    const who = { user_id: `u${person}`, username: `person ${person}` };
    const kind = random();
    if (kind < 0.04) return { ...base, type: "viewer", viewer_count: Math.floor(random() * 500) };
    if (kind < 0.06) {
      const amount = Math.floor(random() * 10_000) / 100;
      return { ...base, ...who, type: "transaction", transaction_type: "donation", amount, currency: "EUR" };
    }
    if (kind < 0.065) return { ...base, type: "stream_meta", event_type: "title_change", new_title: `Part ${index}` };
    const emotes = random() < 0.5 ? [] : [EMOTES[Math.floor(random() * EMOTES.length)]!];
    return { ...base, ...who, type: "chat", message: `message ${index} ${emotes.join(" ")}`, emotes };
  });
  const shuffled = events
    .map((event) => ({ event, arrivesMs: (event.timestamp as number) + random() * 2_000 }))
    .sort((a, b) => a.arrivesMs - b.arrivesMs)
    .map(({ event }) => event);
  const endMs = START_MS + Math.ceil((count / eventsPerSecond) * 1000);
  const ends = [0, 1, 2].map((number): EventInput => {
    const base = { event_id: `end${number}`, stream_id: `ledger_${number}`, timestamp: endMs };
    return { ...base, type: "stream_meta", event_type: "stream_end" };
  });
  return [...shuffled, ...ends];
}

/** Small seeded generator (mulberry32): the same numbers on every machine. */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
