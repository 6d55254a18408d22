import { formatInstant } from "@telemetra/core";
import {
  formatPlace,
  type DeadLetterQuery,
  type DeadLetters,
  type LogPlace,
  type StoredDeadLetter,
} from "../../ports/dead-letters.js";
import type { Queryable } from "./result-reads.js";

const COLUMNS = `topic, partition, "offset"::float8 AS "offset", value, code, detail, written_at, replayed_at`;
const PLACES = "SELECT * FROM unnest($1::text[], $2::int[], $3::bigint[])";

interface LetterColumns extends LogPlace {
  readonly value: Buffer;
  readonly code: string;
  readonly detail: string;
  readonly written_at: Date;
  readonly replayed_at: Date | null;
}

/** @param run does its work with a connection, once the store is open, and explains what goes wrong */
export function createPostgresDeadLetters(
  run: <T>(work: (db: Queryable) => Promise<T>) => Promise<T>,
  clock: () => number,
): DeadLetters {
  const select = (rest: string, parameters: readonly unknown[]): Promise<readonly StoredDeadLetter[]> =>
    run(async (db) => {
      const { rows } = await db.query<LetterColumns>(`SELECT ${COLUMNS} FROM dead_letters ${rest}`, [...parameters]);
      return rows.map(toLetter);
    });
  const mark = (column: "replayed_at" | "published_at", places: readonly LogPlace[]): Promise<void> =>
    run(async (db) => {
      await db.query(`UPDATE dead_letters SET ${column} = $4 WHERE (topic, partition, "offset") IN (${PLACES})`, [
        ...columnsOf(places),
        formatInstant(clock()),
      ]);
    });
  return {
    list(query) {
      const { conditions, parameters } = conditionsOf(query);
      const direction = query.order === "oldest" ? "" : " DESC";
      const order = ["written_at", "topic", "partition", '"offset"'].map((name) => name + direction).join(", ");
      return select(`WHERE ${conditions} ORDER BY ${order} LIMIT $${parameters.length + 1}`, [
        ...parameters,
        query.limit,
      ]);
    },
    async find(places) {
      const found = await select(`WHERE (topic, partition, "offset") IN (${PLACES})`, columnsOf(places));
      const byPlace = new Map(found.map((letter) => [formatPlace(letter), letter]));
      return places.flatMap((place) => byPlace.get(formatPlace(place)) ?? []);
    },
    markReplayed: (places) => mark("replayed_at", places),
    listUnpublished: (partitions, limit) =>
      select(
        `WHERE published_at IS NULL AND partition = ANY ($1)
         ORDER BY written_at, topic, partition, "offset" LIMIT $2`,
        [partitions, limit],
      ),
    markPublished: (places) => mark("published_at", places),
  };
}

function conditionsOf({ code, topic, isNew, after, order }: DeadLetterQuery): {
  readonly conditions: string;
  readonly parameters: readonly unknown[];
} {
  const conditions = ["true"];
  const parameters: unknown[] = [];
  const add = (condition: string, ...values: unknown[]): void => {
    conditions.push(condition.replaceAll("?", () => `$${parameters.push(values.shift())}`));
  };
  if (code !== undefined) add("code = ?", code);
  if (topic !== undefined) add("topic = ?", topic);
  if (isNew === true) add("replayed_at IS NULL");
  if (after !== undefined) {
    const sign = order === "oldest" ? ">" : "<";
    const writtenAt = formatInstant(after.writtenAtMs);
    add(
      `(written_at, topic, partition, "offset") ${sign} (?::timestamptz, ?, ?::int, ?::bigint)`,
      writtenAt,
      after.topic,
      after.partition,
      after.offset,
    );
  }
  return { conditions: conditions.join(" AND "), parameters };
}

function columnsOf(places: readonly LogPlace[]): readonly unknown[] {
  return [
    places.map(({ topic }) => topic),
    places.map(({ partition }) => partition),
    places.map(({ offset }) => offset),
  ];
}

function toLetter({
  value,
  written_at,
  replayed_at,
  topic,
  partition,
  offset,
  code,
  detail,
}: LetterColumns): StoredDeadLetter {
  return {
    topic,
    partition,
    offset,
    bytes: value,
    code,
    detail,
    writtenAtMs: written_at.getTime(),
    replayedAtMs: replayed_at === null ? null : replayed_at.getTime(),
  };
}
