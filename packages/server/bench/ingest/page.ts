import type { BareFigures } from "./bare-loop.js";
import type { ServiceFigures } from "./measure-service.js";

export interface IngestReport {
  readonly date: string;
  readonly node: string;
  readonly cpu: string;
  readonly loadBefore: number;
  readonly loadAfter: number;
  readonly streams: number;
  readonly main: ServiceFigures;
  readonly bare: BareFigures;
  readonly curve: readonly ({ readonly streams: number } & Omit<ServiceFigures, "samples">)[];
}

const LEAST_EVENTS_PER_SECOND = 50_000;
const LAG_STEPS = 7;

/** `docs/reference/performance-ingest.md`. */
export function ingestPage(report: IngestReport): string {
  const { main, bare, curve, streams } = report;
  const share = main.eventsPerSecond / bare.eventsPerSecond;
  const every = Math.max(1, Math.floor(main.samples.length / LAG_STEPS));
  const lag = main.samples.filter((_, at) => at % every === every - 1);
  return `# Performance of ingest

Written by \`npm run bench:ingest -- --save\` out of what it measured; the figures are in
\`packages/server/bench/results/ingest.json\`. ${report.date}, Node ${report.node}, ${report.cpu}, load average
${report.loadBefore.toFixed(2)} before and ${report.loadAfter.toFixed(2)} after.

One process of the service works off events that wait in Kafka (16 partitions a topic; 96 % chat, 3 % viewer counts, 1 %
donations) and commits to PostgreSQL with its durability as it is out of the box. Broker, database and service share the
machine, and whatever else runs on it: on a busy one, **per CPU s** (of the service's process) says more than events/s. The
clock starts at the first commit.

| ${number(streams)} streams | at least | events/s | CPU, cores | per CPU s | memory, at most |
|---|--:|--:|--:|--:|--:|
| Kafka → PostgreSQL, ${main.seconds.toFixed(0)} s | ${number(LEAST_EVENTS_PER_SECOND)} | ${number(main.eventsPerSecond)} | ${main.cpu.toFixed(2)} | ${number(main.eventsPerSecond / main.cpu)} | ${number(main.peakRssMb)} MB |
| the same commits alone | | ${number(bare.eventsPerSecond)} | | | |

The second row takes the very batches that the service commits (${number(bare.rows)} rows in ${number(bare.batches)} commits for
${number(bare.events)} events) and commits them to an empty database again, one after the other, without reading, parsing or
computing anything: the service reaches ${(share * 100).toFixed(0)} % of that.

## While it works

| after, s | events still waiting | memory |
|--:|--:|--:|
${lag.map(({ seconds, lag: waiting, rssMb }) => `| ${seconds.toFixed(0)} | ${number(waiting)} | ${number(rssMb)} MB |`).join("\n")}

## Streams

| streams | events/s | CPU, cores | per CPU s | memory, at most |
|--:|--:|--:|--:|--:|
${curve.map(curveRow).join("\n")}
`;
}

function curveRow({ streams, eventsPerSecond, cpu, peakRssMb }: IngestReport["curve"][number]): string {
  const cells = [number(streams), number(eventsPerSecond), cpu.toFixed(2), number(eventsPerSecond / cpu)];
  return `| ${cells.join(" | ")} | ${number(peakRssMb)} MB |`;
}

function number(value: number): string {
  return Math.round(value).toLocaleString("en-US");
}
