import { pathToFileURL } from "node:url";
import type { StreamEvent } from "../../src/records/event.js";
import { BATCH_EVENTS, EVENTS_PER_TICK } from "./cases.js";
import type { Core } from "./core.js";
import { parsedEvents } from "./parsed-events.js";
import { readPhrases } from "./phrases.js";
import { SUBJECTS, type Shape, type SubjectName } from "./subjects.js";
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
  /** What the subject holds after a full collection, typed arrays and all. */
  readonly heldBytes: number;
  /** Mean length of an event as JSON. */
  readonly eventBytes: number;
  /** Processor time of one call that tells all streams the time; none where the subject has no clock. */
  readonly tickMs: number | null;
}

/** The clock is ahead of all events, as it is while a backlog is read, and moves on by a second now and then. */
const NOW_MS = Date.UTC(2025, 1, 1);
const TICKS = 5;

const [taskJson = "", bundle = ""] = process.argv.slice(2);
const task = JSON.parse(taskJson) as WorkerTask;
const core = (await import(pathToFileURL(bundle).href)) as Core;
if (globalThis.gc === undefined) throw new Error("start it with --expose-gc");
const collect = globalThis.gc;

const workload = new Workload(readPhrases(), task.workload);
const subject = SUBJECTS[task.subject];
let rows = 0;
let bytes = 0;
let taken = 0;
let nowMs = NOW_MS;
collect();
const heldBefore = heldBytes();
const running = subject.open(core, task.shape, () => void (rows += 1));
running.tick?.(nowMs);

run(task.warmUpEvents);
process.on("message", (request: WorkerRequest) => {
  process.send?.(request === "sample" ? run(task.sampleEvents) : state());
});
process.send?.("ready");

function run(count: number): Sample {
  let wallMs = 0;
  let cpuMs = 0;
  rows = 0;
  for (let left = count; left > 0; left -= BATCH_EVENTS) {
    const size = Math.min(left, BATCH_EVENTS);
    let events = makeEvents(size);
    // The garbage of the preparation is none of the subject's.
    collect({ type: "minor" });
    const startMs = performance.now();
    const start = process.cpuUsage();
    running.take(events);
    taken += size;
    if (taken % EVENTS_PER_TICK < size) running.tick?.((nowMs += 1_000));
    // What the subject made and what of it stays, is.
    events = [];
    collect({ type: "minor" });
    cpuMs += milliseconds(process.cpuUsage(start));
    wallMs += performance.now() - startMs;
  }
  return { wallMs, cpuMs, rows };
}

function makeEvents(count: number): readonly StreamEvent[] | readonly string[] {
  const texts = workload.take(count);
  for (const text of texts) bytes += text.length;
  return subject.readsText === true ? texts : parsedEvents(core, texts);
}

function state(): WorkerState {
  collect();
  return { heldBytes: heldBytes() - heldBefore, eventBytes: bytes / taken, tickMs: tickMs() };
}

function heldBytes(): number {
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

function tickMs(): number | null {
  if (running.tick === undefined) return null;
  const start = process.cpuUsage();
  for (let tick = 0; tick < TICKS; tick++) running.tick((nowMs += 1_000));
  return milliseconds(process.cpuUsage(start)) / TICKS;
}

function milliseconds({ user, system }: NodeJS.CpuUsage): number {
  return (user + system) / 1000;
}
