import type { NameTable } from "../counting/name-table.js";
import type { StreamSlice } from "../counting/stream-slice.js";

/** How many chatted in a slice, and numbers of emotes, each with its uses behind it: at most once per chatter. */
export interface Said {
  readonly chatters: number;
  readonly uses: readonly number[];
}

export type NamedUses = readonly (readonly [name: string, uses: number])[];
export type NamedSaid = readonly [chatters: number, uses: NamedUses];

const NO_USES: readonly number[] = [];
const SILENCE: Said = { chatters: 0, uses: NO_USES };

/** What the newest slices said of emotes. Their names are held until `leave` or `forget`. */
export class RecentEmotes {
  readonly #names: NameTable;
  #slices: Said[] = [];
  #chatters = 0;

  constructor(names: NameTable) {
    this.#names = names;
  }

  /** Slices. */
  get length(): number {
    return this.#slices.length;
  }

  /** The sum over the slices. */
  get chatters(): number {
    return this.#chatters;
  }

  /** Takes a copy: a slice may still change. */
  enter(slice: StreamSlice | undefined): void {
    const chatters = slice?.chatters.count ?? 0;
    const uses = slice?.emotes === undefined ? NO_USES : [...slice.emotes.entries];
    for (let at = 0; at < uses.length; at += 2) this.#names.hold(uses[at] as number);
    this.#enter({ chatters, uses: uses.map((value, at) => (at % 2 === 1 && value > chatters ? chatters : value)) });
  }

  #enter(said: Said): void {
    this.#slices.push(said);
    this.#chatters += said.chatters;
  }

  /** @param last looks at the oldest slice before its names are let go */
  leave(last: (oldest: Said) => void): void {
    const said = this.#slices.shift() ?? SILENCE;
    this.#chatters -= said.chatters;
    last(said);
    this.#release(said);
  }

  forget(): void {
    for (const said of this.#slices) this.#release(said);
    this.#slices = [];
    this.#chatters = 0;
  }

  #release({ uses }: Said): void {
    for (let at = 0; at < uses.length; at += 2) this.#names.release(uses[at] as number);
  }

  usesOf(id: number | undefined): number {
    let sum = 0;
    for (const { uses } of this.#slices) sum += usesIn(uses, id);
    return sum;
  }

  /** Place of the first slice from which on the emote is in every other one. */
  firstUse(id: number | undefined): number {
    let first = this.#slices.length - 1;
    for (let at = first; at >= 0 && first - at <= 2; at--) {
      if (usesIn(this.#slices[at]?.uses ?? NO_USES, id) > 0) first = at;
    }
    return first;
  }

  /** The first in the alphabet of those used most; undefined when there is none. */
  mostUsed(): number | undefined {
    const ids: number[] = [];
    const sums: number[] = [];
    let best = 0;
    this.#names.beginSum();
    for (const { uses } of this.#slices) {
      for (let at = 0; at < uses.length; at += 2) {
        const place = this.#names.placeInSum(uses[at] as number, ids.length);
        if (place === ids.length) ids.push(uses[at] as number);
        const sum = (sums[place] ?? 0) + (uses[at + 1] as number);
        sums[place] = sum;
        const more = sum - (sums[best] as number);
        if (more > 0 || (more === 0 && isBefore(this.#names, ids[place] as number, ids[best] as number))) best = place;
      }
    }
    return ids[best];
  }

  snapshot(): readonly NamedSaid[] {
    return this.#slices.map(({ chatters, uses }) => {
      const named: [string, number][] = [];
      for (let at = 0; at < uses.length; at += 2) {
        named.push([this.#names.nameOf(uses[at] as number), uses[at + 1] as number]);
      }
      return [chatters, named];
    });
  }

  restore(snapshot: readonly NamedSaid[]): void {
    this.forget();
    for (const [chatters, uses] of snapshot) {
      this.#enter({ chatters, uses: uses.flatMap(([name, count]) => [this.#names.take(name), count]) });
    }
  }
}

/** How many chatters there usually are, and how many of them use each emote; only the commoner ones are remembered. */
export class UsualEmotes {
  readonly #names: NameTable;
  readonly #maxEmotes: number;
  #chatters = 0;
  readonly #uses = new Map<number, number>();

  /** @param maxEmotes remembered; when there are twice as many the rarer half is forgotten */
  constructor(names: NameTable, maxEmotes: number) {
    this.#names = names;
    this.#maxEmotes = maxEmotes;
  }

  get chatters(): number {
    return this.#chatters;
  }

  /** Uses by a chatter, 0…1. */
  shareOf(id: number | undefined): number {
    return id === undefined ? 0 : (this.#uses.get(id) ?? 0) / this.#chatters;
  }

  add({ chatters, uses }: Said): void {
    this.#chatters += chatters;
    for (let at = 0; at < uses.length; at += 2) {
      const id = uses[at] as number;
      const known = this.#uses.get(id);
      if (known === undefined) this.#names.hold(id);
      this.#uses.set(id, (known ?? 0) + (uses[at + 1] as number));
    }
    if (this.#uses.size > 2 * this.#maxEmotes) this.#forgetRare();
  }

  /** What comes from now on weighs twice as much. */
  halve(): void {
    this.#chatters >>= 1;
    for (const [id, uses] of this.#uses) this.#uses.set(id, uses >> 1);
  }

  #forgetRare(): void {
    const ranked = [...this.#uses].sort(([a, m], [b, n]) => n - m || (isBefore(this.#names, a, b) ? -1 : 1));
    for (const [id] of ranked.slice(this.#maxEmotes)) this.#names.release(id);
    this.#uses.clear();
    for (const [id, uses] of ranked.slice(0, this.#maxEmotes)) this.#uses.set(id, uses);
  }

  forget(): void {
    for (const id of this.#uses.keys()) this.#names.release(id);
    this.#uses.clear();
    this.#chatters = 0;
  }

  snapshot(): NamedSaid {
    return [this.#chatters, [...this.#uses].map(([id, uses]) => [this.#names.nameOf(id), uses])];
  }

  restore([chatters, uses]: NamedSaid): void {
    this.forget();
    this.#chatters = chatters;
    for (const [name, count] of uses) this.#uses.set(this.#names.take(name), count);
  }
}

function usesIn(uses: readonly number[], id: number | undefined): number {
  for (let at = 0; at < uses.length; at += 2) if (uses[at] === id) return uses[at + 1] as number;
  return 0;
}

function isBefore(names: NameTable, id: number, other: number): boolean {
  return names.nameOf(id) < names.nameOf(other);
}
