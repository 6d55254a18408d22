import type * as Core from "../../src/index.js";
import type { EngineOptions } from "../../src/index.js";
import type { StreamEvent } from "../../src/records/event.js";
import type { Contender } from "./contenders/contender.js";
import { openNaiveWindows } from "./contenders/naive-windows.js";
import { openRxjsWindows } from "./contenders/rxjs-windows.js";

export interface Shape {
  readonly windowMs: number;
  readonly hopMs: number;
}

/** What is measured, with its state. */
export interface Running {
  /** Takes events one after the other; text when the subject reads text. */
  take(events: readonly StreamEvent[] | readonly string[]): void;
  /** Tells what time it is, if the subject cares. */
  tick(nowMs: number): void;
}

export interface Subject {
  readonly title: string;
  readonly readsText: boolean;
  open(core: typeof Core, shape: Shape, onRow: () => void): Running;
}

/** Windows of chat and nothing else. */
const AGGREGATION_ALONE: EngineOptions = { scorer: false };

export const SUBJECTS = {
  text: {
    title: "whole engine, from JSON text",
    readsText: true,
    open(core, shape, onRow) {
      const engine = engineOf(core, {}, shape, onRow);
      const { parseEventJson } = core;
      return {
        take(texts: readonly string[]) {
          for (const text of texts) {
            const result = parseEventJson(text);
            if (!result.ok) throw new Error(`The workload is wrong: ${result.error.detail}`);
            engine.push(result.event);
          }
        },
        tick: (nowMs) => engine.advanceTo(nowMs),
      };
    },
  },
  whole: ofEngine("whole engine, after decode", {}),
  aggregation: ofEngine("aggregation alone, after decode", AGGREGATION_ALONE),
  naive: ofContender("naive: a copy in every window", openNaiveWindows),
  rxjs: ofContender("RxJS: a group for every window", openRxjsWindows),
} as const satisfies Record<string, Subject>;

export type SubjectName = keyof typeof SUBJECTS;

/** True for what is not ours. */
export function isPeer(name: SubjectName): boolean {
  return name === "naive" || name === "rxjs";
}

function engineOf(core: typeof Core, options: EngineOptions, shape: Shape, onRow: () => void): Core.Engine {
  const engine = core.createEngine({ ...options, ...shape });
  engine.on("window", onRow);
  return engine;
}

function ofEngine(title: string, options: EngineOptions): Subject {
  return {
    title,
    readsText: false,
    open(core, shape, onRow) {
      const engine = engineOf(core, options, shape, onRow);
      return {
        take(events: readonly StreamEvent[]) {
          for (const event of events) engine.push(event);
        },
        tick: (nowMs) => engine.advanceTo(nowMs),
      };
    },
  };
}

function ofContender(title: string, open: typeof openNaiveWindows): Subject {
  return {
    title,
    readsText: false,
    open(_core, { windowMs, hopMs }, onRow) {
      const contender: Contender = open({ sizeMs: windowMs, hopMs, maxOutOfOrdernessMs: 5_000 }, onRow);
      return {
        take(events: readonly StreamEvent[]) {
          for (const event of events) contender.push(event);
        },
        tick: () => {},
      };
    },
  };
}
