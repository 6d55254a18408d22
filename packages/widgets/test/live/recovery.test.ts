import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { LiveClient } from "../../src/live/live-client.js";
import { StreamStore, type StoreChange } from "../../src/live/stream-store.js";
import { FakeServerEnd, FakeWorld } from "../support/fake-world.js";

/** What can befall a page, the link and the server; `step` lets 1.5 s pass with a frame. */
const FAULTS = [
  "step",
  "moment",
  "update",
  "cut",
  "cut-4100",
  "cut-4200",
  "down",
  "up",
  "freeze",
  "restart",
  "offline",
  "online",
  "sleep",
  "wake",
  "send-away",
] as const;
type Fault = (typeof FAULTS)[number];

class Scenario {
  readonly world = new FakeWorld();
  readonly server = new FakeServerEnd(this.world);
  readonly store = new StreamStore();
  readonly changes: StoreChange[] = [];
  readonly client = new LiveClient({
    url: "ws://localhost/ws/live/s",
    environment: this.world,
    onMessage: (message) => this.store.apply(message),
    onState: (state, reason) => this.store.setState(state, reason),
  });
  #momentCount = 0;

  constructor() {
    this.store.subscribe((change) => this.changes.push(change));
    this.client.start();
    this.step();
  }

  step(): void {
    this.world.advance(1_500);
    this.server.pushMetrics();
    this.server.answerPings();
  }

  suffer(fault: Fault): void {
    const { server, client, world } = this;
    if (fault === "step") this.step();
    if (fault === "moment") server.pushMoment(++this.#momentCount);
    if (fault === "update" && this.#momentCount > 0) server.pushMoment(this.#momentCount, "updated");
    if (fault === "cut") server.closeAll(1006);
    if (fault === "cut-4100") server.closeAll(4100);
    if (fault === "cut-4200") server.closeAll(4200);
    if (fault === "down") server.setMode("down");
    if (fault === "up") server.setMode("up");
    if (fault === "freeze") server.setMode("frozen");
    if (fault === "restart") server.restart();
    if (fault === "offline") client.setOnline(false);
    if (fault === "online") client.setOnline(true);
    if (fault === "sleep") world.advance(120_000);
    if (fault === "wake") client.wake();
    if (fault === "send-away")
      for (const socket of world.openSockets) socket.receive({ type: "reconnect", retry_after_ms: 2_000 });
  }

  /** Everything works again; the page has been looked at. */
  recover(): void {
    this.server.setMode("up");
    this.client.setOnline(true);
    this.client.wake();
  }
}

describe("the connection comes back", () => {
  it("is live within 5 s of the return after any history of faults, with one socket and fresh numbers", () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...FAULTS), { maxLength: 40 }), (faults) => {
        const scenario = new Scenario();
        for (const fault of faults) {
          scenario.suffer(fault);
          expect(scenario.world.openSockets.length).toBeLessThanOrEqual(1);
        }
        scenario.recover();
        for (let step = 0; step < 4; step++) scenario.step();
        expect(scenario.store.state).toBe("live");
        expect(scenario.world.openSockets).toHaveLength(1);
        expect(scenario.store.metrics?.timestamp).toBe(new Date(scenario.world.nowMs).toISOString());
        scenario.client.stop();
        expect(scenario.world.timerCount).toBe(0);
      }),
      { numRuns: 300 },
    );
  });

  it("loses no moment and tells none twice while the server keeps its history", () => {
    const faults = FAULTS.filter((fault) => fault !== "restart");
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...faults), { maxLength: 40 }), (history) => {
        const scenario = new Scenario();
        for (const fault of history) scenario.suffer(fault);
        scenario.recover();
        for (let step = 0; step < 4; step++) scenario.step();
        const known = scenario.store.moments.map(({ moment_id }) => moment_id).sort();
        expect(known).toEqual(scenario.server.moments.map(({ moment_id }) => moment_id).sort());
        const opened = scenario.changes.flatMap((change) =>
          change.type === "moment" && change.phase === "opened" ? [change.moment.moment_id] : [],
        );
        expect(new Set(opened).size).toBe(opened.length);
      }),
      { numRuns: 300 },
    );
  });

  it("shows within 10 s that the server fell silent", () => {
    const scenario = new Scenario();
    scenario.server.setMode("frozen");
    scenario.world.advance(10_000);
    expect(scenario.store.state).toBe("stale");
  });

  it("is back after each of a hundred cuts", () => {
    const scenario = new Scenario();
    for (let round = 0; round < 100; round++) {
      scenario.suffer(["cut", "cut-4100", "cut-4200", "send-away"][round % 4] as Fault);
      for (let step = 0; step < 3; step++) scenario.step();
      expect(scenario.store.state).toBe("live");
    }
  });
});
