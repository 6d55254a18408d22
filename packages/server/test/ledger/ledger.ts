import {
  createEngine,
  parseEvent,
  type EngineOptions,
  type EventInput,
  type MetricRow,
  type Moment,
} from "@telemetra/core";
import { IndependentCount } from "./independent-count.js";

/** What is kept in the end, each entry under its key. A key that is there twice has two contents. */
export type Entries = ReadonlyMap<string, readonly string[]>;

export interface Differences {
  /** Entries that should be there and are not. */
  readonly lost: number;
  /** Entries that are there more often than they should be, or at all. */
  readonly duplicated: number;
  /** Entries of other content. */
  readonly changed: number;
  /** The first few, for people. */
  readonly examples: readonly string[];
}

const EXAMPLES = 5;

/**
 * What must be in the tables when everything has arrived: every viewer count and transaction once, every window and every
 * moment. Counts come from a count of its own; what only an engine can know (sentiment, baselines, moments) from one that
 * was never disturbed, whose counts must be the same as the independent ones.
 */
export class Ledger {
  readonly #entries = new Map<string, string[]>();
  readonly #count = new IndependentCount();
  readonly #rows = new Map<string, MetricRow>();
  readonly #moments = new Map<string, Moment>();
  readonly #engine;
  /** Events that count; a repeated one counts once. */
  events = 0;

  constructor(options: EngineOptions = {}) {
    this.#engine = createEngine(options);
    this.#engine.on("window", (row) => this.#rows.set(`${row.stream_id} ${row.window_start}`, row));
    this.#engine.on("moment", (moment) => this.#moments.set(moment.moment_id, moment));
  }

  /** In the order in which they arrive. */
  add(events: readonly EventInput[]): void {
    for (const input of events) {
      const parsed = parseEvent(input);
      if (!parsed.ok) throw new Error(`${input.event_id} is no event: ${parsed.error.detail}`);
      const { status } = this.#engine.push(parsed.event);
      if (status === "duplicate") continue;
      if (status !== "accepted")
        throw new Error(`${input.event_id} is ${status}, but the ledger holds only what counts`);
      this.events += 1;
      this.#count.add(input);
      const entry = rawEntry(parsed.event);
      if (entry !== undefined) add(this.#entries, ...entry);
    }
  }

  /** A record that must be kept as it is because it is no event that counts. */
  addDeadLetter(code: string, value: string | Buffer): void {
    add(this.#entries, ...deadLetterEntry(code, value));
  }

  /** Everything, once every stream has ended. */
  expected(): Entries {
    const rows = [...this.#rows.values()].sort(inOrder);
    const counted = this.#count.rows();
    const disagreement = rows.findIndex(
      (row, at) => JSON.stringify(counts(row)) !== JSON.stringify(counted[at] && counts(counted[at])),
    );
    if (disagreement !== -1 || rows.length !== counted.length) {
      throw new Error(
        `the engine without faults disagrees with the independent count: ${rows.length} and ${counted.length} rows, first at ` +
          `${JSON.stringify(rows[disagreement])} and ${JSON.stringify(counted[disagreement])}`,
      );
    }
    const entries = new Map(this.#entries);
    for (const row of rows) add(entries, ...rowEntry(row));
    for (const moment of this.#moments.values()) add(entries, ...momentEntry(moment));
    return entries;
  }

  /** How many windows and moments there are to compare. */
  get size(): { readonly windows: number; readonly moments: number } {
    return { windows: this.#rows.size, moments: this.#moments.size };
  }
}

type Entry = readonly [key: string, content: string];

/** A viewer count or a transaction as its table keeps it; undefined for the other kinds, which have no table of their own. */
export function rawEntry(event: RawRow): Entry | undefined {
  const key = `${event.type} ${event.stream_id} ${event.event_id}`;
  if (event.type === "viewer") return [key, JSON.stringify([event.timestamp, event.viewer_count])];
  if (event.type !== "transaction") return undefined;
  const { timestamp, user_id, username, transaction_type, amount, currency } = event;
  return [key, JSON.stringify([timestamp, user_id, username, transaction_type, amount, currency])];
}

/** The fields of an event that its table keeps. `timestamp` in epoch ms. */
export type RawRow =
  | { type: "viewer"; stream_id: string; event_id: string; timestamp: number; viewer_count: number }
  | {
      type: "transaction";
      stream_id: string;
      event_id: string;
      timestamp: number;
      user_id: string;
      username: string;
      transaction_type: string;
      amount: number;
      currency: string;
    }
  | { type: "chat" | "stream_meta"; stream_id: string; event_id: string };

/** How often a window was corrected may differ: what it says in the end may not. */
export function rowEntry(row: MetricRow): Entry {
  const { sentiment_score, positive_count, negative_count, z_score, is_anomaly } = row;
  const content = { ...counts(row), sentiment_score, positive_count, negative_count, z_score, is_anomaly };
  return [`window ${row.stream_id} ${row.window_start}`, JSON.stringify(content)];
}

export function momentEntry(moment: Moment): Entry {
  return [`moment ${moment.moment_id}`, canonical(moment)];
}

export function deadLetterEntry(code: string, value: string | Uint8Array): Entry {
  return [`dead letter ${code} ${Buffer.from(value as string).toString("base64")}`, ""];
}

export function add(entries: Map<string, string[]>, key: string, content: string): void {
  const known = entries.get(key);
  if (known === undefined) entries.set(key, [content]);
  else known.push(content);
}

/** Nothing but exactly the expected is no difference. */
export function compareEntries(expected: Entries, actual: Entries): Differences {
  let lost = 0;
  let duplicated = 0;
  let changed = 0;
  const examples: string[] = [];
  const note = (what: string): void => {
    if (examples.length < EXAMPLES) examples.push(what);
  };
  for (const [key, contents] of expected) {
    const found = actual.get(key) ?? [];
    if (found.length < contents.length) {
      lost += contents.length - found.length;
      note(`lost: ${key} ${contents[0]}`);
    }
    if (found.length > contents.length) {
      duplicated += found.length - contents.length;
      note(`${found.length} times: ${key}`);
    }
    if (found.length > 0 && found[0] !== contents[0]) {
      changed += 1;
      note(`changed: ${key}\n  expected ${contents[0]}\n  found    ${found[0]}`);
    }
  }
  for (const [key, contents] of actual) {
    if (expected.has(key)) continue;
    duplicated += contents.length;
    note(`nobody expected: ${key} ${contents[0]}`);
  }
  return { lost, duplicated, changed, examples };
}

/** What the independent count knows of a row, in one order of fields. */
function counts(
  row: Omit<
    MetricRow,
    "sentiment_score" | "positive_count" | "negative_count" | "z_score" | "is_anomaly" | "revision" | "is_final"
  >,
): object {
  return {
    stream_id: row.stream_id,
    window_start: row.window_start,
    window_end: row.window_end,
    chat_count: row.chat_count,
    chat_rate: row.chat_rate,
    unique_chatters: row.unique_chatters,
    unique_chatters_exact: row.unique_chatters_exact,
    top_emotes: row.top_emotes,
    viewer_count: row.viewer_count,
    avg_viewers: row.avg_viewers,
    revenue: row.revenue,
  };
}

function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) => {
    if (typeof inner !== "object" || inner === null || Array.isArray(inner)) return inner;
    return Object.fromEntries(Object.entries(inner).sort(([left], [right]) => (left < right ? -1 : 1)));
  });
}

function inOrder(left: MetricRow, right: MetricRow): number {
  return left.stream_id < right.stream_id
    ? -1
    : left.stream_id > right.stream_id
      ? 1
      : Date.parse(left.window_start) - Date.parse(right.window_start);
}
