import type { MetricRow, Moment, MomentType } from "@telemetra/core";
import {
  InvalidCursorError,
  type Page,
  type RangeQuery,
  type ResultStore,
  type StreamRecord,
  type StreamStats,
} from "../../src/ports/result-store.js";

/** The reading half of a result store, over plain arrays. Everything rejects while `failure` is set. */
export class FakeStore implements Pick<
  ResultStore,
  "listStreams" | "getStream" | "readMetrics" | "readMoments" | "readStats" | "ping"
> {
  readonly streams: StreamRecord[] = [];
  readonly rows: MetricRow[] = [];
  readonly moments: Moment[] = [];
  failure: Error | undefined;

  addStream(streamId: string, fields: Partial<StreamRecord> = {}): StreamRecord {
    const record: StreamRecord = {
      stream_id: streamId,
      streamer_name: null,
      title: null,
      game_category: null,
      started_at: null,
      is_live: false,
      viewer_count: null,
      created_at: "2026-01-01T00:00:00.000Z",
      updated_at: "2026-01-01T00:00:00.000Z",
      ...fields,
    };
    this.streams.push(record);
    return record;
  }

  async listStreams({ limit, offset }: { limit: number; offset: number }): Promise<readonly StreamRecord[]> {
    this.#requireReachable();
    return this.streams.toSorted((a, b) => (a.stream_id < b.stream_id ? -1 : 1)).slice(offset, offset + limit);
  }

  async getStream(streamId: string): Promise<StreamRecord | undefined> {
    this.#requireReachable();
    return this.streams.find((stream) => stream.stream_id === streamId);
  }

  async readMetrics(streamId: string, range: RangeQuery): Promise<Page<MetricRow>> {
    this.#requireReachable();
    return readPage(
      this.rows.filter((row) => row.stream_id === streamId),
      range,
    );
  }

  async readMoments(streamId: string, range: RangeQuery & { momentType?: MomentType }): Promise<Page<Moment>> {
    this.#requireReachable();
    const { momentType } = range;
    return readPage(
      this.moments.filter((one) => one.stream_id === streamId && (momentType ?? one.moment_type) === one.moment_type),
      range,
    );
  }

  async readStats(streamId: string): Promise<StreamStats | undefined> {
    if ((await this.getStream(streamId)) === undefined) return undefined;
    const rows = this.rows.filter((row) => row.stream_id === streamId);
    return {
      stream_id: streamId,
      first_window_start: rows[0]?.window_start ?? null,
      last_window_end: rows.at(-1)?.window_end ?? null,
      messages: rows.reduce((sum, row) => sum + row.chat_count, 0),
      peak_chat_rate: null,
      avg_chat_rate: null,
      avg_sentiment: null,
      peak_viewers: null,
      avg_viewers: null,
      moments: {},
      revenue: [{ currency: "EUR", amount: 1.5 }],
      events: { chat: 1 },
    };
  }

  async ping(): Promise<void> {
    this.#requireReachable();
  }

  #requireReachable(): void {
    if (this.failure !== undefined) throw this.failure;
  }
}

function readPage<T extends { readonly timestamp: string }>(items: readonly T[], range: RangeQuery): Page<T> {
  const { limit, startMs = -Infinity, endMs = Infinity, cursor } = range;
  if (cursor !== undefined && !/^after-\d+$/.test(cursor)) throw new InvalidCursorError("no cursor of ours");
  const from = cursor === undefined ? 0 : Number(cursor.slice("after-".length));
  const inRange = items
    .filter(({ timestamp }) => startMs <= Date.parse(timestamp) && Date.parse(timestamp) < endMs)
    .toSorted((a, b) => Date.parse(b.timestamp) - Date.parse(a.timestamp));
  const page = inRange.slice(from, from + limit);
  const isLast = from + page.length >= inRange.length;
  return { items: page, ...(isLast ? {} : { nextCursor: `after-${from + page.length}` }) };
}
