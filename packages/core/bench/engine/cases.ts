import { SUBJECTS, type Shape, type SubjectName } from "./subjects.js";
import type { WorkerTask } from "./worker.js";
import type { WorkloadOptions } from "./workload.js";

export interface Run {
  readonly name: string;
  readonly series: string;
  readonly task: WorkerTask;
  /** Which sources it runs on: 0 those that are measured, 1 those beside them. */
  readonly core: 0 | 1;
}

export interface Case {
  readonly name: string;
  readonly title: string;
  readonly runs: readonly Run[];
  readonly samples: number;
  /** Events a second, or the cost of an event (a curve). */
  readonly shows: "rate" | "curve";
  /** Part of a quick run. */
  readonly isQuick: boolean;
}

/**
 * Events made at a time, outside the measured part, and taken as one batch: about what the service reads from Kafka at
 * once, and few enough to stay in the young generation.
 */
export const BATCH_EVENTS = 4_000;
/** A second of a service that is as fast as it has to be. */
export const EVENTS_PER_TICK = 250_000;
const SHAPE: Shape = { windowMs: 60_000, hopMs: 10_000 };
/** Event time after which as much is forgotten as comes in: window, bound and allowed lateness, and some more. */
export const FILLED_SECONDS = 100;
/** As much, but for the allowed lateness. */
const NEARLY_FILLED_SECONDS = 70;

interface RunOptions {
  readonly subject: SubjectName;
  readonly workload: WorkloadOptions;
  readonly sampleEvents: number;
  readonly shape?: Shape;
  readonly name?: string;
  readonly series?: string;
}

export function makeCases(isQuick: boolean): readonly Case[] {
  const samples = isQuick ? 3 : 5;
  const filledSeconds = isQuick ? NEARLY_FILLED_SECONDS : FILLED_SECONDS;
  const leastWarmUp = isQuick ? 60_000 : 200_000;

  function run({ subject, workload, sampleEvents, shape = SHAPE, name, series }: RunOptions): Run {
    const warmUpEvents = Math.max(workload.streams * workload.perSecond * filledSeconds, leastWarmUp);
    return {
      name: name ?? SUBJECTS[subject].title,
      series: series ?? "",
      task: { subject, workload, shape, warmUpEvents, sampleEvents },
      core: 0,
    };
  }

  function rate(streams: number, perSecond: number, spread: "alike" | "zipf" = "alike"): Case {
    const isLarge = streams > 1_000;
    const subjects: SubjectName[] = isQuick ? ["text", "aggregation"] : ["text", "whole", "aggregation"];
    // Of so many streams a batch holds one event each: no reason to measure without.
    if (!isQuick && !isLarge) subjects.push("single");
    // A whole number of hops, so that each sample closes as many windows.
    const sampleEvents = Math.max(isQuick ? 50_000 : 100_000, streams * perSecond * (SHAPE.hopMs / 1000));
    const each = spread === "zipf" ? `by Zipf's law, ${perSecond} events/s on average` : `${perSecond} events/s each`;
    return {
      name: spread === "zipf" ? `rate-${streams}-zipf` : `rate-${streams}`,
      title: `Events a second: ${counted(streams, "stream")}, ${each}, windows 60 s / 10 s`,
      runs: subjects.map((subject) => run({ subject, workload: { streams, perSecond, spread }, sampleEvents })),
      samples: isLarge ? 3 : samples,
      shows: "rate",
      isQuick: !isLarge,
    };
  }

  function curve(name: string, title: string, runs: readonly Run[]): Case {
    return {
      name: `curve-${name}`,
      title: `Cost of an event over ${title}`,
      runs,
      samples: 3,
      shows: "curve",
      isQuick: false,
    };
  }

  const peers: readonly SubjectName[] = [
    "aggregation",
    ...(isQuick ? [] : ["single" as const]),
    "blocks",
    "naive",
    "rxjs",
  ];
  return [
    rate(1, 200),
    rate(1_000, 5),
    rate(1_000, 5, "zipf"),
    rate(20_000, 0.5),
    {
      name: "peers",
      title:
        "The same rows in several ways: count, distinct chatters, top emotes; 200 streams of 5 events/s, 60 s / 10 s",
      runs: peers.map((subject) =>
        run({ subject, workload: { streams: 200, perSecond: 5 }, sampleEvents: isQuick ? 30_000 : 100_000 }),
      ),
      samples,
      shows: "rate",
      isQuick: true,
    },
    curve(
      "streams",
      "streams (0.5 events/s each; 60 s / 10 s)",
      [1, 10, 100, 1_000, 10_000, 20_000].map((streams) =>
        run({
          name: counted(streams, "stream"),
          subject: "aggregation",
          workload: { streams, perSecond: 0.5 },
          // At least the ten seconds from one end of windows to the next.
          sampleEvents: Math.max(100_000, streams * 5),
        }),
      ),
    ),
    curve(
      "density",
      "events a second of each stream (1,000 streams; 60 s / 10 s)",
      [1, 5, 20, 50].map((perSecond) =>
        run({
          name: `${perSecond}/s`,
          subject: "aggregation",
          workload: { streams: 1_000, perSecond },
          sampleEvents: Math.max(100_000, perSecond * 10_000),
        }),
      ),
    ),
    curve(
      "overlap",
      "windows that hold it (60 s long; 100 streams of 20 events/s)",
      (["aggregation", "naive"] as const).flatMap((subject) =>
        [1, 2, 6, 12, 60].map((overlap) =>
          run({
            name: `${subject === "naive" ? "naive" : "engine"}, ${counted(overlap, "window")}`,
            series: subject,
            subject,
            workload: { streams: 100, perSecond: 20 },
            shape: { windowMs: 60_000, hopMs: 60_000 / overlap },
            sampleEvents: 120_000,
          }),
        ),
      ),
    ),
    curve(
      "emotes",
      "emotes in use (100 streams of 20 events/s; 60 s / 10 s)",
      [10, 100, 1_000, 10_000].map((emotes) =>
        run({
          name: counted(emotes, "emote"),
          subject: "aggregation",
          workload: { streams: 100, perSecond: 20, emotes },
          sampleEvents: 100_000,
        }),
      ),
    ),
  ];
}

/** The case with each run of ours on other sources, too. */
export function withOther(one: Case): Case {
  const runs = one.runs.flatMap((run) => {
    const other: Run = { ...run, name: `${run.name} (against)`, core: 1 };
    return SUBJECTS[run.task.subject].isPeer === true ? [run] : [run, other];
  });
  return { ...one, runs };
}

function counted(count: number, noun: string): string {
  return `${count.toLocaleString("en")} ${noun}${count === 1 ? "" : "s"}`;
}
