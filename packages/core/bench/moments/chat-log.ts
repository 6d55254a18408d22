import { existsSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { gunzipSync } from "node:zlib";

/** One message of a recorded chat. */
export interface Line {
  readonly atMs: number;
  readonly user: string;
  readonly text: string;
  readonly emotes: readonly string[];
}

export interface ChatLog {
  readonly name: string;
  /** Ascending by time. */
  readonly lines: readonly Line[];
}

/** The logs the constants were chosen on, and those they were only checked on; both with a fast and a slow chat. */
const TUNED_ON = ["twitch-irc-raw/xqcow-2019-09-15.txt.gz", "twitch-irc-raw/forsen-2022-01-01.txt.gz"];
const CHECKED_ON = [
  "twitch-irc-raw/nymn-2024-01-06.txt.gz",
  "twitch-vod-chat/northernlion-1087079172.jsonl.gz",
  "twitch-vod-chat/csharpfritz-518790713.jsonl.gz",
];

export interface Logs {
  readonly tunedOn: readonly ChatLog[];
  readonly checkedOn: readonly ChatLog[];
}

/** The recorded chats below a folder; where there are none, the recording that comes with the repository. */
export function loadLogs(folder: string): Logs {
  const load = (files: readonly string[]): ChatLog[] =>
    files.map((file) => join(folder, file)).flatMap((path) => (existsSync(path) ? [readLog(path)] : []));
  const found = { tunedOn: load(TUNED_ON), checkedOn: load(CHECKED_ON) };
  if (found.tunedOn.length + found.checkedOn.length > 0) return found;
  const recording = join(import.meta.dirname, "../../../../examples/data/chat-recording.txt.gz");
  return { tunedOn: [], checkedOn: [readLog(recording)] };
}

function readLog(path: string): ChatLog {
  const rows = gunzipSync(readFileSync(path)).toString("utf8").split("\n");
  const read = path.endsWith(".jsonl.gz") ? fromJson : fromIrc;
  const lines = rows.flatMap((row) => read(row) ?? []).sort((a, b) => a.atMs - b.atMs);
  return { name: basename(path).replace(/[-.].*/, ""), lines };
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
