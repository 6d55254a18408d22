import type { StreamEvent } from "@telemetra/core";
import type { EventSource } from "../source.js";

/** Where events go. */
export interface EventSink {
  /** Short name for logs and reports. */
  readonly name: string;
  /**
   * Resolves when the events are taken (or judged), so that who writes waits instead of piling up. `signal` ends further
   * attempts, never one under way. @throws SinkError when nothing can be delivered any more
   */
  write(events: readonly StreamEvent[], signal: AbortSignal): Promise<void>;
  readonly totals: SinkTotals;
}

/** Events by what became of them; `accepted + duplicates + rejected` is what was written. */
export interface SinkTotals {
  readonly accepted: number;
  /** Known already from an earlier time. */
  readonly duplicates: number;
  readonly rejected: number;
}

export const SINK_ERROR_CODES = ["unreachable", "refused", "not_telemetra", "closed"] as const;
export type SinkErrorCode = (typeof SINK_ERROR_CODES)[number];

/** Events cannot be delivered. The message is one line that names the place and says what to do. */
export class SinkError extends Error {
  override readonly name = "SinkError";
  readonly code: SinkErrorCode;

  constructor(code: SinkErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

/** Sends everything a source gives to a sink, until the source ends or `signal` is aborted. */
export async function sendEvents(source: EventSource, sink: EventSink, signal: AbortSignal): Promise<void> {
  for await (const batch of source.batches(signal)) await sink.write(batch, signal);
}
