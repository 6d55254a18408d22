import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { EXACT_LIMIT } from "../../src/aggregate/distinct.js";
import { fingerprint } from "../../src/aggregate/hash.js";
import { HyperLogLog } from "../../src/aggregate/hyper-log-log.js";
import { peopleIn, StreamChatters, type SliceChatters } from "../../src/counting/chatters.js";
import { seededRandom } from "../support/seeded-random.js";

/** Slices in the order of their beginnings, as a window hands them over. */
function between(slices: ReadonlyMap<number, SliceChatters>, from: number, to: number): SliceChatters[] {
  return [...slices]
    .filter(([index]) => index >= from && index < to)
    .sort(([a], [b]) => a - b)
    .map(([, slice]) => slice);
}

/** Every fourth is one of a crowd that all want the same slot. */
function personOf(number: number): number {
  return number % 4 === 0 ? 7 * 2 ** 20 + number + 1 : fingerprint(`viewer ${number}`);
}

type Step = "restore" | { readonly forgetBefore: number } | { readonly index: number; readonly person: number };

/** Beside the chatters of a stream a set for every slice. */
class Model {
  #stream = new StreamChatters();
  #slices = new Map<number, SliceChatters>();
  readonly #expected = new Map<number, Set<number>>();
  #oldest = -Infinity;

  take(step: Step): void {
    if (step === "restore") this.#restore();
    else if ("forgetBefore" in step) this.#forget(step.forgetBefore);
    else if (step.index >= this.#oldest) this.#add(step);
  }

  expectSame(from: number, to: number): void {
    for (const [index, people] of this.#expected) expect(this.#slices.get(index)?.count).toBe(people.size);
    const stretch = between(this.#slices, from, to);
    const people = new Set(stretch.flatMap(({ index }) => [...(this.#expected.get(index) ?? [])]));
    expect(peopleIn(stretch)).toEqual({ count: people.size, isExact: true });
  }

  #add({ index, person }: { readonly index: number; readonly person: number }): void {
    const slice = this.#slices.get(index) ?? this.#stream.open(index);
    this.#slices.set(index, slice);
    this.#stream.add(slice, personOf(person));
    this.#expected.set(index, (this.#expected.get(index) ?? new Set()).add(person));
  }

  #forget(before: number): void {
    for (const slice of between(this.#slices, -Infinity, before)) {
      this.#stream.forget(slice);
      this.#slices.delete(slice.index);
      this.#expected.delete(slice.index);
    }
    this.#oldest = Math.max(this.#oldest, before);
  }

  #restore(): void {
    const kept = [...this.#slices].map(([index, slice]) => [index, slice.snapshot()] as const);
    this.#stream = new StreamChatters();
    this.#slices = new Map(kept.map(([index]) => [index, this.#stream.open(index)]));
    for (const [index, snapshot] of kept) this.#stream.restore(this.#slices.get(index) as SliceChatters, snapshot);
  }
}

describe("StreamChatters", () => {
  it("W8: counts in any stretch what sets would count, whatever the order, with slices forgotten and restored", () => {
    const step: fc.Arbitrary<Step> = fc.oneof(
      { weight: 12, arbitrary: fc.record({ index: fc.integer({ min: -3, max: 8 }), person: fc.nat(20) }) },
      { weight: 1, arbitrary: fc.record({ forgetBefore: fc.integer({ min: -3, max: 6 }) }) },
      { weight: 1, arbitrary: fc.constant("restore" as const) },
    );
    fc.assert(
      fc.property(
        fc.array(step, { maxLength: 80 }),
        fc.integer({ min: -3, max: 8 }),
        fc.nat(8),
        (steps, from, length) => {
          const model = new Model();
          for (const one of steps) model.take(one);
          model.expectSame(from, from + length);
        },
      ),
      { numRuns: 300 },
    );
  });

  it("W8: goes on so for a long time, with people who crowd in one slot", () => {
    const random = seededRandom(8);
    const model = new Model();
    for (let one = 0; one < 60_000; one++) {
      const now = Math.floor(one / 200);
      model.take({ index: now - Math.floor(6 * random() ** 4), person: Math.floor(100_000 * random() ** 4) });
      if (one % 200 === 0) model.take({ forgetBefore: now - 10 });
      if (one % 10 === 0) model.expectSame(now - Math.floor(13 * random()), now + 1 - Math.floor(3 * random()));
    }
  });

  it("W8: estimates a slice of more than 4,096 people, and what it is part of; its neighbours stay exact", () => {
    const stream = new StreamChatters();
    const [before, crowd, after] = [1, 2, 4].map((index) => stream.open(index)) as [
      SliceChatters,
      SliceChatters,
      SliceChatters,
    ];
    const ids = Array.from({ length: 3 * EXACT_LIMIT }, (_, one) => `viewer ${one}`);
    const all = new HyperLogLog();
    for (const id of ids) all.add(id);
    for (const id of ids.slice(0, 50)) stream.add(before, fingerprint(id));
    for (const id of ids.slice(0, EXACT_LIMIT)) stream.add(crowd, fingerprint(id));
    expect(peopleIn([crowd])).toEqual({ count: EXACT_LIMIT, isExact: true });
    for (const id of ids) stream.add(crowd, fingerprint(id));
    for (const id of ids.slice(20, 40)) stream.add(after, fingerprint(id));
    expect(peopleIn([crowd])).toEqual({ count: all.count(), isExact: false });
    expect(peopleIn([before, crowd, after])).toEqual({ count: all.count(), isExact: false });
    expect(peopleIn([after])).toEqual({ count: 20, isExact: true });
    expect(peopleIn([before])).toEqual({ count: 50, isExact: true });
    // What comes late, past the estimate, is put between those of before it.
    const late = stream.open(0);
    for (const id of ids.slice(30, 60)) stream.add(late, fingerprint(id));
    expect(peopleIn([late, before])).toEqual({ count: 60, isExact: true });
    const between = stream.open(3);
    for (const id of ids.slice(35, 45)) stream.add(between, fingerprint(id));
    expect(peopleIn([between, after])).toEqual({ count: 25, isExact: true });
  });

  it.each(["mixed", "in one slot"])("W11: forgets in the end who is in no slice any more, %s", (how) => {
    const stream = new StreamChatters();
    let most = 0;
    for (let index = 0; index < 2_000; index++) {
      const slice = stream.open(index);
      for (let one = 0; one < 20; one++) {
        const number = index * 20 + one;
        stream.add(slice, how === "mixed" ? fingerprint(`viewer ${number}`) : 2 ** 40 + number);
      }
      if (index >= 10) stream.forget({ index: index - 10 } as SliceChatters);
      most = Math.max(most, stream.knownCount);
    }
    // Two hundred and twenty people are in the kept slices at any time.
    expect(most).toBeLessThanOrEqual(4 * 220);
  });

  it("reads the names that older snapshots keep", () => {
    const stream = new StreamChatters();
    const slice = stream.open(0);
    stream.restore(slice, ["alice", "bob"]);
    stream.add(slice, fingerprint("bob"));
    stream.add(slice, fingerprint("carol"));
    expect(slice.count).toBe(3);
  });
});
