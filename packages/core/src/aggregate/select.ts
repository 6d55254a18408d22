import type { Aggregator } from "./aggregator.js";

/** Aggregates one part of each value, such as a field. Where that part is `undefined`, the value is left out. */
export function select<In, Part, Acc extends object, Out>(
  partOf: (value: In) => Part | undefined,
  aggregator: Aggregator<Part, Acc, Out>,
): Aggregator<In, Acc, Out> {
  return adding(aggregator, (into, value) => {
    const part = partOf(value);
    if (part !== undefined) aggregator.add(into, part);
  });
}

/** Aggregates every one of several parts of each value, such as the emotes of a message. */
export function selectEach<In, Part, Acc extends object, Out>(
  partsOf: (value: In) => Iterable<Part>,
  aggregator: Aggregator<Part, Acc, Out>,
): Aggregator<In, Acc, Out> {
  return adding(aggregator, (into, value) => {
    for (const part of partsOf(value)) aggregator.add(into, part);
  });
}

/** Not a spread: an aggregator may be an instance of a class, whose methods a spread would lose. */
function adding<In, Acc extends object, Out>(
  aggregator: Aggregator<never, Acc, Out>,
  add: (into: Acc, value: In) => void,
): Aggregator<In, Acc, Out> {
  return {
    add,
    create: () => aggregator.create(),
    merge: (into, from) => aggregator.merge(into, from),
    finish: (accumulator) => aggregator.finish(accumulator),
    snapshot: (accumulator) => aggregator.snapshot(accumulator),
    restore: (snapshot) => aggregator.restore(snapshot),
  };
}
