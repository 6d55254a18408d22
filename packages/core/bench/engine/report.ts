import { format } from "prettier";
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
  readonly cases: readonly CaseReport[];
}

/** For a terminal. Ratios are of CPU time, which a busy machine disturbs least. */
export function tableOf(report: CaseReport, baseline: CaseReport | undefined): string {
  const cells = cellsOf(report, baseline);
  const widths = (cells[0] ?? []).map((_, column) => Math.max(...cells.map((row) => row[column]?.length ?? 0)));
  const lines = cells.map((row) =>
    row
      .map((cell, column) => (column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0)))
      .join("  "),
  );
  return [`${report.name}: ${report.title}; median of ${report.samples} samples`, ...lines].join("\n");
}

/** `docs/reference/performance.md`. */
export async function performancePage(report: Report): Promise<string> {
  const sections = report.cases.map((one) => {
    const [head = [], ...rows] = cellsOf(one, undefined);
    const align = head.map((_, column) => (column === 0 ? "---" : "--:"));
    const table = [head, align, ...rows].map((row) => `| ${row.join(" | ")} |`).join("\n");
    return `## ${one.title}\n\n${table}\n`;
  });
  const text = `# Performance

Written by \`npm run bench -- --save\`; the figures are those of \`packages/core/bench/results/engine.json\`, measured on
${report.measured_on} with Node ${report.node} on one core of ${report.cores} × ${report.processor}, load average
${report.load_average.before} before and ${report.load_average.after} after.

${sections.join("\n")}`;
  return format(text, { parser: "markdown", printWidth: 120 });
}

function cellsOf({ shows, runs }: CaseReport, baseline: CaseReport | undefined): string[][] {
  const first = runs[0]?.events_per_cpu_second.median ?? NaN;
  const old = (name: string): number | undefined =>
    baseline?.runs.find((run) => run.name === name)?.events_per_cpu_second.median;
  const saved = baseline === undefined ? [] : ["to saved"];
  const head =
    shows === "rate"
      ? ["", "events/s", "min…max", "per CPU s", "min…max", "ratio", "state", ...saved]
      : ["", "µs CPU/event", "min…max", "ratio", "state", ...saved];
  const body = runs.map((run) => {
    const cpu = run.events_per_cpu_second;
    const before = old(run.name);
    const figures =
      shows === "rate"
        ? [show(run.events_per_second.median), range(run.events_per_second), show(cpu.median), range(cpu)]
        : [(1e6 / cpu.median).toFixed(2), `${(1e6 / cpu.max).toFixed(2)}…${(1e6 / cpu.min).toFixed(2)}`];
    const ratio = shows === "rate" ? cpu.median / first : first / cpu.median;
    const change = saved.map(() => (before === undefined ? "–" : `×${(cpu.median / before).toFixed(2)}`));
    return [run.name, ...figures, ratio.toFixed(2), `${run.state_mb.toFixed(0)} MB`, ...change];
  });
  return [head, ...body];
}

function range({ min, max }: Spread): string {
  return `${show(min)}…${show(max)}`;
}

function show(perSecond: number): string {
  return perSecond >= 1e6 ? `${(perSecond / 1e6).toFixed(2)} M` : `${Math.round(perSecond / 1e3)} k`;
}
