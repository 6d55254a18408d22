import type { StreamEvent } from "@telemetra/core";

/**
 * Merges sequences that are each ordered by time into one that is; of events of the same instant, those of the earlier
 * sequence come first. Reads each sequence only as far as needed, so they may be endless.
 */
export function* mergeByTime(sequences: readonly Iterator<StreamEvent>[]): Generator<StreamEvent, void, undefined> {
  const heads: Head[] = [];
  sequences.forEach((rest, index) => push(heads, rest, index));
  for (let first = heads[0]; first !== undefined; first = heads[0]) {
    yield first.event;
    const next = first.rest.next();
    if (next.done === true) {
      const last = heads.pop();
      if (last !== undefined && last !== first) heads[0] = last;
    } else {
      heads[0] = { event: next.value, rest: first.rest, index: first.index };
    }
    sink(heads);
  }
}

interface Head {
  readonly event: StreamEvent;
  readonly rest: Iterator<StreamEvent>;
  readonly index: number;
}

function isBefore(a: Head, b: Head): boolean {
  return a.event.timestamp < b.event.timestamp || (a.event.timestamp === b.event.timestamp && a.index < b.index);
}

/** Adds a sequence to the binary heap `heads`, whose first entry is the next event. */
function push(heads: Head[], rest: Iterator<StreamEvent>, index: number): void {
  const next = rest.next();
  if (next.done === true) return;
  let at = heads.push({ event: next.value, rest, index }) - 1;
  while (at > 0 && swapIfBefore(heads, at, (at - 1) >> 1)) at = (at - 1) >> 1;
}

/** Restores the heap after its first entry changed. */
function sink(heads: Head[]): void {
  for (let at = 0, child = 1; child < heads.length; at = child, child = 2 * at + 1) {
    const [left, right] = [heads[child], heads[child + 1]];
    if (left !== undefined && right !== undefined && isBefore(right, left)) child += 1;
    if (!swapIfBefore(heads, child, at)) return;
  }
}

function swapIfBefore(heads: Head[], at: number, other: number): boolean {
  const [a, b] = [heads[at], heads[other]];
  if (a === undefined || b === undefined || !isBefore(a, b)) return false;
  heads[at] = b;
  heads[other] = a;
  return true;
}
