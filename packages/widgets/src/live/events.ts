import type { Moment, MomentPhase } from "@telemetra/core";
import type { ConnectionState } from "./connection.js";

/** A moment opened, grew or closed. Fired by `<tm-source>`, bubbling, and by each widget on itself. */
export class TmMomentEvent extends Event {
  readonly moment: Moment;
  readonly phase: MomentPhase;

  constructor(moment: Moment, phase: MomentPhase, options?: EventInit) {
    super("tm-moment", options);
    this.moment = moment;
    this.phase = phase;
  }
}

/** The connection changed. Fired by `<tm-source>`, bubbling, and by each widget on itself. */
export class TmStateEvent extends Event {
  readonly state: ConnectionState;
  /** Why, as a sentence, when the server or the page said. */
  readonly reason: string | undefined;

  constructor(state: ConnectionState, reason: string | undefined, options?: EventInit) {
    super("tm-state", options);
    this.state = state;
    this.reason = reason;
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    "tm-moment": TmMomentEvent;
    "tm-state": TmStateEvent;
  }
}
