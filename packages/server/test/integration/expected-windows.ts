import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";

/** What a window of a recorded chat must show, as REST names it. */
export interface ExpectedWindow {
  readonly window_start: string;
  readonly chat_count: number;
  readonly unique_chatters: number;
  readonly top_emotes: { name: string; count: number }[];
}

const SIZE_MS = 60_000;
const HOP_MS = 10_000;

/**
 * Counts a file of raw Twitch IRC lines the obvious way: by regular expression, every window by itself, with none of the
 * product's code. The channel must be one; the last line ends the stream.
 */
export function expectedWindows(file: string): ExpectedWindow[] {
  const bytes = readFileSync(file);
  const lines = (bytes[0] === 0x1f ? gunzipSync(bytes) : bytes).toString("utf8").split(/\r?\n/);
  const timed = lines.flatMap((line) => {
    const command = / :\S* ([A-Z]+) #/.exec(line)?.[1];
    if (command !== "PRIVMSG" && command !== "USERNOTICE") return [];
    return [{ atMs: Number(tag(line, "tmi-sent-ts")), line, isChat: command === "PRIVMSG" }];
  });
  const chats = timed
    .filter(({ isChat }) => isChat)
    .map(({ atMs, line }) => ({ atMs, user: tag(line, "user-id"), emotes: emotesOf(line) }));
  const times = timed.map(({ atMs }) => atMs);
  const firstMs = Math.min(...times);
  const lastMs = Math.max(...times);
  const windows: ExpectedWindow[] = [];
  for (let start = Math.floor(firstMs / HOP_MS) * HOP_MS - SIZE_MS + HOP_MS; start <= lastMs; start += HOP_MS) {
    const inside = chats.filter(({ atMs }) => atMs >= start && atMs < start + SIZE_MS);
    const used = inside.flatMap(({ emotes }) => emotes);
    windows.push({
      window_start: new Date(start).toISOString(),
      chat_count: inside.length,
      unique_chatters: new Set(inside.map(({ user }) => user)).size,
      top_emotes: [...new Set(used)]
        .map((name) => ({ name, count: used.filter((other) => other === name).length }))
        .sort((a, b) => b.count - a.count || (a.name < b.name ? -1 : 1))
        .slice(0, 10),
    });
  }
  return windows;
}

function tag(line: string, name: string): string {
  return new RegExp(`[@;]${name}=([^; ]*)`).exec(line)?.[1] ?? "";
}

/** The names at the places that the emotes tag gives in code points, once for each place. */
function emotesOf(line: string): string[] {
  const message = line.slice(line.indexOf(" :", line.indexOf("PRIVMSG")) + 2);
  const points = Array.from(message.replace(/^\u0001ACTION |\u0001$/g, ""));
  return tag(line, "emotes")
    .split("/")
    .flatMap((emote) => emote.split(":")[1]?.split(",") ?? [])
    .map((range) => {
      const [from, to] = range.split("-").map(Number);
      return points.slice(from, to! + 1).join("");
    });
}
