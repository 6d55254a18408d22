// Messages a second through the sentiment scorer, on the texts of one real chat log, and what packages from npm make
// of the same, in one run. `--save` keeps the figures in results/sentiment.json.
// Run with Node 22.18 or newer: npm run bench:sentiment
import { build } from "esbuild";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { cpus } from "node:os";
import { resolve } from "node:path";
import { PerformanceObserver } from "node:perf_hooks";
import { gunzipSync } from "node:zlib";
import type * as DefaultScorer from "../src/sentiment/default-scorer.js";

type Score = (text: string) => number;
type Label = "positive" | "neutral" | "negative";

const SEED = 20190915;
const WARM_UP_PASSES = 20;
const SAMPLES = 15;
const SAMPLE_MS = 150;

const here = import.meta.dirname;
const { createScorer } = await loadSources();
const { texts, source } = readMessages();
const characters = texts.reduce((sum, text) => sum + text.length, 0);

console.log(`node ${process.version}, ${cpus()[0]?.model ?? "unknown processor"}`);
console.log(
  `${texts.length} messages of ${source}, ${(characters / texts.length).toFixed(1)} characters on average; ` +
    `median of ${SAMPLES} samples after warm-up`,
);

const chat = createScorer();
const plain = createScorer({ mode: "plain" });
const ours: [string, Score][] = [
  ["telemetra, chat mode", (text) => chat.compound(text)],
  ["telemetra, plain mode", (text) => plain.compound(text)],
  ["telemetra, chat mode, score()", (text) => chat.score(text).compound],
  ["telemetra, chat mode, explain()", (text) => chat.explain(text).compound],
];
const peers = loadPeers();
const speeds = [...ours, ...peers].map(([name, score]) => [name, measure(score)] as const);
console.table(
  Object.fromEntries(
    speeds.map(([name, speed]) => [
      name,
      {
        "messages/s": show(speed.median),
        "best sample": show(speed.best),
        "per CPU second": show(speed.perCpuSecond),
        "times slower than ours": (speeds[0]![1].perCpuSecond / speed.perCpuSecond).toFixed(1),
      },
    ]),
  ),
);

const compound = ours[0]![1];
const allocated = await allocatedBytes(compound);
console.log(`allocated by compound() in chat mode: ${allocated.toFixed(1)} bytes a message`);

const labelled = readLabelled();
console.log(`macro-F1 on ${labelled.length} messages that we labelled ourselves:`);
const labelChat = (text: string): Label => chat.score(text).label;
const labelPlain = (text: string): Label => plain.score(text).label;
const judges: [string, (text: string) => Label][] = [
  ["telemetra, chat mode", labelChat],
  ["telemetra, plain mode", labelPlain],
  ...peers.map(([name, score]): [string, (text: string) => Label] => [name, (text) => signOf(score(text))]),
];
const scores = judges.map(([name, label]) => [name, Number(macroF1(label).toFixed(3))] as const);
console.table(Object.fromEntries(scores.map(([name, score]) => [name, { "macro-F1": score.toFixed(3) }])));

if (process.argv.includes("--save")) {
  const saved = {
    node: process.version,
    processor: cpus()[0]?.model ?? "unknown",
    messages: texts.length,
    source,
    allocatedBytesPerMessage: Number(allocated.toFixed(1)),
    speeds: Object.fromEntries(speeds),
    macroF1: Object.fromEntries(scores),
  };
  writeFileSync(resolve(here, "results/sentiment.json"), `${JSON.stringify(saved, null, 2)}\n`);
}

/** The sources as one module: they import each other as `.js`, which Node cannot find before a build. */
async function loadSources(): Promise<typeof DefaultScorer> {
  const { outputFiles } = await build({
    entryPoints: [resolve(here, "../src/sentiment/default-scorer.ts")],
    bundle: true,
    write: false,
    format: "esm",
    target: "es2022",
  });
  const code = Buffer.from(outputFiles[0]!.contents).toString("base64");
  return (await import(`data:text/javascript;base64,${code}`)) as typeof DefaultScorer;
}

function readMessages(): { texts: string[]; source: string } {
  const shared = process.env["TELEMETRA_SHARED"] ?? resolve(here, "../../../../shared");
  const log = resolve(shared, "data/twitch-irc-raw/xqcow-2019-09-15.txt.gz");
  if (!existsSync(log)) return { texts: shuffled(readLabelled().map(({ text }) => text)), source: "the test data" };
  const lines = gunzipSync(readFileSync(log)).toString().split("\n");
  const found = lines.flatMap((line) => / PRIVMSG #\S+ :(.*?)\r?$/.exec(line)?.[1] ?? []);
  // A slice of the whole log would be slower to read than a message that came by itself.
  return { texts: shuffled(JSON.parse(JSON.stringify(found)) as string[]), source: "xqcow-2019-09-15" };
}

function readLabelled(): { label: Label; text: string }[] {
  return ["labelled-messages.jsonl", "labelled-messages-2.jsonl"].flatMap((file) =>
    readFileSync(resolve(here, "../test/sentiment/data", file), "utf8")
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as { label: Label; text: string }),
  );
}

function shuffled(items: string[]): string[] {
  let state = SEED;
  for (let i = items.length - 1; i > 0; i--) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    const k = state % (i + 1);
    [items[i], items[k]] = [items[k]!, items[i]!];
  }
  return items;
}

interface Speed {
  readonly median: number;
  readonly best: number;
  readonly perCpuSecond: number;
}

/** Messages a second. */
function measure(score: Score): Speed {
  const once = passMs(score, 1);
  const passes = Math.max(1, Math.round(SAMPLE_MS / once));
  passMs(score, Math.min(WARM_UP_PASSES, passes * 2));
  const wall: number[] = [];
  const cpu: number[] = [];
  for (let i = 0; i < SAMPLES; i++) {
    const cpuStart = process.cpuUsage();
    wall.push((passes * texts.length * 1000) / passMs(score, passes));
    cpu.push((passes * texts.length * 1e6) / process.cpuUsage(cpuStart).user);
  }
  return {
    median: Math.round(median(wall)),
    best: Math.round(Math.max(...wall)),
    perCpuSecond: Math.round(median(cpu)),
  };
}

function passMs(score: Score, passes: number): number {
  const start = performance.now();
  let sum = 0;
  for (let pass = 0; pass < passes; pass++) for (const text of texts) sum += score(text);
  if (Number.isNaN(sum)) throw new Error("a score is not a number");
  return performance.now() - start;
}

/** Growth of the heap per message, in rounds during which nothing was collected. */
async function allocatedBytes(score: Score): Promise<number> {
  let collections = 0;
  const observer = new PerformanceObserver((list) => (collections += list.getEntries().length));
  observer.observe({ entryTypes: ["gc"] });
  const grown: number[] = [];
  for (let round = 0; round < 30; round++) {
    const before = process.memoryUsage().heapUsed;
    const known = collections;
    passMs(score, 5);
    const growth = process.memoryUsage().heapUsed - before;
    await new Promise((done) => setTimeout(done, 1));
    if (collections === known) grown.push(growth / (5 * texts.length));
  }
  observer.disconnect();
  return grown.length === 0 ? NaN : median(grown);
}

function loadPeers(): [string, Score][] {
  const require = createRequire(import.meta.url);
  const makers: Record<string, (module: never) => Score> = {
    "vader-sentiment":
      (module: { SentimentIntensityAnalyzer: { polarity_scores(text: string): { compound: number } } }) => (text) =>
        module.SentimentIntensityAnalyzer.polarity_scores(text).compound,
    sentiment: (module: new () => { analyze(text: string): { comparative: number } }) => {
      const analyzer = new module();
      return (text) => analyzer.analyze(text).comparative;
    },
    "wink-sentiment": (module: (text: string) => { normalizedScore: number }) => (text) =>
      text.trim() === "" ? 0 : module(text).normalizedScore,
  };
  return Object.entries(makers).map(([name, make]) => {
    const { version } = require(`${name}/package.json`) as { version: string };
    return [`${name} ${version}`, make(require(name) as never)];
  });
}

function signOf(score: number): Label {
  if (score >= 0.05) return "positive";
  return score <= -0.05 ? "negative" : "neutral";
}

function macroF1(label: (text: string) => Label): number {
  const pairs = labelled.map(({ label: truth, text }) => [truth, label(text)] as const);
  const scores = (["positive", "neutral", "negative"] as const).map((name) => {
    const hits = pairs.filter(([truth, found]) => truth === name && found === name).length;
    const wrong = pairs.filter(([truth, found]) => (truth === name) !== (found === name)).length;
    return (2 * hits) / (2 * hits + wrong);
  });
  return scores.reduce((sum, score) => sum + score, 0) / scores.length;
}

function median(values: number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]!;
}

function show(perSecond: number): string {
  return perSecond >= 1e6 ? `${(perSecond / 1e6).toFixed(2)} M` : `${Math.round(perSecond / 1e3)} k`;
}
