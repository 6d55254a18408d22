import type { EventErrorCode } from "@telemetra/core";

/** Takes events from outside into the log. */
export interface Ingest {
  /** `events` are anything somebody sent; an `UnreadableLine` stands for a line that was not JSON. */
  accept(events: readonly unknown[]): Promise<IngestReport>;
}

/** In place of an event whose text could not be read at all. */
export class UnreadableLine {
  readonly detail: string;
  constructor(detail: string) {
    this.detail = detail;
  }
}

/** `accepted + duplicates + rejected.length` is the number of events handed in (F9). */
export interface IngestReport {
  readonly accepted: number;
  readonly duplicates: number;
  readonly rejected: readonly Rejection[];
}

export interface Rejection {
  readonly index: number;
  readonly code: EventErrorCode;
  readonly detail: string;
}
