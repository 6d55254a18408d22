import { mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import type { EventInput } from "../../src/records/event.js";
import type { MomentType } from "../../src/records/moment.js";
import { pathArgument, resultsFile, sharedPath } from "../nab/shared-data.js";
import { loadLogs, type ChatLog } from "./chat-log.js";
import { burstsIn, isTaken, judge, overlaps, type Span } from "./judge.js";
import { plantDrop, plantSpammer, plantSpike, usualPerSecond, type Planted } from "./plant.js";
import { eventsOf, watch, type Seen } from "./watch.js";

// Moments in recorded chats: of events planted into them, how many are found and when; and what is found in the logs alone.
const PLACEMENTS = 30;
/** What counts as right in the logs themselves: two and a half times the people of the ten minutes around, six more at least. */
const RIGHT = { ratio: 2.5, people: 6 };
/** What no viewer would miss. */
const LARGE = { ratio: 4, people: 12 };
/** Judged in slices of one second, too, to tell what that would gain. */
const FINE = { hopMs: 1_000 };

interface Tally {
  planted: number;
  found: number;
  inTime: number;
  unexplained: number;
  copypasta: number;
  readonly onsetErrors: number[];
  readonly delays: number[];
  readonly arrivals: number[];
}

interface Kind {
  readonly name: string;
  readonly type: MomentType;
  readonly plant: (log: ChatLog, seed: number) => Planted | undefined;
}

const KINDS: readonly Kind[] = [
  ...[3, 5, 10].map((ratio): Kind => ({
    name: `×${ratio}`,
    type: "chat_spike",
    plant: (log, seed) => plantSpike(log, ratio, seed),
  })),
  { name: "copypasta ×5", type: "chat_spike", plant: (log, seed) => plantSpike(log, 5, seed, "copypasta") },
  { name: "one spammer", type: "chat_spike", plant: plantSpammer },
  { name: "silence", type: "chat_drop", plant: plantDrop },
];

const logs = loadLogs(pathArgument("data") ?? sharedPath("data"));

const planted = KINDS.map((kind) => {
  const tallies = logs.map((log) => [log.name, measure(log, kind, {})] as const);
  const each = tallies.flatMap(([log, tally]) => (tally.planted === 0 ? [] : [{ log, ...figures(tally) }]));
  return { kind, total: sum(tallies.map(([, tally]) => tally)), each };
});
const sizes = planted.slice(0, 3);
const fine = sizes.map(({ kind }) => sum(logs.map((log) => measure(log, kind, FINE))));
const fiveUp = {
  default: figures(sum(sizes.slice(1).map(({ total }) => total))),
  in_slices_of_1_s: figures(sum(fine.slice(1))),
};
const anySize = { default: figures(sum(sizes.map(({ total }) => total))), in_slices_of_1_s: figures(sum(fine)) };
const raids = logs.map((log) => ({ log: log.name, ...measureRaids(log) })).filter((row) => row.planted > 0);
const natural = logs.map(measureAlone);

print();
const report = {
  node: process.version,
  planted: planted.map(({ kind, total, each }) => ({ kind: kind.name, ...figures(total), logs: each })),
  any_size: anySize,
  five_and_up: fiveUp,
  raids,
  alone: natural.map(({ figures }) => figures),
};
const results = resultsFile("moments.json");
mkdirSync(dirname(results), { recursive: true });
writeFileSync(results, `${JSON.stringify(report, null, 2)}\n`);

function empty(): Tally {
  return { planted: 0, found: 0, inTime: 0, unexplained: 0, copypasta: 0, onsetErrors: [], delays: [], arrivals: [] };
}

function measure(log: ChatLog, { type, plant }: Kind, options: { hopMs?: number }): Tally {
  const ofType = (seen: readonly Seen[]): Seen[] => seen.filter(({ moment }) => moment.moment_type === type);
  const alone = ofType(watch(eventsOf(log.lines), { scorer: false, ...options }));
  const explained: Span[] = [
    ...burstsIn(log, RIGHT.ratio, RIGHT.people),
    ...alone.map(({ onsetMs, endMs }) => ({ fromMs: onsetMs, toMs: endMs })),
  ];
  const tally = empty();
  for (let seed = 0; seed < 4 * PLACEMENTS && tally.planted < PLACEMENTS; seed++) {
    const place = plant(log, seed * 7919 + 13);
    if (place === undefined || isTaken(place, alone)) continue;
    tally.planted += 1;
    const seen = ofType(watch(eventsOf(place.lines), { scorer: false, ...options }));
    const { found, isInTime, unexplained } = judge(place, seen, explained);
    tally.unexplained += unexplained;
    if (found === undefined) continue;
    tally.found += 1;
    if (isInTime) tally.inTime += 1;
    if (found.moment.metadata["is_copypasta"] === true) tally.copypasta += 1;
    tally.onsetErrors.push(Math.abs(found.onsetMs - place.onsetMs) / 1000);
    tally.delays.push((found.detectedMs - place.onsetMs) / 1000);
    tally.arrivals.push((found.arrivedMs - place.onsetMs) / 1000);
  }
  return tally;
}

/** A burst of newcomers at five times the usual and half as many viewers again, without a word from the platform. */
function measureRaids(log: ChatLog): { planted: number; found_ratio: number | null; unexplained: number } {
  let found = 0;
  let unexplained = 0;
  let count = 0;
  for (let seed = 0; seed < 2 * PLACEMENTS && count < PLACEMENTS / 2; seed++) {
    const place = plantSpike(log, 5, seed * 104_729 + 7);
    if (place === undefined || place.endMs - place.onsetMs < 15_000) continue;
    count += 1;
    const raids = watch(withViewers(log, place), { scorer: false }).filter(
      ({ moment }) => moment.moment_type === "raid",
    );
    const ours = raids.filter(({ onsetMs }) => Math.abs(onsetMs - place.onsetMs) < 30_000);
    if (ours.length > 0) found += 1;
    unexplained += raids.length - ours.length;
  }
  return { planted: count, found_ratio: count === 0 ? null : round(found / count), unexplained };
}

function withViewers(log: ChatLog, { onsetMs, lines }: Planted): EventInput[] {
  const usual = Math.max(60, Math.round(300 * usualPerSecond(log, onsetMs)));
  const counts: EventInput[] = [];
  for (let atMs = lines[0]?.atMs ?? 0; atMs < (lines.at(-1)?.atMs ?? 0); atMs += 15_000) {
    const wave = 1 + 0.03 * Math.sin(atMs / 47_000);
    const viewers = Math.round(usual * wave * (atMs >= onsetMs ? 1.5 : 1));
    counts.push({ type: "viewer", event_id: `v${atMs}`, timestamp: atMs, stream_id: "log", viewer_count: viewers });
  }
  return [...eventsOf(lines), ...counts].sort((a, b) => Number(a.timestamp) - Number(b.timestamp));
}

function measureAlone(log: ChatLog) {
  const firstMs = log.lines[0]?.atMs ?? 0;
  const hours = ((log.lines.at(-1)?.atMs ?? 0) - firstMs) / 3_600_000;
  const seen = watch(eventsOf(log.lines));
  const spikes = seen.filter(({ moment }) => moment.moment_type === "chat_spike");
  const right = burstsIn(log, RIGHT.ratio, RIGHT.people);
  const large = burstsIn(log, LARGE.ratio, LARGE.people);
  const types: Record<string, number> = {};
  for (const { moment } of seen) types[moment.moment_type] = (types[moment.moment_type] ?? 0) + 1;
  return {
    figures: {
      log: log.name,
      minutes: round(hours * 60, 1),
      moments_per_hour: round(seen.length / hours, 1),
      types,
      spikes_confirmed: `${spikes.filter((spike) => right.some((burst) => overlaps(burst, spike))).length} of ${spikes.length}`,
      large_bursts_found: `${large.filter((burst) => spikes.some((spike) => overlaps(burst, spike))).length} of ${large.length}`,
    },
    lines: seen.map(({ moment, onsetMs }) => {
      const samples = (moment.metadata["sample_messages"] as string[] | undefined) ?? [];
      return `${String(Math.round((onsetMs - firstMs) / 1000)).padStart(7)} s  ${moment.description}  ${samples.map((text) => `“${text.slice(0, 40)}”`).join(" ")}`;
    }),
  };
}

function sum(tallies: readonly Tally[]): Tally {
  const total = empty();
  for (const tally of tallies) {
    total.planted += tally.planted;
    total.found += tally.found;
    total.inTime += tally.inTime;
    total.unexplained += tally.unexplained;
    total.copypasta += tally.copypasta;
    total.onsetErrors.push(...tally.onsetErrors);
    total.delays.push(...tally.delays);
    total.arrivals.push(...tally.arrivals);
  }
  return total;
}

function figures({ planted, found, inTime, unexplained, copypasta, onsetErrors, delays, arrivals }: Tally) {
  return {
    planted,
    recall: planted === 0 ? null : round(inTime / planted),
    precision: found + unexplained === 0 ? null : round(found / (found + unexplained)),
    onset_error_seconds: { median: quantile(onsetErrors, 0.5), p90: quantile(onsetErrors, 0.9) },
    seconds_to_moment: { median: quantile(delays, 0.5), p90: quantile(delays, 0.9) },
    seconds_to_arrival: { median: quantile(arrivals, 0.5), p90: quantile(arrivals, 0.9) },
    marked_as_copypasta: found === 0 ? null : round(copypasta / found),
  };
}

function print(): void {
  type Row = { planted: number } & ReturnType<typeof figures>;
  const row = (name: string, one: Row): void => {
    const { onset_error_seconds: onset, seconds_to_moment: delay } = one;
    const cells = [one.planted, one.recall, one.precision, onset.median, onset.p90, delay.median, delay.p90];
    console.log(
      name.padEnd(34) + [...cells, one.marked_as_copypasta].map((cell) => String(cell ?? "–").padStart(9)).join(""),
    );
  };
  const heads = ["planted", "recall", "precis.", "onset", "p90", "delay", "p90", "pasta"];
  console.log("".padEnd(34) + heads.map((head) => head.padStart(9)).join(""));
  for (const { kind, total, each } of planted) {
    row(kind.name, figures(total));
    for (const { log, ...one } of each) row(`    ${log}`, one);
  }
  for (const [name, both] of [
    ["×3 to ×10", anySize],
    ["×5 and ×10", fiveUp],
  ] as const) {
    row(name, both.default);
    row("    in slices of 1 s", both.in_slices_of_1_s);
  }
  console.log(
    "\nRaids by their shape: " +
      raids.map(({ log, planted, found_ratio }) => `${log} ${found_ratio} of ${planted}`).join(", "),
  );
  for (const { figures, lines } of natural) {
    const { log, minutes, moments_per_hour: perHour, spikes_confirmed: right } = figures;
    console.log(
      `\n${log}, ${minutes} min: ${perHour} moments an hour, spikes confirmed ${right}, large bursts found ${figures.large_bursts_found}`,
    );
    for (const text of lines) console.log(text);
  }
}

function quantile(values: readonly number[], share: number): number | null {
  const sorted = values.toSorted((a, b) => a - b);
  const value = sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))];
  return value === undefined ? null : round(value);
}

function round(value: number, digits = 2): number {
  return Number(value.toFixed(digits));
}
