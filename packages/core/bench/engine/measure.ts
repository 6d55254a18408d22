import { fork, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { BenchError } from "./bench-error.js";
import type { Run } from "./cases.js";
import type { SubjectName } from "./subjects.js";
import type { Sample, WorkerRequest, WorkerState, WorkerTask } from "./worker.js";

export interface Spread {
  readonly median: number;
  readonly min: number;
  readonly max: number;
}

export interface Measured {
  readonly name: string;
  readonly subject: SubjectName;
  /** What it is to be compared with: the first of its series. */
  readonly series: string;
  readonly events_per_second: Spread;
  readonly events_per_cpu_second: Spread;
  /** What the subject holds in the end, in MB. */
  readonly state_mb: number;
  /** Processor time of one `advanceTo` over all streams. */
  readonly tick_ms: number | null;
  readonly rows_per_event: number;
  readonly json_bytes_per_event: number;
}

/** Workers that warm up at the same time; measured is one at a time. */
const WARM_UPS = 2;

/** Runs alternate sample by sample, each in its own process, in one order and then in the other. */
export async function measure(runs: readonly Run[], samples: number, bundles: readonly string[]): Promise<Measured[]> {
  const workers: Worker[] = [];
  try {
    for (let first = 0; first < runs.length; first += WARM_UPS) {
      const started = runs.slice(first, first + WARM_UPS).map((run) => new Worker(run.task, bundles[run.core] ?? ""));
      workers.push(...started);
      await Promise.all(started.map((worker) => worker.ready()));
    }
    const taken: Sample[][] = runs.map(() => []);
    for (let round = 0; round < samples; round++) {
      const order = workers.map((_, index) => (round % 2 === 0 ? index : workers.length - 1 - index));
      for (const index of order) taken[index]?.push((await workers[index]?.ask("sample")) as Sample);
    }
    const measured: Measured[] = [];
    for (const [index, run] of runs.entries()) {
      const state = (await workers[index]?.ask("state")) as WorkerState;
      measured.push(summary(run, taken[index] ?? [], state));
    }
    return measured;
  } finally {
    for (const worker of workers) worker.stop();
  }
}

function summary({ name, series, task }: Run, samples: readonly Sample[], state: WorkerState): Measured {
  const rows = samples.reduce((sum, sample) => sum + sample.rows, 0);
  const perSecond = (ms: number): number => Math.round((task.sampleEvents * 1000) / ms);
  return {
    name,
    subject: task.subject,
    series,
    events_per_second: spread(samples.map(({ wallMs }) => perSecond(wallMs))),
    events_per_cpu_second: spread(samples.map(({ cpuMs }) => perSecond(cpuMs))),
    state_mb: round(state.heldBytes / 1e6, 1),
    tick_ms: state.tickMs === null ? null : round(state.tickMs, 2),
    rows_per_event: round(rows / samples.length / task.sampleEvents, 4),
    json_bytes_per_event: Math.round(state.eventBytes),
  };
}

function spread(values: readonly number[]): Spread {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (index: number): number => sorted[index] ?? NaN;
  return { median: at(Math.floor(sorted.length / 2)), min: at(0), max: at(sorted.length - 1) };
}

function round(value: number, decimals: number): number {
  return Number(value.toFixed(decimals));
}

class Worker {
  readonly #child: ChildProcess;
  readonly #died: Promise<never>;
  readonly #ready: Promise<unknown>;

  constructor(task: WorkerTask, bundle: string) {
    this.#child = fork(fileURLToPath(new URL("./worker.mjs", import.meta.url)), [JSON.stringify(task), bundle], {
      // A young generation of one size from the start: how it grows is no matter of what is measured.
      execArgv: ["--expose-gc", "--min-semi-space-size=16"],
    });
    this.#died = once(this.#child, "exit").then(([code, signal]) => {
      throw new BenchError(`A measured process ended by itself (${String(code ?? signal)}).`);
    });
    // In the end it is stopped, and nobody waits any more.
    this.#died.catch(() => {});
    this.#ready = this.#answer();
  }

  async ready(): Promise<void> {
    await this.#ready;
  }

  ask(request: WorkerRequest): Promise<unknown> {
    const answer = this.#answer();
    this.#child.send(request);
    return answer;
  }

  stop(): void {
    this.#child.kill();
  }

  async #answer(): Promise<unknown> {
    const [message] = (await Promise.race([once(this.#child, "message"), this.#died])) as [unknown];
    return message;
  }
}
