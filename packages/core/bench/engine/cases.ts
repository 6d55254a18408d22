import type { WorkerTask } from "./worker.js";
import { isPeer, SUBJECTS, type Shape, type SubjectName } from "./subjects.js";
import type { WorkloadOptions } from "./workload.js";

export interface Run {
  readonly name: string;
  readonly task: WorkerTask;
  /** Which sources it runs on: 0 those that are measured, 1 those beside them. */
  readonly core: 0 | 1;
}

export interface Case {
  readonly name: string;
  readonly title: string;
  readonly runs: readonly Run[];
  readonly samples: number;
  /** What one sample costs is shown per event (a curve) or as events per second. */
  readonly shows: "rate" | "curve";
  /** Part of a quick run. */
  readonly isQuick: boolean;
}

const SHAPE: Shape = { windowMs: 60_000, hopMs: 10_000 };
/** Event time after which as much is forgotten as comes in: window, bound and allowed lateness, and some more. */
const FILLED_SECONDS = 100;
const WARM_UP_EVENTS = 300_000;
const SAMPLE_EVENTS = 200_000;
const CURVE_EVENTS = 120_000;

export function makeCases(isQuick: boolean): readonly Case[] {
  const samples = isQuick ? 3 : 5;
  const sampleEvents = isQuick ? SAMPLE_EVENTS / 4 : SAMPLE_EVENTS;
  const run = (
    name: string,
    subject: SubjectName,
    workload: WorkloadOptions,
    { shape = SHAPE, events = sampleEvents }: { shape?: Shape; events?: number } = {},
  ): Run => {
    const filled = workload.streams * workload.perSecond * FILLED_SECONDS;
    const warmUpEvents = Math.max(filled, isQuick ? WARM_UP_EVENTS / 3 : WARM_UP_EVENTS);
    return { name, core: 0, task: { subject, workload, shape, warmUpEvents, sampleEvents: events } };
  };
  const rate = (streams: number, perSecond: number): Case => ({
    name: `rate-${streams}`,
    title: `Events a second, ${streams.toLocaleString("en")} stream${streams === 1 ? "" : "s"} of ${perSecond} events/s, windows 60 s / 10 s`,
    runs: (["text", "whole", "aggregation"] as const).map((subject) =>
      run(SUBJECTS[subject].title, subject, { streams, perSecond }),
    ),
    samples,
    shows: "rate",
    isQuick: streams <= 1000,
  });
  return [
    rate(1, 200),
    rate(1_000, 5),
    rate(20_000, 1),
    {
      name: "peers",
      title:
        "The same windows three ways: count, distinct chatters, top emotes; 200 streams of 5 events/s, 60 s / 10 s",
      runs: (["aggregation", "naive", "rxjs"] as const).map((subject) =>
        run(SUBJECTS[subject].title, subject, { streams: 200, perSecond: 5 }, { events: sampleEvents / 2 }),
      ),
      samples,
      shows: "rate",
      isQuick: true,
    },
    {
      name: "curve-streams",
      title: "Cost of an event over streams (1 event/s each)",
      runs: [1, 10, 100, 1_000, 10_000, 20_000].map((streams) =>
        run(
          `${streams.toLocaleString("en")} streams`,
          "aggregation",
          { streams, perSecond: 1 },
          // At least the ten seconds between two windows' ends.
          { events: Math.max(CURVE_EVENTS, streams * 10) },
        ),
      ),
      samples: 3,
      shows: "curve",
      isQuick: false,
    },
    {
      name: "curve-overlap",
      title: "Cost of an event over windows that it belongs to (60 s long; 100 streams of 20 events/s)",
      runs: [1, 2, 6, 12, 60].flatMap((overlap) =>
        (["aggregation", "naive"] as const).map((subject) =>
          run(
            `${subject === "naive" ? "naive" : "engine"}, ${overlap}`,
            subject,
            { streams: 100, perSecond: 20 },
            { shape: { windowMs: 60_000, hopMs: 60_000 / overlap }, events: CURVE_EVENTS },
          ),
        ),
      ),
      samples: 3,
      shows: "curve",
      isQuick: false,
    },
    {
      name: "curve-emotes",
      title: "Cost of an event over emotes in use (100 streams of 20 events/s)",
      runs: [10, 100, 1_000, 10_000].map((emotes) =>
        run(
          `${emotes.toLocaleString("en")} emotes`,
          "aggregation",
          { streams: 100, perSecond: 20, emotes },
          { events: CURVE_EVENTS },
        ),
      ),
      samples: 3,
      shows: "curve",
      isQuick: false,
    },
  ];
}

/** The case with each run of ours on other sources, too. */
export function withOther(one: Case): Case {
  const runs = one.runs.flatMap((run) =>
    isPeer(run.task.subject) ? [run] : [run, { ...run, name: `${run.name} (against)`, core: 1 as const }],
  );
  return { ...one, runs };
}
