import type { LiveMessage } from "@telemetra/core";

/** State (newest wins, may be skipped for a slow reader) or events (never lost inside the history window). */
export type Lane = "metrics" | "moments";

/** Where a frame stands in its stream's history. Another epoch means that the history was lost in between. */
export interface Place {
  readonly epoch: string;
  readonly offset: number;
}

/** A message serialised once for everybody. */
export interface Frame extends Place {
  readonly lane: Lane;
  readonly text: string;
}

/**
 * Fan-out with history.
 *
 * Promises: frames of a stream reach a subscriber in offset order, without gaps and without repeats; a subscriber that
 * throws or is slow delays nobody; resuming gives every missed frame in order, or says `recovered: false`, never a part.
 */
export interface Hub {
  /** Gives the message its place, serialises it once and hands it to the stream's subscribers. */
  publish(streamId: string, lane: Lane, message: (place: Place) => LiveMessage): Promise<Frame>;
  subscribe(streamId: string, options: SubscribeOptions): Promise<HubSubscription>;
  /** Streams with at least one subscriber here, with their number. */
  subscribers(): ReadonlyMap<string, number>;
  ping(): Promise<void>;
  close(): Promise<void>;
}

export interface SubscribeOptions {
  /** Resume after this place. */
  readonly since?: Place;
  /** Called once for every frame published after `place`; must return at once. */
  readonly onFrame: (frame: Frame) => void;
}

export interface HubSubscription {
  /** The place this subscription starts from: nothing at or before it will be handed to `onFrame`. */
  readonly place: Place;
  /** With `since`: whether `missed` is complete. Without: undefined. */
  readonly recovered?: boolean;
  /** The frames between `since` and `place`, in order; empty unless recovered. */
  readonly missed: readonly Frame[];
  /** The newest metrics frame of the stream, when there is one. */
  readonly latest?: Frame;
  unsubscribe(): void;
}
