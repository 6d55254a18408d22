import type { LiveMessage, Moment } from "@telemetra/core";
import type { ConnectionState } from "./connection.js";
import type { HistoryRow } from "./decode-message.js";

/** Where a feed puts what it learns; a `StreamStore` is one. */
export interface FeedSink {
  setState(state: ConnectionState, reason?: string): void;
  apply(message: LiveMessage): void;
  addHistory(rows: readonly HistoryRow[]): void;
  addMoments(moments: readonly Moment[]): void;
}

/** Something that brings one stream's frames: a server's socket, or a demo that plays inside the page. */
export interface Feed {
  start(): void;
  /** May be followed by `start`, which goes on where it was. */
  stop(): void;
}
