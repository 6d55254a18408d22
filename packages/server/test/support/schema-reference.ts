import { readFileSync } from "node:fs";
import { join } from "node:path";

export interface DocumentedColumn {
  readonly name: string;
  readonly sqlite: string;
  /** Absent for tables that only SQLite has. */
  readonly postgres?: string;
}

/** The tables of `docs/reference/schema.md`, by name. */
export function readSchemaReference(): ReadonlyMap<string, readonly DocumentedColumn[]> {
  const [, ...sections] = readText().split(/^### /m);
  return new Map(
    sections.map((section) => {
      const name = /^`(\w+)`/.exec(section)![1]!;
      const rows = section.split("\n").filter((line) => line.startsWith("| `"));
      return [name, rows.map((row) => toColumn(row.split("|").map((cell) => cell.trim())))];
    }),
  );
}

/** Whether `docs/reference/schema.md` says what an index is for: by its name, or by an ending that several share. */
export function isIndexExplained(name: string): boolean {
  const explained = readText()
    .match(/^\| .*$/gm)!
    .flatMap((row) => row.match(/`[\w…]+`/g) ?? []);
  return explained.some(
    (text) => text === `\`${name}\`` || (text.startsWith("`…") && name.endsWith(text.slice(2, -1))),
  );
}

function readText(): string {
  return readFileSync(join(import.meta.dirname, "../../../../docs/reference/schema.md"), "utf8");
}

/** Name, SQLite, PostgreSQL and meaning, or the same without PostgreSQL; outside the first and the last bar is nothing. */
function toColumn(cells: readonly string[]): DocumentedColumn {
  const [, name, sqlite, postgres] = cells;
  const column = { name: name!.replaceAll("`", ""), sqlite: sqlite! };
  return cells.length === 6 ? { ...column, postgres: postgres! } : column;
}
