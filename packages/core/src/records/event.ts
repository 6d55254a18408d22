import {
  anyOf,
  array,
  boolean,
  integer,
  literal,
  number,
  object,
  oneOfStrings,
  string,
  type Infer,
} from "../schema/schema.js";

/** Ids travel in paths and keys, so `.` and `..` are refused (F13) and `health` is a route of its own. */
export const streamId = string({
  pattern: "^(?!\\.{1,2}$)(?!health$)[A-Za-z0-9_.:-]{1,128}$",
  description: "Stream id: 1 to 128 of A–Z a–z 0–9 _ . : -; not `.`, `..` or `health`.",
});

/** On the way in: ISO 8601 or epoch milliseconds. Parsed events hold epoch milliseconds. */
const instant = anyOf([string({ format: "date-time" }), number()], {
  description: "ISO 8601 (UTC when it names no zone) or epoch milliseconds.",
});
const id = string({ minLength: 1, maxLength: 128 });
const name = string({ maxLength: 128 });
const text = string({ maxLength: 2000 });
const shortText = string({ maxLength: 500 });
const count = integer({ minimum: 0, maximum: 2_147_483_647 });

const common = { event_id: id, timestamp: instant, stream_id: streamId };

const emote = object(
  { name: string({ minLength: 1, maxLength: 128 }) },
  { id, provider: name, url: string({ maxLength: 2000 }) },
);

export const chatEventSchema = object(
  { type: literal("chat"), ...common, user_id: id, username: name, message: text },
  {
    emotes: array(anyOf([string({ minLength: 1, maxLength: 128 }), emote]), {
      maxItems: 500,
      description: "The emotes in the message, once for every use: names, or objects with a name.",
    }),
    badges: array(name, { maxItems: 100 }),
    is_subscriber: boolean(),
    is_moderator: boolean(),
    reply_to: id,
  },
  { $id: "chat-event", title: "Chat message" },
);

export const viewerEventSchema = object(
  { type: literal("viewer"), ...common, viewer_count: count },
  { unique_viewers: count, peak_viewers: count },
  { $id: "viewer-event", title: "Viewer count" },
);

/** What a transaction can be. */
export const TRANSACTION_TYPES = ["donation", "subscription", "gift", "bits"] as const;

export const transactionEventSchema = object(
  {
    type: literal("transaction"),
    ...common,
    user_id: id,
    username: name,
    transaction_type: oneOfStrings(TRANSACTION_TYPES),
    amount: number({ minimum: 0, maximum: 1_000_000_000 }),
    currency: string({ pattern: "^([A-Z]{3}|bits)$", description: "ISO 4217 code in upper case, or `bits`." }),
  },
  { message: text },
  { $id: "transaction-event", title: "Donation, subscription, gift or bits" },
);

/** What can happen to a stream itself. */
export const STREAM_META_TYPES = ["stream_start", "stream_end", "title_change", "category_change", "raid"] as const;

export const streamMetaEventSchema = object(
  { type: literal("stream_meta"), ...common, event_type: oneOfStrings(STREAM_META_TYPES) },
  {
    new_title: shortText,
    new_category: shortText,
    started_at: instant,
    ended_at: instant,
    duration_minutes: number({ minimum: 0 }),
    raiders: count,
    from_stream_id: streamId,
  },
  { $id: "stream-meta-event", title: "What happened to the stream itself" },
);

/** The schema of every kind of event, by kind: what `parseEvent` takes, and what `schemas/*.json` publishes. */
export const eventSchemas = {
  chat: chatEventSchema,
  viewer: viewerEventSchema,
  transaction: transactionEventSchema,
  stream_meta: streamMetaEventSchema,
} as const;

/** The kinds of events; each has its own topic. */
export type EventType = keyof typeof eventSchemas;
/** Every kind of event, in the order in which they are listed everywhere. */
export const EVENT_TYPES = Object.keys(eventSchemas) as readonly EventType[];

/**
 * One use of an emote in a message: its name, and where the event told it also id, provider and the address of a
 * picture.
 */
export type Emote = Infer<typeof emote>;

/** An event as anybody may hand it in: unchecked names and times, see the schemas for what is refused. */
export type ChatInput = Infer<typeof chatEventSchema>;
/** How many watch, as anybody may hand it in. Counts are whole numbers from 0. */
export type ViewerInput = Infer<typeof viewerEventSchema>;
/** Money or bits, as anybody may hand it in. `amount` in whole units of the currency, from 0 to 10^9. */
export type TransactionInput = Infer<typeof transactionEventSchema>;
/** Start, end, another title or category, or a raid, as anybody may hand it in. */
export type StreamMetaInput = Infer<typeof streamMetaEventSchema>;
/** An event as anybody may hand it in, told apart by `type`; its instants are ISO 8601 text or epoch milliseconds. */
export type EventInput = ChatInput | ViewerInput | TransactionInput | StreamMetaInput;

/** After parsing: every instant in epoch milliseconds, every emote an object, text free of lone surrogates and NUL. */
type Parsed<T> = Omit<T, "timestamp"> & { readonly timestamp: number };

/** A chat message after parsing; `emotes` is there and holds objects, empty when none were named. */
export type ChatEvent = Omit<Parsed<ChatInput>, "emotes"> & { readonly emotes: readonly Emote[] };
/** A count of viewers after parsing. */
export type ViewerEvent = Parsed<ViewerInput>;
/** A transaction after parsing; `amount` in whole units of the currency. */
export type TransactionEvent = Parsed<TransactionInput>;
/** What happened to a stream after parsing; `started_at` and `ended_at` in epoch milliseconds. */
export type StreamMetaEvent = Omit<Parsed<StreamMetaInput>, "started_at" | "ended_at"> & {
  readonly started_at?: number;
  readonly ended_at?: number;
};
/** A clean event as `parseEvent` returns it, told apart by `type`; every instant in epoch milliseconds. */
export type StreamEvent = ChatEvent | ViewerEvent | TransactionEvent | StreamMetaEvent;
