import type pg from "pg";

/** Tables that grow with time, partitioned by the day of `written_at`. */
export const PARTITIONED_TABLES = ["chat_summary_minute", "viewer_timeseries", "transactions"] as const;

const DAY_MS = 86_400_000;
/** Partitions are made this many days ahead, so that midnight brings no work. */
const DAYS_AHEAD = 2;
/** Within a database only one process at a time makes partitions. */
const PARTITION_LOCK = Number.parseInt("partition", 36) % 2 ** 31;
const NAME = /_(\d{4})(\d\d)(\d\d)$/;

/** Midnight UTC of the day of an instant, epoch milliseconds. */
export function startOfDay(instantMs: number): number {
  return Math.floor(instantMs / DAY_MS) * DAY_MS;
}

/** Makes the partitions for the day of an instant and the days after, unless they are there. */
export async function ensurePartitions(client: pg.ClientBase, instantMs: number): Promise<void> {
  const today = startOfDay(instantMs);
  const days = Array.from({ length: DAYS_AHEAD + 1 }, (_, ahead) => today + ahead * DAY_MS);
  const wanted = PARTITIONED_TABLES.flatMap((table) =>
    days.map((dayMs) => ({ table, dayMs, name: nameOf(table, dayMs) })),
  );
  const names = wanted.map(({ name }) => name);
  await client.query("BEGIN");
  try {
    await client.query("SELECT pg_advisory_xact_lock($1)", [PARTITION_LOCK]);
    const { rows } = await client.query<{ name: string }>(
      "SELECT name FROM unnest($1::text[]) AS name WHERE to_regclass(quote_ident(name)) IS NOT NULL",
      [names],
    );
    const present = new Set(rows.map((row) => row.name));
    for (const partition of wanted) if (!present.has(partition.name)) await client.query(createSql(partition));
    await client.query("COMMIT");
  } catch (error) {
    await client.query("ROLLBACK").catch(() => {});
    throw error;
  }
}

/** Attaching a table that stands already lets everybody go on reading and writing the others. */
function createSql({ table, dayMs, name }: { table: string; dayMs: number; name: string }): string {
  const from = new Date(dayMs).toISOString();
  const to = new Date(dayMs + DAY_MS).toISOString();
  return `
    CREATE TABLE ${name} (LIKE ${table} INCLUDING ALL);
    ALTER TABLE ${table} ATTACH PARTITION ${name} FOR VALUES FROM ('${from}') TO ('${to}')`;
}

/**
 * Drops the partitions of days that lie wholly before an instant. Returns how many rows went with them.
 *
 * @param client a connection of its own, outside any transaction
 */
export async function dropPartitionsBefore(client: pg.ClientBase, instantMs: number): Promise<number> {
  let total = 0;
  for (const table of PARTITIONED_TABLES) {
    for (const { name, isPending } of await listPartitions(client, table)) {
      const dayMs = dayOf(name);
      if (dayMs === undefined || dayMs + DAY_MS > instantMs) continue;
      const { rows } = await client.query<{ count: number }>(`SELECT count(*)::float8 AS count FROM ${name}`);
      total += rows[0]!.count;
      // A process that died while it detached leaves the partition half way out.
      await client.query(`ALTER TABLE ${table} DETACH PARTITION ${name} ${isPending ? "FINALIZE" : "CONCURRENTLY"}`);
      await client.query(`DROP TABLE ${name}`);
    }
  }
  return total;
}

async function listPartitions(
  client: pg.ClientBase,
  table: string,
): Promise<readonly { readonly name: string; readonly isPending: boolean }[]> {
  const { rows } = await client.query<{ name: string; is_pending: boolean }>(
    `SELECT inhrelid::regclass::text AS name, inhdetachpending AS is_pending
     FROM pg_inherits WHERE inhparent = $1::regclass ORDER BY 1`,
    [table],
  );
  return rows.map((row) => ({ name: row.name, isPending: row.is_pending }));
}

function nameOf(table: string, dayMs: number): string {
  return `${table}_${new Date(dayMs).toISOString().slice(0, 10).replaceAll("-", "")}`;
}

/** Undefined for a partition that somebody made by another name: it is not ours to drop. */
function dayOf(name: string): number | undefined {
  const parts = NAME.exec(name);
  return parts === null ? undefined : Date.UTC(Number(parts[1]), Number(parts[2]) - 1, Number(parts[3]));
}
