import {
  chatEventSchema,
  viewerEventSchema,
  type ChatEvent,
  type ChatInput,
  type Emote,
  type ViewerEvent,
  type ViewerInput,
} from "../records/event.js";
import type { JsonSchema } from "../schema/schema.js";
import { parseInstant } from "../time/instant.js";
import { ParsedChat, ParsedViewer } from "./parsed-event.js";

/** A record of which nothing is known but that it is a plain object. */
type Unread<T> = { readonly [Field in keyof T]?: unknown };

/*
 * The schemas decide what an event is. What is here only recognises the two kinds that make up a stream, when every
 * field is what it mostly is, in a third of the time; it answers `undefined` for all else, and the schema looks again.
 * The limits are the schema's; where it names none, nothing is recognised.
 */
const chat = chatEventSchema.properties ?? {};
const viewer = viewerEventSchema.properties ?? {};
const MAX_ID = limitOf(chat["user_id"]);
const MAX_NAME = limitOf(chat["username"]);
const MAX_MESSAGE = limitOf(chat["message"]);
const MAX_BADGES = chat["badges"]?.maxItems ?? -1;
const MAX_BADGE = limitOf(chat["badges"]?.items);
const MAX_EMOTES = chat["emotes"]?.maxItems ?? -1;
const [emoteName, emoteObject] = chat["emotes"]?.items?.anyOf ?? [];
const MAX_EMOTE = limitOf(emoteName);
const MAX_PROVIDER = limitOf(emoteObject?.properties?.["provider"]);
const MAX_URL = limitOf(emoteObject?.properties?.["url"]);
const MAX_VIEWERS = viewer["viewer_count"]?.maximum ?? -1;
const STREAM_ID = new RegExp(chat["stream_id"]?.pattern ?? "$^", "u");

const NO_EMOTES: readonly Emote[] = Object.freeze([]);

/** True when reading fields reads the object's own: its prototype is the usual one, and nobody added to that. */
export function isPlain(value: object): boolean {
  if (Object.getPrototypeOf(value) !== Object.prototype) return false;
  for (const _ in Object.prototype) return false;
  return true;
}

/** @param input a plain object */
export function readChat(input: Unread<ChatInput>): ChatEvent | undefined {
  const { event_id, stream_id, user_id, username, message, badges, is_subscriber, is_moderator, reply_to } = input;
  if (!isId(event_id) || !isStreamId(stream_id) || !isId(user_id)) return undefined;
  if (!isText(username, MAX_NAME) || !isText(message, MAX_MESSAGE)) return undefined;
  const timestamp = parseInstant(input.timestamp);
  const emotes = isThere(input.emotes) ? readEmotes(input.emotes) : NO_EMOTES;
  if (timestamp === undefined || emotes === undefined) return undefined;
  const event = new ParsedChat({ event_id, timestamp, stream_id, user_id, username, message, emotes });
  if (isThere(badges)) {
    if (!isListOfText(badges, MAX_BADGES, MAX_BADGE)) return undefined;
    event.badges = [...badges];
  }
  if (isThere(is_subscriber)) {
    if (typeof is_subscriber !== "boolean") return undefined;
    event.is_subscriber = is_subscriber;
  }
  if (isThere(is_moderator)) {
    if (typeof is_moderator !== "boolean") return undefined;
    event.is_moderator = is_moderator;
  }
  if (isThere(reply_to)) {
    if (!isId(reply_to)) return undefined;
    event.reply_to = reply_to;
  }
  return event;
}

/** @param input a plain object */
export function readViewer(input: Unread<ViewerInput>): ViewerEvent | undefined {
  const { event_id, stream_id, viewer_count, unique_viewers, peak_viewers } = input;
  const timestamp = parseInstant(input.timestamp);
  if (!isId(event_id) || !isStreamId(stream_id) || !isCount(viewer_count) || timestamp === undefined) return undefined;
  const event = new ParsedViewer({ event_id, timestamp, stream_id, viewer_count });
  if (isThere(unique_viewers)) {
    if (!isCount(unique_viewers)) return undefined;
    event.unique_viewers = unique_viewers;
  }
  if (isThere(peak_viewers)) {
    if (!isCount(peak_viewers)) return undefined;
    event.peak_viewers = peak_viewers;
  }
  return event;
}

function readEmotes(value: unknown): Emote[] | undefined {
  if (!Array.isArray(value) || value.length > MAX_EMOTES) return undefined;
  const emotes: Emote[] = [];
  for (const entry of value as readonly unknown[]) {
    const emote = typeof entry === "object" && entry !== null ? readEmote(entry) : readEmote({ name: entry });
    if (emote === undefined) return undefined;
    emotes.push(emote);
  }
  return emotes;
}

function readEmote(input: Unread<Emote>): Emote | undefined {
  const { name, id, provider, url } = input;
  if (!isPlain(input) || name === "" || !isText(name, MAX_EMOTE)) return undefined;
  const emote: { -readonly [Field in keyof Emote]: Emote[Field] } = { name };
  if (isThere(id)) {
    if (!isId(id)) return undefined;
    emote.id = id;
  }
  if (isThere(provider)) {
    if (!isText(provider, MAX_PROVIDER)) return undefined;
    emote.provider = provider;
  }
  if (isThere(url)) {
    if (!isText(url, MAX_URL)) return undefined;
    emote.url = url;
  }
  return emote;
}

/** Null counts as absent (rule F11). */
function isThere(value: unknown): boolean {
  return value !== undefined && value !== null;
}

function isListOfText(value: unknown, maxItems: number, maxLength: number): value is string[] {
  return Array.isArray(value) && value.length <= maxItems && value.every((text) => isText(text, maxLength));
}

function isStreamId(value: unknown): value is string {
  return typeof value === "string" && STREAM_ID.test(value);
}

function isId(value: unknown): value is string {
  return value !== "" && isText(value, MAX_ID);
}

/** Text that the schema takes and that F12 does not change. */
function isText(value: unknown, maxLength: number): value is string {
  return typeof value === "string" && value.length <= maxLength && value.isWellFormed() && !value.includes("\0");
}

function isCount(value: unknown): value is number {
  return Number.isInteger(value) && (value as number) >= 0 && (value as number) <= MAX_VIEWERS;
}

function limitOf(schema: JsonSchema | undefined): number {
  return schema?.maxLength ?? -1;
}
