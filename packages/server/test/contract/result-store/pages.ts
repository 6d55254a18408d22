import type { Page } from "../../../src/ports/result-store.js";

/** Every page of a list, from the first to the one without a cursor. */
export async function readPages<T>(
  read: (cursor: { cursor?: string }) => Promise<Page<T>>,
): Promise<readonly (readonly T[])[]> {
  const pages: (readonly T[])[] = [];
  for (let cursor: { cursor?: string } | undefined = {}; cursor !== undefined;) {
    const page: Page<T> = await read(cursor);
    pages.push(page.items);
    cursor = page.nextCursor === undefined ? undefined : { cursor: page.nextCursor };
  }
  return pages;
}

/** Orders texts character by character, as the lists are. */
export function compare(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}
