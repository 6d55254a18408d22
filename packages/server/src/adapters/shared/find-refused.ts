import type { RefusedEvent } from "../../ports/result-store.js";

/**
 * Finds by bisection which items cannot be written. Yields items to write; whoever drives it answers with the reason
 * why they were refused, having taken them back, or with undefined, having kept them. Those that were kept stay: of items
 * that exclude each other the first is good. One bad item among n takes some 2·log2(n) tries.
 */
export function* findRefused<T>(
  items: readonly T[],
  from = 0,
  to: number = items.length,
): Generator<readonly T[], readonly RefusedEvent[], string | undefined> {
  if (from === to) return [];
  const reason = yield items.slice(from, to);
  if (reason === undefined) return [];
  if (to - from === 1) return [{ index: from, reason }];
  const middle = from + Math.ceil((to - from) / 2);
  return [...(yield* findRefused(items, from, middle)), ...(yield* findRefused(items, middle, to))];
}
