import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  BACK_OFF_CEILING_MS,
  BACK_OFF_FLOOR_MS,
  CONNECTION_STATES,
  hasSocket,
  INITIAL_CONNECTION,
  isWaiting,
  LONGEST_ABSENCE_MS,
  transition,
  type Connection,
  type ConnectionEffect,
  type ConnectionEvent,
  type ConnectionState,
} from "../../src/live/connection.js";

/** Every event of the table in SPEC.md, one column each. */
const EVENTS = {
  start: { type: "start" },
  stop: { type: "stop" },
  refused: { type: "refused" },
  accepted: { type: "accepted" },
  fresh: { type: "metrics", isFresh: true },
  outdated: { type: "metrics", isFresh: false },
  quiet: { type: "quiet" },
  overdue: { type: "overdue" },
  closed40: { type: "closed", code: 4000 },
  closed42: { type: "closed", code: 4200 },
  closed41: { type: "closed", code: 4100 },
  closed1006: { type: "closed", code: 1006 },
  sentAway: { type: "sent-away", retryAfterMs: 3_000 },
  retry: { type: "retry" },
  online: { type: "online" },
  offline: { type: "offline" },
  wake: { type: "wake" },
} as const satisfies Record<string, ConnectionEvent>;

type Cell = "same" | `${ConnectionState}${"" | ` ${string}`}`;

const IN_SOCKET_STATE = {
  start: "same",
  stop: "idle close",
  refused: "ended close",
  overdue: "waiting close wait",
  closed40: "ended",
  closed41: "waiting wait",
  closed1006: "waiting wait",
  sentAway: "waiting close wait",
  retry: "same",
  fresh: "live",
  outdated: "stale",
} as const;

const IN_WAITING_STATE = {
  start: "same",
  stop: "idle cancel-wait",
  refused: "ended cancel-wait",
  accepted: "same",
  fresh: "same",
  outdated: "same",
  quiet: "same",
  overdue: "same",
  closed40: "same",
  closed42: "same",
  closed41: "same",
  closed1006: "same",
  sentAway: "same",
  retry: "connecting open",
  online: "connecting cancel-wait open",
  wake: "connecting cancel-wait open",
} as const;

const NOTHING = {
  refused: "same",
  accepted: "same",
  fresh: "same",
  outdated: "same",
  quiet: "same",
  overdue: "same",
  closed40: "same",
  closed42: "same",
  closed41: "same",
  closed1006: "same",
  sentAway: "same",
  retry: "same",
  online: "same",
  offline: "same",
  wake: "same",
} as const;

/** The whole table: a missing cell does not compile. `same` means: same state, no effect. */
const TABLE: Record<ConnectionState, Record<keyof typeof EVENTS, Cell>> = {
  idle: { ...NOTHING, start: "connecting open", stop: "same" },
  connecting: {
    ...IN_SOCKET_STATE,
    accepted: "live",
    quiet: "same",
    closed42: "waiting wait",
    online: "same",
    offline: "same",
    wake: "same",
  },
  live: {
    ...IN_SOCKET_STATE,
    accepted: "same",
    quiet: "stale",
    closed42: "connecting open",
    online: "live probe",
    offline: "live probe",
    wake: "live probe",
  },
  stale: {
    ...IN_SOCKET_STATE,
    accepted: "same",
    quiet: "same",
    closed42: "connecting open",
    online: "stale probe",
    offline: "stale probe",
    wake: "stale probe",
  },
  waiting: { ...IN_WAITING_STATE, offline: "offline" },
  offline: { ...IN_WAITING_STATE, offline: "same" },
  ended: { ...NOTHING, start: "connecting open", stop: "idle" },
};

function inState(state: ConnectionState): Connection {
  return { ...INITIAL_CONNECTION, state };
}

describe("T1–T18: the transition table", () => {
  const cells = CONNECTION_STATES.flatMap((state) =>
    Object.entries(EVENTS).map(([name, event]) => ({
      state,
      name,
      event,
      cell: TABLE[state][name as keyof typeof EVENTS],
    })),
  );

  it.each(cells)("$state on $name: $cell", ({ state, event, cell }) => {
    const [to, ...effects] = cell === "same" ? [state] : cell.split(" ");
    const result = transition(inState(state), event);
    expect(result.connection.state).toBe(to);
    expect(result.effects.map(({ type }) => type)).toEqual(effects);
  });

  it("T7, T10, T11: without a network the wait is called offline", () => {
    const live = { ...inState("live"), isOnline: false };
    for (const event of [EVENTS.overdue, EVENTS.closed1006, EVENTS.sentAway]) {
      expect(transition(live, event).connection.state).toBe("offline");
    }
  });

  it("T9: a server that greets and closes with 42xx in a loop is met with a back-off", () => {
    const once = transition(inState("live"), EVENTS.closed42).connection;
    const again = transition(transition(once, EVENTS.accepted).connection, EVENTS.closed42);
    expect(again.connection.state).toBe("waiting");
  });

  it("T11: a wait that the server asks for is kept to, up to a minute", () => {
    const wait = (retryAfterMs: number) => transition(inState("live"), { type: "sent-away", retryAfterMs }).effects[1];
    expect(wait(3_000)).toEqual({ type: "wait", floorMs: 3_000, ceilingMs: 3_000 });
    expect(wait(-5)).toEqual({ type: "wait", floorMs: 0, ceilingMs: 0 });
    expect(wait(1e9)).toEqual({ type: "wait", floorMs: LONGEST_ABSENCE_MS, ceilingMs: LONGEST_ABSENCE_MS });
  });

  it("I5: the ceiling of the back-off doubles from 1 s to 10 s, and metrics reset it", () => {
    let connection = inState("connecting");
    const ceilings: number[] = [];
    for (let attempt = 0; attempt < 7; attempt++) {
      const lost = transition(connection, EVENTS.closed1006);
      ceilings.push(lost.effects[0]?.type === "wait" ? lost.effects[0].ceilingMs : 0);
      connection = transition(lost.connection, EVENTS.retry).connection;
    }
    expect(ceilings).toEqual([1_000, 2_000, 4_000, 8_000, 10_000, 10_000, 10_000]);
    const recovered = transition(connection, EVENTS.fresh).connection;
    expect(transition(recovered, EVENTS.closed1006).effects).toEqual([
      { type: "wait", floorMs: BACK_OFF_FLOOR_MS, ceilingMs: 1_000 },
    ]);
  });
});

describe("invariants hold after any sequence of events", () => {
  const anyEvent = fc.oneof(
    fc.constantFrom<ConnectionEvent>(...Object.values(EVENTS)),
    fc.record({ type: fc.constant("closed" as const), code: fc.integer({ min: 1000, max: 4999 }) }),
    fc.record({ type: fc.constant("sent-away" as const), retryAfterMs: fc.integer() }),
  );

  it("I1, I2: sockets and timers are where the state says, and never twice", () => {
    fc.assert(
      fc.property(fc.array(anyEvent, { maxLength: 60 }), (events) => {
        let connection = INITIAL_CONNECTION;
        const held = { sockets: 0, timers: 0 };
        for (const event of events) {
          // The world takes these away by itself before it tells.
          if (event.type === "closed") {
            if (held.sockets === 0) continue;
            held.sockets -= 1;
          }
          if (event.type === "retry") {
            if (held.timers === 0) continue;
            held.timers -= 1;
          }
          const result = transition(connection, event);
          for (const effect of result.effects) apply(held, effect);
          connection = result.connection;
          expect(held).toEqual({
            sockets: hasSocket(connection.state) ? 1 : 0,
            timers: isWaiting(connection.state) ? 1 : 0,
          });
        }
      }),
    );
  });

  it("I3: only start and stop leave ended", () => {
    fc.assert(
      fc.property(anyEvent, (event) => {
        const { state } = transition(inState("ended"), event).connection;
        expect(state === "ended" || event.type === "start" || event.type === "stop").toBe(true);
      }),
    );
  });

  it("I4: nothing but a greeting or fresh numbers leads to live", () => {
    fc.assert(
      fc.property(anyEvent, fc.constantFrom(...CONNECTION_STATES), (event, from) => {
        const { state } = transition(inState(from), event).connection;
        if (state !== "live" || from === "live") return;
        expect(event.type === "accepted" || (event.type === "metrics" && event.isFresh)).toBe(true);
      }),
    );
  });

  it("I5: a back-off stays within its bounds", () => {
    fc.assert(
      fc.property(fc.nat({ max: 200 }), (failedAttemptCount) => {
        const [effect] = transition({ ...inState("connecting"), failedAttemptCount }, EVENTS.closed1006).effects;
        if (effect?.type !== "wait") throw new Error("no wait");
        expect(effect.floorMs).toBe(BACK_OFF_FLOOR_MS);
        expect(effect.ceilingMs).toBeGreaterThan(BACK_OFF_FLOOR_MS);
        expect(effect.ceilingMs).toBeLessThanOrEqual(BACK_OFF_CEILING_MS);
      }),
    );
  });

  it("I6: a transition changes nothing but its answer", () => {
    fc.assert(
      fc.property(anyEvent, fc.constantFrom(...CONNECTION_STATES), (event, from) => {
        const before = Object.freeze(inState(from));
        expect(transition(before, event)).toEqual(transition(before, event));
      }),
    );
  });
});

function apply(held: { sockets: number; timers: number }, effect: ConnectionEffect): void {
  if (effect.type === "open") held.sockets += 1;
  if (effect.type === "close") held.sockets -= 1;
  if (effect.type === "wait") held.timers += 1;
  if (effect.type === "cancel-wait") held.timers -= 1;
}
