import { beforeEach, describe, expect, it } from "vitest";
import { MAX_MOMENT_COUNT, StreamStore, type StoreChange } from "../../src/live/stream-store.js";
import { NOON_MS, someMetrics, someMoment } from "../support/frames.js";

let store: StreamStore;
let changes: StoreChange["type"][];

beforeEach(() => {
  store = new StreamStore();
  changes = [];
  store.subscribe(({ type }) => changes.push(type));
});

const at = (offsetMs: number) => new Date(NOON_MS + offsetMs).toISOString();
const momentFrame = (offset: number, values = {}) => ({
  type: "moment" as const,
  stream_id: "s",
  epoch: "1",
  offset,
  phase: "opened" as const,
  moment: someMoment(values),
});

describe("StreamStore", () => {
  it("takes the newest frame of numbers and remembers its point", () => {
    store.apply(someMetrics({ offset: 2, timestamp: at(0), chat_rate: 3 }));
    store.apply(someMetrics({ offset: 4, timestamp: at(1_500), chat_rate: 5 }));
    expect(store.metrics?.chat_rate).toBe(5);
    expect(store.history.map(({ chatRate }) => chatRate)).toEqual([3, 5]);
    expect(store.clockMs).toBe(NOON_MS + 1_500);
  });

  it("C6: tells nobody when the same or an older frame comes again", () => {
    store.apply(someMetrics({ offset: 2 }));
    store.apply(momentFrame(3));
    changes.length = 0;
    store.apply(someMetrics({ offset: 2 }));
    store.apply(someMetrics({ offset: 1, chat_rate: 99 }));
    store.apply(momentFrame(3));
    expect(changes).toEqual([]);
    expect(store.metrics?.chat_rate).toBe(4.2);
  });

  it("takes a lower offset of another epoch", () => {
    store.apply(someMetrics({ offset: 50 }));
    store.apply(someMetrics({ epoch: "2", offset: 1, chat_rate: 9 }));
    expect(store.metrics?.chat_rate).toBe(9);
  });

  it("follows a moment through its episode and lists moments by onset, newest first", () => {
    store.apply(momentFrame(1, { moment_id: "b", timestamp: at(-60_000), ended_at: null }));
    store.apply(momentFrame(2, { moment_id: "a", timestamp: at(-90_000) }));
    store.apply({ ...momentFrame(3, { moment_id: "b", timestamp: at(-60_000), ended_at: at(0) }), phase: "closed" });
    expect(store.moments.map(({ moment_id, ended_at }) => [moment_id, ended_at !== null])).toEqual([
      ["b", true],
      ["a", true],
    ]);
    expect(changes).toEqual(["moment", "moment", "moment"]);
  });

  it("learns of a moment from the list in a frame, once, and as no news", () => {
    store.apply(someMetrics({ offset: 2, recent_moments: [someMoment()] }));
    changes.length = 0;
    store.apply(someMetrics({ offset: 3, timestamp: at(1_500), recent_moments: [someMoment()] }));
    expect(changes).toEqual(["metrics", "history"]);
    expect(store.moments).toHaveLength(1);
  });

  it("does not let an older list undo what a moment frame said", () => {
    store.apply(momentFrame(5, { ended_at: at(0) }));
    store.apply(someMetrics({ offset: 4, recent_moments: [someMoment({ ended_at: null })] }));
    expect(store.moments[0]?.ended_at).toBe(at(0));
  });

  it("lists stored moments beside live ones and lets live ones win", () => {
    store.apply(momentFrame(1, { moment_id: "a", severity: 0.9 }));
    store.addMoments([someMoment({ moment_id: "a", severity: 0.1 }), someMoment({ moment_id: "b" })]);
    expect(store.moments.map(({ moment_id }) => moment_id).sort()).toEqual(["a", "b"]);
    expect(store.moments.find(({ moment_id }) => moment_id === "a")?.severity).toBe(0.9);
  });

  it("keeps a bounded number of moments, the newest", () => {
    for (let index = 0; index < MAX_MOMENT_COUNT + 20; index++) {
      store.apply(momentFrame(index, { moment_id: `m${index}`, timestamp: at(index * 1_000) }));
    }
    expect(store.moments).toHaveLength(MAX_MOMENT_COUNT);
    expect(store.moments[0]?.moment_id).toBe(`m${MAX_MOMENT_COUNT + 19}`);
  });

  it("adds no point for numbers that the server calls stale", () => {
    store.apply(someMetrics({ offset: 2 }));
    store.apply(someMetrics({ offset: 3, timestamp: at(1_500), stale: true }));
    expect(store.history).toHaveLength(1);
  });

  it("fills the time before it with stored windows", () => {
    store.apply(someMetrics({ offset: 2 }));
    store.addHistory([{ timestamp: at(-60_000), chat_rate: 2, viewer_count: null }]);
    expect(store.history.map(({ chatRate }) => chatRate)).toEqual([2, 4.2]);
  });

  it("begins again when the stream's clock begins again, as a repeated replay does", () => {
    store.apply(someMetrics({ offset: 2 }));
    store.apply(someMetrics({ epoch: "2", offset: 1, timestamp: at(-3_600_000) }));
    expect(store.history.map(({ timeMs }) => timeMs)).toEqual([NOON_MS - 3_600_000]);
    expect(changes).toContain("reset");
  });

  it("tells a state once, and stops telling who unsubscribed", () => {
    const unsubscribe = store.subscribe(() => changes.push("reset"));
    unsubscribe();
    store.setState("live");
    store.setState("live");
    expect(changes).toEqual(["state"]);
  });
});
