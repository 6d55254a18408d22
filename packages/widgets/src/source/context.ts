import type { StreamStore } from "../live/stream-store.js";

/**
 * The web components community's context protocol in brief: who needs something asks upwards with a `context-request`
 * event, and the nearest ancestor that has it calls back. Widgets find the `<tm-source>` around them this way.
 */
export const SOURCE_CONTEXT = Symbol.for("@telemetra/source");

/** Whatever offers a store: a `<tm-source>`, or an object of a page's own. */
export interface StoreOwner {
  readonly store: StreamStore;
}

export class SourceRequestEvent extends Event {
  readonly context = SOURCE_CONTEXT;
  readonly callback: (owner: StoreOwner) => void;

  constructor(callback: (owner: StoreOwner) => void) {
    super("context-request", { bubbles: true, composed: true });
    this.callback = callback;
  }
}

/** By its fields, not by its class: a request from another copy of this package is as good as one of ours. */
export function isSourceRequest(event: Event): event is SourceRequestEvent {
  return "context" in event && event.context === SOURCE_CONTEXT && "callback" in event;
}

/** Tells widgets that were there before their source that it can be asked now. */
export const SOURCE_READY = "tm-source-ready";
