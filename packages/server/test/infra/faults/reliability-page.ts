import { median, percentile95, type Measurement } from "./measurement.js";

/** The part of a fault that the page tells. */
export interface PageFault {
  readonly id: string;
  readonly what: string;
}

/** What was measured of a row, and when. */
export interface SavedMeasurement extends Measurement {
  readonly measuredOn: string;
}

export type Results = Readonly<Record<string, SavedMeasurement>>;

/** `docs/reference/reliability.md`, from the figures of the last run in full. */
export function renderReliabilityPage(faults: readonly PageFault[], results: Results): string {
  const rows = faults.map((fault) => rowOf(fault, results[fault.id]));
  const notes = faults.flatMap(({ id }) => {
    const own = results[id]?.notes ?? [];
    return own.length === 0 ? [] : [`- ${id}: ${own.join("; ")}.`];
  });
  return `# Reliability

Every event counts exactly once, whatever breaks. This page is written by the tests that prove it: \`npm run test:faults\`
runs every row in full against a real Kafka and a real PostgreSQL and writes the figures down; \`npm test\` runs a short form of
each row. Do not edit it by hand.

## How it is measured

A generator writes numbered events of all four kinds and six streams, with surges, silences, gifts, walls of emotes and
audiences that come, while the faults happen. In the end the database has to hold exactly what a ledger says that was
never disturbed: each viewer count and each transaction once, each window, each moment with all its details, each dead
letter byte by byte, and for each partition of the log the position at its end. Counts come from plain counting that
shares no code with the engine. _Lost_ is what the ledger has and the database has not, _repeated_ what the database has
more often or on its own, _changed_ what has other content.

_Results again_ is the time from the end of the fault (from the kill, where a process is killed) to the first results that
were committed after it; _caught up_ until no more than one second's events were waiting. Median and 95th percentile. The
producer, the broker, the database and the service shared two cores.

## Faults

| # | Fault | Times | Events | Events/s | Windows | Moments | Lost | Repeated | Changed | Results again | Caught up |
|---|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|
${rows.join("\n")}

${notes.join("\n")}

A killed member of a group keeps its partitions until its session is over, 6 s, the shortest that a broker allows by default:
that is most of the time until results come again in R1.

## Beyond these

- The same pipeline, without services, is put through hundreds of random scripts of deaths, freezes, zombies, rebalances and
  lost answers on a simulated clock: \`packages/server/test/simulation\`. A failure names its seed, and the command that runs that
  seed alone. Stores and logs that break a promise, e.g. by not fencing, are noticed.
- Brokers of a cluster of three that are killed in turn, records that are gone, and a broker that does not answer:
  \`packages/server/test/infra/kafka-adapter.test.ts\`.
- What no test here shows: loss of power, networks between data centres, disks that lie.
`;
}

function rowOf({ id, what }: PageFault, result: SavedMeasurement | undefined): string {
  if (result === undefined) return `| ${id} | ${what} | ${Array.from({ length: 10 }, () => "–").join(" | ")} |`;
  const { times, events, eventsPerSecond, windows, moments, differences, firstCommitMs, caughtUpMs } = result;
  const cells = [
    id,
    what,
    number(times),
    number(events),
    eventsPerSecond === undefined ? "–" : number(eventsPerSecond),
    number(windows),
    number(moments),
    number(differences.lost),
    number(differences.duplicated),
    number(differences.changed),
    span(firstCommitMs),
    span(caughtUpMs),
  ];
  return `| ${cells.join(" | ")} |`;
}

function span(valuesMs: readonly number[]): string {
  const middle = median(valuesMs);
  if (middle === undefined) return "–";
  return `${seconds(middle)} (${seconds(percentile95(valuesMs)!)}) s`;
}

function seconds(ms: number): string {
  return (ms / 1_000).toFixed(1);
}

function number(value: number): string {
  return value.toLocaleString("en-US");
}
