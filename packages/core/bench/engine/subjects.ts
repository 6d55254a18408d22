import { isDeepStrictEqual } from "node:util";
import type { Engine, EngineOptions } from "../../src/index.js";
import type { StreamEvent } from "../../src/records/event.js";
import { BenchError } from "./bench-error.js";
import { blockWindows } from "./contenders/block-windows.js";
import type { ContenderOptions, OpenContender } from "./contenders/contender.js";
import { engineWindows } from "./contenders/engine-windows.js";
import { openNaiveWindows } from "./contenders/naive-windows.js";
import { rowsOf } from "./contenders/rows-of.js";
import { openRxjsWindows } from "./contenders/rxjs-windows.js";
import type { Core } from "./core.js";
import { parsedEvents } from "./parsed-events.js";

export interface Shape {
  readonly windowMs: number;
  readonly hopMs: number;
}

/** What is measured, with its state. */
export interface Running {
  /** Takes a batch of events; of texts when the subject reads text. */
  take(events: readonly StreamEvent[] | readonly string[]): void;
  /** Tells what time it is, where the subject cares. */
  tick?(nowMs: number): void;
}

export interface Subject {
  readonly title: string;
  readonly readsText?: true;
  /** One of several ways to the same rows, not our engine. */
  readonly isPeer?: true;
  open(core: Core, shape: Shape, onRow: () => void): Running;
}

/** Windows and nothing else. */
const AGGREGATION_ALONE: EngineOptions = { scorer: false, moments: false };

const subjects = {
  text: {
    title: "whole engine, from JSON text",
    readsText: true,
    open(core: Core, shape: Shape, onRow: () => void) {
      const engine = openEngine(core, {}, shape, onRow);
      return {
        take: (texts: readonly string[]) => void engine.pushAll(parsedEvents(core, texts)),
        tick: (nowMs: number) => engine.advanceTo(nowMs),
      };
    },
  },
  whole: ofEngine("whole engine, after decode", {}, "batches"),
  aggregation: ofEngine("aggregation alone, after decode", AGGREGATION_ALONE, "batches"),
  single: ofEngine("aggregation alone, one by one", AGGREGATION_ALONE, "one by one"),
  blocks: ofContender("windows and aggregators as building blocks", blockWindows),
  naive: { ...ofContender("naive: a copy in every window", () => openNaiveWindows), isPeer: true },
  rxjs: { ...ofContender("RxJS: a group for every window", () => openRxjsWindows), isPeer: true },
} as const;

export type SubjectName = keyof typeof subjects;

export const SUBJECTS: Readonly<Record<SubjectName, Subject>> = subjects;

/** Throws unless every way finds the same rows in the same events. */
export function requireAgreement(core: Core, events: readonly StreamEvent[]): void {
  const options: ContenderOptions = { sizeMs: 60_000, hopMs: 10_000, maxOutOfOrdernessMs: 5_000 };
  const expected = rowsOf(openNaiveWindows, options, events);
  const others: readonly (readonly [string, OpenContender])[] = [
    [subjects.aggregation.title, engineWindows(core, AGGREGATION_ALONE)],
    [subjects.blocks.title, blockWindows(core)],
    [subjects.rxjs.title, openRxjsWindows],
  ];
  for (const [title, open] of others) {
    if (!isDeepStrictEqual(rowsOf(open, options, events), expected)) {
      throw new BenchError(`Nothing was measured: the rows of “${title}” differ from those of the naive way.`);
    }
  }
}

function openEngine(core: Core, options: EngineOptions, shape: Shape, onRow: () => void): Engine {
  const engine = core.createEngine({ ...options, ...shape });
  engine.on("window", onRow);
  return engine;
}

function ofEngine(title: string, options: EngineOptions, how: "batches" | "one by one"): Subject {
  return {
    title,
    open(core, shape, onRow) {
      const engine = openEngine(core, options, shape, onRow);
      return {
        take(events: readonly StreamEvent[]) {
          if (how === "batches") engine.pushAll(events);
          else for (const event of events) engine.push(event);
        },
        tick: (nowMs) => engine.advanceTo(nowMs),
      };
    },
  };
}

function ofContender(title: string, of: (core: Core) => OpenContender): Subject {
  return {
    title,
    open(core, { windowMs, hopMs }, onRow) {
      const contender = of(core)({ sizeMs: windowMs, hopMs, maxOutOfOrdernessMs: 5_000 }, onRow);
      return {
        take(events: readonly StreamEvent[]) {
          for (const event of events) contender.push(event);
        },
      };
    },
  };
}
