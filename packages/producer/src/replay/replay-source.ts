import { basename } from "node:path";
import { InvalidOptionError, type StreamEvent } from "@telemetra/core";
import { paced, resolveSpeed } from "../paced.js";
import type { EventSource } from "../source.js";
import type { Wait } from "../wait.js";
import { endStreams } from "./end-streams.js";
import { formatOf } from "./format.js";
import { readChatJson } from "./read-chat-json.js";
import { readLineFormats } from "./read-line-formats.js";
import { openRecording } from "./recording.js";
import { ReplayError } from "./replay-error.js";
import { ReplayTally, type ReplayReport } from "./replay-report.js";
import { shiftToNow } from "./shift-to-now.js";

export interface ReplaySourceOptions {
  /** Events (`.jsonl`), Twitch IRC lines with tags (`.txt`) or TwitchDownloader chat (`.json`), each also as `.gz`. */
  readonly file: string;
  /** How many times as fast as it happened; 0 or `"max"` is as fast as it is read. Default 1. */
  readonly speed?: number | "max";
  /**
   * `"now"` gives every event the time at which it is replayed, and ids of this showing; it needs a speed that is not `"max"`.
   * Default: original times and ids, so that a second replay changes nothing.
   */
  readonly shift?: "now";
  /** Hears about progress every 10,000 lines, and once more when the replay ends, for whatever reason. */
  readonly onReport?: (report: ReplayReport) => void;
  /** The clock, in epoch milliseconds. Default `Date.now`. */
  readonly now?: () => number;
  /** Default: a timer. */
  readonly wait?: Wait;
}

const LINES_PER_REPORT = 10_000;

/**
 * A recording as a stream of events (rule F18). The end of the file ends each of its streams. Lines that cannot be read are
 * counted, never thrown; a line format is read in bounded memory.
 *
 * `batches` throws a `ReplayError` when there is nothing to replay, or when the file turns out to be damaged, after the
 * events before the damage.
 *
 * @throws InvalidOptionError for a speed that is none, and for shifting to now at unlimited speed
 */
export function replaySource(options: ReplaySourceOptions): EventSource {
  const { file, shift, now = Date.now } = options;
  const speed = resolveSpeed(options.speed);
  if (shift !== undefined && speed === Infinity) {
    throw new InvalidOptionError("speed", options.speed, "a number above 0 when times are shifted to now");
  }
  return {
    name: `replay ${basename(file)}`,
    batches: (signal) => {
      const tally = new ReplayTally();
      const startMs = now();
      const pace = {
        now,
        signal,
        speed: speed === Infinity ? ("max" as const) : speed,
        ...(options.wait === undefined ? {} : { wait: options.wait }),
        ...(shift === undefined ? {} : { restamp: shiftToNow(`now-${startMs.toString(36)}`) }),
      };
      return reporting(file, tally, options.onReport, (events) => paced(events, pace));
    },
  };
}

/** Reads, counts and hands on; reports at the end whatever ends it. */
async function* reporting(
  file: string,
  tally: ReplayTally,
  onReport: ReplaySourceOptions["onReport"],
  pace: (events: AsyncIterable<StreamEvent>) => AsyncIterable<readonly StreamEvent[]>,
): AsyncGenerator<readonly StreamEvent[], void, undefined> {
  let isComplete = false;
  let reportAtLine = LINES_PER_REPORT;
  const events = async function* (): AsyncGenerator<StreamEvent, void, undefined> {
    for await (const event of endStreams(readRecording(file, tally))) {
      tally.events += 1;
      yield event;
    }
    isComplete = true;
  };
  try {
    for await (const batch of pace(events())) {
      yield batch;
      if (tally.lines >= reportAtLine) {
        reportAtLine = tally.lines + LINES_PER_REPORT;
        onReport?.(tally.report(false));
      }
    }
    if (isComplete && tally.events === 0) throw nothingIn(file, tally.report(true));
  } finally {
    onReport?.(tally.report(isComplete));
  }
}

async function* readRecording(file: string, tally: ReplayTally): AsyncGenerator<StreamEvent, void, undefined> {
  const recording = await openRecording(file);
  const read = formatOf(recording) === "chat-json" ? readChatJson : readLineFormats;
  yield* read(recording, tally);
}

function nothingIn(file: string, report: ReplayReport): ReplayError {
  if (report.lines === 0) return new ReplayError("empty_file", `${file} is empty; record it again or choose another`);
  const [first] = report.unreadable;
  const skipped = Object.entries(report.skipped).map(([reason, count]) => `${count} ${reason}`);
  const why = first === undefined ? `only ${skipped.join(", ")}` : `line ${first.line}: ${first.reason}`;
  return new ReplayError("no_events", `${file} holds no event (${why}); check that it is a recording of chat`);
}
