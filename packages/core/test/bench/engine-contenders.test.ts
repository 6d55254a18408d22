import { describe, expect, it } from "vitest";
import { blockWindows } from "../../bench/engine/contenders/block-windows.js";
import type { OpenContender, WindowCounts } from "../../bench/engine/contenders/contender.js";
import { engineWindows } from "../../bench/engine/contenders/engine-windows.js";
import { openNaiveWindows } from "../../bench/engine/contenders/naive-windows.js";
import { rowsOf } from "../../bench/engine/contenders/rows-of.js";
import { openRxjsWindows } from "../../bench/engine/contenders/rxjs-windows.js";
import { parsedEvents } from "../../bench/engine/parsed-events.js";
import { readPhrases } from "../../bench/engine/phrases.js";
import { Workload, type WorkloadOptions } from "../../bench/engine/workload.js";
import * as aggregate from "../../src/aggregate/index.js";
import * as index from "../../src/index.js";
import type { ChatEvent, StreamEvent } from "../../src/index.js";
import * as windowing from "../../src/windowing/index.js";

const core = { ...index, ...windowing, ...aggregate };
const { createScorer, parseEventJson } = core;
const scorer = createScorer();

/** As the engine keeps it: ten thousandths. */
function scoreOf({ message, emotes }: ChatEvent): number {
  const names = emotes.map(({ name }) => name);
  return Math.round(scorer.compound(message, names.length === 0 ? undefined : names) * 10_000);
}

describe("the ways that the engine bench compares", () => {
  const shapes = [
    { sizeMs: 60_000, hopMs: 10_000 },
    { sizeMs: 60_000, hopMs: 60_000 },
    { sizeMs: 20_000, hopMs: 1_000 },
  ];
  it.each(shapes)("find the same rows in windows of $sizeMs ms every $hopMs ms", (shape) => {
    const events = makeEvents(12_000, { streams: 7, perSecond: 8, emotes: 40, chatters: 60 });
    const options = { ...shape, maxOutOfOrdernessMs: 5_000, scoreOf };
    const naive = rowsOf(openNaiveWindows, options, events);
    expect(naive.length).toBeGreaterThan(7 * (200_000 / shape.hopMs));
    expect(rowsOf(openRxjsWindows, options, events)).toEqual(naive);
    expect(rowsOf(engineWindows(core, { scorer }), options, events)).toEqual(naive);
    expect(rowsOf(blockWindows(core), options, events)).toEqual(naive);
  });

  it("find the same rows without sentiment", () => {
    const events = makeEvents(3_000, { streams: 3, perSecond: 10 });
    const options = { sizeMs: 60_000, hopMs: 10_000, maxOutOfOrdernessMs: 5_000 };
    const naive = rowsOf(openNaiveWindows, options, events);
    expect(naive[0]).toMatchObject({ sentiment_score: null });
    expect(rowsOf(openRxjsWindows, options, events)).toEqual(naive);
    expect(rowsOf(engineWindows(core, { scorer: false }), options, events)).toEqual(naive);
    expect(rowsOf(blockWindows(core), options, events)).toEqual(naive);
  });

  it("close windows while events come, not only in the end", () => {
    const events = makeEvents(3_000, { streams: 3, perSecond: 10 });
    const options = { sizeMs: 20_000, hopMs: 10_000, maxOutOfOrdernessMs: 5_000 };
    const engine = engineWindows(core, { scorer: false });
    const ways: OpenContender[] = [openNaiveWindows, openRxjsWindows, engine, blockWindows(core)];
    for (const open of ways) {
      const rows: WindowCounts[] = [];
      const contender = open(options, (row) => rows.push(row));
      for (const event of events) contender.push(event);
      const early = rows.length;
      contender.finish();
      expect(early).toBeGreaterThan(0.5 * rows.length);
    }
  });
});

describe("the events of the engine bench", () => {
  const events = makeEvents(20_000, { streams: 20, perSecond: 10 });

  it("are the same in each run", () => {
    expect(makeEvents(500, { streams: 20, perSecond: 10 })).toEqual(events.slice(0, 500));
  });

  it("have ids of their own and come at most 5 s behind the newest", () => {
    expect(new Set(events.map(({ event_id }) => event_id)).size).toBe(events.length);
    let newestMs = -Infinity;
    for (const { timestamp } of events) {
      newestMs = Math.max(newestMs, timestamp);
      expect(newestMs - timestamp).toBeLessThan(5_000);
    }
    expect(events.some(({ timestamp }, index) => timestamp < (events[index - 1]?.timestamp ?? 0))).toBe(true);
  });

  it("are mostly chat, a third of it with emotes, and few of the emotes make up most", () => {
    const chat = events.filter((event) => event.type === "chat");
    expect(chat.length / events.length).toBeCloseTo(0.96, 1);
    expect(chat.filter(({ emotes }) => emotes.length > 0).length / chat.length).toBeCloseTo(0.35, 1);
    const uses = new Map<string, number>();
    for (const { name } of chat.flatMap(({ emotes }) => emotes)) uses.set(name, (uses.get(name) ?? 0) + 1);
    const counts = [...uses.values()].sort((a, b) => b - a);
    const sum = (numbers: readonly number[]): number => numbers.reduce((total, count) => total + count, 0);
    expect(counts.length).toBeGreaterThan(300);
    expect(sum(counts.slice(0, 50))).toBeGreaterThan(sum(counts.slice(50)));
  });
});

function makeEvents(count: number, options: WorkloadOptions): StreamEvent[] {
  return parsedEvents({ parseEventJson }, new Workload(readPhrases(), options).take(count));
}
