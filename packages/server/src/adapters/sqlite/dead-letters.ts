import type { SQLInputValue } from "node:sqlite";
import type { DeadLetterQuery, DeadLetters, LogPlace, StoredDeadLetter } from "../../ports/dead-letters.js";
import type { SqliteDatabase } from "./database.js";

const COLUMNS = `topic, partition, "offset", value AS bytes, code, detail, written_at AS writtenAtMs, replayed_at AS replayedAtMs`;

/** @param opened gives the database, or throws when the store is not open */
export function createSqliteDeadLetters(opened: () => SqliteDatabase, clock: () => number): DeadLetters {
  const select = (rest: string, ...parameters: readonly SQLInputValue[]): readonly StoredDeadLetter[] => {
    const db = opened();
    const rows = db.read(() => db.prepare(`SELECT ${COLUMNS} FROM dead_letters ${rest}`).all(...parameters));
    return rows.map((row) => ({ ...row }) as unknown as StoredDeadLetter);
  };
  const mark = (column: "replayed_at" | "published_at", places: readonly LogPlace[]): void => {
    const db = opened();
    const sql = `UPDATE dead_letters SET ${column} = ? WHERE topic = ? AND partition = ? AND "offset" = ?`;
    db.transaction(() => {
      const nowMs = clock();
      for (const { topic, partition, offset } of places) db.prepare(sql).run(nowMs, topic, partition, offset);
    });
  };
  return {
    list: async (query) => {
      const { conditions, parameters } = conditionsOf(query);
      const direction = query.order === "oldest" ? "" : " DESC";
      const order = ["written_at", "topic", "partition", '"offset"'].map((name) => name + direction).join(", ");
      return select(`WHERE ${conditions} ORDER BY ${order} LIMIT ?`, ...parameters, query.limit);
    },
    find: async (places) =>
      places.flatMap(({ topic, partition, offset }) =>
        select('WHERE topic = ? AND partition = ? AND "offset" = ?', topic, partition, offset),
      ),
    markReplayed: async (places) => mark("replayed_at", places),
    listUnpublished: async (partitions, limit) =>
      select(
        `WHERE published_at IS NULL AND partition IN (SELECT value FROM json_each(?))
         ORDER BY written_at, topic, partition, "offset" LIMIT ?`,
        JSON.stringify(partitions),
        limit,
      ),
    markPublished: async (places) => mark("published_at", places),
  };
}

function conditionsOf({ code, topic, isNew, after, order }: DeadLetterQuery): {
  readonly conditions: string;
  readonly parameters: readonly SQLInputValue[];
} {
  const conditions = ["true"];
  const parameters: SQLInputValue[] = [];
  const add = (condition: string, ...values: readonly SQLInputValue[]): void => {
    conditions.push(condition);
    parameters.push(...values);
  };
  if (code !== undefined) add("code = ?", code);
  if (topic !== undefined) add("topic = ?", topic);
  if (isNew === true) add("replayed_at IS NULL");
  if (after !== undefined) {
    const sign = order === "oldest" ? ">" : "<";
    const { writtenAtMs, partition, offset } = after;
    add(`(written_at, topic, partition, "offset") ${sign} (?, ?, ?, ?)`, writtenAtMs, after.topic, partition, offset);
  }
  return { conditions: conditions.join(" AND "), parameters };
}
