import { readFileSync } from "node:fs";
import { setTimeout as delay } from "node:timers/promises";
import pg from "pg";
import { runProgram } from "../../test/support/program.js";
import { makeTempFolder } from "../../test/support/temp-folder.js";

export interface Sample {
  /** Since the first commit. */
  readonly seconds: number;
  readonly committed: number;
  readonly lag: number;
  readonly rssMb: number;
}

export interface ServiceFigures {
  readonly events: number;
  readonly seconds: number;
  readonly eventsPerSecond: number;
  /** Of the service's process, all threads; 1 is one core. */
  readonly cpu: number;
  readonly peakRssMb: number;
  readonly samples: readonly Sample[];
}

const POLL_MS = 250;
const FIRST_COMMIT_MS = 60_000;
const TICKS_PER_SECOND = 100;

/** Lets one process of the service work off what is in Kafka, for so long or until it is done. */
export async function measureService(
  env: Readonly<Record<string, string>>,
  connectionString: string,
  backlog: number,
  seconds: number,
  nodeArgs: readonly string[] = [],
): Promise<ServiceFigures> {
  const folder = makeTempFolder();
  const args = ["--source", "none", "--port", "0", "--log-level", "error"];
  const nodeOptions: Record<string, string> = nodeArgs.length === 0 ? {} : { NODE_OPTIONS: nodeArgs.join(" ") };
  const program = runProgram("src/main.ts", { cwd: folder.path, args, env: { ...env, ...nodeOptions } });
  const client = new pg.Client({ connectionString });
  await client.connect();
  const committed = async (): Promise<number> => {
    const sql = "SELECT sum(next_offset)::float8 AS sum FROM log_positions";
    const { rows } = await client.query<{ sum: number | null }>(sql).catch(() => ({ rows: [] }));
    return rows[0]?.sum ?? 0;
  };
  try {
    const deadlineMs = performance.now() + FIRST_COMMIT_MS;
    let first = 0;
    while ((first = await committed()) === 0) {
      if (performance.now() > deadlineMs) throw new Error(`the service has committed nothing: ${program.stderr()}`);
      await delay(20);
    }
    const pid = program.child.pid!;
    const startMs = performance.now();
    const startCpu = cpuSeconds(pid);
    const samples: Sample[] = [];
    for (;;) {
      await delay(POLL_MS);
      const now = await committed();
      const elapsed = (performance.now() - startMs) / 1_000;
      samples.push({ seconds: elapsed, committed: now, lag: backlog - now, rssMb: rssMb(pid) });
      if (elapsed >= seconds || now >= backlog) break;
    }
    const last = samples.at(-1)!;
    const events = last.committed - first;
    return {
      events,
      seconds: last.seconds,
      eventsPerSecond: events / last.seconds,
      cpu: (cpuSeconds(pid) - startCpu) / last.seconds,
      peakRssMb: Math.max(...samples.map((sample) => sample.rssMb)),
      samples,
    };
  } finally {
    await client.end();
    program.child.kill(nodeArgs.length === 0 ? "SIGKILL" : "SIGTERM");
    await program.exited;
    if (nodeArgs.length === 0) folder.remove();
    else console.log(`profile in ${folder.path}`);
  }
}

function cpuSeconds(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, "utf8")
    .replace(/^.*\) /, "")
    .split(" ");
  return (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND;
}

function rssMb(pid: number): number {
  const line = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, "utf8"));
  return Number(line?.[1] ?? 0) / 1_024;
}
