import { seededRandom } from "../../test/support/seeded-random.js";
import type { ChatLog, Line } from "./chat-log.js";

export type PlantKind = "spike" | "drop" | "spammer" | "copypasta";

export interface Planted {
  readonly kind: PlantKind;
  readonly onsetMs: number;
  readonly endMs: number;
  readonly lines: readonly Line[];
}

/** Nothing is planted earlier: by then the usual is known. */
const WARM_UP_MS = 120_000;
const USUAL_SPAN_MS = 300_000;
const BIN_MS = 10_000;
/** Below so many messages more a plant is no spike by anybody's standard. */
const MIN_MESSAGES = 15;
const SHORTEST_MS = 8_000;
const LONGEST_MS = 40_000;

export type Random = () => number;

/** A place and a length for something at `ratio` times the usual, or undefined where the chat is too slow for it. */
export function plantSpike(log: ChatLog, ratio: number, seed: number, kind: PlantKind = "spike"): Planted | undefined {
  const random = seededRandom(seed);
  const onsetMs = placeIn(log, random, LONGEST_MS + 30_000);
  const perSecond = usualPerSecond(log, onsetMs) * (ratio - 1);
  const shortestMs = Math.max(SHORTEST_MS, (1000 * MIN_MESSAGES) / perSecond);
  if (shortestMs > LONGEST_MS) return undefined;
  const endMs = onsetMs + shortestMs * (LONGEST_MS / shortestMs) ** random();
  const pool = log.lines.filter(({ text }) => text.length <= 60);
  const people = [...new Set(log.lines.map(({ user }) => user))];
  const pasted = pastedText(log, random);
  const added = poisson(random, perSecond, onsetMs, endMs).map((atMs, index): Line => {
    const { text, emotes } = pick(pool, random);
    const user = random() < 0.7 ? pick(people, random) : `new-${index}`;
    return kind === "copypasta" ? { atMs, user, text: pasted, emotes: [] } : { atMs, user, text, emotes };
  });
  return { kind, onsetMs, endMs, lines: merge(log.lines, added) };
}

/** One message in twenty is left for 30 to 60 s; undefined where nobody would notice a silence. */
export function plantDrop(log: ChatLog, seed: number): Planted | undefined {
  const random = seededRandom(seed);
  const onsetMs = placeIn(log, random, 90_000);
  const endMs = onsetMs + 30_000 + 30_000 * random();
  if (usualPerSecond(log, onsetMs) < 0.8) return undefined;
  const lines = log.lines.filter(({ atMs }) => atMs < onsetMs || atMs >= endMs || random() < 0.05);
  return { kind: "drop", onsetMs, endMs, lines };
}

/** One person writes at five times the usual rate, at least four messages a second, half of them the same. */
export function plantSpammer(log: ChatLog, seed: number): Planted {
  const random = seededRandom(seed);
  const onsetMs = placeIn(log, random, LONGEST_MS);
  const endMs = onsetMs + 10_000 + 20_000 * random();
  const perSecond = Math.max(4, 4 * usualPerSecond(log, onsetMs));
  const same = pick(log.lines, random);
  const added = poisson(random, perSecond, onsetMs, endMs).map((atMs): Line => {
    const { text, emotes } = random() < 0.5 ? same : pick(log.lines, random);
    return { atMs, user: "spammer", text, emotes };
  });
  return { kind: "spammer", onsetMs, endMs, lines: merge(log.lines, added) };
}

/** Messages a second: the median over the five minutes around. */
export function usualPerSecond({ lines }: ChatLog, atMs: number): number {
  const first = lines[0]?.atMs ?? 0;
  const last = lines.at(-1)?.atMs ?? 0;
  const fromMs = Math.max(first, Math.min(atMs - USUAL_SPAN_MS / 2, last - USUAL_SPAN_MS));
  const counts = Array.from({ length: USUAL_SPAN_MS / BIN_MS }, () => 0);
  for (const line of lines) {
    const bin = Math.floor((line.atMs - fromMs) / BIN_MS);
    if (bin >= 0 && bin < counts.length) counts[bin] = (counts[bin] ?? 0) + 1;
  }
  const sorted = counts.toSorted((a, b) => a - b);
  const middle = sorted[sorted.length >> 1] ?? 0;
  const level = middle >= 2 ? middle : sorted.reduce((sum, count) => sum + count, 0) / sorted.length;
  return Math.max(0.02, level / (BIN_MS / 1000));
}

function placeIn({ lines }: ChatLog, random: Random, roomMs: number): number {
  const fromMs = (lines[0]?.atMs ?? 0) + WARM_UP_MS;
  const toMs = (lines.at(-1)?.atMs ?? 0) - roomMs;
  return Math.round(fromMs + random() * (toMs - fromMs));
}

/** A long text of the log, or one made of several. */
function pastedText({ lines }: ChatLog, random: Random): string {
  let text = "";
  while (text.length < 60) text = `${text} ${pick(lines, random).text}`.trim();
  return text.slice(0, 300);
}

function poisson(random: Random, perSecond: number, fromMs: number, toMs: number): number[] {
  const times: number[] = [];
  for (let atMs = fromMs; ;) {
    atMs += (-Math.log(1 - random()) / perSecond) * 1000;
    if (atMs >= toMs) return times;
    times.push(Math.round(atMs));
  }
}

function merge(lines: readonly Line[], added: readonly Line[]): Line[] {
  return [...lines, ...added].sort((a, b) => a.atMs - b.atMs);
}

function pick<T>(items: readonly T[], random: Random): T {
  return items[Math.floor(random() * items.length)]!;
}
