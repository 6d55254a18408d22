import type { EventInput } from "@telemetra/core";
import type { OracleRow } from "../../../core/test/support/oracle.js";

const SIZE_MS = 60_000;
const HOP_MS = 10_000;

interface Slice {
  chats: number;
  readonly users: Set<string>;
  readonly emotes: Map<string, number>;
  viewersAtMs: number;
  viewers: number;
  viewerSum: number;
  viewerEvents: number;
  /** Hundredths by currency. */
  readonly money: Map<string, number>;
}

interface Stream {
  readonly slices: Map<number, Slice>;
  readonly ids: Set<string>;
  firstMs: number;
  endMs: number | undefined;
}

/**
 * Window rows by plain counting, for streams of one life that end with a `stream_end`: sums by ten seconds, six of which
 * make a window. Shares no code with the engine; unlike the obvious way, which looks at every event for every window, it can
 * take millions of events.
 */
export class IndependentCount {
  readonly #streams = new Map<string, Stream>();

  add(event: EventInput): void {
    const atMs = Number(event.timestamp);
    let stream = this.#streams.get(event.stream_id);
    if (stream === undefined) {
      this.#streams.set(
        event.stream_id,
        (stream = { slices: new Map(), ids: new Set(), firstMs: atMs, endMs: undefined }),
      );
    }
    if (stream.ids.has(event.event_id)) return;
    stream.ids.add(event.event_id);
    stream.firstMs = Math.min(stream.firstMs, atMs);
    const slice = sliceOf(stream, Math.floor(atMs / HOP_MS));
    if (event.type === "chat") {
      slice.chats += 1;
      slice.users.add(event.user_id);
      for (const emote of event.emotes ?? []) increase(slice.emotes, typeof emote === "string" ? emote : emote.name, 1);
    } else if (event.type === "viewer") {
      slice.viewerSum += event.viewer_count;
      slice.viewerEvents += 1;
      if (atMs > slice.viewersAtMs || (atMs === slice.viewersAtMs && event.viewer_count > slice.viewers)) {
        slice.viewersAtMs = atMs;
        slice.viewers = event.viewer_count;
      }
    } else if (event.type === "transaction") {
      increase(slice.money, event.currency, Math.round(event.amount * 100));
    } else if (event.event_type === "stream_end") stream.endMs = atMs;
  }

  /** In the order of stream and window. */
  rows(): OracleRow[] {
    return [...this.#streams].sort(byKey).flatMap(([streamId, stream]) => {
      if (stream.endMs === undefined) throw new Error(`${streamId} has no end`);
      const rows: OracleRow[] = [];
      const firstStart = Math.floor((stream.firstMs - SIZE_MS) / HOP_MS + 1) * HOP_MS;
      for (let start = firstStart; start <= stream.endMs; start += HOP_MS) rows.push(rowOf(streamId, stream, start));
      return rows;
    });
  }
}

function sliceOf(stream: Stream, index: number): Slice {
  let slice = stream.slices.get(index);
  if (slice === undefined) {
    slice = {
      chats: 0,
      users: new Set(),
      emotes: new Map(),
      viewersAtMs: -Infinity,
      viewers: 0,
      viewerSum: 0,
      viewerEvents: 0,
      money: new Map(),
    };
    stream.slices.set(index, slice);
  }
  return slice;
}

function rowOf(streamId: string, stream: Stream, start: number): OracleRow {
  const inside = Array.from({ length: SIZE_MS / HOP_MS }, (_, at) => stream.slices.get(start / HOP_MS + at)).filter(
    (slice) => slice !== undefined,
  );
  const emotes = new Map<string, number>();
  const money = new Map<string, number>();
  const users = new Set<string>();
  for (const slice of inside) {
    for (const [name, count] of slice.emotes) increase(emotes, name, count);
    for (const [currency, cents] of slice.money) increase(money, currency, cents);
    for (const user of slice.users) users.add(user);
  }
  const chats = sum(inside.map((slice) => slice.chats));
  const viewerEvents = sum(inside.map((slice) => slice.viewerEvents));
  const newest = inside.toSorted((a, b) => a.viewersAtMs - b.viewersAtMs).at(-1);
  const end = new Date(start + SIZE_MS).toISOString();
  return {
    stream_id: streamId,
    window_start: new Date(start).toISOString(),
    window_end: end,
    timestamp: end,
    chat_count: chats,
    chat_rate: chats / (SIZE_MS / 1_000),
    unique_chatters: users.size,
    unique_chatters_exact: true,
    top_emotes: [...emotes]
      .map(([name, count]) => ({ name, count }))
      .sort((a, b) => b.count - a.count || (a.name < b.name ? -1 : 1))
      .slice(0, 10),
    viewer_count: viewerEvents === 0 ? null : newest!.viewers,
    avg_viewers: viewerEvents === 0 ? null : sum(inside.map((slice) => slice.viewerSum)) / viewerEvents,
    revenue: [...money].sort(byKey).map(([currency, cents]) => ({ currency, amount: cents / 100 })),
  };
}

function increase(counts: Map<string, number>, key: string, by: number): void {
  counts.set(key, (counts.get(key) ?? 0) + by);
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

function byKey([left]: readonly [string, unknown], [right]: readonly [string, unknown]): number {
  return left < right ? -1 : 1;
}
