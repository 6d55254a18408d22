import { parseEventJson, type StreamEvent } from "@telemetra/core";
import { ircToEvents } from "../irc/irc-to-events.js";
import { parseIrcLine } from "../irc/parse-irc-line.js";
import { readLines } from "./read-lines.js";
import { readChunks, type Recording } from "./recording.js";
import type { ReplayTally } from "./replay-report.js";

/** What an IRC server can send: a word in capitals or a number of three digits. */
const IRC_COMMAND = /^([A-Z]{2,20}|\d{3})$/;

/**
 * Reads a file line by line. Each line tells what it is: a JSON object is an event, everything else is IRC; so a file with the
 * wrong one of the two endings is read all the same.
 */
export async function* readLineFormats(
  recording: Recording,
  tally: ReplayTally,
): AsyncGenerator<StreamEvent, void, undefined> {
  for await (const line of readLines(readChunks(recording))) {
    tally.lines += 1;
    if (line === undefined) tally.refuse("longer than a line can be");
    else if (line.trim() === "") tally.skip("empty line");
    else if (line.trimStart().startsWith("{")) yield* readEvent(line, tally);
    else yield* readIrc(line, tally);
  }
}

function* readEvent(line: string, tally: ReplayTally): Generator<StreamEvent, void, undefined> {
  const parsed = parseEventJson(line);
  if (parsed.ok) yield parsed.event;
  else tally.refuse(parsed.error.detail);
}

function* readIrc(line: string, tally: ReplayTally): Generator<StreamEvent, void, undefined> {
  const message = parseIrcLine(line);
  if (message === undefined || !IRC_COMMAND.test(message.command)) {
    tally.refuse("neither an event as JSON nor a Twitch IRC line");
    return;
  }
  const onSkip = ({ kind, reason }: { kind: "command" | "unusable"; reason: string }) =>
    kind === "command" ? tally.skip(reason) : tally.refuse(reason);
  yield* ircToEvents(message, { onSkip });
}
