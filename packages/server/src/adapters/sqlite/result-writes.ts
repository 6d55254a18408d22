import { parseInstant, type MetricRow, type Moment, type StreamEvent } from "@telemetra/core";
import type { SQLInputValue } from "node:sqlite";
import { FencedError, type CommitBatch, type DeadLetter, type Position } from "../../ports/result-store.js";
import { UNKNOWN_STREAM, viewStream, type StreamFacts } from "../shared/stream-facts.js";
import { bringsFacts, collectStreamNews, foldStreamNews, type StreamNews } from "../shared/stream-news.js";
import { collectTouchedHours } from "../shared/touched-hours.js";
import type { SqliteDatabase } from "./database.js";
import { markTouchedHours } from "./rollups.js";

/** Writes one commit; call it inside a transaction. @throws FencedError */
export function writeCommit(db: SqliteDatabase, batch: CommitBatch, nowMs: number): void {
  // A commit that does not move the position of chat brings no messages, or was made before.
  const isNews = batch.positions
    .filter((position) => writePosition(db, position))
    .some(({ topic }) => topic === "chat");
  writeEvents(db, batch, nowMs);
  for (const row of batch.rows) if (row.is_final) writeMetricRow(db, row, nowMs);
  for (const moment of batch.moments) writeMoment(db, moment, nowMs);
  for (const { streamId, partition, state } of batch.states) {
    const values = { stream_id: streamId, partition, state: JSON.stringify(state), written_at: nowMs };
    upsert(db, "stream_state", values, { key: ["stream_id"] });
  }
  for (const letter of batch.deadLetters) writeDeadLetter(db, letter, nowMs);
  markTouchedHours(db, collectTouchedHours(batch), { countsMessages: isNews, nowMs });
}

/** Positions never go back: what was committed once stays so. Returns whether it moved. @throws FencedError */
function writePosition(db: SqliteDatabase, { topic, partition, epoch, nextOffset, lowOffset }: Position): boolean {
  const before = db
    .prepare("SELECT next_offset FROM log_positions WHERE topic = ? AND partition = ?")
    .get(topic, partition);
  const { changes } = db
    .prepare(
      `UPDATE log_positions SET next_offset = max(next_offset, ?), low_offset = max(low_offset, ?)
       WHERE topic = ? AND partition = ? AND epoch = ?`,
    )
    .run(nextOffset, lowOffset, topic, partition, epoch);
  if (changes === 0) {
    throw new FencedError(
      `partition ${partition} of topic ${topic} has another owner now than the one of epoch ${epoch}`,
    );
  }
  return nextOffset > (before!["next_offset"] as number);
}

/** What events bring by themselves: news of their streams, and raw rows. */
export function writeEvents(db: SqliteDatabase, batch: CommitBatch, nowMs: number): void {
  for (const [streamId, news] of collectStreamNews(batch)) writeStream(db, streamId, news, nowMs);
  for (const event of batch.events) writeRawRow(db, event, nowMs);
}

function writeStream(db: SqliteDatabase, streamId: string, news: StreamNews, nowMs: number): void {
  const known = db.prepare("SELECT facts FROM streams WHERE stream_id = ?").get(streamId);
  if (known !== undefined && !bringsFacts(news)) return;
  const before = known === undefined ? UNKNOWN_STREAM : (JSON.parse(known["facts"] as string) as StreamFacts);
  const facts = foldStreamNews(before, news);
  if (known !== undefined && facts === before) return;
  const { title, game_category, started_at, is_live, viewer_count } = viewStream(facts);
  const columns = {
    title,
    game_category,
    started_at,
    is_live: Number(is_live),
    viewer_count,
    updated_at: nowMs,
    facts: JSON.stringify(facts),
  };
  if (known === undefined) {
    insert(db, "streams", { stream_id: streamId, streamer_name: streamId, created_at: nowMs, ...columns });
  } else {
    const names = Object.keys(columns).map((name) =>
      name === "updated_at" ? `${name} = max(${name}, ?)` : `${name} = ?`,
    );
    db.prepare(`UPDATE streams SET ${names.join(", ")} WHERE stream_id = ?`).run(...Object.values(columns), streamId);
  }
}

function writeRawRow(db: SqliteDatabase, event: StreamEvent, nowMs: number): void {
  const { stream_id, event_id, timestamp } = event;
  if (event.type === "viewer") {
    insert(db, "viewer_timeseries", {
      stream_id,
      event_id,
      timestamp,
      viewer_count: event.viewer_count,
      unique_viewers: event.unique_viewers ?? null,
      peak_viewers: event.peak_viewers ?? null,
      written_at: nowMs,
    });
  } else if (event.type === "transaction") {
    insert(db, "transactions", {
      stream_id,
      event_id,
      timestamp,
      user_id: event.user_id,
      username: event.username,
      transaction_type: event.transaction_type,
      amount: event.amount,
      currency: event.currency,
      message: event.message ?? null,
      written_at: nowMs,
    });
  }
}

function writeMetricRow(db: SqliteDatabase, row: MetricRow, nowMs: number): void {
  const values = {
    stream_id: row.stream_id,
    window_start: epochMs(row.window_start),
    window_end: epochMs(row.window_end),
    chat_count: row.chat_count,
    chat_rate: row.chat_rate,
    unique_chatters: row.unique_chatters,
    unique_chatters_exact: Number(row.unique_chatters_exact),
    top_emotes: JSON.stringify(row.top_emotes),
    avg_sentiment: row.sentiment_score,
    positive_count: row.positive_count,
    negative_count: row.negative_count,
    viewer_count: row.viewer_count,
    avg_viewers: row.avg_viewers,
    revenue: JSON.stringify(row.revenue),
    z_score: row.z_score,
    is_anomaly: Number(row.is_anomaly),
    revision: row.revision,
    written_at: nowMs,
  };
  upsert(db, "chat_summary_minute", values, {
    key: ["stream_id", "window_end", "window_start"],
    keep: ["written_at"],
    condition: "excluded.revision > revision",
  });
}

/** An onset happens once, so a moment that has ended does not begin again: an open version of it is an older one. */
function writeMoment(db: SqliteDatabase, moment: Moment, nowMs: number): void {
  const values = {
    moment_id: moment.moment_id,
    stream_id: moment.stream_id,
    timestamp: epochMs(moment.timestamp),
    detected_at: epochMs(moment.detected_at),
    peaked_at: epochMs(moment.peaked_at),
    ended_at: moment.ended_at === null ? null : epochMs(moment.ended_at),
    moment_type: moment.moment_type,
    description: moment.description,
    metric_name: moment.metric_name,
    metric_value: moment.metric_value,
    threshold: moment.threshold,
    z_score: moment.z_score,
    severity: moment.severity,
    metadata: JSON.stringify(moment.metadata),
    written_at: nowMs,
  };
  upsert(db, "moments", values, {
    key: ["moment_id"],
    keep: ["written_at"],
    condition: "ended_at IS NULL OR excluded.ended_at IS NOT NULL",
  });
}

function writeDeadLetter(db: SqliteDatabase, letter: DeadLetter, nowMs: number): void {
  const { topic, partition, offset, code, detail } = letter;
  const value = Buffer.from(letter.bytes ?? letter.value);
  insert(db, "dead_letters", { topic, partition, '"offset"': offset, value, code, detail, written_at: nowMs });
}

type Values = Readonly<Record<string, SQLInputValue>>;

/** Every call for a table names the same columns in the same order. */
const insertTexts = new Map<string, string>();
const upsertTexts = new Map<string, string>();

/** A row that is there already stays as it is. */
function insert(db: SqliteDatabase, table: string, values: Values): void {
  const sql = remembered(insertTexts, table, () => `${insertSql(table, values)} ON CONFLICT DO NOTHING`);
  db.prepare(sql).run(...Object.values(values));
}

interface UpsertRules {
  readonly key: readonly string[];
  /** Columns that stay as they were written first. */
  readonly keep?: readonly string[];
  /** Without it what comes later always wins. */
  readonly condition?: string;
}

function upsert(db: SqliteDatabase, table: string, values: Values, rules: UpsertRules): void {
  const sql = remembered(upsertTexts, table, () => {
    const { key, keep = [], condition = "true" } = rules;
    const updates = Object.keys(values)
      .filter((name) => !key.includes(name) && !keep.includes(name))
      .map((name) => `${name} = excluded.${name}`);
    const conflict = `ON CONFLICT (${key.join(", ")}) DO UPDATE SET ${updates.join(", ")} WHERE ${condition}`;
    return `${insertSql(table, values)} ${conflict}`;
  });
  db.prepare(sql).run(...Object.values(values));
}

function remembered(texts: Map<string, string>, table: string, make: () => string): string {
  let text = texts.get(table);
  if (text === undefined) texts.set(table, (text = make()));
  return text;
}

function insertSql(table: string, values: Values): string {
  const names = Object.keys(values);
  return `INSERT INTO ${table} (${names.join(", ")}) VALUES (${names.map(() => "?").join(", ")})`;
}

function epochMs(instant: string): number {
  const value = parseInstant(instant);
  if (value === undefined) throw new RangeError(`${JSON.stringify(instant)} is no instant`);
  return value;
}
