/** A row of any table in one shape for both databases: instants in epoch milliseconds, JSON parsed. */
export type TableRow = Readonly<Record<string, unknown>>;

const INSTANT = /(^timestamp|_at|_start|_end)$/;
const JSON_COLUMNS = new Set(["top_emotes", "revenue", "moments", "metadata", "facts"]);
const BOOLEAN = /(^is_|_exact$)/;

/** A row as SQLite has it, or PostgreSQL's `to_json`. */
export function toTableRow(row: object): TableRow {
  return Object.fromEntries(
    Object.entries(row).map(([name, value]: [string, unknown]) => [name, toValue(name, value)]),
  );
}

function toValue(name: string, value: unknown): unknown {
  if (value === null) return null;
  if (INSTANT.test(name) && typeof value === "string") return Date.parse(value);
  if (JSON_COLUMNS.has(name) && typeof value === "string") return JSON.parse(value) as unknown;
  return BOOLEAN.test(name) ? Boolean(value) : value;
}
