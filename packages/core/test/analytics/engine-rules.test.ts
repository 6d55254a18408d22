import { describe, expect, it } from "vitest";
import { createEngine, type EngineOptions, type EventInput, type MetricRow, type StreamEvent } from "@telemetra/core";

/** 12:00:00, so that seconds below read as the seconds of a minute. */
const NOON_MS = Date.UTC(2026, 0, 1, 12);
let counter = 0;

function chat(seconds: number, more: Partial<EventInput> = {}): EventInput {
  counter += 1;
  const base = { type: "chat", event_id: `c${counter}`, timestamp: NOON_MS + seconds * 1000, stream_id: "s" } as const;
  return { ...base, user_id: "u", username: "U", message: "hello", ...more } as EventInput;
}

function viewer(seconds: number, viewers: number): EventInput {
  counter += 1;
  return {
    type: "viewer",
    event_id: `v${counter}`,
    timestamp: NOON_MS + seconds * 1000,
    stream_id: "s",
    viewer_count: viewers,
  };
}

function streamEnd(seconds: number): EventInput {
  counter += 1;
  const base = { event_id: `m${counter}`, timestamp: NOON_MS + seconds * 1000, stream_id: "s" };
  return { ...base, type: "stream_meta", event_type: "stream_end" };
}

function start(options: EngineOptions = {}) {
  const rows: MetricRow[] = [];
  const late: StreamEvent[] = [];
  const ends: [string, number][] = [];
  const engine = createEngine({ scorer: false, ...options });
  engine.on("window", (row) => rows.push(row));
  engine.on("late", (event) => late.push(event));
  engine.on("end", (streamId, endedAtMs) => ends.push([streamId, (endedAtMs - NOON_MS) / 1000]));
  const push = (...events: EventInput[]) => events.map((event) => engine.push(event).status);
  return { engine, rows, late, ends, push };
}

/** Rows as [start second, chat count, revision]. */
function brief(rows: readonly MetricRow[]): [number, number, number][] {
  return rows.map((row) => [(Date.parse(row.window_start) - NOON_MS) / 1000, row.chat_count, row.revision]);
}

describe("watermark", () => {
  it("W4: closes a window when the newest event minus the bound reaches its end", () => {
    const { rows, push } = start();
    push(chat(0), chat(14.999));
    expect(brief(rows)).toEqual([]);
    push(chat(15));
    expect(brief(rows)).toEqual([[-50, 1, 0]]);
  });

  it("W4: waits for the slower of two active inputs", () => {
    const { engine, rows, push } = start();
    push(viewer(0, 5), chat(0), chat(40));
    expect(rows).toEqual([]);
    push(viewer(16, 6));
    expect(brief(rows)).toEqual([[-50, 1, 0]]);
    // With a clock the viewer input goes idle after 10 s of processing time and holds nothing back.
    engine.advanceTo(NOON_MS);
    engine.advanceTo(NOON_MS + 9_999);
    expect(rows).toHaveLength(1);
    push(chat(41));
    engine.advanceTo(NOON_MS + 10_000);
    expect(brief(rows).map(([second]) => second)).toEqual([-50, -40, -30]);
  });

  it("W4: never goes back", () => {
    const { rows, push } = start();
    push(chat(0), chat(75), chat(71));
    const count = rows.length;
    push(chat(72), chat(73), chat(74));
    expect(rows).toHaveLength(count);
  });

  it("W5: moves at the pace of the clock once the stream is idle, and does not jump to the clock", () => {
    const { engine, rows, push } = start();
    // A recording of long ago: the clock is far ahead of the events.
    const laterMs = NOON_MS + 86_400_000;
    engine.advanceTo(laterMs);
    push(chat(0));
    engine.advanceTo(laterMs + 9_999);
    expect(rows).toEqual([]);
    engine.advanceTo(laterMs + 14_999);
    expect(rows).toEqual([]);
    engine.advanceTo(laterMs + 15_000);
    expect(brief(rows)).toEqual([[-50, 1, 0]]);
    engine.advanceTo(laterMs + 65_000);
    expect(brief(rows).map(([second]) => second)).toEqual([-50, -40, -30, -20, -10, 0]);
  });

  it("W5: stream_end closes every window of the life at once, and none after it", () => {
    const { rows, push, ends } = start();
    push(chat(0), streamEnd(12));
    expect(brief(rows).map(([second]) => second)).toEqual([-50, -40, -30, -20, -10, 0, 10]);
    expect(rows.every((row) => row.is_final)).toBe(true);
    expect(ends).toEqual([["s", 12]]);
  });

  it("W5: an event after a stream_end that closed at once corrects the windows it falls into", () => {
    const { rows, push } = start();
    push(chat(0), streamEnd(12), chat(15));
    expect(brief(rows).filter(([, , revision]) => revision === 1)).toEqual([
      [-40, 2, 1],
      [-30, 2, 1],
      [-20, 2, 1],
      [-10, 2, 1],
      [0, 2, 1],
      [10, 1, 1],
    ]);
  });
});

describe("inputs read from logs", () => {
  const inputs = ["chat", "viewer", "transaction", "stream_meta"] as const;

  it("F3: an unread input holds every stream back, so its first event is not late", () => {
    const { engine, rows, late, push } = start({ inputs });
    engine.advanceTo(NOON_MS);
    push(viewer(0, 1), viewer(600, 2));
    for (const input of inputs) if (input !== "chat") engine.inputProgress(input, true);
    engine.advanceTo(NOON_MS + 60_000);
    expect(rows).toEqual([]);
    push(chat(0), chat(600));
    engine.inputProgress("chat", true);
    engine.advanceTo(NOON_MS + 80_000);
    expect(late).toEqual([]);
    expect(brief(rows)[0]).toEqual([-50, 1, 0]);
    expect(rows[0]?.viewer_count).toBe(1);
  });

  it("F3: a stream_end waits for the logs that are still being read, then closes at once", () => {
    const { engine, rows, push } = start({ inputs });
    engine.advanceTo(NOON_MS);
    push(streamEnd(12));
    expect(rows).toEqual([]);
    push(chat(3));
    for (const input of inputs) engine.inputProgress(input, true);
    engine.advanceTo(NOON_MS + 1);
    expect(brief(rows)).toEqual([
      [-50, 1, 0],
      [-40, 1, 0],
      [-30, 1, 0],
      [-20, 1, 0],
      [-10, 1, 0],
      [0, 1, 0],
      [10, 0, 0],
    ]);
  });
});

describe("late and early events", () => {
  it("W6: corrects closed windows with the next revision until their allowed lateness is over", () => {
    const { rows, late, push } = start();
    push(chat(0), chat(50), chat(66));
    const before = rows.length;
    // Watermark 61: windows ending at 10 … 60 are closed; those ending after 31 can be corrected.
    push(chat(5));
    expect(brief(rows.slice(before))).toEqual([
      [-20, 2, 1],
      [-10, 2, 1],
      [0, 3, 1],
    ]);
    push(chat(6));
    expect(rows.at(-1)?.revision).toBe(2);
    expect(late).toEqual([]);
  });

  it("W6: an event whose last window is past correction goes to the late output and is counted", () => {
    const { engine, rows, late, push } = start();
    push(chat(0), chat(200));
    const before = rows.length;
    const old = chat(30);
    expect(push(old)).toEqual(["late"]);
    expect(late.map((event) => event.event_id)).toEqual([old.event_id]);
    expect(engine.counters().late).toBe(1);
    expect(rows).toHaveLength(before);
  });

  it("W6: refuses an event far ahead of the clock, and it moves no watermark", () => {
    const { engine, rows, push } = start();
    push(chat(0));
    engine.advanceTo(NOON_MS);
    const result = engine.push(chat(86_400));
    expect(result).toMatchObject({ status: "rejected", error: { code: "future_timestamp" } });
    expect(push(chat(300))).toEqual(["accepted"]);
    expect(brief(rows).filter(([, count]) => count > 0).length).toBe(6);
  });

  it("W6: knows no future without a clock", () => {
    const { push } = start();
    expect(push(chat(0), chat(86_400))).toEqual(["accepted", "accepted"]);
  });

  it("W6: brings provisional rows of open windows on each slide when asked", () => {
    const { rows, push } = start({ earlyResults: true });
    push(chat(0), chat(15));
    const provisional = rows.filter((row) => !row.is_final);
    expect(brief(provisional)).toEqual([
      [-40, 2, 0],
      [-30, 2, 0],
      [-20, 2, 0],
      [-10, 2, 0],
      [0, 2, 0],
    ]);
    expect(brief(rows.filter((row) => row.is_final))).toEqual([[-50, 1, 0]]);
  });

  it("W7: a repeated id counts once and the first content wins", () => {
    const { engine, rows, push } = start();
    push(chat(0, { event_id: "same", user_id: "first" }));
    expect(push(chat(3, { event_id: "same", user_id: "second" }))).toEqual(["duplicate"]);
    engine.flush();
    expect(rows[0]).toMatchObject({ chat_count: 1, unique_chatters: 1 });
    expect(engine.counters().duplicates).toBe(1);
  });

  it("W7: a repeated id is still known a window and the allowed lateness later", () => {
    const { push } = start();
    push(chat(0, { event_id: "old" }));
    for (let second = 5; second <= 90; second += 5) push(chat(second));
    expect(push(chat(89, { event_id: "old" }))).toEqual(["duplicate"]);
  });
});

describe("lives and rows", () => {
  it("F1, F2: a silent stream has zero rows until five minutes after its last event, then none", () => {
    const { engine, rows, ends } = start();
    engine.advanceTo(NOON_MS);
    engine.push(chat(0));
    engine.advanceTo(NOON_MS + 3_600_000);
    expect(rows).toHaveLength(6 + 30);
    expect(brief(rows).at(-1)).toEqual([300, 0, 0]);
    expect(ends).toEqual([["s", 300]]);
  });

  it("F1: the next event after the end of a life opens another, without rows between", () => {
    const { engine, rows, push } = start();
    push(chat(0), streamEnd(1), chat(1_000));
    engine.flush();
    const starts = brief(rows).map(([second]) => second);
    expect(starts.filter((second) => second > 0 && second < 950)).toEqual([]);
    expect(starts).toContain(950);
  });

  it("F2: a window with only metadata is a zero row", () => {
    const { engine, rows, push } = start();
    push(streamEnd(0));
    engine.flush();
    expect(brief(rows)).toEqual([-50, -40, -30, -20, -10, 0].map((second) => [second, 0, 0]));
    expect(rows[0]).toMatchObject({
      viewer_count: null,
      avg_viewers: null,
      sentiment_score: null,
      revenue: [],
      z_score: null,
    });
  });

  it("F17: the live frame speaks of the trailing minute by the stream's own clock", () => {
    const { engine, push } = start();
    const laterMs = NOON_MS + 1_000_000;
    engine.advanceTo(laterMs);
    push(chat(0), chat(30), viewer(31, 12));
    expect(engine.live("s")).toMatchObject({
      chat_rate: 2 / 60,
      viewer_count: 12,
      timestamp: "2026-01-01T12:00:31.000Z",
    });
    engine.advanceTo(laterMs + 35_000);
    expect(engine.live("s")).toMatchObject({
      chat_rate: 1 / 60,
      viewer_count: 12,
      timestamp: "2026-01-01T12:01:06.000Z",
    });
    engine.advanceTo(laterMs + 3_600_000);
    expect(engine.live("s")).toMatchObject({ chat_rate: 0, viewer_count: 12 });
    expect(engine.live("nobody")).toBeUndefined();
  });
});

describe("bounds and bad input", () => {
  it("never throws on data: whatever is no event is rejected with a code", () => {
    const { engine } = start();
    for (const input of [undefined, null, 1, "x", [], {}, { type: "chat" }, { ...chat(0), message: 5 }]) {
      expect(engine.push(input as never).status).toBe("rejected");
    }
    expect(engine.counters().rejected).toBe(8);
  });

  it("W11: refuses a stream beyond maxStreams, and makes room by forgetting those that are over", () => {
    const { engine, push } = start({ maxStreams: 1 });
    expect(push(chat(0))).toEqual(["accepted"]);
    expect(engine.push(chat(0, { stream_id: "t" }))).toMatchObject({
      status: "rejected",
      error: { code: "too_many_streams" },
    });
    engine.advanceTo(NOON_MS);
    engine.advanceTo(NOON_MS + 3_600_000);
    expect(push(chat(3_600, { stream_id: "t" }))).toEqual(["accepted"]);
    expect([...engine.streamIds()]).toEqual(["t"]);
  });

  it("W11: forgets no stream to which a batch brings more", () => {
    const { engine, push } = start({ maxStreams: 1 });
    push(chat(0));
    engine.advanceTo(NOON_MS);
    engine.advanceTo(NOON_MS + 3_600_000);
    const results = engine.pushAll([chat(3_600), chat(3_600, { stream_id: "t" }), chat(3_601)]);
    expect(results.map(({ status }) => status)).toEqual(["accepted", "rejected", "accepted"]);
    expect([...engine.streamIds()]).toEqual(["s"]);
  });

  it("W1: takes windows from a tenth of a second to a day, without a word about baselines", () => {
    for (const windowMs of [100, 1_000, 3_600_000, 86_400_000]) {
      const { engine, rows } = start({ windowMs, hopMs: windowMs });
      engine.push(chat(0));
      engine.flush();
      const windowStart = new Date(NOON_MS - (NOON_MS % windowMs)).toISOString();
      expect(rows[0]).toMatchObject({ chat_count: 1, window_start: windowStart });
    }
  });

  it("refuses options that cannot be used, with the value and what is allowed", () => {
    expect(() => createEngine({ windowMs: 0 })).toThrow(
      "windowMs is 0, but must be a whole number from 100 to 86400000",
    );
    expect(() => createEngine({ hopMs: 90_000 })).toThrow(
      /hopMs is 90000, but must be a whole number from 100 to 60000/,
    );
    expect(() => createEngine({ maxOutOfOrdernessMs: -1 })).toThrow(/maxOutOfOrdernessMs is -1/);
    expect(() => createEngine({ minSamples: 1.5 })).toThrow(/minSamples is 1.5/);
    expect(() => createEngine({ inputs: ["chats" as never] })).toThrow(/inputs is "chats"/);
  });

  it("refuses a snapshot of another version or other windows", () => {
    const snapshot = createEngine().snapshot();
    expect(() => createEngine({ snapshot: { ...snapshot, version: 3 as never } })).toThrow(/version 3/);
    expect(() => createEngine({ snapshot, windowMs: 30_000 })).toThrow(/other window options/);
  });
});
