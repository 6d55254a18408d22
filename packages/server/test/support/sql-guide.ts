import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { ResultStore } from "../../src/ports/result-store.js";
import { makeBatch, makeChat, makeMeta, makeMoment, makeRow, makeTransaction, makeViewers } from "./records.js";

type Dialect = "PostgreSQL" | "SQLite";

/** A question of `docs/guides/sql.md` with what the guide says is the answer. */
export interface GuideQuestion {
  readonly title: string;
  readonly sql: Readonly<Record<Dialect, string>>;
  /** The table below the query, row by row; the names of the columns first. */
  readonly answer: readonly (readonly string[])[];
}

export function readSqlGuide(): readonly GuideQuestion[] {
  const text = readFileSync(join(import.meta.dirname, "../../../../docs/guides/sql.md"), "utf8");
  const [, ...sections] = text.split(/^## /m);
  return sections.map((section) => {
    const blocks = [...section.matchAll(/^```sql\n(.*?)^```$/gms)].map((match) => match[1]!);
    const of = (dialect: Dialect): string =>
      blocks.find((block) => block.startsWith(`-- ${dialect}\n`)) ?? blocks.find((block) => !block.startsWith("--"))!;
    const rows = section.split("\n").filter((line) => line.startsWith("|"));
    return {
      title: section.split("\n", 1)[0]!,
      sql: { PostgreSQL: of("PostgreSQL"), SQLite: of("SQLite") },
      answer: rows
        .filter((row) => !/^\|[ :|-]+\|$/.test(row))
        .map((row) =>
          row
            .split("|")
            .slice(1, -1)
            .map((cell) => cell.trim()),
        ),
    };
  });
}

/** Rows as the guide prints them: instants without a zone, numbers of at most four decimals, unknown as nothing. */
export function toAnswer(rows: readonly object[]): readonly (readonly string[])[] {
  return [Object.keys(rows[0] ?? {}), ...rows.map((row) => Object.values(row).map(print))];
}

function print(value: unknown): string {
  if (value === null) return "";
  if (value instanceof Date) return value.toISOString().slice(0, 19).replace("T", " ");
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return typeof value === "number" || /^-?\d+(\.\d+)?$/.test(text) ? String(Number(Number(value).toFixed(4))) : text;
}

/** The example of the guide: two streams on two days. */
export async function storeGuideExample(store: ResultStore): Promise<void> {
  const eight = Date.UTC(2026, 0, 5, 20);
  const at = (minutes: number): number => eight + minutes * 60_000;
  const [claim] = await store.claim([{ topic: "chat", partition: 0 }], "guide");
  const windows = [-2, -1, 0, 1].flatMap((minute) =>
    [0, 20, 40].map((second) =>
      makeRow({
        startMs: at(minute) + second * 1_000,
        chat_count: second === 0 ? 12 + 12 * minute ** 2 : 30,
        sentiment_score: minute < 0 ? 0.5 : -0.25,
      }),
    ),
  );
  const chats = [-2, -1, 0, 1].flatMap((minute) =>
    Array.from({ length: 12 + 12 * minute ** 2 }, (_, second) =>
      makeChat({ event_id: `c${minute}/${second}`, timestamp: at(minute) + second * 1_000 }),
    ),
  );
  await store.commit(
    makeBatch({
      positions: [
        { topic: "chat", partition: 0, epoch: claim!.epoch, nextOffset: chats.length, lowOffset: chats.length },
      ],
      events: [
        makeMeta({ timestamp: at(-3), new_title: "Endgames", new_category: "Chess", started_at: at(-3) }),
        makeMeta({ stream_id: "beta", timestamp: at(-1_500), new_title: "A walk", new_category: "Travel" }),
        ...chats,
        makeChat({ stream_id: "beta", timestamp: at(-1_440) }),
        ...[-2, -1, 0, 1].map((minute) =>
          makeViewers({ event_id: `v${minute}`, timestamp: at(minute), viewer_count: 300 + 50 * minute }),
        ),
        makeViewers({ stream_id: "beta", timestamp: at(-1_440), viewer_count: 40 }),
        makeTransaction({ event_id: "t1", timestamp: at(-2), amount: 5, username: "ada" }),
        makeTransaction({ event_id: "t2", timestamp: at(0), amount: 7.5, username: "ada" }),
        makeTransaction({
          event_id: "t3",
          timestamp: at(1),
          amount: 500,
          currency: "bits",
          user_id: "2",
          username: "bob",
        }),
        makeTransaction({ stream_id: "beta", timestamp: at(-1_440), amount: 2.25 }),
        makeMeta({ stream_id: "beta", event_id: "end", event_type: "stream_end", timestamp: at(-1_430) }),
      ],
      rows: [...windows, makeRow({ stream_id: "beta", startMs: at(-1_440), chat_count: 1, sentiment_score: null })],
      moments: [
        makeMoment({ number: 1, atMs: at(0.5), severity: 0.8, description: "Chat is four times as fast as usual" }),
        makeMoment({
          number: 2,
          atMs: at(1),
          moment_type: "raid",
          severity: 0.4,
          description: "A raid brought 120 viewers",
        }),
      ],
      deadLetters: [5, 6].map((offset) => {
        return {
          topic: "chat",
          partition: 0,
          offset,
          value: "{",
          code: "invalid_json",
          detail: "not readable as JSON",
        };
      }),
    }),
  );
  await store.refreshRollups();
}
