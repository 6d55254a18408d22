import { fingerprint } from "../aggregate/hash.js";
import { EXACT_LIMIT } from "../aggregate/distinct.js";
import { HyperLogLog } from "../aggregate/hyper-log-log.js";

const FIRST_SLOTS = 16;
/** A person's slot: the fingerprint, and the newest slice with a message of that person. */
const WIDTH = 2;
const FREE = 0;
/** A person is looked for in this many neighbouring slots: ids that all want the same slot cost no more. */
const MAX_PROBES = 32;
/** Never added to. */
const NOBODY: number[] = [];
/** Of a person who wrote nothing before. */
const NEVER = -Infinity;

/**
 * Who wrote in one slice: fingerprints, each with the slice in which that person had written before. So the people of some
 * slices are counted by reading one list after the other: somebody is new in the slices that begin with `first` when the
 * slice before is older than `first`.
 *
 * Beyond `EXACT_LIMIT` people it only estimates how many there are (rule W8).
 */
export class SliceChatters {
  readonly index: number;
  /** The fingerprint of a person and the slice before, again and again. */
  entries: number[] = NOBODY;
  estimate: HyperLogLog | undefined;

  /** @param index which slice of its stream this is */
  constructor(index: number) {
    this.index = index;
  }

  /** How many different people. */
  get count(): number {
    return this.estimate?.count() ?? this.entries.length / WIDTH;
  }

  /** Place of a person in the entries; −1 of somebody who is not there. */
  placeOf(person: number): number {
    const { entries } = this;
    for (let place = 0; place < entries.length; place += WIDTH) if (entries[place] === person) return place;
    return -1;
  }

  addTo(estimate: HyperLogLog): void {
    if (this.estimate !== undefined) estimate.merge(this.estimate);
    const { entries } = this;
    for (let place = 0; place < entries.length; place += WIDTH) estimate.addFingerprint(entries[place] as number);
  }

  append(person: number, before: number): void {
    // Most slices of a slow chat hold one or two: a list that begins with its first takes a quarter of the room.
    if (this.entries === NOBODY) this.entries = [person, before];
    else this.entries.push(person, before);
    if (this.entries.length <= EXACT_LIMIT * WIDTH) return;
    const estimate = new HyperLogLog();
    this.addTo(estimate);
    this.estimate = estimate;
    this.entries = NOBODY;
  }

  snapshot(): ChattersSnapshot {
    return this.estimate?.snapshot() ?? this.entries.filter((_, place) => place % WIDTH === 0);
  }
}

/** Fingerprints, or names in older snapshots, of those who are known; the registers of an estimate. */
export type ChattersSnapshot = readonly (number | string)[] | string;

/**
 * The people of one stream and when each wrote last, in one open-addressed table: an event looks in one place, whatever
 * the number of slices and windows, and nothing of its text is kept.
 */
export class StreamChatters {
  readonly #slices = new Map<number, SliceChatters>();
  #slots = new Float64Array(FIRST_SLOTS * WIDTH);
  /** People in slots and in the crowd, some of whom are in no kept slice any more. */
  #known = 0;
  /** Who found no slot within reach. */
  #crowded = new Map<number, number>();
  /** Every slice before this one is forgotten. */
  #oldest = -Infinity;

  /** People in the table, some of whom are in no kept slice any more. */
  get knownCount(): number {
    return this.#known;
  }

  /** A slice of the stream with nobody in it. */
  open(index: number): SliceChatters {
    const slice = new SliceChatters(index);
    this.#slices.set(index, slice);
    return slice;
  }

  /** Slices are forgotten oldest first. */
  forget({ index }: SliceChatters): void {
    this.#slices.delete(index);
    if (index >= this.#oldest) this.#oldest = index + 1;
  }

  /** @param person the fingerprint of a user id */
  add(slice: SliceChatters, person: number): void {
    if (slice.estimate !== undefined) {
      slice.estimate.addFingerprint(person);
      return;
    }
    const newest = this.#swap(person, slice.index);
    if (newest < slice.index) slice.append(person, newest);
    else if (newest > slice.index) this.#insert(slice, person, newest);
  }

  /** Notes that a person wrote in a slice. Returns the newest slice in which that person had written before. */
  #swap(person: number, index: number): number {
    const slots = this.#slots;
    const mask = slots.length - 1;
    let slot = firstSlot(person, mask);
    for (let probe = 0; probe < MAX_PROBES; probe++) {
      if (slots[slot] === person) {
        const newest = slots[slot + 1] as number;
        if (newest < index) slots[slot + 1] = index;
        return newest;
      }
      if (slots[slot] === FREE) {
        slots[slot] = person;
        slots[slot + 1] = index;
        this.#noteNew();
        return NEVER;
      }
      slot = (slot + WIDTH) & mask;
    }
    const newest = this.#crowded.get(person);
    if (newest === undefined || newest < index) this.#crowded.set(person, index);
    if (newest === undefined) this.#noteNew();
    return newest ?? NEVER;
  }

  #noteNew(): void {
    this.#known += 1;
    if (this.#known * 3 * WIDTH > this.#slots.length * 2) this.#rebuild();
  }

  /** Somebody of whom newer slices know already: goes back from slice to slice to the place between two of them. */
  #insert(slice: SliceChatters, person: number, newest: number): void {
    let after: SliceChatters | undefined;
    let index = newest;
    while (index > slice.index) {
      const one = this.#slices.get(index);
      const place = one?.placeOf(person) ?? -1;
      after = place === -1 ? undefined : one;
      index = place === -1 ? this.#lastBefore(index, person) : (one?.entries[place + 1] as number);
    }
    if (index === slice.index) return;
    if (after !== undefined) after.entries[after.placeOf(person) + 1] = slice.index;
    slice.append(person, index);
  }

  /** An estimate does not know who is in it: what was before it must be looked for. */
  #lastBefore(index: number, person: number): number {
    let last = NEVER;
    for (const [other, slice] of this.#slices) {
      if (other > last && other < index && slice.placeOf(person) !== -1) last = other;
    }
    return last;
  }

  restore(slice: SliceChatters, snapshot: ChattersSnapshot): void {
    if (typeof snapshot === "string") slice.estimate = HyperLogLog.restore(snapshot);
    else for (const one of snapshot) this.add(slice, typeof one === "string" ? fingerprint(one) : one);
  }

  /** Forgets who is in no kept slice, and makes room. */
  #rebuild(): void {
    const kept = new Map<number, number>();
    const keep = (person: number, newest: number): void => {
      if (person !== FREE && newest >= this.#oldest) kept.set(person, newest);
    };
    for (let slot = 0; slot < this.#slots.length; slot += WIDTH) {
      keep(this.#slots[slot] as number, this.#slots[slot + 1] as number);
    }
    for (const [person, newest] of this.#crowded) keep(person, newest);
    let length = FIRST_SLOTS * WIDTH;
    while (kept.size * 3 * WIDTH > length) length *= 2;
    this.#slots = new Float64Array(length);
    this.#crowded = new Map();
    this.#known = 0;
    for (const [person, newest] of kept) this.#swap(person, newest);
  }
}

function firstSlot(person: number, mask: number): number {
  // The upper bits of the fingerprint are those of the better mixed half.
  return (Math.floor(person / 2 ** 20) * WIDTH) & mask;
}

/** How many different people wrote in some slices, oldest first, and whether that is exact. */
export function peopleIn(slices: readonly SliceChatters[]): { readonly count: number; readonly isExact: boolean } {
  const [first] = slices;
  if (first === undefined) return { count: 0, isExact: true };
  if (slices.some(({ estimate }) => estimate !== undefined)) {
    const estimate = new HyperLogLog();
    for (const slice of slices) slice.addTo(estimate);
    return { count: estimate.count(), isExact: false };
  }
  let count = 0;
  for (const { entries } of slices) {
    for (let before = 1; before < entries.length; before += WIDTH) {
      if ((entries[before] as number) < first.index) count += 1;
    }
  }
  return { count, isExact: true };
}
