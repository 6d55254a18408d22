import { format } from "prettier";
import { BATCH_EVENTS, EVENTS_PER_TICK, FILLED_SECONDS } from "./cases.js";
import type { Measured, Spread } from "./measure.js";

export interface CaseReport {
  readonly name: string;
  readonly title: string;
  readonly shows: "rate" | "curve";
  readonly samples: number;
  readonly runs: readonly Measured[];
}

/** What is saved as the baseline. */
export interface Report {
  readonly node: string;
  readonly processor: string;
  readonly cores: number;
  readonly measured_on: string;
  readonly load_average: { readonly before: number; readonly after: number };
  /** What the events are, in words: figures of other events are not to be compared. */
  readonly events: string;
  readonly cases: readonly CaseReport[];
}

interface Column {
  readonly head: string;
  readonly cell: (run: Measured) => string;
}

/** For a terminal. */
export function tableOf(report: CaseReport, baseline: CaseReport | undefined): string {
  const columns = columnsOf(report);
  if (baseline !== undefined) columns.push({ head: "to saved", cell: (run) => changeOf(run, baseline) });
  const cells = [columns.map(({ head }) => head), ...report.runs.map((run) => columns.map(({ cell }) => cell(run)))];
  const widths = columns.map((_, column) => Math.max(...cells.map((row) => row[column]?.length ?? 0)));
  const lines = cells.map((row) =>
    row
      .map((cell, column) => (column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0)))
      .join("  "),
  );
  return [`${report.name}: ${report.title}; median of ${report.samples} samples`, ...lines].join("\n");
}

/** `docs/reference/performance.md`. */
export async function performancePage(report: Report): Promise<string> {
  const text = `${introduction(report)}\n${report.cases.map(sectionOf).join("\n")}`;
  return format(text, { parser: "markdown", printWidth: 120 });
}

function introduction({ node, events, processor, cores, measured_on, load_average: load, cases }: Report): string {
  const bytes = cases[0]?.runs[0]?.json_bytes_per_event ?? NaN;
  return `# Performance of the engine

Written by \`npm run bench -- --save\` out of what it measured; the figures are in
\`packages/core/bench/results/engine.json\`. ${measured_on}, Node ${node}, ${cores} × ${processor}, load average
${load.before} before and ${load.after} after. \`npm run bench\` measures again and prints each ratio to these figures.

- **Events** are made from a seed: ${events}, ${bytes} bytes of JSON on average; texts of
  [a recorded chat](../../examples/data/README.md), a third with emotes; chatters and emotes by Zipf's law; one event in
  ten up to 4 s late.
- **The state is full**: before the first sample each run has taken ${FILLED_SECONDS} s of event time, after which as much is forgotten
  as comes in. Each run has a process of its own, and the samples of runs in one table alternate.
- **Events/s** is by the clock on the wall, **per CPU s** by the processor time of all threads, the garbage collector's too;
  a busy machine disturbs the second less, so ratios and costs are of that. The engine's work is on one thread.
- **State** is what is held at the end, on the heap and in typed arrays. **Tick** is one \`advanceTo\` over all streams, which a service calls
  once a second; among the events it is called every ${grouped(EVENTS_PER_TICK)}.
- **After decode** takes events that \`parseEventJson\` returned. **Aggregation alone** is windows without sentiment and moments.
  The engine takes batches of ${grouped(BATCH_EVENTS)} events (\`pushAll\`), except where it says one by one (\`push\`).
- Measured are the sources, bundled as the build does it.
${budgets(cases)}`;
}

/** What the engine is to reach at 1,000 streams on one core. */
const BUDGETS = [
  { subject: "text", what: "whole engine, from JSON text", least: 250_000 },
  { subject: "aggregation", what: "aggregation alone, after decode", least: 1_000_000 },
] as const;

/** The cases in which the budget is looked at, by what they are called there. */
const BUDGET_CASES = [
  ["rate-1000", "all alike"],
  ["rate-1000-zipf", "by Zipf's law"],
] as const;

function budgets(cases: readonly CaseReport[]): string {
  const measured = (name: string, subject: string): string => {
    const run = cases.find((one) => one.name === name)?.runs.find((one) => one.subject === subject);
    return run === undefined ? "–" : rate(run.events_per_second.median);
  };
  const rows = BUDGETS.map(({ subject, what, least }) => {
    const cells = BUDGET_CASES.map(([name]) => measured(name, subject));
    return `| ${[what, rate(least), ...cells].join(" | ")} |`;
  });
  const head = ["events/s of 1,000 streams, one core", "at least", ...BUDGET_CASES.map(([, title]) => title)];
  const lines = [`| ${head.join(" | ")} |`, "| --- | --: | --: | --: |", ...rows];
  return `\n## Budget\n\n${lines.join("\n")}\n`;
}

function sectionOf(report: CaseReport): string {
  const columns = columnsOf(report);
  const head = columns.map((column) => column.head);
  const align = columns.map((_, index) => (index === 0 ? "---" : "--:"));
  const body = report.runs.map((run) => columns.map(({ cell }) => cell(run)));
  const table = [head, align, ...body].map((row) => `| ${row.join(" | ")} |`).join("\n");
  return `## ${report.title}\n\nMedian and range of ${report.samples} samples.\n\n${table}\n`;
}

function columnsOf({ shows, runs }: CaseReport): Column[] {
  const name: Column = { head: "", cell: (run) => run.name };
  const state: Column = { head: "state", cell: (run) => `${run.state_mb.toFixed(0)} MB` };
  const tick: Column = { head: "tick", cell: ({ tick_ms: ms }) => (ms === null ? "–" : `${ms.toFixed(1)} ms`) };
  if (shows === "rate") {
    return [
      name,
      { head: "events/s", cell: (run) => rate(run.events_per_second.median) },
      { head: "range", cell: (run) => range(run.events_per_second) },
      { head: "per CPU s", cell: (run) => rate(run.events_per_cpu_second.median) },
      { head: "range", cell: (run) => range(run.events_per_cpu_second) },
      { head: "to first", cell: (run) => `×${ratioToFirst(run, runs).toFixed(2)}` },
      state,
      tick,
    ];
  }
  return [
    name,
    { head: "µs CPU/event", cell: (run) => micros(run.events_per_cpu_second.median) },
    {
      head: "range",
      cell: ({ events_per_cpu_second: { min, max } }) => `${micros(max)}…${micros(min)}`,
    },
    { head: "cost to first", cell: (run) => `×${(1 / ratioToFirst(run, runs)).toFixed(2)}` },
    { head: "rows/event", cell: (run) => run.rows_per_event.toFixed(3) },
    state,
  ];
}

function ratioToFirst(run: Measured, runs: readonly Measured[]): number {
  const first = runs.find(({ series }) => series === run.series) ?? run;
  return run.events_per_cpu_second.median / first.events_per_cpu_second.median;
}

function changeOf(run: Measured, { runs }: CaseReport): string {
  const saved = runs.find(({ name }) => name === run.name);
  if (saved === undefined) return "–";
  return `×${(run.events_per_cpu_second.median / saved.events_per_cpu_second.median).toFixed(2)}`;
}

function range({ min, max }: Spread): string {
  return `${rate(min)}…${rate(max)}`;
}

function rate(perSecond: number): string {
  return perSecond >= 1e6 ? `${(perSecond / 1e6).toFixed(2)} M` : `${Math.round(perSecond / 1e3)} k`;
}

function grouped(count: number): string {
  return count.toLocaleString("en");
}

function micros(perCpuSecond: number): string {
  return (1e6 / perCpuSecond).toFixed(2);
}
