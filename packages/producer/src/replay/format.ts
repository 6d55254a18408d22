import type { Recording } from "./recording.js";
import { ReplayError } from "./replay-error.js";

/** What a recording is, by the end of its name. */
type Format = "events" | "irc" | "chat-json";

const FORMATS: Readonly<Record<string, Format>> = {
  ".jsonl": "events",
  ".ndjson": "events",
  ".txt": "irc",
  ".log": "irc",
  ".json": "chat-json",
};

/** @throws ReplayError `unknown_format` for a name with another ending */
export function formatOf(recording: Recording): Format {
  const extension = /\.[^.]*$/.exec(recording.plainName)?.[0].toLowerCase() ?? "";
  const format = FORMATS[extension];
  if (format !== undefined) return format;
  throw new ReplayError(
    "unknown_format",
    `${recording.file} has ${extension === "" ? "no ending" : `the ending ${extension}`}, which tells no format; ` +
      "name it .jsonl (events), .txt (Twitch IRC lines with tags) or .json (TwitchDownloader chat), each also with .gz",
  );
}
