import { InvalidCursorError } from "../../ports/result-store.js";

/** Where a page ended: sort keys of its last item, an instant in epoch milliseconds first. */
export type PagePlace<Tie extends string | number> = readonly [atMs: number, tie: Tie];

type TieType<Tie> = Tie extends string ? "string" : "number";

/** An opaque, URL-safe cursor. `list` keeps a cursor of one list from being used on another. */
export function encodeCursor(list: string, place: PagePlace<string | number>): string {
  return Buffer.from(JSON.stringify([list, ...place])).toString("base64url");
}

/** @throws InvalidCursorError for anything that `encodeCursor` has not made for this list */
export function decodeCursor<Tie extends string | number>(
  list: string,
  cursor: string,
  tieType: TieType<Tie>,
): PagePlace<Tie> {
  const value = parse(cursor);
  if (Array.isArray(value) && value.length === 3) {
    const [name, atMs, tie] = value as unknown[];
    const isTie = typeof tie === tieType && (typeof tie !== "number" || Number.isSafeInteger(tie));
    if (name === list && Number.isSafeInteger(atMs) && isTie) return [atMs as number, tie as Tie];
  }
  throw new InvalidCursorError("cursor is not one that this list has given out: start again without it");
}

function parse(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, "base64url").toString("utf8"));
  } catch {
    return undefined;
  }
}
