import { compileSchema, type Check } from "../schema/compile-schema.js";
import { eventSchemas, type Emote, type EventType, type StreamEvent } from "../records/event.js";
import { parseInstant } from "../time/instant.js";
import { ParsedEvent } from "./parsed-event.js";
import { isPlain, readChat, readViewer } from "./read-at-a-glance.js";

/** Why an event was refused. `future_timestamp` needs a clock, so it is the engine's verdict. */
export const EVENT_ERROR_CODES = [
  "invalid_json",
  "not_an_object",
  "unknown_type",
  "missing_field",
  "invalid_field",
  "future_timestamp",
] as const;

/** One of `EVENT_ERROR_CODES`. */
export type EventErrorCode = (typeof EVENT_ERROR_CODES)[number];

/** Why an event was refused: for programs, and for people. */
export interface EventError {
  /** For programs; a code keeps its meaning. */
  readonly code: EventErrorCode;
  /** One sentence that names the field and what it must be. */
  readonly detail: string;
}

/** A clean event, or why there is none. */
export type ParseResult =
  { readonly ok: true; readonly event: StreamEvent } | { readonly ok: false; readonly error: EventError };

const checks = Object.fromEntries(
  Object.entries(eventSchemas).map(([type, schema]) => [type, compileSchema(schema)]),
) as Record<EventType, Check>;

const fieldsOf = Object.fromEntries(
  Object.entries(eventSchemas).map(([type, schema]) => [type, Object.keys(schema.properties ?? {})]),
) as unknown as Record<EventType, readonly string[]>;

const ID_FIELDS: ReadonlySet<string> = new Set(["event_id", "stream_id", "user_id", "from_stream_id", "reply_to"]);
const INSTANT_FIELDS: ReadonlySet<string> = new Set(["timestamp", "started_at", "ended_at"]);

/** True for the very object that `parseEvent` returned. */
export function isParsedEvent(value: object): value is StreamEvent {
  return ParsedEvent.made(value);
}

/**
 * Checks anything against the event schemas (design §3) and returns a clean copy: known fields only, instants in
 * epoch milliseconds, emotes as objects, lone surrogates and NUL in text replaced by U+FFFD. Never throws on data.
 *
 * @param value what somebody sent, already out of JSON
 * @param type the kind, where the place it came from tells it (a topic); otherwise its `type` field does
 */
export function parseEvent(value: unknown, type?: EventType): ParseResult {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    return refuse("not_an_object", "an event must be a JSON object");
  }
  const isOwn = isPlain(value);
  const kind =
    type ?? (isOwn || Object.hasOwn(value, "type") ? (value as { readonly type?: unknown }).type : undefined);
  const event = isOwn ? readAtAGlance(value, kind) : undefined;
  return event === undefined ? readBySchema(value as Readonly<Record<string, unknown>>, kind) : { ok: true, event };
}

function readAtAGlance(input: object, kind: unknown): StreamEvent | undefined {
  if (kind === "chat") return readChat(input);
  return kind === "viewer" ? readViewer(input) : undefined;
}

/** What the schemas say of a record whose kind is known: the whole truth, where `readAtAGlance` knows the common cases. */
export function readBySchema(input: Readonly<Record<string, unknown>>, kind: unknown): ParseResult {
  if (typeof kind !== "string" || !Object.hasOwn(checks, kind)) {
    return refuse("unknown_type", `type must be one of ${Object.keys(checks).join(", ")}`);
  }
  const own: Readonly<Record<string, unknown>> = { ...input, type: kind };
  const issue = checks[kind as EventType](own, "");
  if (issue !== undefined) {
    return refuse(issue.reason === "is required" ? "missing_field" : "invalid_field", `${issue.path} ${issue.reason}`);
  }
  const event: Record<string, unknown> = new ParsedEvent() as never;
  for (const field of fieldsOf[kind as EventType]) {
    const raw = Object.hasOwn(own, field) ? own[field] : undefined;
    if (field === "emotes") {
      event[field] = cleanEmotes(raw as readonly (string | Emote)[] | null | undefined);
    } else if (raw === undefined || raw === null) {
      continue;
    } else if (INSTANT_FIELDS.has(field)) {
      const epochMs = parseInstant(raw);
      if (epochMs === undefined) {
        return refuse("invalid_field", `${field} must be an ISO 8601 instant or epoch milliseconds`);
      }
      event[field] = epochMs;
    } else if (typeof raw === "string") {
      if (!hasBrokenText(raw)) event[field] = raw;
      else if (ID_FIELDS.has(field)) return refuse("invalid_field", `${field} must not hold NUL or a lone surrogate`);
      else event[field] = cleanText(raw);
    } else {
      event[field] = field === "badges" ? (raw as string[]).map(cleanText) : raw;
    }
  }
  return { ok: true, event: event as never };
}

/** Reads one JSON text as an event, as `parseEvent` does; text that is no JSON is refused as `invalid_json`. Never throws. */
export function parseEventJson(json: string, type?: EventType): ParseResult {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    return refuse("invalid_json", "not readable as JSON");
  }
  return parseEvent(value, type);
}

function refuse(code: EventErrorCode, detail: string): ParseResult {
  return { ok: false, error: { code, detail } };
}

function hasBrokenText(text: string): boolean {
  return !text.isWellFormed() || text.includes("\0");
}

function cleanText(text: string): string {
  return hasBrokenText(text) ? text.toWellFormed().replaceAll("\0", "\ufffd") : text;
}

const NO_EMOTES: readonly Emote[] = Object.freeze([]);

function cleanEmotes(emotes: readonly (string | Emote)[] | null | undefined): readonly Emote[] {
  if (emotes === undefined || emotes === null || emotes.length === 0) return NO_EMOTES;
  return emotes.map((emote) => {
    if (typeof emote === "string") return { name: cleanText(emote) };
    const clean: { -readonly [K in keyof Emote]: Emote[K] } = { name: cleanText(emote.name) };
    if (typeof emote.id === "string") clean.id = cleanText(emote.id);
    if (typeof emote.provider === "string") clean.provider = cleanText(emote.provider);
    if (typeof emote.url === "string") clean.url = cleanText(emote.url);
    return clean;
  });
}
