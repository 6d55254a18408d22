import { encodeEvent, InvalidOptionError, type StreamEvent } from "@telemetra/core";
import { waitFor, type Wait } from "../wait.js";
import { readAnswer, type Rejection } from "./http-answer.js";
import { retryDelayMs } from "./retry-delay.js";
import { SinkError, type EventSink } from "./sink.js";

export interface HttpSinkOptions {
  /** Address of a Telemetra server, such as `http://localhost:8000`; a path other than `/` is taken as the whole address. */
  readonly url: string;
  /** Sent with every request, such as `authorization`. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Hears about each event that the server refused. */
  readonly onRejected?: (event: StreamEvent, rejection: Rejection) => void;
  /** Hears that the server could not be reached or is busy, and when the next attempt follows. */
  readonly onRetry?: (reason: string, delayMs: number) => void;
  /** How often one request is tried before giving up. Default 8, which is about 45 s. */
  readonly maxAttempts?: number;
  /** How long one attempt may take, in milliseconds. Default 30,000. */
  readonly timeoutMs?: number;
  /** Default: a timer. */
  readonly wait?: Wait;
  /** A number in [0, 1) that spreads the attempts of many producers. Default `Math.random`. */
  readonly random?: () => number;
  /** The clock, in epoch milliseconds. Default `Date.now`. */
  readonly now?: () => number;
}

/** The most one request carries. */
export const MAX_REQUEST_EVENTS = 1_000;
export const MAX_REQUEST_BYTES = 1024 * 1024;

const INGEST_PATH = "/api/v1/events";

/**
 * Posts events to a server as lines of JSON. A server that cannot be reached, or is busy (429, 5xx), is tried again with growing
 * pauses, or when its `Retry-After` says; sending twice is harmless, since an `event_id` counts once. An event that the server
 * refuses is reported and not sent again.
 *
 * @throws InvalidOptionError for an address that is none
 */
export function httpSink(options: HttpSinkOptions): EventSink {
  const url = ingestUrl(options.url);
  const { maxAttempts = 8, timeoutMs = 30_000, wait = waitFor, random = Math.random, now = Date.now } = options;
  const totals = { accepted: 0, duplicates: 0, rejected: 0 };

  const post = async (body: string): Promise<Response | Error> => {
    try {
      return await fetch(url, {
        method: "POST",
        headers: { ...options.headers, "content-type": "application/x-ndjson" },
        body,
        redirect: "manual",
        signal: AbortSignal.timeout(timeoutMs),
      });
    } catch (error) {
      return error instanceof Error ? error : new Error(String(error));
    }
  };

  const deliver = async (request: Request, signal: AbortSignal): Promise<void> => {
    for (let attempt = 1; ; attempt++) {
      const response = await post(request.body);
      if (response instanceof Response && !isBusy(response.status)) {
        const answer = await readAnswer(url, response, request.events.length);
        totals.accepted += answer.accepted;
        totals.duplicates += answer.duplicates;
        totals.rejected += answer.rejected.length;
        for (const rejection of answer.rejected) {
          const event = request.events[rejection.index];
          if (event !== undefined) options.onRejected?.(event, rejection);
        }
        return;
      }
      const reason = response instanceof Response ? `it answers ${response.status}` : describe(response);
      if (response instanceof Response) await response.body?.cancel();
      if (attempt >= maxAttempts || signal.aborted) {
        const message = `${url} takes no events (${reason}) after ${attempt} attempts; check that the server runs there`;
        throw new SinkError("unreachable", message, response instanceof Response ? {} : { cause: response });
      }
      const retryAfter = response instanceof Response ? response.headers.get("retry-after") : null;
      const delayMs = retryDelayMs(attempt, retryAfter, now(), random());
      options.onRetry?.(reason, delayMs);
      await wait(delayMs, signal);
    }
  };

  return {
    name: url,
    write: async (events, signal) => {
      for (const request of splitIntoRequests(events)) await deliver(request, signal);
    },
    get totals() {
      return { ...totals };
    },
  };
}

function ingestUrl(text: string): string {
  const url = URL.parse(text);
  if (url === null || (url.protocol !== "http:" && url.protocol !== "https:")) {
    throw new InvalidOptionError("url", text, "an address such as http://localhost:8000");
  }
  if (url.pathname === "/") url.pathname = INGEST_PATH;
  return url.href;
}

interface Request {
  readonly events: readonly StreamEvent[];
  readonly body: string;
}

function* splitIntoRequests(events: readonly StreamEvent[]): Generator<Request, void, undefined> {
  const encoder = new TextEncoder();
  let lines: string[] = [];
  let first = 0;
  let bytes = 0;
  for (const [index, event] of events.entries()) {
    const line = `${encodeEvent(event)}\n`;
    const lineBytes = encoder.encode(line).length;
    if (lines.length > 0 && (lines.length >= MAX_REQUEST_EVENTS || bytes + lineBytes > MAX_REQUEST_BYTES)) {
      yield { events: events.slice(first, index), body: lines.join("") };
      lines = [];
      first = index;
      bytes = 0;
    }
    lines.push(line);
    bytes += lineBytes;
  }
  if (lines.length > 0) yield { events: events.slice(first), body: lines.join("") };
}

function isBusy(status: number): boolean {
  return status === 408 || status === 429 || status >= 500;
}

/** `fetch failed` says nothing; its cause does. */
function describe(error: Error): string {
  const { cause } = error;
  if (cause instanceof Error) return "code" in cause ? String(cause.code) : cause.message;
  return error.name === "TimeoutError" ? "it does not answer" : error.message;
}
