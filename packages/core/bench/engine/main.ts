import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { cpus, loadavg } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { BenchError } from "./bench-error.js";
import { makeCases, withOther, type Case } from "./cases.js";
import { bundleCore, ROOT, SOURCES, type Core } from "./core.js";
import { measure } from "./measure.js";
import { parsedEvents } from "./parsed-events.js";
import { readPhrases } from "./phrases.js";
import { performancePage, tableOf, type CaseReport, type Report } from "./report.js";
import { requireAgreement } from "./subjects.js";
import { EVENTS, Workload } from "./workload.js";

const HELP = `npm run bench [-- <options>]: events a second through the engine, beside other ways, and what that depends on.

  --quick             fewer cases and samples: about half a minute instead of about five
  --only <name>       only the case of this name, or those whose names begin so: rate-1000, peers, curve, …
  --core <folder>     measure the sources in this folder instead of packages/core/src
  --against <folder>  measure the sources in this folder too (packages/core/src of another checkout), sample by sample
                      in the same run
  --save              keep the figures as the baseline (packages/core/bench/results/engine.json) and write
                      docs/reference/performance.md with them; needs the whole run
  --help              this text`;

const BASELINE = join(ROOT, "packages/core/bench/results/engine.json");
const PAGE = join(ROOT, "docs/reference/performance.md");

process.exitCode = await main();

async function main(): Promise<number> {
  const bundles: string[] = [];
  try {
    const options = readOptions();
    if (options === undefined) {
      console.log(HELP);
      return 0;
    }
    for (const folder of [options.core, options.against]) if (folder !== undefined) bundles.push(await bundle(folder));
    await run(options, bundles);
    return 0;
  } catch (error) {
    if (!(error instanceof BenchError)) throw error;
    console.error(error.message);
    return 1;
  } finally {
    for (const file of bundles) rmSync(file, { force: true });
  }
}

interface Options {
  readonly cases: readonly Case[];
  readonly core: string;
  readonly against: string | undefined;
  readonly save: boolean;
}

function readOptions(): Options | undefined {
  const { quick, only, save, help, core = SOURCES, against } = parseOptions();
  if (help) return undefined;
  const all = makeCases(quick);
  const named = all.filter(({ name }) => name === only);
  const isSelected = ({ name, isQuick }: Case): boolean =>
    only === undefined ? isQuick || !quick : name.startsWith(only);
  const cases = named.length > 0 ? named : all.filter(isSelected);
  if (cases.length === 0) {
    throw new BenchError(`--only ${only} names no case: choose from ${all.map(({ name }) => name).join(", ")}.`);
  }
  if (save && (quick || only !== undefined || against !== undefined)) {
    throw new BenchError("--save needs the whole run: leave out --quick, --only and --against.");
  }
  return { cases: against === undefined ? cases : cases.map(withOther), core, against, save };
}

function parseOptions() {
  try {
    return parseArgs({
      options: {
        quick: { type: "boolean", default: false },
        only: { type: "string" },
        core: { type: "string" },
        against: { type: "string" },
        save: { type: "boolean", default: false },
        help: { type: "boolean", default: false },
      },
    }).values;
  } catch (error) {
    throw new BenchError(`${(error as Error).message.split(". ")[0]}: see npm run bench -- --help.`);
  }
}

async function run({ cases, save }: Options, bundles: readonly string[]): Promise<void> {
  const baseline = existsSync(BASELINE) ? (JSON.parse(readFileSync(BASELINE, "utf8")) as Report) : undefined;
  const comparable = baseline?.events === EVENTS ? baseline : undefined;
  if (baseline !== undefined && comparable === undefined) {
    process.stderr.write("The saved figures are of other events, so nothing is compared with them.\n");
  }
  const before = loadavg()[0] ?? NaN;
  for (const file of bundles) await checkRows(file);
  const reports: CaseReport[] = [];
  for (const one of cases) {
    const startMs = performance.now();
    process.stderr.write(`${one.name} … `);
    const runs = await measure(one.runs, one.samples, bundles);
    process.stderr.write(`${((performance.now() - startMs) / 1000).toFixed(0)} s\n`);
    const report: CaseReport = { name: one.name, title: one.title, shows: one.shows, samples: one.samples, runs };
    reports.push(report);
    // Other events or another case of this name: nothing to compare with.
    const saved = comparable?.cases.find(({ name, title }) => name === one.name && title === one.title);
    console.log(`\n${tableOf(report, saved)}\n`);
  }
  const report: Report = {
    node: process.version,
    processor: cpus()[0]?.model ?? "unknown",
    cores: cpus().length,
    measured_on: new Date().toISOString().slice(0, 10),
    load_average: { before: round(before), after: round(loadavg()[0] ?? NaN) },
    events: EVENTS,
    cases: reports,
  };
  const { node, cores, processor, load_average: load } = report;
  console.log(`${node}, ${cores} × ${processor}; load average ${load.before} before, ${load.after} after`);
  if (!save) return;
  mkdirSync(join(BASELINE, ".."), { recursive: true });
  writeFileSync(BASELINE, `${JSON.stringify(report, null, 2)}\n`);
  writeFileSync(PAGE, await performancePage(report));
  console.log("Saved.");
}

async function bundle(folder: string): Promise<string> {
  try {
    return await bundleCore(folder);
  } catch (error) {
    const [, first] = (error as Error).message.split("\n");
    throw new BenchError(`The sources in ${folder} cannot be built: ${first ?? (error as Error).message}`);
  }
}

/** No figure without the same rows from everybody. */
async function checkRows(file: string): Promise<void> {
  const core = (await import(pathToFileURL(file).href)) as Core;
  const texts = new Workload(readPhrases(), { streams: 20, perSecond: 5 }).take(15_000);
  requireAgreement(core, parsedEvents(core, texts));
}

function round(value: number): number {
  return Number(value.toFixed(2));
}
