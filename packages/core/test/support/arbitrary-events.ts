import fc from "fast-check";
import type { EventInput } from "@telemetra/core";

const EMOTES = ["LUL", "Kappa", "PogChamp", "모자", "😀", "a", "B"];
const CURRENCIES = ["USD", "EUR", "bits"];

/** Draws events of a few streams over some minutes: ties, silences, several lives, unicode, every kind. */
export function arbitraryEvents(options: { spanMs?: number; maxLength?: number } = {}): fc.Arbitrary<EventInput[]> {
  const { spanMs = 240_000, maxLength = 60 } = options;
  // Mostly dense, sometimes a long silence, times on a coarse grid so that edges and ties are common.
  const when = fc.oneof(
    { weight: 6, arbitrary: fc.integer({ min: 0, max: spanMs / 500 }).map((tick) => tick * 500) },
    { weight: 2, arbitrary: fc.integer({ min: 0, max: spanMs }) },
    { weight: 1, arbitrary: fc.integer({ min: 0, max: 4 }).map((life) => life * 400_000) },
  );
  const common = { at: when, stream: fc.constantFrom("one", "two"), user: fc.integer({ min: 0, max: 5 }) };
  const drawn = fc.oneof(
    {
      weight: 8,
      arbitrary: fc.record({
        ...common,
        type: fc.constant("chat" as const),
        emotes: fc.array(fc.constantFrom(...EMOTES), { maxLength: 3 }),
      }),
    },
    {
      weight: 2,
      arbitrary: fc.record({
        ...common,
        type: fc.constant("viewer" as const),
        viewers: fc.integer({ min: 0, max: 50 }),
      }),
    },
    {
      weight: 1,
      arbitrary: fc.record({
        ...common,
        type: fc.constant("transaction" as const),
        amount: fc.integer({ min: 0, max: 99_999 }).map((cents) => cents / 100),
        currency: fc.constantFrom(...CURRENCIES),
      }),
    },
    {
      weight: 1,
      arbitrary: fc.record({
        ...common,
        type: fc.constant("stream_meta" as const),
        what: fc.constantFrom("stream_end", "title_change", "stream_start"),
      }),
    },
  );
  return fc.array(drawn, { minLength: 1, maxLength }).map((events) =>
    events.map((event, index): EventInput => {
      const base = { event_id: `e${index}`, timestamp: ORIGIN_MS + event.at, stream_id: event.stream };
      const who = { user_id: `u${event.user}`, username: `user ${event.user}` };
      switch (event.type) {
        case "chat":
          return { ...base, ...who, type: "chat", message: "hi", emotes: event.emotes };
        case "viewer":
          return { ...base, type: "viewer", viewer_count: event.viewers };
        case "transaction":
          return {
            ...base,
            ...who,
            type: "transaction",
            transaction_type: "donation",
            amount: event.amount,
            currency: event.currency,
          };
        case "stream_meta":
          return { ...base, type: "stream_meta", event_type: event.what as "stream_end" };
      }
    }),
  );
}

/** Not on a window's edge, so that alignment is to the epoch and not to the first event. */
export const ORIGIN_MS = Date.UTC(2026, 0, 1, 12, 0, 3, 217);

/** An order of arrival in which no event comes more than `boundMs` of event time after a newer one. */
export function arbitraryArrival(events: readonly EventInput[], boundMs: number): fc.Arbitrary<EventInput[]> {
  return fc
    .array(fc.integer({ min: 0, max: boundMs }), { minLength: events.length, maxLength: events.length })
    .map((delays) =>
      events
        .map((event, index) => ({ event, arrivesMs: (event.timestamp as number) + (delays[index] ?? 0) }))
        .sort((a, b) => a.arrivesMs - b.arrivesMs)
        .map(({ event }) => event),
    );
}
