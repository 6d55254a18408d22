/**
 * One way of summing values up: what to start from, how a value is taken in, how two partial results become one.
 *
 * An accumulator is an object that `add` and `merge` change in place. A window takes in millions of values, so adding
 * must not allocate, and nobody can forget to use a returned accumulator. `merge` leaves `from` as it was and shares
 * nothing with it, because one slice is merged into several windows.
 *
 * Whoever writes one keeps four laws; slices, late events, partitions and restarts rest on them (rule W3):
 * - `merge` is associative and commutative, and `create()` changes nothing that it is merged with;
 * - values added to one accumulator, or to several that are merged, finish the same;
 * - the order of the values does not matter (the sketches say where it does, and by how much);
 * - `restore` of a snapshot that went through JSON goes on as if nothing had happened.
 */
export interface Aggregator<In, Acc extends object, Out> {
  /** An accumulator with nothing in it. */
  create(): Acc;
  /** Takes a value into an accumulator, in place. */
  add(into: Acc, value: In): void;
  /** Takes a whole accumulator into another, in place; `from` stays as it is. */
  merge(into: Acc, from: Acc): void;
  /** The result so far; the accumulator stays in use. */
  finish(accumulator: Acc): Out;
  /** JSON-safe. */
  snapshot(accumulator: Acc): unknown;
  /** Takes what `snapshot` returned. */
  restore(snapshot: unknown): Acc;
}
