/**
 * The life of one live connection as a pure state machine: an event in, the next connection and the effects out.
 * No clock, no randomness, no socket. `SPEC.md` beside this file holds the transition table that the tests cite.
 */

/** Every state, in the order of the table in `SPEC.md`. */
export const CONNECTION_STATES = ["idle", "connecting", "live", "stale", "waiting", "offline", "ended"] as const;
export type ConnectionState = (typeof CONNECTION_STATES)[number];

/** What the machine remembers between events. */
export interface Connection {
  readonly state: ConnectionState;
  /** Attempts in a row that brought no metrics; the back-off grows with it. */
  readonly failedAttemptCount: number;
  /** What the browser says of the network: a hint only, since a server on this machine answers without one. */
  readonly isOnline: boolean;
}

export type ConnectionEvent =
  | { readonly type: "start" }
  | { readonly type: "stop" }
  /** The server greeted this socket. */
  | { readonly type: "accepted" }
  /** Numbers came; `isFresh` is false when the server says that it could not refresh them. */
  | { readonly type: "metrics"; readonly isFresh: boolean }
  /** No data frame for the whole quiet period. */
  | { readonly type: "quiet" }
  /** The greeting or the answer to a ping is overdue. */
  | { readonly type: "overdue" }
  | { readonly type: "closed"; readonly code: number }
  /** The server asks to come back later. */
  | { readonly type: "sent-away"; readonly retryAfterMs: number }
  /** The wait is over. */
  | { readonly type: "retry" }
  | { readonly type: "online" }
  | { readonly type: "offline" }
  /** The page is looked at again, perhaps after the machine slept. */
  | { readonly type: "wake" }
  /** The address can never be opened. */
  | { readonly type: "refused" };

export type ConnectionEventType = ConnectionEvent["type"];

export type ConnectionEffect =
  | { readonly type: "open" }
  /** Drop the socket; nothing that it still says is heard. */
  | { readonly type: "close" }
  /** Ask the server for a sign of life, and take the link for dead when none comes soon. */
  | { readonly type: "probe" }
  /** Come back with `retry` after a time drawn evenly from `[floorMs, ceilingMs]`. */
  | { readonly type: "wait"; readonly floorMs: number; readonly ceilingMs: number }
  | { readonly type: "cancel-wait" };

export interface Transition {
  readonly connection: Connection;
  readonly effects: readonly ConnectionEffect[];
}

export const INITIAL_CONNECTION: Connection = Object.freeze({ state: "idle", failedAttemptCount: 0, isOnline: true });

/** Shortest and longest wait before another attempt. */
export const BACK_OFF_FLOOR_MS = 500;
export const BACK_OFF_CEILING_MS = 10_000;
/** A server may not send a page away for longer than this. */
export const LONGEST_ABSENCE_MS = 60_000;

const OPEN: ConnectionEffect = { type: "open" };
const CLOSE: ConnectionEffect = { type: "close" };
const PROBE: ConnectionEffect = { type: "probe" };
const CANCEL_WAIT: ConnectionEffect = { type: "cancel-wait" };

/** Whether a state holds a socket. */
export function hasSocket(state: ConnectionState): boolean {
  return state === "connecting" || state === "live" || state === "stale";
}

/** Whether a state waits for its next attempt. */
export function isWaiting(state: ConnectionState): boolean {
  return state === "waiting" || state === "offline";
}

/** Applies one event. An event that means nothing in the present state changes nothing. */
export function transition(connection: Connection, event: ConnectionEvent): Transition {
  const { state } = connection;
  switch (event.type) {
    case "start":
      return state === "idle" || state === "ended"
        ? connect({ ...connection, failedAttemptCount: 0 })
        : stay(connection);
    case "stop":
      return move({ ...connection, failedAttemptCount: 0 }, "idle", release(state));
    case "refused":
      return state === "idle" ? stay(connection) : move(connection, "ended", release(state));
    case "accepted":
      return state === "connecting" ? move(connection, "live") : stay(connection);
    case "metrics":
      return hasSocket(state)
        ? move({ ...connection, failedAttemptCount: 0 }, event.isFresh ? "live" : "stale")
        : stay(connection);
    case "quiet":
      return state === "live" ? move(connection, "stale") : stay(connection);
    case "overdue":
      return hasSocket(state) ? backOff(connection, [CLOSE]) : stay(connection);
    case "closed":
      return hasSocket(state) ? afterClose(connection, event.code) : stay(connection);
    case "sent-away":
      return hasSocket(state) ? sentAway(connection, event.retryAfterMs) : stay(connection);
    case "retry":
      return isWaiting(state) ? connect(connection) : stay(connection);
    case "online":
      return wake({ ...connection, isOnline: true });
    case "wake":
      return wake(connection);
    case "offline":
      return lose({ ...connection, isOnline: false });
  }
}

function stay(connection: Connection): Transition {
  return { connection, effects: [] };
}

function move(connection: Connection, state: ConnectionState, effects: readonly ConnectionEffect[] = []): Transition {
  return { connection: { ...connection, state }, effects };
}

function connect(connection: Connection, before: readonly ConnectionEffect[] = []): Transition {
  return move(connection, "connecting", [...before, OPEN]);
}

function release(state: ConnectionState): readonly ConnectionEffect[] {
  if (hasSocket(state)) return [CLOSE];
  return isWaiting(state) ? [CANCEL_WAIT] : [];
}

function wake(connection: Connection): Transition {
  if (isWaiting(connection.state)) return connect(connection, [CANCEL_WAIT]);
  // The link may have died unnoticed while the machine slept or the network changed.
  return { connection, effects: connection.state === "live" || connection.state === "stale" ? [PROBE] : [] };
}

function lose(connection: Connection): Transition {
  if (connection.state === "waiting") return move(connection, "offline");
  return { connection, effects: connection.state === "live" || connection.state === "stale" ? [PROBE] : [] };
}

/** The verdict is in the code: 40xx never again, 42xx at once, everything else after a back-off. */
function afterClose(connection: Connection, code: number): Transition {
  if (code >= 4000 && code <= 4099) return move(connection, "ended");
  const isAtOnce = code >= 4200 && code <= 4299;
  // At once only after a connection that brought numbers; a server that keeps closing must not be hammered.
  if (isAtOnce && connection.failedAttemptCount === 0 && connection.state !== "connecting") {
    return connect({ ...connection, failedAttemptCount: 1 });
  }
  return backOff(connection);
}

function backOff(connection: Connection, before: readonly ConnectionEffect[] = []): Transition {
  const ceilingMs = Math.min(BACK_OFF_CEILING_MS, BACK_OFF_FLOOR_MS * 2 ** (connection.failedAttemptCount + 1));
  const next = { ...connection, failedAttemptCount: connection.failedAttemptCount + 1 };
  return pause(next, [...before, { type: "wait", floorMs: BACK_OFF_FLOOR_MS, ceilingMs }]);
}

function sentAway(connection: Connection, retryAfterMs: number): Transition {
  const floorMs = Math.min(Math.max(0, retryAfterMs), LONGEST_ABSENCE_MS);
  const next = { ...connection, failedAttemptCount: connection.failedAttemptCount + 1 };
  return pause(next, [CLOSE, { type: "wait", floorMs, ceilingMs: floorMs }]);
}

function pause(connection: Connection, effects: readonly ConnectionEffect[]): Transition {
  return move(connection, connection.isOnline ? "waiting" : "offline", effects);
}
