/** A column of a table: its name, its type, and its value in an item that is to be written. */
export type Column<Item> = readonly [name: string, type: string, value: (item: Item) => ColumnValue];

export type ColumnValue = string | number | boolean | Buffer | null;

/** The items turned on their side: one array per column, as parameters $1, $2 … of a statement with `rowsFrom`. */
export function columnArrays<Item>(columns: readonly Column<Item>[], items: readonly Item[]): ColumnValue[][] {
  return columns.map(([, , value]) => items.map(value));
}

/** The parameters as a table again. PostgreSQL expands the arrays side by side. */
export function rowsFrom<Item>(columns: readonly Column<Item>[], alias: string): string {
  const parameters = columns.map(([, type], at) => `$${at + 1}::${type}[]`);
  const names = columns.map(([name]) => name);
  return `unnest(${parameters.join(", ")}) AS ${alias} (${names.join(", ")})`;
}
