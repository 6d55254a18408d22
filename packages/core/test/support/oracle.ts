import type { EventInput, MetricRow } from "@telemetra/core";

/**
 * The rows of a set of events, computed the obvious way: sort, cut into lives, and for every window of a life look at
 * every event. It shares no code with the engine and has no slices, watermarks or order of arrival.
 */
export interface OracleOptions {
  readonly sizeMs?: number;
  readonly hopMs?: number;
  readonly streamTimeoutMs?: number;
}

export type OracleRow = Omit<
  MetricRow,
  "sentiment_score" | "positive_count" | "negative_count" | "z_score" | "is_anomaly" | "revision" | "is_final"
>;

export function oracleRows(events: readonly EventInput[], options: OracleOptions = {}): OracleRow[] {
  const { sizeMs = 60_000, hopMs = 10_000, streamTimeoutMs = 300_000 } = options;
  const rows: OracleRow[] = [];
  for (const streamId of new Set(events.map((event) => event.stream_id))) {
    const own = unique(events.filter((event) => event.stream_id === streamId));
    const starts = new Set<number>();
    for (const [fromMs, toMs] of lives(own, streamTimeoutMs)) {
      for (let start = Math.floor((fromMs - sizeMs) / hopMs + 1) * hopMs; start <= toMs; start += hopMs)
        starts.add(start);
    }
    for (const start of [...starts].sort((a, b) => a - b)) rows.push(row(streamId, own, start, sizeMs));
  }
  return rows;
}

export function at(event: EventInput): number {
  return typeof event.timestamp === "number" ? event.timestamp : Date.parse(event.timestamp);
}

function unique(events: readonly EventInput[]): EventInput[] {
  return events.filter((event, index) => events.findIndex((other) => other.event_id === event.event_id) === index);
}

function isEnd(event: EventInput): boolean {
  return event.type === "stream_meta" && event.event_type === "stream_end";
}

function lives(events: readonly EventInput[], timeoutMs: number): [fromMs: number, toMs: number][] {
  const sorted = events.toSorted((a, b) => at(a) - at(b) || Number(isEnd(a)) - Number(isEnd(b)));
  const found: [number, number][] = [];
  let open: [number, number] | undefined;
  for (const event of sorted) {
    if (open !== undefined && at(event) > open[1]) open = undefined;
    if (open === undefined) found.push((open = [at(event), 0]));
    open[1] = isEnd(event) ? at(event) : at(event) + timeoutMs;
    if (isEnd(event)) open = undefined;
  }
  return found;
}

function row(streamId: string, events: readonly EventInput[], start: number, sizeMs: number): OracleRow {
  const inside = events.filter((event) => at(event) >= start && at(event) < start + sizeMs);
  const chats = inside.filter((event) => event.type === "chat");
  const viewers = inside.filter((event) => event.type === "viewer");
  const money = inside.filter((event) => event.type === "transaction");
  const used = chats
    .flatMap((chat) => chat.emotes ?? [])
    .map((emote) => (typeof emote === "string" ? emote : emote.name));
  const newest = Math.max(...viewers.map(at));
  const atNewest = viewers.filter((event) => at(event) === newest).map((event) => event.viewer_count);
  const end = new Date(start + sizeMs).toISOString();
  return {
    stream_id: streamId,
    window_start: new Date(start).toISOString(),
    window_end: end,
    timestamp: end,
    chat_count: chats.length,
    chat_rate: chats.length / (sizeMs / 1000),
    unique_chatters: new Set(chats.map((chat) => chat.user_id)).size,
    unique_chatters_exact: true,
    top_emotes: [...new Set(used)]
      .map((name) => ({ name, count: used.filter((other) => other === name).length }))
      .sort((a, b) => b.count - a.count || (a.name < b.name ? -1 : 1))
      .slice(0, 10),
    viewer_count: viewers.length === 0 ? null : Math.max(...atNewest),
    avg_viewers:
      viewers.length === 0 ? null : viewers.reduce((sum, event) => sum + event.viewer_count, 0) / viewers.length,
    revenue: [...new Set(money.map((event) => event.currency))].sort().map((currency) => ({
      currency,
      amount:
        money
          .filter((event) => event.currency === currency)
          .reduce((sum, event) => sum + BigInt(event.amount.toFixed(4).replace(".", "")), 0n) === 0n
          ? 0
          : Number(
              money
                .filter((event) => event.currency === currency)
                .reduce((sum, event) => sum + BigInt(event.amount.toFixed(4).replace(".", "")), 0n),
            ) / 10_000,
    })),
  };
}
