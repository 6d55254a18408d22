import { parseEvent, type Emote, type EventInput, type StreamEvent } from "@telemetra/core";
import { readEmotes } from "./irc-emotes.js";
import { nickOf, type IrcMessage } from "./parse-irc-line.js";
import { priceOfPlan } from "./subscription-price.js";

export interface IrcToEventsOptions {
  /**
   * Emotes that Twitch does not mark (BTTV, FFZ, 7TV) by name: recognised where they are a word of their own.
   * Default none.
   */
  readonly emotes?: ReadonlyMap<string, Emote>;
  /** Hears why a message gave no event. */
  readonly onSkip?: (skip: IrcSkip) => void;
}

export interface IrcSkip {
  /**
   * `command`: nothing that Telemetra counts, such as `CLEARCHAT` or `USERNOTICE announcement`;
   * `unusable`: it would be an event, but lacks something or breaks a limit.
   */
  readonly kind: "command" | "unusable";
  /** The command, or what is wrong. */
  readonly reason: string;
}

/**
 * The events in one Twitch IRC message (rule F18): PRIVMSG is a chat message, and bits when somebody cheered with it;
 * USERNOTICE is a subscription, a gift or a raid. Everything else gives none. The channel in lower case is the stream,
 * the message's own `id` the event's, and `tmi-sent-ts` its time, so the same message always gives the same events.
 */
export function ircToEvents(message: IrcMessage, options: IrcToEventsOptions = {}): StreamEvent[] {
  const skip = (kind: IrcSkip["kind"], reason: string): StreamEvent[] => {
    options.onSkip?.({ kind, reason });
    return [];
  };
  const notice = message.tags.get("msg-id") ?? "";
  const drafts =
    message.command === "PRIVMSG"
      ? readChat(message, options.emotes)
      : message.command === "USERNOTICE" && !isFromElsewhere(message)
        ? readNotice(message, notice)
        : undefined;
  if (drafts === undefined) return skip("command", describe(message, notice));

  const lacking = ["id", "tmi-sent-ts"].filter((tag) => (message.tags.get(tag) ?? "") === "");
  if (lacking.length > 0) return skip("unusable", `${message.command} without the tag ${lacking.join(", ")}`);
  const events: StreamEvent[] = [];
  for (const draft of drafts) {
    const parsed = parseEvent(draft);
    if (!parsed.ok) return skip("unusable", `${message.command}: ${parsed.error.detail}`);
    events.push(parsed.event);
  }
  return events;
}

function describe({ command }: IrcMessage, notice: string): string {
  return command === "USERNOTICE" && notice !== "" ? `${command} ${notice}` : command;
}

/** What every event of the message has in common. Tags that are missing leave a field empty, which the schema refuses. */
function common({ tags, params }: IrcMessage) {
  return {
    event_id: tags.get("id") ?? "",
    timestamp: Number(tags.get("tmi-sent-ts") || Number.NaN),
    stream_id: (params[0] ?? "").replace(/^#/, "").toLowerCase(),
  };
}

function author({ tags, source }: IrcMessage) {
  const name = nickOf(source) ?? (tags.get("login") || tags.get("display-name"));
  return { user_id: tags.get("user-id") ?? "", username: (name ?? "").toLowerCase() };
}

/** In a shared chat: said, paid or done in another channel and only shown in this one. */
function isFromElsewhere({ tags }: IrcMessage): boolean {
  const sourceRoom = tags.get("source-room-id") ?? "";
  return sourceRoom !== "" && sourceRoom !== tags.get("room-id");
}

function readChat(message: IrcMessage, others: IrcToEventsOptions["emotes"]): EventInput[] {
  const { tags } = message;
  const text = unwrapAction(message.params[1] ?? "");
  const badges = (tags.get("badges") ?? "").split(",").filter((badge) => badge.includes("/"));
  const replyTo = tags.get("reply-parent-msg-id") ?? "";
  const has = (name: string) => badges.some((badge) => badge.startsWith(`${name}/`));
  const chat: EventInput = {
    type: "chat",
    ...common(message),
    ...author(message),
    message: text,
    emotes: readEmotes(tags.get("emotes") ?? "", text, others),
    badges,
    is_subscriber: tags.get("subscriber") === "1" || has("subscriber") || has("founder"),
    is_moderator: tags.get("mod") === "1" || has("moderator"),
    ...(replyTo === "" ? {} : { reply_to: replyTo }),
  };
  const bits = Number(tags.get("bits") ?? "0");
  if (!(bits > 0) || isFromElsewhere(message)) return [chat];
  const cheer: EventInput = {
    type: "transaction",
    ...common(message),
    event_id: `${chat.event_id}:bits`,
    ...author(message),
    transaction_type: "bits",
    amount: bits,
    currency: "bits",
    message: text,
  };
  return [chat, cheer];
}

/** `/me` wraps the text in a control sequence; emote ranges count from inside it. */
function unwrapAction(text: string): string {
  const prefix = "\u0001ACTION ";
  if (!text.startsWith(prefix)) return text;
  return text.slice(prefix.length, text.endsWith("\u0001") ? -1 : undefined);
}

/** The events of a USERNOTICE; `undefined` when it is of a kind that is none. */
function readNotice(message: IrcMessage, notice: string): EventInput[] | undefined {
  switch (notice) {
    case "sub":
    case "resub":
      return [payment(message, "subscription", subscriptionMonths(message))];
    case "subgift":
    case "anonsubgift":
      return [payment(message, "gift", months(message, "msg-param-gift-months"))];
    // The announcement of a pile of gifts. Each of them follows as a `subgift` of its own, which carries the money.
    case "submysterygift":
    case "anonsubmysterygift":
      return [payment(message, "gift", 0)];
    case "raid":
      return [readRaid(message)];
    default:
      return undefined;
  }
}

function payment(message: IrcMessage, kind: "subscription" | "gift", monthCount: number): EventInput {
  const price = priceOfPlan(message.tags.get("msg-param-sub-plan")) ?? 0;
  const text = message.params[1] ?? "";
  return {
    type: "transaction",
    ...common(message),
    ...author(message),
    transaction_type: kind,
    // In cents, so that six months are 29.94 and not 29.940000000000005.
    amount: (Math.round(price * 100) * monthCount) / 100,
    currency: "USD",
    ...(text === "" ? {} : { message: text }),
  };
}

/** Months paid for with this notice: none when somebody gave them as a gift, or when they were paid in advance. */
function subscriptionMonths(message: IrcMessage): number {
  if (message.tags.get("msg-param-was-gifted") === "true") return 0;
  const isLaterMonth = Number(message.tags.get("msg-param-multimonth-tenure") ?? "0") > 0;
  return isLaterMonth ? 0 : months(message, "msg-param-multimonth-duration");
}

/** A number of months, 1 when the tag is missing, `0` or nonsense. */
function months({ tags }: IrcMessage, tag: string): number {
  const count = Number(tags.get(tag) ?? "1");
  return Number.isInteger(count) && count >= 1 && count <= 120 ? count : 1;
}

function readRaid(message: IrcMessage): EventInput {
  const { tags } = message;
  const raiders = tags.get("msg-param-viewerCount") ?? "";
  const from = (tags.get("msg-param-login") || tags.get("login") || "").toLowerCase();
  return {
    type: "stream_meta",
    ...common(message),
    event_type: "raid",
    ...(/^\d+$/.test(raiders) ? { raiders: Number(raiders) } : {}),
    ...(from === "" ? {} : { from_stream_id: from }),
  };
}
