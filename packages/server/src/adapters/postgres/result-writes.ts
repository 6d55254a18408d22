import { formatInstant, type MetricRow, type Moment, type TransactionEvent, type ViewerEvent } from "@telemetra/core";
import type pg from "pg";
import { FencedError, type CommitBatch, type DeadLetter, type Position } from "../../ports/result-store.js";
import { UNKNOWN_STREAM, viewStream, type StreamFacts } from "../shared/stream-facts.js";
import { bringsFacts, collectStreamNews, foldStreamNews, type StreamNews } from "../shared/stream-news.js";
import { collectTouchedHours } from "../shared/touched-hours.js";
import { columnArrays, rowsFrom, type Column } from "./column-arrays.js";
import { markTouchedHours } from "./rollup-marks.js";

/**
 * Writes one commit inside the transaction of `client`. Statements take whole columns as arrays: one text however many
 * rows, and no limit on the number of parameters. The owner of a partition is the only writer of its streams, so looking
 * first and inserting then cannot meet somebody else's row.
 *
 * @throws FencedError
 */
export async function writeCommit(client: pg.ClientBase, batch: CommitBatch, nowMs: number): Promise<void> {
  const writtenAt = formatInstant(nowMs);
  const isNews = await lockPositions(client, batch.positions);
  await writeEvents(client, batch, writtenAt);
  await writeMetricRows(client, highestRevisions(batch.rows), writtenAt);
  await writeMoments(client, newestVersions(batch.moments), writtenAt);
  await writeStates(client, batch.states, writtenAt);
  await writeDeadLetters(client, batch.deadLetters, writtenAt);
  await markTouchedHours(client, collectTouchedHours(batch), { countsMessages: isNews, writtenAt });
  await movePositions(client, batch.positions);
}

/** What events bring by themselves: news of their streams, and raw rows. */
export async function writeEvents(client: pg.ClientBase, batch: CommitBatch, writtenAt: string): Promise<void> {
  await writeStreams(client, collectStreamNews(batch), writtenAt);
  const viewers = firstBy(
    batch.events.filter((event) => event.type === "viewer"),
    eventKey,
  );
  const transactions = firstBy(
    batch.events.filter((event) => event.type === "transaction"),
    eventKey,
  );
  await writeViewers(client, viewers, writtenAt);
  await writeTransactions(client, transactions, writtenAt);
}

/**
 * The rows stay locked until the end of the transaction: whoever claims a partition waits for it, or has made us a zombie.
 * Returns whether the commit moves the position of chat: if not, it brings no messages, or was made before.
 */
async function lockPositions(client: pg.ClientBase, positions: readonly Position[]): Promise<boolean> {
  if (positions.length === 0) return false;
  const { rows } = await client.query<StoredPosition>(
    `SELECT topic, partition, epoch::float8 AS epoch, next_offset::float8 AS next_offset FROM log_positions
     WHERE (topic, partition) IN (SELECT * FROM unnest($1::text[], $2::int[]))
     ORDER BY topic, partition FOR UPDATE`,
    [positions.map(({ topic }) => topic), positions.map(({ partition }) => partition)],
  );
  const stored = new Map(rows.map((row) => [`${row.topic}/${row.partition}`, row]));
  const lost = positions.find(({ topic, partition, epoch }) => stored.get(`${topic}/${partition}`)?.epoch !== epoch);
  if (lost !== undefined) {
    throw new FencedError(
      `partition ${lost.partition} of topic ${lost.topic} has another owner now than the one of epoch ${lost.epoch}`,
    );
  }
  return positions.some(
    ({ topic, partition, nextOffset }) =>
      topic === "chat" && nextOffset > stored.get(`${topic}/${partition}`)!.next_offset,
  );
}

interface StoredPosition {
  readonly topic: string;
  readonly partition: number;
  readonly epoch: number;
  readonly next_offset: number;
}

/** Positions never go back: what was committed once stays so. */
async function movePositions(client: pg.ClientBase, positions: readonly Position[]): Promise<void> {
  if (positions.length === 0) return;
  const columns: readonly Column<Position>[] = [
    ["topic", "text", (position) => position.topic],
    ["partition", "int", (position) => position.partition],
    ["next_offset", "bigint", (position) => position.nextOffset],
    ["low_offset", "bigint", (position) => position.lowOffset],
  ];
  await client.query(
    `UPDATE log_positions stored
     SET next_offset = greatest(stored.next_offset, moved.next_offset), low_offset = greatest(stored.low_offset, moved.low_offset)
     FROM ${rowsFrom(columns, "moved")}
     WHERE stored.topic = moved.topic AND stored.partition = moved.partition`,
    columnArrays(columns, positions),
  );
}

interface StreamRow {
  readonly streamId: string;
  readonly facts: Readonly<StreamFacts>;
}

const streamColumns: readonly Column<StreamRow>[] = [
  ["stream_id", "text", ({ streamId }) => streamId],
  ["title", "text", ({ facts }) => viewStream(facts).title],
  ["game_category", "text", ({ facts }) => viewStream(facts).game_category],
  ["started_at", "timestamptz", ({ facts }) => instantOrNull(viewStream(facts).started_at)],
  ["is_live", "bool", ({ facts }) => viewStream(facts).is_live],
  ["viewer_count", "int", ({ facts }) => viewStream(facts).viewer_count],
  ["facts", "json", ({ facts }) => JSON.stringify(facts)],
];

const upsertStreams = `
  INSERT INTO streams (streamer_name, created_at, updated_at, ${names(streamColumns)})
  SELECT stream_id, $${streamColumns.length + 1}, $${streamColumns.length + 1}, ${names(streamColumns)}
  FROM ${rowsFrom(streamColumns, "incoming")}
  ON CONFLICT (stream_id) DO UPDATE
  SET updated_at = greatest(streams.updated_at, excluded.updated_at), ${updates(streamColumns, ["stream_id"])}`;

async function writeStreams(
  client: pg.ClientBase,
  news: ReadonlyMap<string, StreamNews>,
  writtenAt: string,
): Promise<void> {
  if (news.size === 0) return;
  const { rows } = await client.query<{ stream_id: string; facts: StreamFacts }>(
    "SELECT stream_id, facts FROM streams WHERE stream_id = ANY ($1)",
    [[...news.keys()]],
  );
  const known = new Map(rows.map((row) => [row.stream_id, row.facts]));
  const changed: StreamRow[] = [];
  for (const [streamId, one] of news) {
    const before = known.get(streamId);
    if (before !== undefined && !bringsFacts(one)) continue;
    const facts = foldStreamNews(before ?? UNKNOWN_STREAM, one);
    if (facts !== before) changed.push({ streamId, facts });
  }
  if (changed.length > 0) await client.query(upsertStreams, [...columnArrays(streamColumns, changed), writtenAt]);
}

const viewerColumns: readonly Column<ViewerEvent>[] = [
  ["stream_id", "text", (event) => event.stream_id],
  ["event_id", "text", (event) => event.event_id],
  ["timestamp", "timestamptz", (event) => formatInstant(event.timestamp)],
  ["viewer_count", "int", (event) => event.viewer_count],
  ["unique_viewers", "int", (event) => event.unique_viewers ?? null],
  ["peak_viewers", "int", (event) => event.peak_viewers ?? null],
];
const insertViewers = insertMissing("viewer_timeseries", viewerColumns, ["stream_id", "event_id"]);

async function writeViewers(client: pg.ClientBase, events: readonly ViewerEvent[], writtenAt: string): Promise<void> {
  if (events.length > 0) await client.query(insertViewers, [...columnArrays(viewerColumns, events), writtenAt]);
}

const transactionColumns: readonly Column<TransactionEvent>[] = [
  ["stream_id", "text", (event) => event.stream_id],
  ["event_id", "text", (event) => event.event_id],
  ["timestamp", "timestamptz", (event) => formatInstant(event.timestamp)],
  ["user_id", "text", (event) => event.user_id],
  ["username", "text", (event) => event.username],
  ["transaction_type", "text", (event) => event.transaction_type],
  ["amount", "numeric", (event) => event.amount],
  ["currency", "text", (event) => event.currency],
  ["message", "text", (event) => event.message ?? null],
];
const insertTransactions = insertMissing("transactions", transactionColumns, ["stream_id", "event_id"]);

async function writeTransactions(
  client: pg.ClientBase,
  events: readonly TransactionEvent[],
  writtenAt: string,
): Promise<void> {
  if (events.length === 0) return;
  await client.query(insertTransactions, [...columnArrays(transactionColumns, events), writtenAt]);
}

const metricColumns: readonly Column<MetricRow>[] = [
  ["stream_id", "text", (row) => row.stream_id],
  ["window_start", "timestamptz", (row) => row.window_start],
  ["window_end", "timestamptz", (row) => row.window_end],
  ["chat_count", "int", (row) => row.chat_count],
  ["chat_rate", "float8", (row) => row.chat_rate],
  ["unique_chatters", "int", (row) => row.unique_chatters],
  ["unique_chatters_exact", "bool", (row) => row.unique_chatters_exact],
  ["top_emotes", "json", (row) => JSON.stringify(row.top_emotes)],
  ["avg_sentiment", "float8", (row) => row.sentiment_score],
  ["positive_count", "int", (row) => row.positive_count],
  ["negative_count", "int", (row) => row.negative_count],
  ["viewer_count", "int", (row) => row.viewer_count],
  ["avg_viewers", "float8", (row) => row.avg_viewers],
  ["revenue", "json", (row) => JSON.stringify(row.revenue)],
  ["z_score", "float8", (row) => row.z_score],
  ["is_anomaly", "bool", (row) => row.is_anomaly],
  ["revision", "int", (row) => row.revision],
];
const windowKey = ["stream_id", "window_end", "window_start"];

/** A window lies in the partition of the day it was first written, so both halves have to look at all of them. */
const upsertMetricRows = `
  WITH incoming AS MATERIALIZED (SELECT * FROM ${rowsFrom(metricColumns, "given")}),
  corrected AS (
    UPDATE chat_summary_minute stored SET ${updates(metricColumns, windowKey, "incoming")}
    FROM incoming WHERE ${sameKey("stored", "incoming", windowKey)} AND incoming.revision > stored.revision
  )
  INSERT INTO chat_summary_minute (${names(metricColumns)}, written_at)
  SELECT ${names(metricColumns)}, $${metricColumns.length + 1}::timestamptz FROM incoming
  WHERE NOT EXISTS (SELECT FROM chat_summary_minute stored WHERE ${sameKey("stored", "incoming", windowKey)})`;

async function writeMetricRows(client: pg.ClientBase, rows: readonly MetricRow[], writtenAt: string): Promise<void> {
  if (rows.length > 0) await client.query(upsertMetricRows, [...columnArrays(metricColumns, rows), writtenAt]);
}

const momentColumns: readonly Column<Moment>[] = [
  ["moment_id", "text", (moment) => moment.moment_id],
  ["stream_id", "text", (moment) => moment.stream_id],
  ["timestamp", "timestamptz", (moment) => moment.timestamp],
  ["detected_at", "timestamptz", (moment) => moment.detected_at],
  ["peaked_at", "timestamptz", (moment) => moment.peaked_at],
  ["ended_at", "timestamptz", (moment) => moment.ended_at],
  ["moment_type", "text", (moment) => moment.moment_type],
  ["description", "text", (moment) => moment.description],
  ["metric_name", "text", (moment) => moment.metric_name],
  ["metric_value", "float8", (moment) => moment.metric_value],
  ["threshold", "float8", (moment) => moment.threshold],
  ["z_score", "float8", (moment) => moment.z_score],
  ["severity", "float8", (moment) => moment.severity],
  ["metadata", "json", (moment) => JSON.stringify(moment.metadata)],
];

/** An onset happens once, so a moment that has ended does not begin again: an open version of it is an older one. */
const upsertMoments = `
  INSERT INTO moments (${names(momentColumns)}, written_at)
  SELECT ${names(momentColumns)}, $${momentColumns.length + 1}::timestamptz FROM ${rowsFrom(momentColumns, "incoming")}
  ON CONFLICT (moment_id) DO UPDATE SET ${updates(momentColumns, ["moment_id"])}
  WHERE moments.ended_at IS NULL OR excluded.ended_at IS NOT NULL`;

async function writeMoments(client: pg.ClientBase, moments: readonly Moment[], writtenAt: string): Promise<void> {
  if (moments.length > 0) await client.query(upsertMoments, [...columnArrays(momentColumns, moments), writtenAt]);
}

type PartitionState = CommitBatch["states"][number];

const stateColumns: readonly Column<PartitionState>[] = [
  ["stream_id", "text", (state) => state.streamId],
  ["partition", "int", (state) => state.partition],
  ["state", "text", (state) => JSON.stringify(state.state)],
];
const upsertStates = `
  INSERT INTO stream_state (${names(stateColumns)}, written_at)
  SELECT ${names(stateColumns)}, $${stateColumns.length + 1}::timestamptz FROM ${rowsFrom(stateColumns, "incoming")}
  ON CONFLICT (stream_id) DO UPDATE SET written_at = excluded.written_at, ${updates(stateColumns, ["stream_id"])}`;

async function writeStates(client: pg.ClientBase, states: readonly PartitionState[], writtenAt: string): Promise<void> {
  const newest = [...new Map(states.map((state) => [state.streamId, state])).values()];
  if (newest.length > 0) await client.query(upsertStates, [...columnArrays(stateColumns, newest), writtenAt]);
}

const letterColumns: readonly Column<DeadLetter>[] = [
  ["topic", "text", (letter) => letter.topic],
  ["partition", "int", (letter) => letter.partition],
  ['"offset"', "bigint", (letter) => letter.offset],
  // Bytes, because text in PostgreSQL cannot hold everything that somebody may have sent.
  ["value", "bytea", (letter) => Buffer.from(letter.bytes ?? letter.value)],
  ["code", "text", (letter) => letter.code],
  ["detail", "text", (letter) => letter.detail],
];
const insertLetters = `
  INSERT INTO dead_letters (${names(letterColumns)}, written_at)
  SELECT ${names(letterColumns)}, $${letterColumns.length + 1}::timestamptz FROM ${rowsFrom(letterColumns, "incoming")}
  ON CONFLICT DO NOTHING`;

async function writeDeadLetters(
  client: pg.ClientBase,
  letters: readonly DeadLetter[],
  writtenAt: string,
): Promise<void> {
  if (letters.length > 0) await client.query(insertLetters, [...columnArrays(letterColumns, letters), writtenAt]);
}

/** Inserts rows whose key is in none of the partitions: a unique key over all of them is not to be had. */
function insertMissing<T>(table: string, columns: readonly Column<T>[], key: readonly string[]): string {
  return `
    INSERT INTO ${table} (${names(columns)}, written_at)
    SELECT ${names(columns)}, $${columns.length + 1}::timestamptz FROM ${rowsFrom(columns, "incoming")}
    WHERE NOT EXISTS (SELECT FROM ${table} stored WHERE ${sameKey("stored", "incoming", key)})`;
}

function names(columns: readonly Column<never>[]): string {
  return columns.map(([name]) => name).join(", ");
}

function updates(columns: readonly Column<never>[], key: readonly string[], source = "excluded"): string {
  return columns
    .filter(([name]) => !key.includes(name))
    .map(([name]) => `${name} = ${source}.${name}`)
    .join(", ");
}

function sameKey(left: string, right: string, key: readonly string[]): string {
  return key.map((name) => `${left}.${name} = ${right}.${name}`).join(" AND ");
}

function eventKey(event: { readonly stream_id: string; readonly event_id: string }): string {
  return `${event.stream_id}\n${event.event_id}`;
}

/** Drops repeats: one statement cannot touch a row twice. */
function firstBy<T>(items: readonly T[], key: (item: T) => string): readonly T[] {
  return [...new Map(items.toReversed().map((item) => [key(item), item])).values()].toReversed();
}

function highestRevisions(rows: readonly MetricRow[]): readonly MetricRow[] {
  const highest = new Map<string, MetricRow>();
  for (const row of rows) {
    if (!row.is_final) continue;
    const key = `${row.stream_id}\n${row.window_start}\n${row.window_end}`;
    if (row.revision > (highest.get(key)?.revision ?? -1)) highest.set(key, row);
  }
  return [...highest.values()];
}

function newestVersions(moments: readonly Moment[]): readonly Moment[] {
  const newest = new Map<string, Moment>();
  for (const moment of moments) {
    const before = newest.get(moment.moment_id);
    if (before === undefined || before.ended_at === null || moment.ended_at !== null)
      newest.set(moment.moment_id, moment);
  }
  return [...newest.values()];
}

function instantOrNull(epochMs: number | null): string | null {
  return epochMs === null ? null : formatInstant(epochMs);
}
