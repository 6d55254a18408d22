import { UnreadableLine } from "../ports/ingest.js";
import { HttpError } from "./http-error.js";

const JSON_TYPE = "application/json";
const LINES_TYPES = ["application/x-ndjson", "application/ndjson", "application/jsonl"];
const ACCEPTED = [JSON_TYPE, ...LINES_TYPES].join(", ");

export type EventsFormat = "json" | "lines";

/**
 * How the events of a body are written. A body without a type is refused too: any page may send such a one anywhere.
 * @throws HttpError 415 that names what is taken.
 */
export function readEventsFormat(contentType: string | undefined): EventsFormat {
  const [type = "", ...parameters] = (contentType ?? "").split(";").map((part) => part.trim().toLowerCase());
  const charset = parameters.find((parameter) => parameter.startsWith("charset="))?.slice("charset=".length);
  if (charset !== undefined && !["utf-8", "utf8", '"utf-8"'].includes(charset)) {
    throw new HttpError(415, "unsupported_charset", "the body must be UTF-8", { headers: { "Accept-Post": ACCEPTED } });
  }
  if (type === JSON_TYPE) return "json";
  if (LINES_TYPES.includes(type)) return "lines";
  const given = type === "" ? "no Content-Type is given" : "this Content-Type is not taken";
  throw new HttpError(415, "unsupported_media_type", `${given}; send ${JSON_TYPE} or ${LINES_TYPES[0]}`, {
    headers: { "Accept-Post": ACCEPTED },
  });
}

/**
 * The events in a body: one JSON event, an array of them, or one a line. Whatever else the JSON is counts as one event
 * that will be refused; a line that cannot be read is a verdict of its own (F9).
 * @throws HttpError 400 for a body that is no JSON, 413 for more events than `maxEvents`.
 */
export function readEvents(body: Buffer, format: EventsFormat, maxEvents: number): readonly unknown[] {
  const events = format === "json" ? readJson(body) : readLines(body, maxEvents);
  if (events.length > maxEvents) {
    throw new HttpError(413, "too_many_events", `a request may carry ${maxEvents} events; send several requests`);
  }
  return events;
}

function readJson(body: Buffer): readonly unknown[] {
  try {
    const value: unknown = JSON.parse(decode(body));
    return Array.isArray(value) ? value : [value];
  } catch {
    throw new HttpError(400, "invalid_json", "the body is not readable as JSON in UTF-8");
  }
}

function readLines(body: Buffer, maxEvents: number): readonly unknown[] {
  const events: unknown[] = [];
  let lineNumber = 0;
  for (const line of splitLines(body)) {
    lineNumber++;
    if (line === undefined) {
      events.push(new UnreadableLine(`line ${lineNumber} is not UTF-8`));
    } else if (line.trim() !== "") {
      try {
        events.push(JSON.parse(line));
      } catch {
        events.push(new UnreadableLine(`line ${lineNumber} is not readable as JSON`));
      }
    }
    if (events.length > maxEvents) break;
  }
  return events;
}

/** The lines of a body; `undefined` for one that is not UTF-8. */
function* splitLines(body: Buffer): Generator<string | undefined> {
  const whole = tryDecode(body);
  if (whole !== undefined) {
    yield* whole.split("\n");
    return;
  }
  for (let start = 0; start <= body.length;) {
    const newline = body.indexOf(0x0a, start);
    const end = newline === -1 ? body.length : newline;
    yield tryDecode(body.subarray(start, end));
    start = end + 1;
  }
}

/** Drops a byte order mark. @throws TypeError for what is not UTF-8. */
function decode(bytes: Buffer): string {
  return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
}

function tryDecode(bytes: Buffer): string | undefined {
  try {
    return decode(bytes);
  } catch {
    return undefined;
  }
}
