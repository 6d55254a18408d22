import type { Aggregator } from "./aggregator.js";

/** One accumulator for each part, in the order of the parts. */
export type CombinedAccumulator = object[];

type Part = Aggregator<never, object, unknown>;

/** What satisfies every part at once. */
type InputOf<Parts> = {
  [Name in keyof Parts]: Parts[Name] extends Aggregator<infer In, infer _Acc, infer _Out> ? (value: In) => void : never;
}[keyof Parts] extends (value: infer In) => void
  ? In
  : never;

type ResultOf<Parts> = {
  -readonly [Name in keyof Parts]: Parts[Name] extends Aggregator<never, object, infer Out> ? Out : never;
};

/** Several aggregators of the same values as one, whose result holds theirs by name. */
export function combine<const Parts extends Readonly<Record<string, Part>>>(
  parts: Parts,
): Aggregator<InputOf<Parts>, CombinedAccumulator, ResultOf<Parts>> {
  const names = Object.keys(parts);
  const aggregators = Object.values<Aggregator<unknown, object, unknown>>(parts);
  const each = <T>(accumulators: CombinedAccumulator, visit: (part: Part, accumulator: object) => T) =>
    aggregators.map((aggregator, index) => visit(aggregator, accumulators[index] as object));
  return {
    create: () => aggregators.map((aggregator) => aggregator.create()),
    add(into, value) {
      for (let index = 0; index < aggregators.length; index++) {
        aggregators[index]?.add(into[index] as object, value);
      }
    },
    merge(into, from) {
      aggregators.forEach((aggregator, index) => aggregator.merge(into[index] as object, from[index] as object));
    },
    finish(accumulators) {
      const results = each(accumulators, (part, accumulator) => part.finish(accumulator));
      return Object.fromEntries(names.map((name, index) => [name, results[index]])) as ResultOf<Parts>;
    },
    snapshot: (accumulators) => each(accumulators, (part, accumulator) => part.snapshot(accumulator)),
    restore: (snapshot) =>
      aggregators.map((aggregator, index) => aggregator.restore((snapshot as readonly unknown[])[index])),
  };
}
