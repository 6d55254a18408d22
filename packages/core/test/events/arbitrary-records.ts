import fc from "fast-check";
import type { EventType } from "@telemetra/core";

/** A record as somebody may send it, out of JSON: of no particular type. */
export type SentRecord = Record<string, unknown>;

const id = fc.oneof(
  fc.string({ minLength: 1, maxLength: 128 }).filter((text) => text.isWellFormed() && !text.includes("\0")),
  fc.uuid(),
);
const text = fc.oneof(
  fc.string({ maxLength: 40, unit: "binary" }),
  fc.constantFrom("", "gg", "모자 😀", "\ud800", "a\0b"),
);
const streamId = fc.constantFrom("a", "Stream_1", "x.y:z-0", "...", "healthy", "A".repeat(128));
const count = fc.oneof(fc.nat(), fc.constantFrom(0, 2_147_483_647));
const instant = fc.oneof(
  fc.integer({ min: -62_135_596_800_000, max: 253_402_300_799_999 }),
  fc.integer({ min: 0, max: 4_102_444_800_000 }).map((epochMs) => new Date(epochMs).toISOString()),
  fc.constantFrom("2026-01-31T12:34:56", "2026-01-31 12:34:56+02:00", 0, 1.5),
);
const name = fc.oneof(fc.string({ minLength: 1, maxLength: 128 }), fc.constantFrom("LUL", "Kappa", "😀", "\udfff"));
const emote = fc.oneof(
  name,
  fc.record(
    { name, id: fc.option(id), provider: fc.option(text), url: fc.option(text), unknown: fc.constant(1) },
    { requiredKeys: ["name"] },
  ),
);

const common = { event_id: id, timestamp: instant, stream_id: streamId };
const optional = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: null });

const records = {
  chat: fc.record(
    {
      type: fc.constant("chat"),
      ...common,
      user_id: id,
      username: text,
      message: text,
      emotes: optional(fc.array(emote, { maxLength: 4 })),
      badges: optional(fc.array(text, { maxLength: 3 })),
      is_subscriber: optional(fc.boolean()),
      is_moderator: optional(fc.boolean()),
      reply_to: optional(id),
    },
    { requiredKeys: ["type", "event_id", "timestamp", "stream_id", "user_id", "username", "message"] },
  ),
  viewer: fc.record(
    {
      type: fc.constant("viewer"),
      ...common,
      viewer_count: count,
      unique_viewers: optional(count),
      peak_viewers: optional(count),
    },
    { requiredKeys: ["type", "event_id", "timestamp", "stream_id", "viewer_count"] },
  ),
  transaction: fc.record(
    {
      type: fc.constant("transaction"),
      ...common,
      user_id: id,
      username: text,
      transaction_type: fc.constantFrom("donation", "subscription", "gift", "bits"),
      amount: fc.oneof(fc.nat(1_000_000), fc.double({ min: 0, max: 1e9, noNaN: true })),
      currency: fc.constantFrom("USD", "EUR", "bits"),
      message: optional(text),
    },
    {
      requiredKeys: [
        "type",
        "event_id",
        "timestamp",
        "stream_id",
        "user_id",
        "username",
        "transaction_type",
        "amount",
        "currency",
      ],
    },
  ),
  stream_meta: fc.record(
    {
      type: fc.constant("stream_meta"),
      ...common,
      event_type: fc.constantFrom("stream_start", "stream_end", "title_change", "category_change", "raid"),
      new_title: optional(text),
      new_category: optional(text),
      started_at: optional(instant),
      ended_at: optional(instant),
      duration_minutes: optional(fc.double({ min: 0, max: 1e6, noNaN: true })),
      raiders: optional(count),
      from_stream_id: optional(streamId),
    },
    { requiredKeys: ["type", "event_id", "timestamp", "stream_id", "event_type"] },
  ),
} satisfies Record<EventType, fc.Arbitrary<SentRecord>>;

/** Records that the schemas accept, of every kind, with nulls, unknown fields of emotes and odd text among them. */
export const validRecord: fc.Arbitrary<SentRecord> = fc
  .constantFrom(...(Object.keys(records) as EventType[]))
  .chain((type): fc.Arbitrary<SentRecord> => records[type]);

const odd = fc.oneof(
  fc.jsonValue({ maxDepth: 2 }),
  fc.constantFrom<unknown>(
    null,
    "",
    "x".repeat(129),
    "x".repeat(2001),
    -1,
    1.5,
    1e300,
    true,
    [],
    {},
    "\ud800",
    "\0",
    ".",
  ),
  fc.constantFrom<unknown>([["a"]], [{}], [{ name: "" }], [{ name: "a", id: 1 }], [null], Array(501).fill("a")),
);

/** Valid records, most of them spoiled: a field of another type or out of range, left out, or one that nobody knows. */
export const anyRecord: fc.Arbitrary<SentRecord> = fc
  .tuple(
    validRecord,
    validRecord,
    fc.array(fc.tuple(fc.nat(20), fc.oneof(odd, fc.constant(undefined))), { maxLength: 2 }),
    fc.boolean(),
  )
  .map(([record, other, changes, isMixed]) => {
    const spoiled: SentRecord = isMixed ? { ...other, ...record } : { ...record };
    const names = [...Object.keys(spoiled), "unknown", "constructor"];
    for (const [place, value] of changes) {
      const changed = names[place % names.length] as string;
      if (value === undefined) delete spoiled[changed];
      else spoiled[changed] = value;
    }
    return spoiled;
  });
