import { readFileSync } from "node:fs";
import type { Emote } from "@telemetra/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ircToEvents, parseIrcLine, type IrcSkip, type IrcToEventsOptions } from "@telemetra/producer";
import { readEmotes } from "../../src/irc/irc-emotes.js";
import { sharedData } from "../support/shared-data.js";

const ID = "3dc39240-0798-4103-8c3c-51e1a9a567a3";
const SENT_MS = 1_662_201_102_276;

/** A message as Twitch sends it, with tags as needed and the rest as usual. */
function line(command: string, text: string | undefined, tags: Readonly<Record<string, string>> = {}): string {
  const all: Record<string, string> = {
    id: ID,
    "tmi-sent-ts": `${SENT_MS}`,
    "user-id": "4711",
    "room-id": "99",
    ...tags,
  };
  const tagText = Object.entries(all)
    .map(([name, value]) => `${name}=${value}`)
    .join(";");
  const source = command === "PRIVMSG" ? "pixel_otter!pixel_otter@pixel_otter.tmi.twitch.tv" : "tmi.twitch.tv";
  return `@${tagText} :${source} ${command} #Demo${text === undefined ? "" : ` :${text}`}`;
}

function read(text: string, options: IrcToEventsOptions = {}) {
  const message = parseIrcLine(text);
  if (message === undefined) throw new Error("not IRC");
  const skips: IrcSkip[] = [];
  const events = ircToEvents(message, { ...options, onSkip: (skip) => skips.push(skip) });
  return { events, skips };
}

const notice = (msgId: string, tags: Readonly<Record<string, string>> = {}, text?: string) =>
  read(line("USERNOTICE", text, { login: "pixel_otter", "display-name": "Pixel_Otter", "msg-id": msgId, ...tags }));

describe("ircToEvents: PRIVMSG", () => {
  it("F18: is a chat message with the message's own id and time, in the stream of the channel in lower case", () => {
    const tags = { badges: "moderator/1,subscriber/36", emotes: "25:6-10", mod: "1", subscriber: "1" };
    expect(read(line("PRIVMSG", "hello Kappa", tags)).events).toEqual([
      {
        type: "chat",
        event_id: ID,
        timestamp: SENT_MS,
        stream_id: "demo",
        user_id: "4711",
        username: "pixel_otter",
        message: "hello Kappa",
        emotes: [{ name: "Kappa", id: "25", provider: "twitch" }],
        badges: ["moderator/1", "subscriber/36"],
        is_subscriber: true,
        is_moderator: true,
      },
    ]);
  });

  it("has nobody's badges, emotes or rank when the tags name none", () => {
    const [event] = read(line("PRIVMSG", "hi", { badges: "", emotes: "", mod: "0", subscriber: "0" })).events;
    expect(event).toMatchObject({ badges: [], emotes: [], is_subscriber: false, is_moderator: false });
    expect(event).not.toHaveProperty("reply_to");
  });

  it("is a message without a colon, too, when it is one word", () => {
    expect(read(line("PRIVMSG", undefined).concat(" hello")).events[0]).toMatchObject({ message: "hello" });
  });

  it("takes the login for the name, in lower case, whatever the display name is", () => {
    expect(read(line("PRIVMSG", "hi", { "display-name": "ピクセル" })).events[0]).toMatchObject({
      username: "pixel_otter",
    });
    const nobody = line("PRIVMSG", "hi", { "display-name": "Pixel_Otter" }).replace(":pixel_otter!", ":!");
    expect(read(nobody).events[0]).toMatchObject({ username: "pixel_otter" });
  });

  it("tells what it replies to", () => {
    const tags = { "reply-parent-msg-id": "parent-1", "reply-parent-msg-body": "a\\sb" };
    expect(read(line("PRIVMSG", "@lofi_heron yes", tags)).events[0]).toMatchObject({
      reply_to: "parent-1",
      message: "@lofi_heron yes",
    });
  });

  it("unwraps an action, and counts its emotes from inside", () => {
    const [event] = read(line("PRIVMSG", "\u0001ACTION waves Kappa\u0001", { emotes: "25:6-10" })).events;
    expect(event).toMatchObject({ message: "waves Kappa", emotes: [{ name: "Kappa" }] });
  });

  it("with bits is a transaction, too, under an id of its own", () => {
    const { events } = read(line("PRIVMSG", "Cheer100 nice", { bits: "100" }));
    expect(events.map(({ type }) => type)).toEqual(["chat", "transaction"]);
    expect(events[1]).toEqual({
      type: "transaction",
      event_id: `${ID}:bits`,
      timestamp: SENT_MS,
      stream_id: "demo",
      user_id: "4711",
      username: "pixel_otter",
      transaction_type: "bits",
      amount: 100,
      currency: "bits",
      message: "Cheer100 nice",
    });
  });

  it("of a shared chat is chat here, but its bits went to the other channel", () => {
    const tags = { bits: "100", "source-room-id": "12345" };
    expect(read(line("PRIVMSG", "Cheer100", tags)).events.map(({ type }) => type)).toEqual(["chat"]);
    const own = { bits: "100", "source-room-id": "99" };
    expect(read(line("PRIVMSG", "Cheer100", own)).events).toHaveLength(2);
  });

  it.each([
    ["id", /without the tag id/],
    ["tmi-sent-ts", /without the tag tmi-sent-ts/],
    ["user-id", /user_id/],
  ])("is unusable without the tag %s, and says so", (tag, reason) => {
    const { events, skips } = read(line("PRIVMSG", "hi", { [tag]: "" }));
    expect(events).toEqual([]);
    expect(skips).toEqual([{ kind: "unusable", reason: expect.stringMatching(reason) as string }]);
  });

  it("is unusable when it is longer than a message can be", () => {
    expect(read(line("PRIVMSG", "x".repeat(2_001))).skips).toMatchObject([{ kind: "unusable" }]);
  });
});

describe("readEmotes", () => {
  const names = (tag: string, message: string) => readEmotes(tag, message).map(({ name }) => name);

  it("counts code points, so that emoji before an emote do not move it", () => {
    expect(names("25:1-5", "😂Kappa")).toEqual(["Kappa"]);
    expect(names("25:1-5,9-13", "😂Kappa😂 &Kappa a  b")).toEqual(["Kappa", "Kappa"]);
    expect(
      names(
        "25:10-14/88:50-57/1902:69-73",
        "BTTVEmote Kappa 7TVEmote 7TVEmote0w 7TVEmote0w 😂😂 PogChamp 7TVGlobal Keepo x",
      ),
    ).toEqual(["Kappa", "PogChamp", "Keepo"]);
  });

  it("lists every use in the order of the text", () => {
    expect(names("25:0-4,15-19/41:6-13", "Kappa Kreygasm Kappa")).toEqual(["Kappa", "Kreygasm", "Kappa"]);
  });

  it("keeps ids that are no numbers", () => {
    expect(readEmotes("emotesv2_ee52e9:0-4", "party")).toEqual([
      { name: "party", id: "emotesv2_ee52e9", provider: "twitch" },
    ]);
  });

  it.each([
    "25:04",
    "25:4-0",
    "25:0-15",
    "25:9-10",
    "25:-1-3",
    "25:a-b",
    "25",
    "25:",
    ":0-4",
    "/",
    "25:0-4-5",
    "25:0.5-4",
  ])("leaves %s out, which is no range in the text", (tag) => {
    expect(readEmotes(tag, "Kappa")).toEqual([]);
  });

  it("keeps the good ranges beside a bad one", () => {
    expect(names("25:0-4,77-99/x/41:6-13", "Kappa Kreygasm")).toEqual(["Kappa", "Kreygasm"]);
  });

  it("finds emotes wherever they are among words and emoji", () => {
    const word = fc.constantFrom("a", "ok", "😂", "👩‍👩‍👧", "é", "🦦x");
    const token = fc.oneof(word, fc.constantFrom("Kappa", "Kreygasm", ":)"));
    fc.assert(
      fc.property(fc.array(token, { maxLength: 30 }), (tokens) => {
        const ranges = new Map<string, string[]>();
        let at = 0;
        for (const one of tokens) {
          const end = at + Array.from(one).length;
          if (/^(K|:)/.test(one)) ranges.set(one, [...(ranges.get(one) ?? []), `${at}-${end - 1}`]);
          at = end + 1;
        }
        const tag = [...ranges].map(([name, uses]) => `id${name.length}:${uses.join(",")}`).join("/");
        expect(names(tag, tokens.join(" "))).toEqual(tokens.filter((one) => /^(K|:)/.test(one)));
      }),
    );
  });

  it("adds emotes from elsewhere that are words of their own, once, in their place", () => {
    const others = new Map<string, Emote>([
      ["OMEGALUL", { name: "OMEGALUL", provider: "7tv" }],
      ["Kappa", { name: "Kappa", provider: "7tv" }],
    ]);
    const found = readEmotes("25:9-13", "OMEGALUL Kappa OMEGALULZ OMEGALUL", others);
    expect(found.map(({ name, provider }) => `${provider} ${name}`)).toEqual([
      "7tv OMEGALUL",
      "twitch Kappa",
      "7tv OMEGALUL",
    ]);
  });
});

describe("ircToEvents: USERNOTICE", () => {
  it.each([
    ["sub", "Prime", 4.99],
    ["sub", "1000", 4.99],
    ["resub", "2000", 9.99],
    ["resub", "3000", 24.99],
  ])("%s with plan %s is a subscription at the list price", (msgId, plan, amount) => {
    expect(notice(msgId, { "msg-param-sub-plan": plan }).events).toEqual([
      {
        type: "transaction",
        event_id: ID,
        timestamp: SENT_MS,
        stream_id: "demo",
        user_id: "4711",
        username: "pixel_otter",
        transaction_type: "subscription",
        amount,
        currency: "USD",
      },
    ]);
  });

  it("F18: keeps the text of a resub with it and makes no chat message of it", () => {
    const { events } = notice("resub", { "msg-param-sub-plan": "1000" }, "great stream");
    expect(events).toHaveLength(1);
    expect(events[0]).toMatchObject({ type: "transaction", message: "great stream" });
  });

  it("counts months that are paid in advance once, with the first of them", () => {
    const months = (tenure: string) =>
      notice("resub", {
        "msg-param-sub-plan": "1000",
        "msg-param-multimonth-duration": "6",
        "msg-param-multimonth-tenure": tenure,
      }).events[0];
    expect(months("0")).toMatchObject({ amount: 29.94 });
    expect(months("3")).toMatchObject({ amount: 0 });
  });

  it("counts a subscription that was a gift with the gift, not again", () => {
    const tags = { "msg-param-sub-plan": "1000", "msg-param-was-gifted": "true" };
    expect(notice("resub", tags).events[0]).toMatchObject({ transaction_type: "subscription", amount: 0 });
  });

  it("subgift is a gift of so many months, from the giver", () => {
    const tags = {
      "msg-param-sub-plan": "2000",
      "msg-param-gift-months": "3",
      "msg-param-recipient-user-name": "lofi_heron",
    };
    expect(notice("subgift", tags).events[0]).toMatchObject({
      transaction_type: "gift",
      username: "pixel_otter",
      amount: 29.97,
      currency: "USD",
    });
  });

  it("counts a pile of gifts once: the announcement carries no money, each gift after it does", () => {
    const shared = { "msg-param-sub-plan": "1000", "msg-param-origin-id": "pile-1" };
    const pile = notice("submysterygift", { ...shared, "msg-param-mass-gift-count": "3" }).events;
    const gifts = [1, 2, 3].flatMap(
      (n) => notice("subgift", { ...shared, id: `gift-${n}`, "msg-param-gift-months": "1" }).events,
    );
    const amounts = [...pile, ...gifts].map((event) => (event.type === "transaction" ? event.amount : Number.NaN));
    expect(amounts).toEqual([0, 4.99, 4.99, 4.99]);
  });

  it("raid tells how many came, and from where in lower case", () => {
    const tags = { "msg-param-login": "Late_Lantern", "msg-param-viewerCount": "231" };
    expect(notice("raid", tags).events).toEqual([
      {
        type: "stream_meta",
        event_id: ID,
        timestamp: SENT_MS,
        stream_id: "demo",
        event_type: "raid",
        raiders: 231,
        from_stream_id: "late_lantern",
      },
    ]);
  });

  it.each(["announcement", "viewermilestone", "giftpaidupgrade", "bitsbadgetier", ""])("%s is no event", (msgId) => {
    const { events, skips } = notice(msgId, {}, "some text");
    expect(events).toEqual([]);
    expect(skips).toEqual([{ kind: "command", reason: `USERNOTICE ${msgId}`.trim() }]);
  });

  it("of a shared chat belongs to the other channel", () => {
    const { events, skips } = notice("resub", { "msg-param-sub-plan": "1000", "source-room-id": "12345" });
    expect(events).toEqual([]);
    expect(skips).toEqual([{ kind: "command", reason: "USERNOTICE resub" }]);
  });
});

describe("ircToEvents: everything else", () => {
  it.each([
    "@room-id=1;target-user-id=2;tmi-sent-ts=1 :tmi.twitch.tv CLEARCHAT #demo :somebody",
    "@login=somebody;target-msg-id=x :tmi.twitch.tv CLEARMSG #demo :text",
    "@msg-id=emote_only_on :tmi.twitch.tv NOTICE #demo :This room is now in emote-only mode.",
    "@emote-only=0;room-id=1 :tmi.twitch.tv ROOMSTATE #demo",
    ":somebody!somebody@somebody.tmi.twitch.tv JOIN #demo",
    "PING :tmi.twitch.tv",
    ":tmi.twitch.tv 001 justinfan123 :Welcome, GLHF!",
  ])("gives no event for %s, and names the command", (text) => {
    const { events, skips } = read(text);
    expect(events).toEqual([]);
    expect(skips).toEqual([{ kind: "command", reason: parseIrcLine(text)?.command }]);
  });
});

/** What another client made of a message. */
interface Parsed {
  readonly channelName?: string;
  readonly id?: string;
  readonly loginName?: string;
  readonly userID?: string;
  readonly messageText?: string;
  readonly serverReceivedTime?: string;
  readonly bits?: number;
  readonly twitchBadges?: readonly string[];
}

interface Case {
  readonly name: string;
  readonly input: string;
  readonly params?: unknown;
  readonly expected: readonly Parsed[];
}

const file = sharedData("twitch-irc-raw/chatterino-irc-cases.json");
if (file !== undefined) {
  const cases = JSON.parse(readFileSync(file, "utf8")) as readonly Case[];
  // Settings of that client (`params`) and its lists of people to ignore decide about the others; no nickname, no login.
  const messages = cases.filter(
    ({ name, input, params, expected }) =>
      / PRIVMSG /.test(input) &&
      params === undefined &&
      expected.length === 1 &&
      !/^(no-nick|no-tags|ignore)/.test(name),
  );

  describe("messages as another client read them", () => {
    it("are more than forty", () => {
      expect(messages.length).toBeGreaterThan(40);
    });

    it.each(messages)("$name", ({ input, expected: [expected = {}] }) => {
      const message = parseIrcLine(input);
      if (message === undefined) throw new Error("not IRC");
      const [chat, payment] = ircToEvents(message);
      if (expected.id === "" || expected.userID === "") {
        expect(chat).toBeUndefined();
        return;
      }
      if (chat?.type !== "chat") throw new Error("no chat event");
      const isReply = message.tags.has("reply-parent-msg-id");
      expect(chat).toMatchObject({
        stream_id: expected.channelName,
        event_id: expected.id,
        username: expected.loginName,
        user_id: expected.userID,
      });
      // A message that a third party kept has that party's time there.
      if (!message.tags.has("rm-received-ts")) {
        expect(new Date(chat.timestamp).toISOString().slice(0, 19)).toBe(expected.serverReceivedTime?.slice(0, 19));
      }
      if (isReply) expect(chat.message.endsWith(expected.messageText ?? "?")).toBe(true);
      else expect(chat.message).toBe(expected.messageText);
      expect((chat.badges ?? []).map((badge) => badge.split("/")[0])).toEqual(expected.twitchBadges);
      expect(payment?.type === "transaction" ? payment.amount : undefined).toBe(expected.bits);
    });
  });
}
