import { pathToFileURL } from "node:url";
import type * as Core from "../../src/index.js";
import type { StreamEvent } from "../../src/records/event.js";
import { readPhrases } from "./phrases.js";
import { SUBJECTS, type Shape, type SubjectName, type Subject } from "./subjects.js";
import { Workload, type WorkloadOptions } from "./workload.js";

/*
 * One subject in a process of its own: its heap, its compiled code and its garbage are its own. The parent says when a
 * sample is due, so that the samples of several subjects alternate and share the weather of the machine.
 */

/** What a worker is told at its start. */
export interface WorkerTask {
  readonly subject: SubjectName;
  readonly workload: WorkloadOptions;
  readonly shape: Shape;
  readonly warmUpEvents: number;
  readonly sampleEvents: number;
}

export type WorkerRequest = "sample" | "state";

export interface Sample {
  readonly wallMs: number;
  /** Of all threads of the process: the collector and the compiler work beside. */
  readonly cpuMs: number;
  readonly rows: number;
}

export interface WorkerState {
  /** What the subject holds after a full collection. */
  readonly heapBytes: number;
  /** Mean length of an event as JSON. */
  readonly eventBytes: number;
}

/** Events made at a time, outside the measured part, to bound the memory. */
const PIECE = 20_000;
/** The clock is ahead of all events, as it is while a backlog is read, and moves on by a second now and then. */
const NOW_MS = Date.UTC(2025, 1, 1);
const EVENTS_PER_SECOND_OF_CLOCK = 250_000;

const [taskJson = "", bundle = ""] = process.argv.slice(2);
const task = JSON.parse(taskJson) as WorkerTask;
const core = (await import(pathToFileURL(bundle).href)) as typeof Core;
const collect = globalThis.gc;
if (collect === undefined) throw new Error("start it with --expose-gc");

const workload = new Workload(readPhrases(), task.workload);
const subject: Subject = SUBJECTS[task.subject];
let rows = 0;
let bytes = 0;
let taken = 0;
collect();
const heapBefore = process.memoryUsage().heapUsed;
const running = subject.open(core, task.shape, () => void (rows += 1));
running.tick(NOW_MS);

run(task.warmUpEvents);
process.on("message", (request: WorkerRequest) => {
  process.send?.(request === "sample" ? run(task.sampleEvents) : state());
});
process.send?.("ready");

function run(count: number): Sample {
  rows = 0;
  let wallMs = 0;
  let cpuMs = 0;
  for (let left = count; left > 0; left -= PIECE) {
    const events = piece(Math.min(left, PIECE));
    // What was made for the measurement moves out of the young generation, whose collection is the subject's own cost.
    collect?.({ type: "minor" });
    collect?.({ type: "minor" });
    const startMs = performance.now();
    const start = process.cpuUsage();
    running.take(events);
    const isTickDue =
      Math.floor(taken / EVENTS_PER_SECOND_OF_CLOCK) !==
      Math.floor((taken + events.length) / EVENTS_PER_SECOND_OF_CLOCK);
    taken += events.length;
    if (isTickDue) running.tick(NOW_MS + Math.floor(taken / EVENTS_PER_SECOND_OF_CLOCK) * 1000);
    const used = process.cpuUsage(start);
    wallMs += performance.now() - startMs;
    cpuMs += (used.user + used.system) / 1000;
  }
  return { wallMs, cpuMs, rows };
}

/** Parsed events come out of JSON too, because that is how their strings come to be in a service. */
function piece(count: number): readonly StreamEvent[] | readonly string[] {
  const texts = workload.take(count);
  for (const text of texts) bytes += text.length;
  if (subject.readsText) return texts;
  return texts.map((text) => {
    const result = core.parseEventJson(text);
    if (!result.ok) throw new Error(`The workload is wrong: ${result.error.detail}`);
    return result.event;
  });
}

function state(): WorkerState {
  collect?.();
  return { heapBytes: process.memoryUsage().heapUsed - heapBefore, eventBytes: bytes / taken };
}
