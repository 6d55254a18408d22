import { parseEvent, parseInstant, type Emote, type EventInput, type StreamEvent } from "@telemetra/core";
import { readChunks, type Recording } from "./recording.js";
import { ReplayError } from "./replay-error.js";
import type { ReplayTally } from "./replay-report.js";

/** A JSON document has to be in memory as a whole; this is some hundred thousand comments. */
const MAX_DOCUMENT_BYTES = 256 * 1024 * 1024;

/** Comments that announce something and are no chat, by their `msg-id`, except these, which are. */
const CHAT_NOTICES = new Set(["", "highlighted-message", "skip-subs-mode-message", "announcement"]);

type Fields = Readonly<Record<string, unknown>>;

/**
 * Reads the chat of a video as TwitchDownloader saves it: one document with `streamer`, `video` and `comments`. The time of
 * a comment is its `created_at`, else `content_offset_seconds` after the start of the video.
 *
 * @throws ReplayError `broken_json`, `too_large`, `unknown_format`
 */
export async function* readChatJson(
  recording: Recording,
  tally: ReplayTally,
): AsyncGenerator<StreamEvent, void, undefined> {
  const document = asFields(await readDocument(recording));
  const comments = document["comments"];
  if (!Array.isArray(comments)) {
    throw new ReplayError(
      "unknown_format",
      `${recording.file} is JSON, but no TwitchDownloader chat: it has no list "comments"; name a file of events .jsonl`,
    );
  }
  const video = asFields(document["video"]);
  const streamId = streamOf(document, comments);
  const startMs = parseInstant(video["created_at"]);
  let isOpened = false;

  for (const entry of comments) {
    tally.lines += 1;
    const comment = asFields(entry);
    const offsetSeconds = comment["content_offset_seconds"];
    const offsetMs = typeof offsetSeconds === "number" ? Math.round(offsetSeconds * 1_000) : Number.NaN;
    const timestamp = parseInstant(comment["created_at"]) ?? (startMs ?? Number.NaN) + offsetMs;
    if (Number.isNaN(timestamp)) {
      tally.refuse("has no time: neither created_at nor the start of the video with content_offset_seconds");
      continue;
    }
    if (!isOpened) {
      isOpened = true;
      yield* opening(streamId, video, timestamp, startMs);
    }
    yield* readComment(comment, streamId, timestamp, tally);
  }
}

async function readDocument(recording: Recording): Promise<unknown> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of readChunks(recording)) {
    length += chunk.length;
    if (length > MAX_DOCUMENT_BYTES) {
      throw new ReplayError(
        "too_large",
        `${recording.file} is larger than ${MAX_DOCUMENT_BYTES / 2 ** 20} MiB, too large for one JSON document; ` +
          "save the chat in parts, or turn it into lines of events (.jsonl)",
      );
    }
    chunks.push(chunk);
  }
  try {
    return JSON.parse(
      Buffer.concat(chunks)
        .toString("utf8")
        .replace(/^\ufeff/, ""),
    );
  } catch (cause) {
    throw new ReplayError(
      "broken_json",
      `${recording.file} is not readable as JSON; save it again, or name lines of events .jsonl`,
      {
        cause,
      },
    );
  }
}

function streamOf(document: Fields, comments: readonly unknown[]): string {
  const streamer = asFields(document["streamer"]);
  const name = asText(streamer["login"], streamer["name"]).toLowerCase();
  if (/^[a-z0-9_]{1,64}$/.test(name)) return name;
  // A display name in another script is no id; the number of the channel is.
  const channelId = asText(streamer["id"], asFields(comments[0])["channel_id"]);
  return `channel-${(channelId || "unknown").replaceAll(/[^A-Za-z0-9_]/g, "")}`;
}

/** What the video says about the stream, at the time of its first comment: title and game. */
function* opening(
  streamId: string,
  video: Fields,
  timestamp: number,
  startMs: number | undefined,
): Generator<StreamEvent, void, undefined> {
  const title = video["title"];
  const game = video["game"];
  if (typeof title !== "string") return;
  const parsed = parseEvent({
    type: "stream_meta",
    event_id: `start:${streamId}:${timestamp}`,
    timestamp,
    stream_id: streamId,
    event_type: "stream_start",
    new_title: title.slice(0, 500),
    ...(typeof game === "string" ? { new_category: game.slice(0, 500) } : {}),
    ...(startMs === undefined ? {} : { started_at: startMs }),
  });
  if (parsed.ok) yield parsed.event;
}

function* readComment(
  comment: Fields,
  streamId: string,
  timestamp: number,
  tally: ReplayTally,
): Generator<StreamEvent, void, undefined> {
  const message = asFields(comment["message"]);
  const notice = asText(asFields(message["user_notice_params"])["msg-id"]);
  if (!CHAT_NOTICES.has(notice)) {
    tally.skip(`notice ${notice}`);
    return;
  }
  const body = textOf(message);
  const author = asFields(comment["commenter"]);
  const badges = asList(message["user_badges"]).map(asFields);
  const hasBadge = (...names: string[]) => badges.some((badge) => names.includes(asText(badge["_id"])));
  const common = {
    event_id: comment["_id"],
    timestamp,
    stream_id: streamId,
    user_id: author["_id"],
    username: asText(author["name"], author["display_name"]).toLowerCase(),
  };
  const chat = {
    ...common,
    type: "chat",
    message: body,
    emotes: emotesOf(message),
    badges: badges.map((badge) => `${asText(badge["_id"])}/${asText(badge["version"])}`),
    is_subscriber: hasBadge("subscriber", "founder"),
    is_moderator: hasBadge("moderator"),
  };
  const parsed = parseEvent(chat);
  if (!parsed.ok) {
    tally.refuse(parsed.error.detail);
    return;
  }
  yield parsed.event;

  const bits = message["bits_spent"];
  if (typeof bits !== "number" || !(bits > 0)) return;
  const cheer: Partial<EventInput> = { type: "transaction", transaction_type: "bits", amount: bits, currency: "bits" };
  const event_id = `${asText(common.event_id)}:bits`;
  const payment = parseEvent({ ...common, ...cheer, event_id, message: body });
  if (payment.ok) yield payment.event;
  else tally.refuse(payment.error.detail);
}

/** What was written; put together from its fragments where only they were saved. */
function textOf(message: Fields): unknown {
  return (
    message["body"] ??
    asList(message["fragments"])
      .map((fragment) => asText(asFields(fragment)["text"]))
      .join("")
  );
}

/** The fragments of the message that are emotes, with repeats and in order. */
function emotesOf(message: Fields): Emote[] {
  return asList(message["fragments"]).flatMap((entry) => {
    const { text, emoticon } = asFields(entry);
    const id = asFields(emoticon)["emoticon_id"];
    return typeof text === "string" && typeof id === "string" && id !== ""
      ? [{ name: text.trim(), id, provider: "twitch" }]
      : [];
  });
}

function asFields(value: unknown): Fields {
  return typeof value === "object" && value !== null ? (value as Fields) : {};
}

function asList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** The first of the values that is a text or a number, as a text; else the empty one. */
function asText(...values: readonly unknown[]): string {
  const value = values.find((one) => typeof one === "string" || typeof one === "number");
  return value === undefined ? "" : String(value as string | number);
}
