import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";

/** One message of a recorded chat. */
export interface Line {
  readonly atMs: number;
  readonly user: string;
  readonly text: string;
  readonly emotes: readonly string[];
}

export interface ChatLog {
  /** Its mean rate: whose chat it was does not matter here. */
  readonly name: string;
  readonly messagesPerSecond: number;
  /** Ascending by time. */
  readonly lines: readonly Line[];
}

/** Raw IRC lines with tags, and recorded chats with offsets. */
const FOLDERS = [
  ["twitch-irc-raw", ".txt.gz"],
  ["twitch-vod-chat", ".jsonl.gz"],
] as const;

/** The recorded chats below a folder, fastest first; where there are none, the recording that comes with the repository. */
export function loadLogs(folder: string): ChatLog[] {
  const paths = FOLDERS.flatMap(([name, ending]) => {
    const inside = join(folder, name);
    const files = existsSync(inside) ? readdirSync(inside).filter((file) => file.endsWith(ending)) : [];
    return files.map((file) => join(inside, file));
  });
  const recording = join(import.meta.dirname, "../../../../examples/data/chat-recording.txt.gz");
  const logs = (paths.length > 0 ? paths : [recording]).map(readLog);
  return logs.sort((a, b) => b.messagesPerSecond - a.messagesPerSecond);
}

function readLog(path: string): ChatLog {
  const rows = gunzipSync(readFileSync(path)).toString("utf8").split("\n");
  const read = path.endsWith(".jsonl.gz") ? fromJson : fromIrc;
  const lines = rows.flatMap((row) => read(row) ?? []).sort((a, b) => a.atMs - b.atMs);
  const seconds = ((lines.at(-1)?.atMs ?? 0) - (lines[0]?.atMs ?? 0)) / 1000;
  const messagesPerSecond = lines.length / seconds;
  return { name: `${messagesPerSecond.toFixed(2)} messages/s`, messagesPerSecond, lines };
}

/** A recording of which only the offsets are known begins here. */
const START_MS = Date.UTC(2021, 0, 1);

function fromJson(row: string): Line | undefined {
  if (row === "") return undefined;
  const { offset, user, text, emotes } = JSON.parse(row) as {
    offset: number;
    user: string;
    text: string;
    emotes: { begin: number; end: number }[];
  };
  return {
    atMs: START_MS + Math.round(offset * 1000),
    user,
    text,
    emotes: emotes.map(({ begin, end }) => cut(text, begin, end)),
  };
}

function fromIrc(row: string): Line | undefined {
  const [, tagText = "", text = ""] = /^@(\S+) \S+ PRIVMSG \S+ :?(.*?)\r?$/.exec(row) ?? [];
  if (tagText === "") return undefined;
  const tags = new Map(tagText.split(";").map((tag) => tag.split("=", 2) as [string, string]));
  const emotes = [...(tags.get("emotes") ?? "").matchAll(/(\d+)-(\d+)/g)].map(([, from, to]) =>
    cut(text, Number(from), Number(to)),
  );
  return { atMs: Number(tags.get("tmi-sent-ts")), user: tags.get("user-id") ?? "", text, emotes };
}

/** Emotes are placed by code points. */
function cut(text: string, from: number, to: number): string {
  return [...text].slice(from, to + 1).join("");
}
