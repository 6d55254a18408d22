import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { ircToEvents, parseIrcLine } from "@telemetra/producer";
import { sharedData } from "../support/shared-data.js";

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
